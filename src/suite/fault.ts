import { createHash } from 'node:crypto';
import type { HistoryEvent } from '../oracle/history.ts';
import type { Mismatch } from '../oracle/mismatch.ts';
import type { Violation } from '../oracle/violation.ts';
import type { RuleId } from '../spec/catalogue.ts';
import { decide } from '../spec/decide.ts';
import { unknownWorld } from '../spec/facts.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import type { Store } from '../spec/model.ts';
import { fieldsGiven } from '../spec/properties.ts';
import { known } from '../spec/reading.ts';
import type { Member } from '../spec/shape.ts';
import { membersOf } from '../spec/shapes.ts';
import { malformations } from '../spec/validate.ts';
import { editions, type Operation } from '../spec/vocabulary.ts';

/** What is wrong, without any name or ID of the run that found it: the same from run to run. */
export interface Fault {
  readonly op: Operation;
  /** `ok`, or the name of the error. */
  readonly observed: string;
  readonly rules: readonly RuleId[];
  readonly storeType?: string;
  readonly connectionStates: readonly string[];
  /** Members of the request that matter to the refusal: those that change something, are malformed, or very long. */
  readonly members: readonly string[];
  /** Members of the answer that show what they may not. */
  readonly shows: readonly string[];
  /** The last request that was to change something, and what came of it; where a description shows wrong values. */
  readonly after?: string;
}

const latest = editions[editions.length - 1] ?? '2026-04';

/** The fault that a violation shows, at the end of these events. */
export function faultOf(violation: Violation, history: readonly HistoryEvent[]): Fault {
  const { event, mismatches } = violation;
  const store = storeIn(violation, mismatches);
  const states = new Set(
    violation.before.flatMap(({ stores }) =>
      stores.flatMap(({ id, connectionState }) => (id === store?.id ? [connectionState] : [])),
    ),
  );
  const after = mismatches.length > 0 && event.op.startsWith('Describe') ? lastChange(history) : undefined;
  return {
    op: event.op,
    observed: 'ok' in event ? 'ok' : 'error' in event ? event.error : 'unknown',
    rules: 'ok' in event ? certainRules(violation) : [],
    ...(store && { storeType: store.type }),
    connectionStates: [...states].sort(),
    members: membersIn(event),
    shows: [...new Set(mismatches.map(({ member }) => member))].sort(),
    ...(after && { after }),
  };
}

/** The rules that refuse for certain, whatever was learned before: what the run has seen makes no difference. */
function certainRules({ event, before, rules }: Violation): readonly RuleId[] {
  const sets = before.flatMap((account) =>
    readings.map((reading) =>
      decide(account, event, reading).refusals.flatMap(({ rule, when }) => (when === true ? [rule] : [])),
    ),
  );
  const [first = [], ...others] = sets;
  const common = [...new Set(first)].filter((rule) => others.every((each) => each.includes(rule)));
  return (common.length > 0 ? common : [...rules]).sort();
}

const readings = editions.map((edition) => known({ edition, answers: {} }, unknownWorld));

/** A short name of a fault that a baseline can keep. */
export const fingerprintOf = (fault: Fault): string =>
  createHash('sha256').update(JSON.stringify(fault)).digest('hex').slice(0, 12);

/** Is it the same fault, as far as can be told before its history is the shortest? `a` may show less of it. */
export const isLike = (a: Fault, b: Fault): boolean =>
  isAkin(a, b) && (a.shows.length > 0 || a.rules.every((rule) => b.rules.includes(rule)));

/** Is one found when the other is looked for? It may go against more rules: which, depends on what is known. */
export function isAkin(a: Fault, b: Fault): boolean {
  if (a.op !== b.op || a.observed !== b.observed || a.storeType !== b.storeType) return false;
  if (a.shows.length > 0) return a.shows.every((member) => b.shows.includes(member));
  const sharesRules = a.rules.length === 0 || a.rules.some((rule) => b.rules.includes(rule));
  return sharesRules && a.members.every((member) => b.members.includes(member));
}

/** The fault in a few words. */
export function titleOf({ op, observed, storeType, connectionStates, members, shows, after, rules }: Fault): string {
  const where = storeType === undefined ? '' : ` (${[storeType, ...connectionStates].join(', ')})`;
  const given = members.length === 0 ? '' : ` with ${members.join(', ')}`;
  if (shows.length > 0)
    return `${op} shows a wrong ${shows.join(', ')}${after === undefined ? '' : ` after ${after}`}${where}`;
  if (observed !== 'ok') return `${op}${given} is refused with ${observed}${where}`;
  if (op.startsWith('Describe') && rules.length === 0) return `${op} shows what cannot be${where}`;
  return `${op}${given} is accepted${where}${rules.length > 0 ? ` against ${rules.join(', ')}` : ''}`;
}

/** The store that the violation is about: the one that is named, that holds the key, or that is shown wrongly. */
function storeIn({ event, before }: Violation, mismatches: readonly Mismatch[]): Store | undefined {
  const stores = before.flatMap((account) => account.stores);
  const { CustomKeyStoreId } = event.input as { CustomKeyStoreId?: unknown };
  const keys = keyIdsOf(event.input);
  const wrong = mismatches.find((each) => each.about !== undefined)?.about;
  const named =
    stores.find(({ id }) => id === CustomKeyStoreId || id === wrong) ??
    stores.find((store) => store.keys.some(({ id }) => keys.includes(id)));
  return named ?? (new Set(stores.map(({ id }) => id)).size === 1 ? stores[0] : undefined);
}

function membersIn(event: HistoryEvent): readonly string[] {
  const malformed = malformations(event.op, event.input, latest).map(({ path, problem }) => `${path} (${problem})`);
  if (malformed.length > 0) return malformed;
  const longest =
    'error' in event && event.error === 'ValidationException' ? longestIn(membersOf(event.op), event.input) : [];
  if (longest.length > 0) return longest;
  return event.op === 'UpdateCustomKeyStore' ? fieldsGiven(event.input, latest) : [];
}

/** Members as long as they may be: one of them is most likely what was refused. */
function longestIn(members: Readonly<Record<string, Member>>, input: object): readonly string[] {
  return Object.entries(input).flatMap(([name, value]): readonly string[] => {
    const { max, members: inner = {} } = members[name] ?? {};
    if (typeof value === 'string') return value.length === max ? [`${name} (${max} characters)`] : [];
    return typeof value === 'object' && value !== null ? longestIn(inner, value) : [];
  });
}

function lastChange(history: readonly HistoryEvent[]): string | undefined {
  const event = history.findLast(({ op }) => !op.startsWith('Describe'));
  if (event === undefined) return undefined;
  const members = membersIn(event);
  return `${event.op}${members.length > 0 ? ` of ${members.join(', ')}` : ''}: ${'ok' in event ? 'ok' : 'error' in event ? event.error : 'unknown'}`;
}
