import { hiddenOutcomesOfStore } from '../machine/account.ts';
import type { HiddenStep } from '../machine/effects.ts';
import { all, type Condition } from '../spec/condition.ts';
import type { Store } from '../spec/model.ts';
import type { Known } from '../spec/reading.ts';
import { withoutFacts } from './free.ts';
import { Recent } from './recent.ts';
import { simplified } from './simplify.ts';
import { keyWithOwed, type State, stateOf } from './states.ts';

// What happens to a store without a request; see docs/decisions/0015.

/**
 * The state, and every other that hidden steps may have made of it since. Keys that are pending deletion go one by one,
 * and in any order, so that there are many ways; `looksAt`: which of them it matters of whether they are gone. The
 * others might as well go later.
 */
export function closure(state: State, known: Known, looksAt = (_: string): boolean => true): readonly State[] {
  if (state.store === undefined || !isMoving(state.store, looksAt)) return [state];
  const isDue = (step: HiddenStep): boolean => !('keyId' in step) || looksAt(step.keyId);
  const found: State[] = [state];
  const seen = new Set([keyWithOwed(state)]);
  for (const each of found) {
    for (const reached of oneStepFrom(each, known, isDue)) {
      const key = keyWithOwed(reached);
      if (seen.has(key)) continue;
      seen.add(key);
      found.push(reached);
    }
  }
  return found;
}

/** What one hidden step may make of a state. */
function oneStepFrom({ store, owed }: State, known: Known, isDue: (step: HiddenStep) => boolean): readonly State[] {
  if (store === undefined) return [];
  // A failed attempt has a code that nobody has seen: one state stands for all of them, until one shows.
  const isOne = (step: HiddenStep) => isDue(step) && (!('code' in step) || step.code === 'INTERNAL_ERROR');
  return hiddenOutcomesOfStore(store, known, isOne).flatMap(({ step, when, store: then }): readonly State[] => {
    if (when === false) return [];
    const next = 'code' in step && then !== undefined ? { ...then, connectionErrorCode: null } : then;
    return [stateOf(next, simplified(all(owed, withoutFacts(when))))];
  });
}

/** Everything that one hidden step may make of a state; of states that come up again and again it is worked out once. */
function nextOf(state: State, known: Known): readonly State[] {
  const found = next.get(known) ?? new Recent<string, readonly State[]>(mostNext);
  next.set(known, found);
  return found.get(keyWithOwed(state), () => oneStepFrom(state, known, () => true));
}
const next = new WeakMap<Known, Recent<string, readonly State[]>>();
const mostNext = 5000;

/**
 * The states without those that hidden steps make of others of them anyway, for what those take: they come back when
 * somebody looks. `residue`: what a condition still takes.
 */
export function withoutReached(
  states: readonly State[],
  known: Known,
  residue: (when: Condition) => Condition,
): readonly State[] {
  if (states.length < 2) return states;
  const moving = states.filter(({ store }) => store !== undefined && isMoving(store, () => true));
  if (moving.length === 0) return states;
  const keys = new Set(states.map(({ key }) => key));
  const reached = new Set<string>();
  for (const state of moving) {
    for (const next of nextOf(state, known)) {
      if (keys.has(next.key)) reached.add(keyWithOwed({ ...next, owed: residue(next.owed) }));
    }
  }
  return reached.size === 0 ? states : states.filter((state) => !reached.has(keyWithOwed(state)));
}

/** May something happen to the store that nobody asked for? */
const isMoving = ({ connectionState, disconnectPending, keys }: Store, looksAt: (key: string) => boolean): boolean =>
  connectionState === 'CONNECTING' ||
  connectionState === 'DISCONNECTING' ||
  disconnectPending === true ||
  keys.some(({ id, state }) => state === 'PendingDeletion' && looksAt(id));
