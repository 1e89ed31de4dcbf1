import type { OracleOptions } from '../../oracle/oracle-options.ts';
import { rules } from '../../spec/catalogue.ts';
import { unknownWorld } from '../../spec/facts.ts';
import type { Answers } from '../../spec/reading.ts';
import { type Edition, editions } from '../../spec/vocabulary.ts';
import { drivenWorld, type WorldFile, worldOf } from '../../spec/world.ts';
import { drive } from '../drive.ts';
import { eventsOf } from '../on-record.ts';
import { ConformanceError, cleanUp, NotReached, runScenario, type Send, type Surroundings } from './run-scenario.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import { scenariosOf, takesWorld, unreachable } from './scenarios.ts';

export interface ConformanceOptions extends Surroundings {
  /** The edition of the documents to keep; `any`, if left out: one of them in each test. */
  readonly edition?: Edition | 'any';
  /** Answers to questions; the others are left open. */
  readonly answers?: Answers;
  /** What is so of clusters, proxies, endpoint services and callers: it opens the rules about them to testing. */
  readonly world?: WorldFile;
  /** Whether keys may be made. They outlive their stores, so the default is yes only where there is a `reset`. */
  readonly withKeys?: boolean;
  /** The seed of the random sequences; 1, if left out. */
  readonly seed?: number;
  /** How many random sequences; 100, if left out. */
  readonly runs?: number;
  /** Stop after the first test that fails; only `checkConformance` looks at this, since test frameworks have their own. */
  readonly bail?: boolean;
}

/** One test, for whatever runs tests. */
export interface ConformanceTest {
  readonly kind: Scenario['kind'] | 'random';
  readonly name: string;
  /** Why it cannot be run at all. */
  readonly skip?: string;
  /** Fails with a ConformanceError; with NotReached, the implementation does not offer the situation. */
  run(): Promise<void>;
}

/**
 * The tests of an implementation: one for each rule, one for each transition and type of store, one for each state of
 * a store and of its key, and random sequences.
 * Each begins with an empty account, and they must not run at the same time.
 */
export function conformanceTests(send: Send, options: ConformanceOptions = {}): readonly ConformanceTest[] {
  const { edition = 'any', answers = {}, seed = 1, runs = 100 } = options;
  const world = drivenWorld(options.world);
  const withKeys = options.withKeys ?? options.reset !== undefined;
  const judging: OracleOptions = { edition, answers, world: worldOf(world, unknownWorld) };
  const newest = edition === 'any' ? (editions.at(-1) as Edition) : edition;
  const reset = async () => (options.reset === undefined ? cleanUp(send) : options.reset());
  const scenarios = scenariosOf({ edition: newest, answers, world }).map((scenario): ConformanceTest => {
    const ways = scenario.ways.filter((way) => withKeys || !way.some(makesKey));
    const needsKeys = ways.length === 0;
    const skip = scenario.skip ?? (needsKeys ? takesKeys : undefined);
    return {
      kind: scenario.kind,
      name: nameOf(scenario),
      ...(skip === undefined ? {} : { skip }),
      run: () => runScenario({ ...scenario, ways }, send, options, judging),
    };
  });
  const random: ConformanceTest = {
    kind: 'random',
    name: `random sequences (seed ${seed}, ${runs} runs)`,
    run: async () => {
      await reset();
      const report = await drive(
        { send },
        {
          editions: edition === 'any' ? editions : [edition],
          answers,
          seed,
          runs,
          withKeys,
          world,
          patience: 0,
          systematic: false,
        },
      );
      const [finding] = report.findings;
      if (finding !== undefined) throw new ConformanceError(finding.violation, eventsOf(finding.steps));
    },
  };
  return [...scenarios, random];
}

/** What cannot be tried, by the reason: a name for each, and a line for each rule and transition. */
export function untried(
  tests: readonly ConformanceTest[],
): readonly { readonly name: string; readonly lines: readonly string[] }[] {
  const skipped = tests.flatMap(({ name, skip }) => (skip === undefined ? [] : [{ line: `${name} (${skip})`, skip }]));
  const kinds = [
    ['take a world that is not declared', (skip: string) => skip.startsWith(takesWorld)],
    ['are reached by no sequence of requests for certain', (skip: string) => skip === unreachable],
    ['make keys, which takes reset or withKeys', (skip: string) => skip === takesKeys],
  ] as const;
  return kinds.flatMap(([what, isKind]) => {
    const lines = skipped.filter(({ skip }) => isKind(skip)).map(({ line }) => line);
    return lines.length === 0 ? [] : [{ name: `not tried: ${lines.length} ${what}`, lines }];
  });
}

/** What came of one test. */
export interface ConformanceResult {
  readonly name: string;
  readonly kind: ConformanceTest['kind'];
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed, or was skipped. */
  readonly why?: string;
}

/** Runs the tests one after the other, without any test framework. */
export async function checkConformance(
  send: Send,
  options: ConformanceOptions = {},
): Promise<readonly ConformanceResult[]> {
  const results: ConformanceResult[] = [];
  for (const { name, kind, skip, run } of conformanceTests(send, options)) {
    const why = skip ?? (await run().then(noProblem, (error: unknown) => error));
    if (why === undefined) results.push({ name, kind, outcome: 'passed' });
    else if (typeof why === 'string' || why instanceof NotReached)
      results.push({ name, kind, outcome: 'skipped', why: typeof why === 'string' ? why : why.message });
    else if (why instanceof Error) {
      results.push({ name, kind, outcome: 'failed', why: why.message });
      if (options.bail) break;
    } else throw why;
  }
  return results;
}

const takesKeys = 'it makes keys: give reset, or withKeys';

const noProblem = (): undefined => undefined;

const makesKey = (step: ScenarioStep): boolean => 'request' in step && step.request.op === 'CreateKey';

const nameOf = ({ kind, id }: Scenario): string =>
  kind === 'rule' ? `rule ${id}: ${rules[id as keyof typeof rules].says}` : `${kind} ${id}`;
