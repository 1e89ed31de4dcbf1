import type { HistoryEvent } from '../../oracle/history.ts';
import { membersOf } from '../../spec/shapes.ts';
import { isOperation, type Operation } from '../../spec/vocabulary.ts';

/** The members of an event beside its input and its outcome, and what they have to be. */
const noted = {
  status: 'number',
  message: 'string',
  start: 'number',
  end: 'number',
  client: 'string',
  id: 'string',
  partial: 'boolean',
  incomplete: 'boolean',
  withheld: 'object',
} as const;
const outcomes = ['ok', 'error', 'unknown'] as const;
export const deepest = 64;

/** A value as an event of a history; or what is wrong with it, in a few words that quote nothing but names. */
export function eventOf(value: unknown, lenient: boolean): HistoryEvent | string {
  if (!isObject(value)) return 'is not a JSON object. An event is {"op": …, "input": …, "ok": …}';
  const { op, input } = value;
  if (typeof op !== 'string') return 'has no op. Name the operation, as in "op": "ConnectCustomKeyStore"';
  if (!isOperation(op))
    return `has the operation ${shown(op)}, which is none of this specification. --lenient skips it`;
  if (!isObject(input)) return 'has no input object. An operation without members has "input": {}';
  const given = outcomesIn(value);
  if (given !== 1) {
    const names = outcomes.filter((name) => Object.hasOwn(value, name)).join(' and ');
    return `has ${given === 0 ? 'no outcome' : `two outcomes (${names})`}. Give one of ok, error and unknown`;
  }
  if ('ok' in value && !isObject(value['ok'])) return 'has an ok that is not an object. Without output it is {}';
  if ('error' in value && typeof value['error'] !== 'string') return 'has an error that is not the name of one';
  for (const name in value) {
    if (!isNoted(name)) continue;
    const type = noted[name];
    const is = value[name];
    if (is !== undefined && (typeof is !== type || (name === 'withheld' && !Array.isArray(is)))) {
      return `has a ${name} that is not a ${type === 'object' ? 'list' : type}`;
    }
  }
  const { start, end } = value as { start?: number; end?: number };
  if (start !== undefined && end !== undefined && end < start)
    return 'ends before it starts. Times are epoch milliseconds';
  if (isDeeperThan(value, deepest)) return `is nested more than ${deepest} levels deep`;
  return knownMembers(value, op, input, lenient);
}

function knownMembers(event: Json, op: Operation, input: Json, lenient: boolean): HistoryEvent | string {
  const members = membersOf(op);
  if (areAll(event, isMember) && areAll(input, (name) => Object.hasOwn(members, name)))
    return event as unknown as HistoryEvent;
  const strangers = Object.keys(event).filter((name) => !isMember(name));
  const strange = Object.keys(input).filter((name) => !Object.hasOwn(members, name));
  if (!lenient) {
    const [name = ''] = [...strangers, ...strange.map((each) => `input.${each}`)];
    return `has the member ${shown(name)}, which is not known. --lenient leaves it out`;
  }
  const kept = Object.fromEntries(Object.entries(event).filter(([name]) => isMember(name)));
  const left = Object.fromEntries(Object.entries(input).filter(([name]) => Object.hasOwn(members, name)));
  return { ...kept, input: left } as unknown as HistoryEvent;
}

const isMember = (name: string): boolean =>
  name === 'op' || name === 'input' || (outcomes as readonly string[]).includes(name) || isNoted(name);

const isNoted = (name: string): name is keyof typeof noted => Object.hasOwn(noted, name);

/** How many outcomes it has. */
const outcomesIn = (value: Json): number =>
  outcomes.reduce((count, name) => count + Number(Object.hasOwn(value, name)), 0);

/** Of a million events most have no member that is not known: no list of them is made. */
function areAll(value: Json, is: (name: string) => boolean): boolean {
  for (const name in value) if (!is(name)) return false;
  return true;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const name in value) if (isDeeperThan((value as Json)[name], levels - 1)) return true;
  return false;
}

const shown = (name: string): string => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
