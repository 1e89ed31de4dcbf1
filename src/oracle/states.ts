import { keyOfStore } from '../machine/explore.ts';
import type { Condition } from '../spec/condition.ts';
import type { Request } from '../spec/inputs.ts';
import type { Store } from '../spec/model.ts';
import { knowsOwner, propertiesOfNew } from '../spec/properties.ts';
import type { Known } from '../spec/reading.ts';
import { comparedProperties } from '../spec/rules/uniqueness.ts';
import { connectionStates, storeTypes, xksProxyConnectivities } from '../spec/vocabulary.ts';
import { disjoined } from './joined.ts';
import { Recent } from './recent.ts';
import { textOf } from './simplify.ts';

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
