import { hiddenOutcomesOfStore } from '../machine/account.ts';
import type { HiddenStep } from '../machine/effects.ts';
import { keyOfStore } from '../machine/explore.ts';
import { all, type Condition } from '../spec/condition.ts';
import type { Request } from '../spec/inputs.ts';
import type { Store } from '../spec/model.ts';
import { knowsOwner, propertiesOfNew } from '../spec/properties.ts';
import type { Known } from '../spec/reading.ts';
import { comparedProperties } from '../spec/rules/uniqueness.ts';
import { connectionStates, storeTypes, xksProxyConnectivities } from '../spec/vocabulary.ts';
import { withoutFacts } from './free.ts';
import { disjoined } from './joined.ts';
import { Recent } from './recent.ts';
import { simplified, textOf } from './simplify.ts';

/** What a store was, not long ago: under eventual consistency an answer may still rest on it. */
export interface Past {
  readonly store: Store | undefined;
  /** The time, or the number of the event, until which an answer may. */
  readonly until: number;
}

/** One state that a store may be in; no store: there is none, or none any more. */
export interface State {
  readonly key: string;
  readonly store: Store | undefined;
  /** What has to hold for the store to be in this state: not an assumption yet, as it may be in another. */
  readonly owed: Condition;
}

/** Every state that a store may be in, by key. */
export interface StateSet {
  readonly key: string;
  /** Another for every other set; short, where the key is long. */
  readonly number: number;
  readonly states: readonly State[];
  /** What the store was not long ago, each value once; none under strong consistency. */
  readonly recent: readonly Past[];
}

const nothingRecent: readonly Past[] = [];

export const stateOf = (store: Store | undefined, owed: Condition = true): State => ({
  key: keyOf(store),
  store,
  owed,
});

/** Everything about a store, as a string. */
export const keyOf = (store: Store | undefined): string => (store === undefined ? '-' : keyWithIds(store));

const keyWithIds = (store: Store): string => {
  const { id, keys } = store;
  const key = `${id}${keyOfStore(store)}`;
  return keys.length === 0 ? key : `${key}${keys.map((each) => each.id).join()}`;
};

/**
 * The states, each once: what is reached in two ways needs the conditions of either. Equal sets are the same object,
 * so that what was worked out about one serves the other.
 */
