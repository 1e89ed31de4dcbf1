import type { HistoryEvent, Output } from '../oracle/history.ts';
import { createOracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import { isEvent } from '../suite/history-lines.ts';
import { withoutSecrets } from '../suite/masked.ts';

/**
 * A trace in the Informal Trace Format of Apalache. Its first state is the beginning; every other has the event that
 * led to it, and for each store the connection states that are possible then, hidden steps not counted.
 */
export interface ItfTrace {
  readonly '#meta': Output;
  readonly params: readonly string[];
  readonly vars: readonly string[];
  readonly states: readonly Output[];
}

/** The op of the event of the first state, before which nothing happened. */
const beginning = 'Init';

/** A history as a trace, without its secrets. */
export function traceOf(history: readonly HistoryEvent[], options: OracleOptions = {}): ItfTrace {
  const oracle = createOracle(options);
  const events: readonly (HistoryEvent | Output)[] = [{ op: beginning, input: {}, ok: {} }, ...withoutSecrets(history)];
  const states = events.map((event, index) => {
    const verdict = index === 0 ? 'conforms' : oracle.observe(event as HistoryEvent).verdict;
    const stores = new Map<string, Set<string>>();
    for (const store of oracle.possible().flatMap((account) => account.stores)) {
      stores.set(store.id, (stores.get(store.id) ?? new Set()).add(store.connectionState));
    }
    return {
      '#meta': { index },
      event: written(event),
      verdict,
      stores: { '#map': [...stores].map(([id, possible]) => [id, { '#set': [...possible].sort() }]) },
    };
  });
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      description: 'A history of AWS KMS custom key stores',
    },
    params: [],
    vars: ['event', 'verdict', 'stores'],
    states,
  };
}

/** The history in a trace that traceOf wrote; or one line that says what is wrong. */
export function historyOfTrace({ states }: Pick<ItfTrace, 'states'>): readonly HistoryEvent[] | string {
  const events: HistoryEvent[] = [];
  for (const [index, state] of states.entries()) {
    const event = read(state['event']);
    if (index === 0 && isObject(event) && event['op'] === beginning) continue;
    if (!isEvent(event)) return `state ${index} has no event: it needs op, input, and one of ok, error, unknown`;
    events.push(event);
  }
  return withoutSecrets(events);
}

/** Is it a trace in this format? */
export const isTrace = (value: unknown): value is ItfTrace =>
  isObject(value) && Array.isArray(value['states']) && value['states'].every(isObject) && Array.isArray(value['vars']);

/** A value as ITF writes it. What ITF has no form for, it may hold as text: here its JSON. */
function written(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value;
    return Number.isInteger(value) ? { '#bigint': BigInt(value).toString() } : { '#unserializable': String(value) };
  }
  if (Array.isArray(value)) return value.map(written);
  if (!isObject(value)) return { '#unserializable': JSON.stringify(value ?? null) };
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.some(([name]) => name.startsWith('#'))) return { '#unserializable': JSON.stringify(value) };
  return Object.fromEntries(members.map(([name, member]) => [name, written(member)]));
}

/** The value that ITF writes so; sequences, tuples and sets are lists, maps are objects. */
function read(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(read);
  if (!isObject(value)) return value;
  const { '#bigint': bigint, '#unserializable': text, '#tup': tuple, '#set': set, '#map': map } = value;
  if (typeof bigint === 'string') return Number(bigint);
  if (typeof text === 'string') return parsed(text);
  if (Array.isArray(tuple ?? set)) return read(tuple ?? set);
  if (Array.isArray(map))
    return Object.fromEntries(
      (map as readonly [unknown, unknown][]).map(([key, each]) => [String(read(key)), read(each)]),
    );
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, read(member)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isObject = (value: unknown): value is Output =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
