import { any } from '../spec/condition.ts';
import type { Known } from '../spec/reading.ts';
import { Assumptions, type Narrowing } from './assumptions.ts';
import { withoutReached } from './hidden-steps.ts';
import { simplified } from './simplify.ts';
import { keyOf, nothing, type Past, type StateSet, setOf, stateOf } from './states.ts';

/** One way in which everything that was observed can have come about, as far as it is more than a state of one store. */
export interface Branch {
  readonly assumed: Assumptions;
  /** The states that each store may be in, in the order of creation. */
  readonly stores: ReadonlyMap<string, StateSet>;
}

/** The branch in which nothing exists. */
export const emptyBranch = (steady: boolean): Branch => ({ assumed: Assumptions.none(steady), stores: new Map() });

/** The branch with other states of some stores. */
export function withSets(branch: Branch, sets: readonly (readonly [string, StateSet])[]): Branch {
  if (sets.every(([id, set]) => branch.stores.get(id)?.key === set.key)) return branch;
  const stores = new Map(branch.stores);
  for (const [id, set] of sets) stores.set(id, set);
  return { ...branch, stores };
}

export const withStore = (branch: Branch, id: string, set: StateSet): Branch => ({
  ...branch,
  stores: new Map(branch.stores).set(id, set),
});

/** What was worked out already about a store in these states, under these assumptions. */
export function stepsFrom({ steps }: Assumptions, set: StateSet): Map<string, Narrowing> {
  const found = steps.get(set);
  if (found !== undefined) return found;
  if (steps.size >= mostSteps) steps.clear();
  const made = new Map<string, Narrowing>();
  steps.set(set, made);
  return made;
}
const mostSteps = 100;

/** The branch in which a store that was made unseen turns out to have this ID; none if it was not made. */
export function renamed(branch: Branch, phantom: string, id: string): readonly Branch[] {
  const was = branch.stores.get(phantom) ?? nothing;
  const states = was.states.flatMap(({ store, owed }) =>
    store === undefined ? [] : [stateOf({ ...store, id }, owed)],
  );
  const recent = was.recent.map(({ store, until }) => ({ store: store && { ...store, id }, until }));
  if (states.length === 0) return [];
  const stores = new Map<string, StateSet>();
  for (const [each, set] of branch.stores)
    stores.set(each === phantom ? id : each, each === phantom ? setOf(states, recent) : set);
  return [{ ...branch, stores }];
}

export const branchKey = ({ assumed, stores }: Branch): string => `${assumed.key}\t${storesKey(stores)}`;

const storesKey = (stores: Branch['stores']): string => [...stores].map(([id, { key }]) => `${id} ${key}`).join('\t');

/**
 * The branch, with what all states of a store owe taken for granted; none, if that cannot be. A state that is the only
 * one left owes nothing any more.
 */
export function discharged(branch: Branch, id: string): readonly Branch[] {
  const { states, recent } = branch.stores.get(id) ?? nothing;
  if (states.some(({ owed }) => owed === true)) return [branch];
  const assumed = branch.assumed.with(simplified(any(...states.map(({ owed }) => owed))));
  if (assumed === undefined) return [];
  const only = states.length === 1;
  const left = states.flatMap((state) => {
    const owed = only || assumed.residue(state.owed);
    return owed === false ? [] : [{ ...state, owed }];
  });
  const now = withSets({ ...branch, assumed }, [[id, setOf(left, recent)]]);
  return left.length === states.length ? [now] : discharged(now, id);
}

/**
 * The set, each state with what it still takes: what was reached in several ways may take less than each of them. States
 * that come of others by themselves are left out.
 */
export function settled(set: StateSet, assumed: Assumptions, known: Known): StateSet {
  let isSame = true;
  const states = set.states.flatMap((state) => {
    const owed = assumed.residue(state.owed);
    isSame &&= owed === state.owed;
    return owed === false ? [] : [owed === state.owed ? state : { ...state, owed }];
  });
  const left = withoutReached(states, known, (when) => assumed.residue(when));
  return isSame && left === states ? set : setOf(left, set.recent);
}

/** Where unseen stores may exist, a store that is gone is remembered as gone; but not more of them than this. */
const mostGone = 1000;