export function setOf(states: readonly State[], recent: readonly Past[] = nothingRecent): StateSet {
  const [only, ...more] = states;
  if (only !== undefined && more.length === 0) return pooled(keyWithOwed(only), states, recent);
  const distinct = new Map<string, State>();
  for (const state of states) {
    const same = distinct.get(state.key);
    if (same === undefined) distinct.set(state.key, state);
    else if (same.owed !== true) distinct.set(state.key, { ...same, owed: disjoined([same.owed, state.owed]) });
  }
  const sorted = [...distinct.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return pooled(sorted.map(keyWithOwed).join('\n'), sorted, recent);
}

const mostSets = 20_000;
let numbered = 0;
const pool = new Recent<string, StateSet>(mostSets);
function pooled(statesKey: string, states: readonly State[], recent: readonly Past[]): StateSet {
  const key =
    recent.length === 0
      ? statesKey
      : `${statesKey}\t${recent.map(({ store, until }) => `${keyOf(store)}@${until}`).join('\t')}`;
  return pool.get(key, () => ({ key, number: ++numbered, states, recent }));
}

export const keyWithOwed = ({ key, owed }: State): string =>
  typeof owed === 'boolean' ? key : `${key} if ${textOf(owed)}`;

export const absent: State = stateOf(undefined);
export const nothing: StateSet = setOf([absent]);

/**
 * What is left of a set. What was possible before may show for a while, where `until` says so: if it is not any more, or
 * if something new has come of it.
 */
export function following(before: StateSet, states: readonly State[], until: number | undefined): StateSet {
  if (until === undefined) return setOf(states);
  const recent = new Map(before.recent.map((past) => [keyOf(past.store), past]));
  const was = new Set(before.states.map(({ key }) => key));
  const left = new Set(states.map(({ key }) => key));
  const isNew = states.some(({ key }) => !was.has(key));
  for (const { key, store } of before.states) if (isNew || !left.has(key)) recent.set(key, { store, until });
  return setOf(states, [...recent.values()]);
}

/**
 * With more states, or values of the past, than this, a store is known more vaguely. So many states come of requests that
 * nobody answered, one after the other, and under eventual consistency sooner.
 */
const mostStates = 24;
const mostRecent = 40;

/** The set, vaguer where it has become large: it allows more than it did, never less. */
export function bounded(id: string, set: StateSet, known: Known): StateSet {
  const { states, recent } = set;
  if (states.length <= mostStates && recent.length <= mostRecent) return set;
  const vague = states.length > mostStates ? setOf(states.flatMap((state) => forgotten(state, known))).states : states;
  if (recent.length <= mostRecent) return setOf(vague, recent);
  const until = Math.max(...recent.map((past) => past.until));
  const values = valuesOf(set);
  const keys = new Map(values.map((store) => [JSON.stringify(store?.keys ?? []), store?.keys ?? []]));
  const types = new Set(values.map((store) => store?.type));
  const past = anyState(id, known).states.flatMap(({ store }): readonly Past[] => {
    if (store === undefined) return [{ store, until }];
    if (!types.has(store.type)) return []; // It never changes.
    return [...keys.values()].map((each) => ({ store: { ...store, keys: each }, until }));
  });
  return setOf(vague, past);
}

/** The states of a store of which any property may have another value now. */
export function forgotten({ store, owed }: State, known: Known): readonly State[] {
  if (store === undefined) return [stateOf(store, owed)];
  return kindsOf(known)
    .filter(({ type }) => type === store.type)
    .map(({ properties }) => stateOf({ ...store, properties }, owed));
}

/** Every value of the store that an answer may rest on. */
export const valuesOf = ({ states, recent }: StateSet): readonly (Store | undefined)[] =>
  recent.length === 0 ? states.map(({ store }) => store) : [...states, ...recent].map(({ store }) => store);

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

/** What a store may be of which no value is known: its type, with properties that nobody has seen. */
export function kindsOf({ edition }: Known): readonly Pick<Store, 'type' | 'properties'>[] {
  return storeTypes.flatMap((type): readonly Pick<Store, 'type' | 'properties'>[] => {
    const connectivities = type === 'AWS_CLOUDHSM' ? [undefined] : xksProxyConnectivities;
    return connectivities.map((XksProxyConnectivity) => {
      const input = {
        CustomKeyStoreName: '',
        CustomKeyStoreType: type,
        ...(XksProxyConnectivity && { XksProxyConnectivity }),
      };
      // An owner may have been given, or not; none that was seen, or not seen, tells which.
      const hasOwner = XksProxyConnectivity === 'VPC_ENDPOINT_SERVICE' && knowsOwner(edition);
      const unknown = { CustomKeyStoreName: null, ...(hasOwner && { XksProxyVpcEndpointServiceOwner: null }) };
      return { type, properties: { ...propertiesOfNew(input, edition), ...unknown } };
    });
  });
}

/** Every state of a store of which nothing is known but its ID. */
export function anyState(id: string, known: Known, until?: number): StateSet {
  const stores = kindsOf(known).flatMap((kind) =>
    connectionStates.flatMap((connectionState): readonly Store[] => {
      const store: Store = { id, ...kind, connectionState, keys: [], partlySeen: true };
      const failed = { ...store, connectionErrorCode: null };
      if (connectionState === 'CONNECTING') return [store, { ...store, disconnectPending: true }];
      if (connectionState === 'DISCONNECTING') {
        return (['CONNECTED', 'FAILED', 'CONNECTING'] as const).map((from) => ({ ...store, disconnectingFrom: from }));
      }
      if (connectionState === 'FAILED') return [failed];
      return connectionState === 'DISCONNECTED' ? [store, failed] : [store];
    }),
  );
  const states = [absent, ...stores.map((store) => stateOf(store))];
  return setOf(states, until === undefined ? [] : states.map(({ store }) => ({ store, until })));
}

/** What a request about another store looks at: more than its properties only if it may repeat its creation. */
export function lookOf(store: Store | undefined, request: Request): string {
  if (store === undefined) return '';
  const { type, properties, connectionState, rotated } = store;
  if (!mayRepeat(properties.CustomKeyStoreName, request)) {
    return JSON.stringify([type, comparedProperties.map((name) => properties[name] ?? properties[name] === null)]);
  }
  return JSON.stringify([type, properties, connectionState === 'DISCONNECTED', rotated]);
}

/** May the request repeat the creation of the store? */
export const mayBeRepeated = (set: StateSet, request: Request): boolean =>
  valuesOf(set).some((store) => store !== undefined && mayRepeat(store.properties.CustomKeyStoreName, request));

const mayRepeat = (name: string | null, { op, input }: Request): boolean =>
  op === 'CreateCustomKeyStore' &&
  (name === null || input.CustomKeyStoreName === null || name === input.CustomKeyStoreName);
