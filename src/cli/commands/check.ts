import type { CheckVerdict } from '../../oracle/verdict.ts';
import type { Found } from '../../render/counterexample.ts';
import { defaultEdition } from '../../spec/editions.ts';
import { type Edition, editions, operations } from '../../spec/vocabulary.ts';
import { drivenWorld } from '../../spec/world.ts';
import { counted } from '../../suite/counted.ts';
import { type DriveOptions, drive, type Report } from '../../suite/drive.ts';
import { titleOf } from '../../suite/fault.ts';
import { plansOf } from '../../suite/token.ts';
import { verdictOf } from '../../suite/verdict.ts';
import { faultNames } from '../../wire/faults.ts';
import { compared, readBaseline } from '../check/baseline.ts';
import { cleanUp } from '../check/cleanup.ts';
import { embeddedAnswers, embeddedWorld } from '../check/embedded-world.ts';
import { prepare, type Reporting, report, reportersIn } from '../check/report.ts';
import { type Allowed, isLoopback } from '../check/safety.ts';
import { StateFile } from '../check/state.ts';
import { type Driven, embedded, newTag, remote } from '../check/target.ts';
import { withExplorers } from '../explorer-links.ts';
import { integer, oneOf, parseAnswers } from '../options.ts';
import { say } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { readWorld } from '../world-option.ts';

interface Options extends Reporting, Allowed {
  readonly seed?: string;
  readonly runs: string;
  readonly time?: string;
  readonly patience: string;
  readonly edition: string;
  readonly answer: readonly string[];
  readonly world?: string;
  readonly worldIs: string;
  readonly consistency: string;
  readonly endpointFault?: string;
  readonly replay?: string;
  readonly baseline?: string;
  readonly only?: string;
  readonly skip?: string;
  readonly shard?: string;
  readonly keys?: boolean;
  readonly cleanup?: true;
}

/** Drives an endpoint over real HTTP, judges every answer, and tells. */
export async function run(options: Options, url?: string): Promise<number> {
  reportersIn(options);
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  const drivingOptions = parsed(options, url);
  const { only, skip } = drivingOptions;
  if (only?.every((op) => skip?.includes(op)))
    throw new UsageError('--skip leaves nothing of --only to try. Leave one of them out');
  if (url === undefined && options.cleanup)
    throw new UsageError('--cleanup is for an endpoint elsewhere. Give its URL');
  if (url !== undefined && options.endpointFault !== undefined)
    throw new UsageError('--endpoint-fault is for the embedded endpoint. Leave out the URL');
  prepare(options);
  const { answers, editions: wanted, world = {}, patience = 0 } = drivingOptions;
  const fault =
    options.endpointFault === undefined ? undefined : oneOf('endpoint fault', options.endpointFault, faultNames);
  const driven =
    url === undefined
      ? await embedded({
          edition: wanted[0] ?? defaultEdition,
          answers: { ...embeddedAnswers, ...answers },
          world,
          ...(fault && { fault }),
        })
      : await remote(url, options);
  const state = url === undefined ? undefined : new StateFile(url);
  try {
    if (options.cleanup && state !== undefined) return (await cleanUp(driven, state, patience)) ? 0 : 1;
    const { outcome, interrupted } = await driving(driven, drivingOptions, state);
    const found = foundBy({ ...drivingOptions, editions: judgedBy(outcome, wanted) });
    const judged = await withExplorers(
      verdictOf(outcome, { edition: found.edition, seed: drivingOptions.seed, endpoint: driven.name }),
      outcome,
      found,
    );
    const verdict: CheckVerdict = baseline === undefined ? judged : { ...judged, baseline: compared(judged, baseline) };
    await report(verdict, options, commandOf({ ...options, edition: found.edition }, url));
    return interrupted ? 130 : exitCode(verdict);
  } finally {
    await driven.close();
  }
}

/** The editions that everything was judged by: those that were wanted, or the one of them that fits best. */
const judgedBy = ({ judging: { edition } }: Report, wanted: readonly Edition[]): readonly Edition[] =>
  typeof edition === 'object' ? edition : wanted;

/** How what was driven was judged. */
function foundBy({ editions: [edition, ...others], answers, world, worldIs, consistency }: DriveOptions): Found {
  return {
    edition: edition === undefined || others.length > 0 ? 'any' : edition,
    answers,
    world: drivenWorld(world),
    ...(worldIs && { worldIs }),
    ...(consistency && { consistency }),
  };
}

