import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/spec/reading.ts';
import { coreFiles } from '../../src/suite/vectors/files.ts';
import type { Vector } from '../../src/suite/vectors/format.ts';
import { having, type SpecFault, specFaults } from '../faults.ts';
import { meeting } from '../met.ts';
import { readingsOf, runAgainstReference } from '../suite/vector-runs.ts';
import { allowedAnyway } from './allowed-anyway.ts';

interface Run {
  readonly vector: Vector;
  readonly reading: Reading;
  readonly tells: 'first' | 'last';
}

const core = [...coreFiles()].flatMap(([, { vectors }]) => vectors);
const runs: readonly Run[] = core.flatMap((vector) =>
  readingsOf(vector).flatMap((reading) => (['first', 'last'] as const).map((tells) => ({ vector, reading, tells }))),
);
const meetingRuns = runsByFault();
const survivors = specFaults.filter((fault) => !isFound(fault));
const ends: ReadonlyMap<SpecFault, string> = new Map<SpecFault, string>([
  ...specFaults.filter((fault) => !survivors.includes(fault)).map((fault) => [fault, 'found'] as const),
  ...allowedAnyway(survivors),
]);

/** How many of each group are found at least. */
const found = { rule: 250, forgotten: 100, arrow: 100, guard: 5, effect: 8, cell: 150 } as const;

/** Why no vector can show what is left. */
const reasons: readonly (readonly [part: RegExp, why: string])[] = [
  [
    /key\/store-not-connected/,
    'a key is Unavailable in every state but CONNECTING, and there the attempt may have ended before the key is used',
  ],
  [
    /^arrow CONNECTING (Connect|Update)CustomKeyStore : leads to CONNECTED/,
    'the attempt may end before anybody looks; that the password did not change with it shows nowhere',
  ],
  [
    /beginDisconnection|completeDisconnection|^arrow CONNECTING DisconnectCustomKeyStore .*: leads to DISCONNECTING/,
    'whether a disconnection waits is asked of a store that is CONNECTING, CONNECTED or FAILED, and here it ends DISCONNECTED',
  ],
  [/disconnection\.fails|failsBackTo/, 'no world declares that a disconnection fails'],
  [
    /connect\/endpoint-service-fails-fast/,
    'no store comes to have an endpoint service that its world declares broken, and the world of a vector stays',
  ],
  [/key\.deleted/, 'a key is gone only after seven days, for which no runner waits'],
  [
    /^arrow any state Decrypt : leads to CONNECTED/,
    'Decrypt has no CustomKeyStoreId, and a key says where its store is',
  ],
];
const reasonFor = (name: string) => reasons.find(([part]) => part.test(name));

/**
 * Faults of first order in the specification, one at a time: each makes a vector of the small suite fail, or else
 * nobody can be told from a correct implementation for having it, which is shown step by step, or else the reason why
 * no vector can show it stands above.
 */
describe('a fault in the specification', () => {
  const groups = ['rule', 'forgotten', 'arrow', 'guard', 'effect', 'cell'] as const;

  it.each(groups)('makes a vector of the small suite fail, or allows nothing new, or cannot show: %s', (group) => {
    const ended = (end: string) =>
      specFaults.filter((fault) => fault.group === group && (ends.get(fault) ?? 'hidden') === end);
    const counts = ['found', 'never met', 'allowed', 'overtaken', 'hidden'].map((end) => `${end} ${ended(end).length}`);
    console.log(`${group}: ${counts.join(', ')}`);

    expect(ended('hidden').filter(({ name }) => reasonFor(name) === undefined)).toEqual([]);
    expect(ended('found').length).toBeGreaterThanOrEqual(found[group]);
  });

  it('has no reason that nothing needs', () => {
    const hidden = specFaults.filter((fault) => !ends.has(fault)).map(({ name }) => name);

    expect(reasons.filter(([part]) => !hidden.some((name) => part.test(name)))).toEqual([]);
  });
});

// Helpers

/** Whoever does not meet a fault does not fail for it, so only the others are run again. */
function runsByFault(): ReadonlyMap<SpecFault, readonly Run[]> {
  const found = new Map<SpecFault, Run[]>(specFaults.map((fault) => [fault, []]));
  meeting(specFaults, (metIn) => {
    for (const run of runs) for (const fault of metIn(() => verdictOf(run))) found.get(fault)?.push(run);
  });
  return found;
}

function isFound(fault: SpecFault): boolean {
  const { ops } = fault;
  const own = meetingRuns.get(fault) ?? [];
  const matters = ({ vector }: Run): boolean => ops === undefined || vector.steps.some((step) => ops.includes(step.op));
  // A question that only the fault asks is answered in every way.
  const asked = fault.answers.flatMap((answers) =>
    own
      .filter(({ reading }) => Object.keys(reading.answers).length === 0)
      .map((run) => ({ ...run, reading: { ...run.reading, answers } })),
  );
  return having(fault, () => [...own, ...asked].filter(matters).some((run) => verdictOf(run) !== 'passed'));
}

function verdictOf({ vector, reading, tells }: Run): string {
  try {
    return runAgainstReference(vector, reading, { tells }).verdict;
  } catch {
    return 'the specification itself noticed';
  }
}
