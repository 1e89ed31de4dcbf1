import { hiddenOutcomesOfStore, type Outcome, outcomesOf, replaced } from '../machine/account.ts';
import { keyOfStore } from '../machine/explore.ts';
import type { RuleId } from '../spec/catalogue.ts';
import { type Atom, all, type Condition, resolved } from '../spec/condition.ts';
import { bareErrorName, commonErrors, modelledErrors } from '../spec/errors.ts';
import { fleeting, unknownWorld, type World } from '../spec/facts.ts';
import { type Account, emptyAccount } from '../spec/model.ts';
import { questionOf } from '../spec/questions.ts';
import { type Known, known, type Reading } from '../spec/reading.ts';
import type { HistoryEvent } from './history.ts';
import { matches } from './match.ts';

/** What one possible past takes for granted: answers that are left for a question, and facts of the world. */
type Assumptions = Readonly<Record<string, boolean | readonly string[]>>;

/** One way in which everything that was observed can have come about. */
interface Possibility {
  readonly account: Account;
  readonly assumed: Assumptions;
}

/** Why an event is not allowed. */
export interface Violation {
  readonly event: HistoryEvent;
  /** Every outcome that would have been allowed. */
  readonly allowed: readonly { readonly result: string; readonly rules: readonly RuleId[] }[];
  /** The rules that the observation breaks, as near as can be told. */
  readonly rules: readonly RuleId[];
  /** The states that were possible just before. */
  readonly before: readonly Account[];
}

/** Judges a history, one event after the other, under one edition. */
export interface Oracle {
  /** The violation, or undefined if the event is allowed. After a violation the oracle goes on from the state before. */
  observe(event: HistoryEvent): Violation | undefined;
  /** The accounts that are possible now, hidden steps not counted. */
  possible(): readonly Account[];
  /** The answers that the observations left for each question that they decided. */
  profile(): Readonly<Record<string, readonly string[]>>;
}

/** Errors that any request may get, and that say nothing about an account. */
const anyTime: ReadonlySet<string> = new Set([
  ...Object.keys(commonErrors).filter(
    (name) => !['ValidationException', 'ValidationError', 'SerializationException'].includes(name),
  ),
  ...Object.entries(modelledErrors).flatMap(([name, { status }]) => (status >= 500 ? [name] : [])),
]);

/** An oracle that begins with an empty account. */
export function createOracle(reading: Reading, world: World = unknownWorld): Oracle {
  const base = known(reading, world);
  let possibilities: readonly Possibility[] = [{ account: emptyAccount, assumed: {} }];
  return {
    observe(event) {
      const closed = distinct(possibilities.flatMap((each) => closure(each, base)));
      const after = distinct(closed.flatMap((each) => explained(each, event, base)));
      if (after.length > 0) {
        possibilities = after.length > manyPossibilities ? coarsened(after) : after;
        return undefined;
      }
      return violation(event, closed, base);
    },
    possible: () => possibilities.map(({ account }) => account),
    profile: () => profileOf(possibilities),
  };
}

/** The possibilities that are left of one, when this was observed. */
function explained(before: Possibility, event: HistoryEvent, base: Known): readonly Possibility[] {
  const outcomes = outcomesUnder(before, event, base);
  const taking = (outcome: Outcome, when: Condition): readonly Possibility[] => {
    const assumed = assuming(before.assumed, when);
    return assumed === undefined ? [] : [{ account: outcome.next, assumed }];
  };
  if ('unknown' in event) return [before, ...outcomes.flatMap((outcome) => taking(outcome, outcome.when))];
  if ('error' in event) {
    const name = bareErrorName(event.error);
    if (anyTime.has(name))
      return (event.status ?? 400) >= 500 ? [before, ...outcomes.flatMap((each) => taking(each, each.when))] : [before];
    return outcomes.flatMap((outcome) =>
      outcome.result === 'anything' || (typeof outcome.result === 'object' && outcome.result.error === name)
        ? taking(outcome, outcome.when)
        : [],
    );
  }
  return outcomes.flatMap((outcome) => {
    if (outcome.result === 'anything') return taking(outcome, outcome.when);
    if (outcome.result !== 'ok') return [];
    return taking(outcome, all(outcome.when, matches(outcome, event, event.ok, base)));
  });
}

function outcomesUnder({ account }: Possibility, event: HistoryEvent, base: Known): readonly Outcome[] {
  return outcomesOf(account, event, base, newId(event)).outcomes;
}

/** The ID that the answer gave to what came into being. */
function newId(event: HistoryEvent): string {
  if (!('ok' in event)) return `unseen-${event.op}`;
  const { CustomKeyStoreId, KeyMetadata } = event.ok as { CustomKeyStoreId?: string; KeyMetadata?: { KeyId?: string } };
  return KeyMetadata?.KeyId ?? CustomKeyStoreId ?? '';
}

