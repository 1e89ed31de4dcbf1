import type { Condition } from '../spec/condition.ts';
import type { Properties, PropertyName, Store } from '../spec/model.ts';
import { keyOf, type State, stateOf } from './states.ts';

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