/** The command that drives the same endpoint. */
function commandOf({ endpointFault, allowRemote, allowRealAws, edition }: Options, url?: string): string {
  return [
    'kms-cks check',
    ...(url === undefined ? [] : [url]),
    ...(endpointFault === undefined ? [] : [`--endpoint-fault ${endpointFault}`]),
    ...(allowRemote ? ['--allow-remote'] : []),
    ...(allowRealAws ? ['--allow-real-aws'] : []),
    ...(edition === 'any' ? [] : [`--edition ${edition}`]),
  ].join(' ');
}

/** 0 if all is well; with a baseline, if nothing is new and nothing is gone. */
function exitCode({ verdict, baseline }: CheckVerdict): number {
  if (baseline === undefined || verdict === 'undetermined') return verdict === 'conforms' ? 0 : 1;
  return baseline.new.length + baseline.gone.length === 0 ? 0 : 1;
}

/** Drives until it is done or interrupted, and cleans up either way. */
async function driving(
  driven: Driven,
  options: DriveOptions,
  state: StateFile | undefined,
): Promise<{ readonly outcome: Report; readonly interrupted: boolean }> {
  const tag = newTag();
  let interrupted = false;
  const interrupt = () => {
    if (interrupted) process.exit(130);
    interrupted = true;
    say('\ninterrupted: deleting what was created. Once more to leave at once');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
  if (state !== undefined && state.stores.length > 0)
    say(
      `${driven.url}: ${counted(state.stores.length, 'store')} of an earlier run not deleted yet. --cleanup deletes what is left`,
    );
  state?.begin(tag);
  const drawing = process.stderr.isTTY === true;
  const line = (text: string) => drawing && process.stderr.write(`\r\u001b[2K${text}`);
  try {
    const outcome = await drive(driven, {
      ...options,
      tag,
      progress: (what) => void line(what.slice(0, 78)),
      suspected: (fault) => {
        line('');
        say(`violation: ${titleOf(fault)}`);
      },
      stop: () => interrupted,
      ...(state && {
        created: (id: string, kind: 'store' | 'key') => state.created(id, kind),
        gone: (id: string) => state.gone(id),
      }),
    });
    line('');
    if (state !== undefined && (outcome.left.length > 0 || interrupted || state.stores.length > 0))
      await cleanUp(driven, state, options.patience ?? 0);
    else state?.end();
    return {
      outcome: state === undefined ? { ...outcome, left: [] } : { ...outcome, left: state.stores },
      interrupted,
    };
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
}

function parsed(options: Options, url: string | undefined): DriveOptions {
  const { seed, replay, only, skip, shard, keys } = options;
  const wanted = options.edition === 'any' ? editions : [oneOf('edition', options.edition, editions)];
  const plans = replay === undefined ? undefined : plansOf(replay);
  if (replay !== undefined && plans === undefined)
    throw new UsageError(
      `--replay ${JSON.stringify(replay.slice(0, 20))}: not a token. Copy it whole from a report of check`,
    );
  const world = options.world === undefined && url === undefined ? embeddedWorld : readWorld(options.world);
  return {
    editions: wanted,
    answers: parseAnswers(options.answer),
    seed: seed === undefined ? Math.floor(Math.random() * 2 ** 31) : integer('--seed', seed, 0, 2 ** 31 - 1),
    runs: integer('--runs', options.runs, 0, 100_000),
    time: 1000 * integer('--time', options.time ?? (url === undefined ? '10' : '60'), 0, 1_000_000),
    patience: 1000 * integer('--patience', options.patience, 0, 100_000),
    world,
    worldIs: oneOf('kind of world', options.worldIs, ['steady', 'changing'] as const),
    consistency: oneOf('consistency', options.consistency, ['strong', 'eventual'] as const),
    dates: 'seconds',
    withKeys: keys ?? (url === undefined || isLoopback(hostOf(url))),
    ...(plans && { replay: plans }),
    ...(only === undefined ? {} : { only: operationsIn(only) }),
    ...(skip === undefined ? {} : { skip: operationsIn(skip) }),
    ...(shard === undefined ? {} : { shard: shardIn(shard) }),
  };
}

const operationsIn = (list: string) => list.split(',').map((name) => oneOf('operation', name.trim(), operations));

function shardIn(text: string): { readonly index: number; readonly of: number } {
  const [, index = '0', of = '0'] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (Number(index) < 1 || Number(index) > Number(of))
    throw new UsageError(`--shard ${JSON.stringify(text.slice(0, 20))}: not a part of a whole. For example 1/4`);
  return { index: Number(index) - 1, of: Number(of) };
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
