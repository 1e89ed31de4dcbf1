import { Judge } from '../../oracle/judge.ts';
import type { CheckVerdict, Verdict } from '../../oracle/verdict.ts';
import { violationLines } from '../../render/verdict.ts';
import { unknownWorld } from '../../spec/facts.ts';
import { type Edition, editions } from '../../spec/vocabulary.ts';
import { drivenWorld, worldOf } from '../../spec/world.ts';
import { type DriveOptions, drive, type Report } from '../../suite/drive.ts';
import { conformanceTests } from '../../suite/kit/conformance.ts';
import { ConformanceError, NotReached } from '../../suite/kit/run-scenario.ts';
import type { Plan } from '../../suite/run.ts';
import { verdictOf } from '../../suite/verdict.ts';
import { HarnessFault } from '../../wire/harness/program.ts';
import { selfTest } from '../../wire/harness/self-test.ts';
import { HarnessTarget } from '../../wire/harness/target.ts';
import { report } from '../check/report.ts';
import { integer, oneOf, parseAnswers } from '../options.ts';
import { print, printJson, say } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { readWorld } from '../world-option.ts';
import { changes, foldersOf } from './watch.ts';

interface Options {
  readonly seed?: string;
  readonly runs: string;
  readonly edition: string;
  readonly answer: readonly string[];
  readonly world?: string;
  readonly timeout: string;
  readonly keys: boolean;
  readonly selfTest?: true;
  readonly watch?: true;
  readonly json?: true;
}

/** Drives a harness, judges every answer, and tells. */
export async function run(options: Options, command: readonly string[]): Promise<number> {
  if (command.length === 0)
    throw new UsageError('no program is given. For example: kms-cks consume -- python3 harness.py');
  const timeout = integer('--timeout', options.timeout, 1, 3_600_000);
  const drives = driveOptions(options);
  if (options.selfTest) return told(await selfTest({ command, timeout }), options.json);
  const target = new HarnessTarget({ command, timeout });
  const name = command.join(' ');
  const watched = options.watch ? changes(foldersOf(command)) : undefined;
  let failing: readonly Plan[] | undefined;
  for (;;) {
    let code: number;
    try {
      const came = await round(target, drives, options, failing);
      const [finding] = 'report' in came ? came.report.findings : [];
      if (finding !== undefined) failing = finding.steps;
      code = await tellRound(came, name, target, options, drives.seed);
    } catch (error) {
      if (!(error instanceof HarnessFault)) throw error;
      if (watched === undefined) throw new UsageError(error.message);
      say(`kms-cks: ${error.message}`);
      code = 2;
    } finally {
      await target.stop();
    }
    if (watched === undefined) return code;
    say('waiting for a file to change (Ctrl-C ends)');
    if (!(await watched.next())) return code;
  }
}

function driveOptions({ seed, runs, edition, answer, world, keys }: Options): DriveOptions {
  return {
    editions: edition === 'any' ? editions : [oneOf('edition', edition, editions)],
    answers: parseAnswers(answer),
    seed: seed === undefined ? Math.floor(Math.random() * 2 ** 31) : integer('--seed', seed, 0, 2 ** 31 - 1),
    runs: integer('--runs', runs, 1, 100_000),
    withKeys: keys,
    world: readWorld(world),
    patience: 0,
  };
}

/** What a round came to: a verdict like that of check, or one way to a rule or transition that ended badly. */
type Round = { readonly report: Report } | { readonly error: ConformanceError };

/** What failed before comes first, then one way to every rule and transition, then everything that check does. */
async function round(
  target: HarnessTarget,
  options: DriveOptions,
  { edition, world }: Options,
  failing: readonly Plan[] | undefined,
): Promise<Round> {
  if (failing !== undefined) {
    const again = await drive(target, { ...options, replay: failing });
    if (again.findings.length > 0) return { report: again };
  }
  const tests = conformanceTests((request) => target.send(request), {
    edition: edition as Edition | 'any',
    answers: options.answers,
    withKeys: options.withKeys,
    world: readWorld(world),
    reset: () => target.reset(),
    settle: () => target.settle(),
  });
  for (const { kind, skip, run: test } of tests) {
    if (skip !== undefined || kind === 'random') continue;
    try {
      await test();
    } catch (error) {
      if (error instanceof ConformanceError) return { error };
      if (!(error instanceof NotReached)) throw error;
    }
  }
  await target.reset();
  const driven = await drive(target, options);
  if (target.fault !== undefined) throw target.fault;
  return { report: driven };
}

async function tellRound(
  came: Round,
  name: string,
  target: HarnessTarget,
  options: Options,
  seed: number,
): Promise<number> {
  const verdict =
    'report' in came
      ? verdictOf(came.report, { edition: options.edition, seed, endpoint: name })
      : judged(came.error, options);
  const skipped = Object.fromEntries(target.skipped);
  const { errored } = target;
  const isUndecided = verdict.verdict === 'conforms' && errored.length > 0;
  if (options.json) printJson({ ...verdict, ...(isUndecided ? { verdict: 'undetermined' } : {}), skipped, errored });
  else if (isChecked(verdict)) await report(verdict, { reporter: 'terminal' }, 'kms-cks consume');
  else {
    const { violation } = verdict;
    const lines = violation === undefined ? ['error' in came ? came.error.message : ''] : violationLines(violation);
    print([`${verdict.verdict}: ${name} (${verdict.events} answers judged)`, ...lines].join('\n'));
  }
  for (const [op, why] of Object.entries(skipped)) say(`skipped: ${op} (${why})`);
  if (errored.length > 0) say(`the harness itself failed ${errored.length} times; first: ${errored[0]}`);
  return verdict.verdict === 'conforms' && !isUndecided ? 0 : 1;
}

const isChecked = (verdict: Verdict): verdict is CheckVerdict => 'violations' in verdict;

/** The verdict on the history of a way that ended badly; where it is the waiting that is wrong, nothing explains it. */
function judged({ history }: ConformanceError, options: Options): Verdict {
  const { editions: edition, answers, world } = driveOptions(options);
  const judge = new Judge({ edition, answers, world: worldOf(drivenWorld(world), unknownWorld) });
  for (const event of history) judge.take(event);
  return { ...judge.verdict(), verdict: 'violates' };
}

function told(findings: Awaited<ReturnType<typeof selfTest>>, json: true | undefined): number {
  if (json) printJson({ findings });
  else
    for (const { says, problem } of findings)
      print(problem === undefined ? `ok     ${says}` : `FAULT  ${says}\n       ${problem}`);
  return findings.every(({ problem }) => problem === undefined) ? 0 : 1;
}
