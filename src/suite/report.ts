import type { CoverageRecorder } from '../oracle/coverage.ts';
import { createOracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import type { Unreached } from '../oracle/verdict.ts';
import { type Edition, editions as everyEdition, type Operation, storeOperations } from '../spec/vocabulary.ts';
import type { Finding } from './findings.ts';
import type { Lab } from './lab.ts';
import { rejudged } from './on-record.ts';
import type { Reach } from './reach.ts';

/** What came of driving an implementation. */
export interface Report {
  readonly verdict: 'conforms' | 'violates' | 'undetermined';
  /** Why it is undetermined, and what was not tried, for people. */
  readonly notes: readonly string[];
  readonly events: number;
  /** The editions that allow everything that was seen. */
  readonly editions: readonly Edition[];
  readonly findings: readonly Finding[];
  /** What was taken for granted. */
  readonly judging: OracleOptions;
  readonly coverage: CoverageRecorder;
  readonly unreached: Unreached;
  readonly profile: Readonly<Record<string, readonly string[]>>;
  /** Questions that were answered one way and then another. */
  readonly inconsistent: readonly string[];
  /** Operations that the implementation does not have, with the answer that told. */
  readonly missing: ReadonlyMap<Operation, string>;
  /** What was created and could not be deleted. */
  readonly left: readonly string[];
}

/** What a run knows at its end. */
export interface Course
  extends Pick<Report, 'notes' | 'events' | 'editions' | 'findings' | 'judging' | 'coverage' | 'profile'> {
  readonly lab: Lab;
  readonly reach: Reach;
  readonly inconsistent: ReadonlySet<string>;
  readonly stoppedEarly: boolean;
  /** Whether one sequence was sent again, and nothing else was tried. */
  readonly isReplay: boolean;
  readonly only: readonly Operation[] | undefined;
  readonly skip: readonly Operation[] | undefined;
}

export function reportOf(course: Course): Report {
  const { lab, reach, coverage, findings, editions, judging, events, profile } = course;
  const never = course.isReplay ? [] : neverSucceededIn(course);
  const determined = course.isReplay || (never.length === 0 && !course.stoppedEarly);
  return {
    verdict: findings.length > 0 ? 'violates' : determined ? 'conforms' : 'undetermined',
    notes: [...new Set([...course.notes, ...notesOn(course, never)])],
    events,
    editions: findings.length > 0 ? editionsLeft(editions, findings, judging) : editions,
    findings,
    coverage,
    profile,
    inconsistent: [...course.inconsistent].sort(),
    judging,
    missing: lab.missing,
    unreached: reach.unreached(coverage, editions),
    left: [...lab.ours.keys()],
  };
}

/** The operations that were to be tried, and were never seen to succeed. */
const neverSucceededIn = ({ lab, only, skip = [] }: Course): readonly Operation[] =>
  storeOperations
    .filter((op) => !skip.includes(op) && (only === undefined || only.includes(op)))
    .filter((op) => !lab.succeeded(op));

function notesOn({ lab, coverage, isReplay }: Course, never: readonly Operation[]): readonly string[] {
  const notes = never.map((op) => neverSucceeded(op, lab));
  if (!isReplay && lab.succeeded('CreateCustomKeyStore'))
    for (const [type, words] of storeTypesInWords)
      if (![...coverage.states].some((state) => state.startsWith(type)))
        notes.push(`no ${words} key store could be created: see --world`);
  if (lab.internalFaults > 0)
    notes.push(`${lab.internalFaults} requests met an internal fault (status 5xx); such answers say nothing`);
  return notes;
}

const storeTypesInWords = [
  ['AWS_CLOUDHSM', 'AWS CloudHSM'],
  ['EXTERNAL_KEY_STORE', 'external'],
] as const;

function neverSucceeded(op: Operation, lab: Lab): string {
  const missing = lab.missing.get(op);
  if (missing !== undefined) return `${op} is not implemented (${missing})`;
  const answers = [...lab.tally]
    .filter(([key]) => key.startsWith(`${op} `))
    .map(([key, count]) => `${key.slice(op.length + 1)} ${count} times`);
  if (answers.length === 0) return `${op} was never sent`;
  return `${op} never succeeded: ${answers.slice(0, 4).join(', ')}. Declare with --world what the endpoint knows`;
}

/** The editions under which every history that was found conforms. */
const editionsLeft = (
  editions: readonly Edition[],
  findings: readonly Finding[],
  judging: OracleOptions,
): readonly Edition[] =>
  everyEdition.filter(
    (edition) =>
      editions.includes(edition) &&
      findings.every(({ steps }) => rejudged(steps, createOracle({ ...judging, edition })) === undefined),
  );
