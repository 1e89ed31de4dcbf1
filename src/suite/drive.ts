import fc from 'fast-check';
import { createRequests, requestsAbout } from '../machine/alphabet.ts';
import type { HistoryEvent, ObservedOutcome } from '../oracle/history.ts';
import { createOracle, type Oracle, type Violation } from '../oracle/oracle.ts';
import type { World } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account } from '../spec/model.ts';
import type { Answers } from '../spec/reading.ts';
import type { Edition } from '../spec/vocabulary.ts';
import { CoverageRecorder } from './coverage.ts';
import { minimize } from './minimize.ts';

/** An implementation that can be driven: it begins every sequence empty, and answers requests. */
export interface Implementation {
  /** Takes away what the sequence before left behind. */
  reset(): Promise<void>;
  send(request: Request): Promise<ObservedOutcome>;
}

export interface DriveOptions {
  readonly editions: readonly Edition[];
  readonly answers: Answers;
  readonly seed: number;
  readonly runs: number;
  /** Whether keys may be made: they outlive their store by days where they cannot be deleted at once. */
  readonly withKeys: boolean;
  /** What is declared of the world; nothing, if left out. */
  readonly world?: World;
  /** Told after every sequence, of how many there will be. */
  readonly progress?: (done: number, of: number) => void;
}

/** What came of driving an implementation. */
export interface Report {
  readonly events: number;
  /** The editions that allow everything that was seen. */
  readonly editions: readonly Edition[];
  readonly violation?: Violation & { readonly history: readonly HistoryEvent[] };
  readonly coverage: CoverageRecorder;
  readonly profile: Readonly<Record<string, readonly string[]>>;
}

/** Drives an implementation with random sequences, and judges every answer. Stops at the first violation, shrunk. */
export async function drive(implementation: Implementation, options: DriveOptions): Promise<Report> {
  const coverage = new CoverageRecorder();
  let events = 0;
  let done = 0;
  let editions: readonly Edition[] = options.editions;
  let profile: Report['profile'] = {};
  let failure: Report['violation'];
  const property = fc.asyncProperty(choices, async (picks) => {
    const run = await runOnce(implementation, picks, options, editions, coverage);
    events += run.events;
    if (run.violation === undefined) {
      editions = run.editions;
      profile = { ...profile, ...run.profile };
      options.progress?.(++done, options.runs);
      return true;
    }
    failure = { ...run.violation, history: run.history };
    return false;
  });
  await fc.check(property, { seed: options.seed, numRuns: options.runs });
  if (failure === undefined) return { events, editions, coverage, profile };
  const found = { history: failure.history, violation: failure };
  const { history, violation } = await minimize(implementation, found, options);
  return { events, editions: [], violation: { ...violation, history }, coverage, profile };
}

/** A sequence, as the places of its requests in the list of those that are worth trying at that point. */
const choices = fc.array(fc.nat({ max: 9999 }), { minLength: 1, maxLength: 40, size: 'max' });

interface Run {
  readonly events: number;
  readonly editions: readonly Edition[];
  readonly history: readonly HistoryEvent[];
  readonly violation?: Violation;
  readonly profile: Report['profile'];
}

async function runOnce(
  implementation: Implementation,
  picks: readonly number[],
  { answers, withKeys, world }: DriveOptions,
  editions: readonly Edition[],
  coverage: CoverageRecorder,
): Promise<Run> {
  await implementation.reset();
  let oracles: readonly (readonly [Edition, Oracle])[] = editions.map(
    (edition) => [edition, createOracle({ edition, answers }, world)] as const,
  );
  const history: HistoryEvent[] = [];
  const send = async (request: Request): Promise<Violation | undefined> => {
    const before = believed(oracles);
    const event = { ...request, ...(await implementation.send(request)) } as HistoryEvent;
    history.push(event);
    const judged = oracles.map((each) => [each, each[1].observe(event)] as const);
    const left = judged.filter(([, violation]) => violation === undefined).map(([each]) => each);
    if (left.length === 0) return judged[0]?.[1];
    oracles = left;
    coverage.add(event, before, believed(oracles), oracles[0]?.[0] ?? '2022-11');
    return undefined;
  };
  for (const pick of picks) {
    const request = choose(believed(oracles), pick, withKeys);
    const violation =
      (await send(request)) ?? (pick % 3 === 0 ? await send({ op: 'DescribeCustomKeyStores', input: {} }) : undefined);
    if (violation !== undefined) return { events: history.length, editions: [], history, violation, profile: {} };
  }
  const last = await send({ op: 'DescribeCustomKeyStores', input: {} });
  const rest = { events: history.length, editions: oracles.map(([edition]) => edition), history };
  return { ...rest, ...(last && { violation: last }), profile: oracles[0]?.[1].profile() ?? {} };
}

/** One account that is possible now; the first will do to choose what to try next. */
const believed = (oracles: readonly (readonly [Edition, Oracle])[]): Account =>
  oracles[0]?.[1].possible()[0] ?? { stores: [] };

function choose({ stores }: Account, pick: number, withKeys: boolean): Request {
  const kind = pick % 8;
  if (stores.length === 0 || (kind === 0 && stores.length < 3)) {
    return createRequests[Math.floor(pick / 8) % createRequests.length] as Request;
  }
  const store = stores[Math.floor(pick / 8) % stores.length] as Account['stores'][number];
  const about = requestsAbout(store.id, store.type, store.keys[0]?.id ?? '').filter(
    ({ op, input }) => (withKeys || op !== 'CreateKey') && (!('KeyId' in input) || input.KeyId !== ''),
  );
  const moving = about.filter(
    ({ op }) => op === 'ConnectCustomKeyStore' || op === 'DisconnectCustomKeyStore' || op === 'DescribeCustomKeyStores',
  );
  const among = kind < 4 ? moving : about;
  return among[Math.floor(pick / 64) % among.length] as Request;
}
