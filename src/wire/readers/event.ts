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
  const given = outcomes.filter((name) => Object.hasOwn(value, name));
  if (given.length !== 1) {
    return `has ${given.length === 0 ? 'no outcome' : `two outcomes (${given.join(' and ')})`}. Give one of ok, error and unknown`;
  }
  if ('ok' in value && !isObject(value['ok'])) return 'has an ok that is not an object. Without output it is {}';
  if ('error' in value && typeof value['error'] !== 'string') return 'has an error that is not the name of one';
  for (const [name, type] of Object.entries(noted)) {
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
  const strangers = Object.keys(event).filter((name) => !isMember(name));
  const strange = Object.keys(input).filter((name) => !Object.hasOwn(members, name));
  if (strangers.length + strange.length === 0) return event as unknown as HistoryEvent;
  if (!lenient) {
    const [name = ''] = [...strangers, ...strange.map((each) => `input.${each}`)];
    return `has the member ${shown(name)}, which is not known. --lenient leaves it out`;
  }
  const kept = Object.fromEntries(Object.entries(event).filter(([name]) => isMember(name)));
  const left = Object.fromEntries(Object.entries(input).filter(([name]) => Object.hasOwn(members, name)));
  return { ...kept, input: left } as unknown as HistoryEvent;
}

const isMember = (name: string): boolean =>
  name === 'op' || name === 'input' || (outcomes as readonly string[]).includes(name) || Object.hasOwn(noted, name);

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