/** The possibility, and every other that hidden steps may have made of it since. */
function closure(possibility: Possibility, base: Known): readonly Possibility[] {
  const found = [possibility];
  const seen = new Set([keyOf(possibility)]);
  for (const each of found) {
    for (const store of each.account.stores) {
      for (const { step, when, store: next } of hiddenOutcomesOfStore(store, base)) {
        const assumed = assuming(each.assumed, when);
        if (assumed === undefined || ('code' in step && !representative(step.code, store.type))) continue;
        const changed = next === undefined ? undefined : 'code' in step ? { ...next, connectionErrorCode: null } : next;
        if (changed === undefined) continue;
        // A failed attempt has a code that nobody has seen; so one possibility stands for all codes.
        const reached = { account: replaced(each.account, changed), assumed: 'code' in step ? each.assumed : assumed };
        const key = keyOf(reached);
        if (seen.has(key)) continue;
        seen.add(key);
        found.push(reached);
      }
    }
  }
  return found;
}

const representative = (code: string, _type: string): boolean => code === 'INTERNAL_ERROR';

/** The assumptions, with those that the condition adds; undefined if they contradict it. */
function assuming(assumed: Assumptions, when: Condition): Assumptions | undefined {
  if (when === true) return assumed;
  const left = resolved(when, (atom) => decidedBy(assumed, atom));
  if (typeof left === 'boolean') return left ? assumed : undefined;
  const atoms = 'all' in left ? left.all : [left];
  const added: Record<string, boolean | readonly string[]> = { ...assumed };
  for (const atom of atoms) {
    if ('fact' in atom && !fleeting.has(atom.fact)) added[`${atom.fact} ${atom.about}`] = atom.is;
    if ('question' in atom && questionOf(atom.question).answered === 'once') {
      const before = added[atom.question];
      const among = Array.isArray(before) ? atom.among.filter((choice) => before.includes(choice)) : atom.among;
      if (among.length === 0) return undefined;
      added[atom.question] = among;
    }
  }
  return added;
}

function decidedBy(assumed: Assumptions, atom: Atom): Condition {
  if ('fact' in atom) {
    const holds = assumed[`${atom.fact} ${atom.about}`];
    return typeof holds === 'boolean' ? holds === atom.is : atom;
  }
  const left = assumed[atom.question];
  if (!Array.isArray(left)) return atom;
  const among = atom.among.filter((choice) => left.includes(choice));
  if (among.length === 0) return false;
  return among.length === left.length ? true : { ...atom, among };
}

/** From this many possibilities on, those with the same account are made one. */
const manyPossibilities = 48;

/**
 * One possibility for each account, which takes for granted only what all of them did. It allows more than they do,
 * never less, so that nothing correct is flagged; and it keeps the set small.
 */
function coarsened(possibilities: readonly Possibility[]): readonly Possibility[] {
  const merged = new Map<string, Possibility>();
  for (const each of possibilities) {
    const key = accountKey(each.account);
    const found = merged.get(key);
    merged.set(key, found === undefined ? each : { ...each, assumed: common(found.assumed, each.assumed) });
  }
  return [...merged.values()];
}

function common(a: Assumptions, b: Assumptions): Assumptions {
  const shared: Record<string, boolean | readonly string[]> = {};
  for (const [name, left] of Object.entries(a)) {
    const right = b[name];
    if (typeof left === 'boolean') {
      if (left === right) shared[name] = left;
    } else if (Array.isArray(right)) shared[name] = [...new Set([...left, ...(right as readonly string[])])];
  }
  return shared;
}

function violation(event: HistoryEvent, closed: readonly Possibility[], base: Known): Violation {
  const allowed = new Map<string, { result: string; rules: readonly RuleId[] }>();
  const refusing = new Set<RuleId>();
  for (const each of closed) {
    for (const { result, rules, when } of outcomesUnder(each, event, base)) {
      const text = typeof result === 'object' ? result.error : result;
      if (!anyTime.has(text)) allowed.set(text, { result: text, rules });
      if (when === true && typeof result === 'object') for (const rule of rules) refusing.add(rule);
    }
  }
  return { event, allowed: [...allowed.values()], rules: [...refusing], before: closed.map(({ account }) => account) };
}

function profileOf(possibilities: readonly Possibility[]): Readonly<Record<string, readonly string[]>> {
  const profile: Record<string, readonly string[]> = {};
  for (const { assumed } of possibilities) {
    for (const [name, left] of Object.entries(assumed)) {
      if (Array.isArray(left)) profile[name] = [...new Set([...(profile[name] ?? []), ...(left as readonly string[])])];
    }
  }
  return profile;
}

function distinct(possibilities: readonly Possibility[]): readonly Possibility[] {
  return [...new Map(possibilities.map((each) => [keyOf(each), each])).values()];
}

const accountKey = ({ stores }: Account): string =>
  stores.map((store) => store.id + keyOfStore(store) + store.keys.map(({ id }) => id).join()).join();

const keyOf = ({ account, assumed }: Possibility): string => accountKey(account) + JSON.stringify(assumed);
