import { all, any, type Condition } from '../spec/condition.ts';
import type { Account, Properties, PropertyName, Store } from '../spec/model.ts';
import type { Assumptions } from './assumptions.ts';
import { conjoined } from './joined.ts';
import { simplified } from './simplify.ts';
import type { Situation } from './situations.ts';
import { keyOf, type State, stateOf } from './states.ts';
import type { Fitting } from './workings.ts';

/** What may come of the request in an account, each with what it takes for that to be what was observed. */
type FittingIn = (account: Account) => readonly Fitting[];

/** What a store may be after an answer that rests on the present. */
export const afterNow = (
  accounts: Situation['accounts'],
  about: string,
  fitting: FittingIn,
  assumed: Assumptions,
): readonly State[] =>
  accounts.flatMap(({ account, state, seen }) =>
    state === undefined
      ? []
      : fitting(account).flatMap(({ outcome, is }) => {
          const when = state.owed === true ? is : assumed.residue(all(state.owed, is));
          if (when === false) return [];
          const then = storeIn(outcome.next, about);
          if (!isSame(then, seen)) return changed(state, seen, then, when, false);
          return [when === state.owed ? state : { ...state, owed: when }];
        }),
  );

const storeIn = ({ stores }: Account, about: string): Store | undefined => stores.find(({ id }) => id === about);

/** What became of a value of the store on which an answer may rest; no store: it is gone. */
interface Turn {
  readonly seen: Store | undefined;
  readonly next: Store | undefined;
  readonly is: Condition;
}

/**
 * What a store may be after an answer that may rest on the recent past. A state may have come about with any value of
 * the past in sight, and there are many of both: what became of the values is worked out once, and put together with
 * each state.
 */
export function afterLate(
  accounts: Situation['accounts'],
  about: string,
  fitting: FittingIn,
  assumed: Assumptions,
): readonly State[] {
  const turnsOf = (account: Account, seen: Store | undefined): readonly Turn[] =>
    fitting(account).map(({ outcome, is }) => ({ seen, next: storeIn(outcome.next, about), is }));
  // A state with no account of its own has been looked at: the answer cannot rest on it.
  const states = new Map<State, Account | undefined>();
  const pasts = new Map<Account, Store | undefined>();
  for (const { account, state, seen } of accounts) {
    const isOwn = state !== undefined && seen === state.store && states.get(state) === undefined;
    if (isOwn) states.set(state, account);
    else pasts.set(account, seen);
    if (state !== undefined && !states.has(state)) states.set(state, undefined);
  }
  const past = [...pasts].flatMap(([account, seen]) => turnsOf(account, seen));
  const pastKeys = new Set([...pasts.values()].map(keyOf));
  const found: State[] = [];
  const add = (state: State, is: Condition): void => {
    const owed = assumed.residue(conjoined(state.owed, is));
    if (owed !== false) found.push(owed === state.owed ? state : { ...state, owed });
  };
  const plain: State[] = [];
  for (const [state, account] of states) {
    // Where the state is itself a value of the past, each is looked at alone.
    const isPlain = !pastKeys.has(state.key);
    if (isPlain) plain.push(state);
    const own = account === undefined ? [] : turnsOf(account, state.store);
    for (const { seen, next, is } of [...own, ...(isPlain ? [] : past)]) {
      if (isSame(next, seen)) add(state, is);
      else for (const each of changed(state, seen, next, state.owed, true)) add(each, is);
    }
  }
  const { stays, ends, moves, kept } = sorted(past);
  for (const state of plain) {
    if (stays !== false) add(state, stays);
    const isOver = state.store === undefined ? any(ends, ...moves.map(({ is }) => is)) : ends;
    if (isOver !== false) add(stateOf(undefined, state.owed), simplified(isOver));
    if (state.store === undefined) continue;
    for (const { properties, keys, is } of kept) add(stateOf({ ...state.store, properties, keys }, state.owed), is);
  }
  const owed = simplified(any(...plain.flatMap((state) => (state.store === undefined ? [] : [state.owed]))));
  for (const { next, is } of moves) add(stateOf(next, owed), is);
  return found;
}

/** Turns that leave the store as it was, that end it, and that change it; and what the changes have in common. */
function sorted(turns: readonly Turn[]) {
  const stays: Condition[] = [];
  const ends: Condition[] = [];
  const moves: Turn[] = [];
  const kept = new Map<string, Pick<Store, 'properties' | 'keys'> & { is: Condition }>();
  for (const turn of turns) {
    const { seen, next, is } = turn;
    if (isSame(next, seen)) stays.push(is);
    else if (next === undefined) ends.push(is);
    else {
      moves.push(turn);
      const { properties, keys } = next;
      const key = JSON.stringify([properties, keys]);
      kept.set(key, { properties, keys, is: simplified(any(kept.get(key)?.is ?? false, is)) });
    }
  }
  return { stays: simplified(any(...stays)), ends: simplified(any(...ends)), moves, kept: [...kept.values()] };
}

/** What becomes of a store in a state, when an answer that rested on `seen` has made `then` of it. */
export function changed(
  state: State,
  seen: Store | undefined,
  then: Store | undefined,
  when: Condition,
  isEventual: boolean,
): readonly State[] {
  if (!isEventual || isSame(seen, state.store)) return [stateOf(withFailure(then, seen), when)];
  if (state.store === undefined || then === undefined) return [stateOf(undefined, when)];
  const { properties, keys } = then;
  return [stateOf(then, when), stateOf({ ...state.store, properties, keys }, when)];
}

export const isSame = (a: Store | undefined, b: Store | undefined): boolean => a === b || keyOf(a) === keyOf(b);

/** A code that nobody has seen yet is that of the properties with which the attempt failed. */
function withFailure(then: Store | undefined, before: Store | undefined): Store | undefined {
  if (then === undefined || before === undefined) return then;
  if (then.connectionErrorCode === null) {
    return failsAlike(then.properties, before.properties) ? then : { failedWith: before.properties, ...then };
  }
  if (then.failedWith === undefined) return then;
  const { failedWith: _, ...rest } = then;
  return rest;
}

/** Is all the same that may make an attempt fail? Neither the name nor the secret can be told by the code. */
function failsAlike(one: Properties, other: Properties): boolean {
  if (one === other) return true;
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)]) as Set<PropertyName>) {
    if (name !== 'CustomKeyStoreName' && name !== 'secretMark' && one[name] !== other[name]) return false;
  }
  return true;
}
