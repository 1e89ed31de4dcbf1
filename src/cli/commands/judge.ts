import { setFlagsFromString } from 'node:v8';
import type { HistoryEvent } from '../../oracle/history.ts';
import { Judge } from '../../oracle/judge.ts';
import type { Verdict } from '../../oracle/verdict.ts';
import type { Found } from '../../render/counterexample.ts';
import { verdictText } from '../../render/verdict.ts';
import { unknownWorld } from '../../spec/facts.ts';
import { editions } from '../../spec/vocabulary.ts';
import { worldOf } from '../../spec/world.ts';
import { type Format, read, readers } from '../../wire/readers/read.ts';
import { Unreadable } from '../../wire/readers/unreadable.ts';
import { withExplorer } from '../explorer-links.ts';
import { integer, oneOf, parseAnswers } from '../options.ts';
import { print, printJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { readWorld } from '../world-option.ts';

interface Options {
  readonly format: string;
  readonly edition: string;
  readonly answer: readonly string[];
  readonly initial?: string;
  readonly consistency?: string;
  readonly staleness?: string;
  readonly world?: string;
  readonly worldIs?: string;
  readonly lenient?: true;
  readonly strict?: true;
  readonly json?: true;
}

/**
 * By how much, in percent, the memory in use may grow before it is looked through for what is not needed any more. Left
 * to itself, Node waits until there is several times as much, and a long log takes hundreds of megabytes for nothing.
 */
const growth = 40;

/** Judges a recorded history, and tells. Where a source holds several accounts or Regions, each on its own. */
export async function run(options: Options, path: string): Promise<number> {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
  const wanted = oneOf('format', options.format, ['auto', ...(Object.keys(readers) as Format[])]);
  const settings = settingsOf(options);
  const world = readWorld(options.world);
  const parts = new Map<string, Judge>();
  let skipped = 0;
  let found: Found = { ...settings, world };
  try {
    const { format, batches } = await read(path, wanted, { lenient: options.lenient === true });
    const judging = { ...readers[format].defaults, ...settings };
    found = { ...judging, world };
    for await (const { part, events, skipped: passed } of batches) {
      skipped += passed;
      const judge = parts.get(part) ?? new Judge({ ...judging, world: worldOf(world, unknownWorld) });
      parts.set(part, judge);
      if (!taken(judge, events, format)) break;
    }
  } catch (error) {
    throw error instanceof Unreadable ? new UsageError(error.message) : error;
  }
  if (parts.size > 1) parts.delete('');
  const verdicts = await Promise.all(
    [...parts].map(async ([part, judge]): Promise<Verdict> => {
      const verdict = judge.verdict();
      const violation = verdict.violation && (await withExplorer(verdict.violation, judge.counterexample, found));
      return { ...(part !== '' && { part }), ...verdict, ...(violation && { violation }), skipped };
    }),
  );
  const order = ['violates', 'undetermined', 'conforms'];
  verdicts.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  if (verdicts.length === 0) verdicts.push({ ...new Judge(settings).verdict(), skipped });
  const [worst, ...others] = verdicts as [Verdict, ...Verdict[]];
  if (options.json) printJson(others.length > 0 ? { ...worst, parts: verdicts } : worst);
  else print(verdicts.map((verdict) => verdictText(verdict, { name: path, part: verdict.part })).join('\n\n'));
  return worst.verdict === 'violates' ? 1 : 0;
}

/** Gives the events to the judge, those of a log that have the same second together; says whether to go on. */
function taken(judge: Judge, events: readonly HistoryEvent[], format: Format): boolean {
  if (format === 'history') return events.every((event) => judge.take(event));
  for (let begin = 0, end = 0; begin < events.length; begin = end) {
    while (end < events.length && events[end]?.start === events[begin]?.start) end += 1;
    if (!judge.takeTogether(events.slice(begin, end))) return true;
  }
  return true;
}

function settingsOf(options: Options): Omit<Found, 'world'> {
  const edition = oneOf('edition', options.edition, ['any', ...editions] as const);
  const one = <T extends string>(name: string, value: string | undefined, among: readonly T[]) =>
    value === undefined ? undefined : oneOf(name, value, among);
  const initial = one('value of --initial', options.initial, ['empty', 'unknown']);
  const consistency = one('value of --consistency', options.consistency, ['strong', 'eventual']);
  const worldIs = one('value of --world-is', options.worldIs, ['steady', 'changing']);
  return {
    edition,
    answers: parseAnswers(options.answer),
    ...(initial && { initial }),
    ...(consistency && { consistency }),
    ...(worldIs && { worldIs }),
    ...(options.staleness !== undefined && { staleness: integer('--staleness', options.staleness, 0, 86_400) }),
    ...(options.strict && { strict: true }),
  };
}