/** The branch without what no answer can rest on any more: the past that is over, and stores that are gone for good. */
export function aged(branch: Branch, moment: number, unseenStores: boolean): Branch {
  const stores = new Map<string, StateSet>();
  let changed = false;
  let gone = 0;
  for (const [id, set] of branch.stores) {
    const left = set.recent.some(({ until }) => until < moment)
      ? setOf(
          set.states,
          set.recent.filter(({ until }) => until >= moment),
        )
      : set;
    const isGone = left.key === nothing.key;
    if (isGone) gone += 1;
    changed ||= left !== set || (isGone && !unseenStores);
    if (!isGone || unseenStores) stores.set(id, left);
  }
  if (unseenStores && gone > mostGone) {
    const oldest = [...stores].filter(([, { key }]) => key === nothing.key).slice(0, gone - mostGone / 2);
    for (const [id] of oldest) stores.delete(id);
    changed = true;
  }
  return changed ? { ...branch, stores } : branch;
}

/** The same branches, fewer: those that differ in one store only are one, and what another allows anyway is dropped. */
export function merged(branches: readonly Branch[]): readonly Branch[] {
  if (branches.length < 2) return branches;
  const left: Branch[] = [];
  for (const branch of new Map(branches.map((each) => [branchKey(each), each])).values()) {
    let grown: Branch | undefined = branch;
    while (grown !== undefined) {
      const current: Branch = grown;
      grown = undefined;
      const place = left.findIndex((other) => joined(other, current) !== undefined);
      if (place < 0) left.push(current);
      else [grown] = [joined(left.splice(place, 1)[0] as Branch, current)];
    }
  }
  return left;
}

/** One branch that stands for exactly these two, if there is one. */
function joined(a: Branch, b: Branch): Branch | undefined {
  const differing: string[] = [];
  for (const [id, set] of a.stores) if ((b.stores.get(id) ?? nothing).key !== set.key) differing.push(id);
  for (const [id, set] of b.stores) if (!a.stores.has(id) && set.key !== nothing.key) differing.push(id);
  if (a.assumed.key === b.assumed.key && differing.length <= 1) {
    const [id] = differing;
    if (id === undefined) return a;
    return withSets(a, [[id, unitedIn([a, b], id)]]);
  }
  if (a.assumed.follows(b.assumed) && within(a, b)) return b;
  return b.assumed.follows(a.assumed) && within(b, a) ? a : undefined;
}

const within = (a: Branch, b: Branch): boolean =>
  [...a.stores].every(([id, { key, states }]) => {
    const other = b.stores.get(id) ?? nothing;
    return (
      other.key === key ||
      states.every((state) => other.states.some((each) => each.key === state.key && each.owed === true))
    );
  }) && [...b.stores].every(([id, { states }]) => a.stores.has(id) || states.some(({ key }) => key === nothing.key));

/**
 * One branch for all, which takes for granted only what all of them did. It allows more than they do, never less, so
 * nothing correct is flagged; and it keeps the belief small.
 */
export function coarsened(branches: readonly Branch[]): readonly Branch[] {
  const [first, ...others] = branches;
  if (first === undefined) return [];
  let { assumed } = first;
  const stores = new Map<string, StateSet>();
  for (const other of others) assumed = assumed.common(other.assumed);
  for (const id of new Set(branches.flatMap((branch) => [...branch.stores.keys()]))) {
    stores.set(id, unitedIn(branches, id));
  }
  // What was worked out under the same assumptions serves again.
  const same = branches.find((branch) => branch.assumed.key === assumed.key);
  return [{ assumed: same?.assumed ?? assumed, stores }];
}

/** Everything that a store may be in any of the branches. */
function unitedIn(branches: readonly Branch[], id: string): StateSet {
  const sets = branches.map(({ stores }) => stores.get(id) ?? nothing);
  const recent = new Map<string, Past>();
  for (const past of sets.flatMap((set) => set.recent)) {
    const key = keyOf(past.store);
    if ((recent.get(key)?.until ?? 0) < past.until) recent.set(key, past);
  }
  return setOf(
    sets.flatMap((set) => set.states),
    [...recent.values()],
  );
}

/** Do all branches know of the same stores? */
export function isUniform([first, ...others]: readonly Branch[]): boolean {
  if (first === undefined) return false;
  return others.every(
    ({ stores }) => stores.size === first.stores.size && [...stores.keys()].every((id) => first.stores.has(id)),
  );
}
