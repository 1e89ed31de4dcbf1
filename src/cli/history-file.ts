import type { HistoryEvent } from '../oracle/history.ts';
import type { Verdict } from '../oracle/verdict.ts';
import { type ExplorerState, partsOf } from '../render/explorer-state.ts';
import { historyOfTrace, type ItfTrace, isTrace } from '../render/itf.ts';
import { historyFrom, isEvent } from '../suite/history-lines.ts';
import { withoutSecrets } from '../suite/masked.ts';
import type { VectorFile } from '../suite/vectors/format.ts';
import { oneOf, readText } from './options.ts';
import { UsageError } from './usage-error.ts';
import { historyOfVector } from './vector-history.ts';

/**
 * What a file (`-` is standard input) gives to show, without secrets: a history, an ITF trace of one, the violation in
 * what judge or check told as JSON, or one vector of a file of vectors.
 */
export async function readShown(path: string, vector?: string): Promise<ExplorerState> {
  const text = readText(path);
  const value = parsed(text);
  if (isVectorFile(value)) return { history: withoutSecrets(historyOfVector(vectorIn(path, value, vector))) };
  if (vector !== undefined) throw new UsageError(`${path}: is no file of vectors, so there is no --vector in it`);
  if (isVerdict(value)) return violationIn(path, value);
  return { history: historyIn(path, isTrace(value) ? value : text) };
}

/** The history in what was read from a path. */
export function historyIn(path: string, read: string | ItfTrace): readonly HistoryEvent[] {
  const events = typeof read === 'string' ? historyFrom(read) : historyOfTrace(read);
  if (typeof events === 'string') throw new UsageError(`${path}: ${events}`);
  if (events.length === 0) throw new UsageError(`${path}: has no events. A history has one JSON event a line`);
  return events;
}

/** The ITF trace that a text is, if it is one. */
export function traceIn(text: string): ItfTrace | undefined {
  const value = parsed(text);
  return isTrace(value) ? value : undefined;
}

/** The first violation that a verdict tells of, at its last event. */
async function violationIn(path: string, { violation }: Partial<Verdict>): Promise<ExplorerState> {
  if (violation === undefined)
    throw new UsageError(`${path}: tells of no violation, so there is nothing to show. Give a history`);
  const { explorer } = violation;
  const shown = explorer === undefined ? { history: violation.history } : await parts(path, explorer);
  const { history } = shown;
  if (!Array.isArray(history) || history.length === 0 || !history.every(isEvent))
    throw new UsageError(`${path}: the history of its violation is damaged. Give what judge or check told`);
  return { ...(shown as ExplorerState), history: withoutSecrets(history), at: history.length };
}

async function parts(path: string, explorer: string): ReturnType<typeof partsOf> {
  try {
    return await partsOf(explorer);
  } catch {
    throw new UsageError(`${path}: the history of its violation is damaged. Give what judge or check told`);
  }
}

function vectorIn(path: string, { vectors }: Pick<VectorFile, 'vectors'>, id: string | undefined) {
  const ids = vectors.map((each) => each.id);
  if (id === undefined && ids.length !== 1)
    throw new UsageError(`${path}: has ${ids.length} vectors. Name one: --vector ${ids[0] ?? 'ID'}`);
  const wanted = id === undefined ? ids[0] : oneOf('vector', id, ids);
  return vectors.find((each) => each.id === wanted) as VectorFile['vectors'][number];
}

const isVectorFile = (value: unknown): value is VectorFile =>
  isObject(value) && Array.isArray(value['vectors']) && value['format'] === 1;
const isVerdict = (value: unknown): value is Partial<Verdict> =>
  isObject(value) && ('violation' in value || 'verdict' in value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
