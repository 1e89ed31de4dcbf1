import type { ConnectionErrorCode } from '../spec/connection-error-codes.ts';
import type { ErrorName } from '../spec/errors.ts';
import { healthyWorld, unknownWorld } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import { type Account, emptyAccount, type Key, type Store } from '../spec/model.ts';
import { known, type Reading } from '../spec/reading.ts';
import { hiddenOutcomesOfStore, outcomesOf } from './account.ts';
import { createRequests, requestsAbout } from './alphabet.ts';
import type { HiddenStep } from './effects.ts';

/** One step of an account: what happened, what came of it, and the accounts before and after. */
export interface Step {
  readonly before: Account;
  readonly after: Account;
  readonly cause: Request | HiddenStep;
  readonly result: 'ok' | 'hidden' | { readonly error: ErrorName };
}

/** How much to explore. */
export interface Bounds {
  readonly reading: Reading;
  /** The greatest number of stores at a time. */
  readonly stores: number;
  /** The codes that a failing connection attempt may end with; all that fit, if left out. */
  readonly codes?: readonly ConnectionErrorCode[];
  /** The requests to try in an account; the whole alphabet, if left out. */
  readonly requests?: (account: Account) => readonly Request[];
}

/** A complete exploration: every state that can be reached, and how they follow each other. */
export interface Exploration {
  readonly states: readonly Account[];
  readonly transitions: number;
  /** For each state, the states that follow it in one step, each once. */
  readonly successors: readonly ReadonlySet<number>[];
}

/**
 * Visits every state that can be reached, breadth first, and shows every step to `visit`. IDs are labels, so two
 * states that differ only in them are one.
 */
export function explore(bounds: Bounds, visit: (step: Step) => void = () => {}): Exploration {
  const stepsFrom = stepsOf(bounds);
  const states: Account[] = [emptyAccount];
  const indices = new Map<string, number>([[keyOf(emptyAccount), 0]]);
  const successors: Set<number>[] = [];
  let transitions = 0;
  for (let index = 0; index < states.length; index++) {
    const before = states[index] as Account;
    const next = new Set<number>();
    for (const step of stepsFrom(before)) {
      transitions += 1;
      visit(step);
      if (step.after === before) {
        next.add(index); // as after every refusal
        continue;
      }
      const account = canonical(step.after);
      const key = keyOf(account);
      let found = indices.get(key);
      if (found === undefined) {
        found = states.push(account) - 1;
        indices.set(key, found);
      }
      next.add(found);
    }
    successors.push(next);
  }
  return { states, transitions, successors };
}

/** The requests of the alphabet that fit an account: everything about its stores, and creations while there is room. */
export function alphabetOf({ stores }: Account, most: number): readonly Request[] {
  const about = stores.flatMap(({ id, type, keys }) => {
    const requests = requestsOf(id, type);
    return keys.length === 0 ? requests : requests.filter(({ op }) => op !== 'CreateKey');
  });
  return stores.length < most ? [...about, ...createRequests] : about;
}

const alphabets = new Map<string, readonly Request[]>();

function requestsOf(id: string, type: Store['type']): readonly Request[] {
  const requests = alphabets.get(id + type) ?? requestsAbout(id, type, keyIdOf(id));
  alphabets.set(id + type, requests);
  return requests;
}

/** The ID of the one key that a store holds when it is explored. */
const keyIdOf = (storeId: string): string => `key-of-${storeId}`;

/** What one request, or one hidden step, makes of the store it is about (none: the store is gone, or not yet there). */
interface Move {
  readonly cause: Request | HiddenStep;
  readonly result: Step['result'];
  readonly before: Store | undefined;
  readonly after: Store | undefined;
}

/**
 * The steps out of an account. A request looks at the store it is about and at the properties of the others, so its
 * outcomes are remembered by these: that is what makes two stores affordable. A test compares with outcomes that are
 * not remembered.
 */
function stepsOf(bounds: Bounds): (before: Account) => Generator<Step> {
  const requestsKnown = known(bounds.reading, healthyWorld);
  const hiddenKnown = known(bounds.reading, unknownWorld);
  const remembered = new Map<string, readonly Move[]>();
  const requestsIn = bounds.requests ?? ((account) => alphabetOf(account, bounds.stores));
  const remember = (key: () => string, compute: () => readonly Move[]): readonly Move[] => {
    if (bounds.stores === 1) return compute(); // Alone, a store is never met twice.
    const name = key();
    const moves = remembered.get(name) ?? compute();
    remembered.set(name, moves);
    return moves;
  };
  const movesOf = (account: Account, request: Request): readonly Move[] => {
    const store = account.stores.find((each) => isAbout(request, each));
    const freeId = storeIds.find((id) => account.stores.every((each) => each.id !== id)) ?? '';
    const fresh = store === undefined ? freeId : keyIdOf(store.id);
    const changed = new Set(account.stores);
    return outcomesOf(account, request, requestsKnown, fresh).outcomes.flatMap(({ result, next }) => {
      if (result === 'anything') return [];
      const after = next.stores.find((each) => (store === undefined ? !changed.has(each) : each.id === store.id));
      return [{ cause: request, result, before: store, after }];
    });
  };
  const hiddenMovesOf = (store: Store): readonly Move[] =>
    hiddenOutcomesOfStore(store, hiddenKnown)
      .filter(({ step, when }) => when !== false && !('code' in step && bounds.codes?.includes(step.code) === false))
      .map(({ step, store: after }) => ({ cause: step, result: 'hidden', before: store, after }));

  return function* (before) {
    for (const request of requestsIn(before)) {
      const key = () =>
        `${idOf(request)} ${before.stores.map((store) => (isAbout(request, store) ? keyIndexOf(store) : aside(request, store))).join(' ')}`;
      for (const move of remember(key, () => movesOf(before, request))) yield stepOf(before, move);
    }
    for (const store of before.stores) {
      for (const move of remember(
        () => `${store.id} ${keyIndexOf(store)}`,
        () => hiddenMovesOf(store),
      ))
        yield stepOf(before, move);
    }
  };
}

const storeIds = ['store-1', 'store-2', 'store-3'] as const;

/** Is the request about this store, or about the key in it? */
function isAbout({ input }: Request, { id }: Store): boolean {
  const { CustomKeyStoreId, KeyId } = input as { readonly CustomKeyStoreId?: string; readonly KeyId?: string };
  return CustomKeyStoreId === id || KeyId === keyIdOf(id);
}

/** What a request about something else may look at: for a creation, whether the store could be the one it repeats. */
const aside = ({ op }: Request, store: Store): string =>
  op === 'CreateCustomKeyStore'
    ? `${propertiesIndexOf(store)}${store.connectionState === 'DISCONNECTED' ? 'd' : ''}${store.rotated ? 'r' : ''}`
    : `${propertiesIndexOf(store)}`;

function stepOf(account: Account, { cause, result, before, after }: Move): Step {
  if (before === after) return { before: account, after: account, cause, result };
  const { stores } = account;
  if (before === undefined) return { before: account, after: { stores: [...stores, after as Store] }, cause, result };
  const changed = stores.flatMap((store) => (store.id !== before.id ? [store] : after === undefined ? [] : [after]));
  return { before: account, after: { stores: changed }, cause, result };
}

/** The account with its stores in an order of their own, and labelled anew. */
function canonical({ stores }: Account): Account {
  const sorted = [...stores].sort((a, b) => (keyOfStore(a) < keyOfStore(b) ? -1 : 1));
  return { stores: sorted.map((store, index) => labelled(store, storeIds[index] ?? '')) };
}

const relabelled = new WeakMap<Store, Store>();

function labelled(store: Store, id: string): Store {
  if (store.id === id) return store;
  const found = relabelled.get(store);
  if (found?.id === id) return found;
  const made = { ...store, id, keys: store.keys.map((key) => ({ ...key, id: keyIdOf(id) })) };
  relabelled.set(store, made);
  return made;
}

const keyOf = ({ stores }: Account): string => stores.map(keyIndexOf).join(' ');

/** Everything about a store but its ID, as a string. */
export const keyOfStore: (store: Store) => string = once((store) => {
  const { keys } = store;
  const ofKeys = keys.length === 0 ? '' : keys.map((key) => textOf(key, membersOfKey)).join();
  return `[${textOf(store, membersOfStore)},${keyOfProperties(store.properties)},[${ofKeys}]]`;
});

const keyOfProperties = once((properties: Store['properties']) => textOf(properties, propertyNames));

/** Everything there is to say of a store, a property or a key, in one order: the compiler asks for what is missing. */
const membersOfStore = namesIn<Omit<Store, 'id' | 'keys' | 'properties'>>({
  connectionErrorCode: true,
  connectionState: true,
  disconnectPending: true,
  disconnectingFrom: true,
  failedWith: true,
  partlySeen: true,
  passwordGiven: true,
  rotated: true,
  type: true,
});
const membersOfKey = namesIn<Omit<Key, 'id'>>({ cancelledOffline: true, state: true, xksKeyId: true });
const propertyNames = namesIn<Store['properties']>({
  AccessKeyId: true,
  CloudHsmClusterId: true,
  CustomKeyStoreName: true,
  TrustAnchorCertificate: true,
  XksProxyConnectivity: true,
  XksProxyUriEndpoint: true,
  XksProxyUriPath: true,
  XksProxyVpcEndpointServiceName: true,
  XksProxyVpcEndpointServiceOwner: true,
  secretMark: true,
});

function namesIn<T>(names: { readonly [Name in keyof T]-?: true }): readonly string[] {
  return Object.keys(names);
}

function textOf(object: object, names: readonly string[]): string {
  let text = '';
  for (const name of names) {
    const value = (object as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) text += `${text === '' ? '' : ','}["${name}",${JSON.stringify(value)}]`;
  }
  return `[${text}]`;
}

const keyIndexOf = numbered(keyOfStore);
const propertiesIndexOf = numbered(
  once(({ type, properties }: Store) => type + JSON.stringify(Object.entries(properties).sort(byName))),
);

const requestIds = new WeakMap<Request, string>();
function idOf(request: Request): string {
  const id = requestIds.get(request) ?? JSON.stringify(request);
  requestIds.set(request, id);
  return id;
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** The function, computed once for each store, or whatever it is about. */
function once<About extends object, T>(compute: (about: About) => T): (about: About) => T {
  const results = new WeakMap<About, { readonly value: T }>();
  return (about) => {
    const known = results.get(about);
    if (known !== undefined) return known.value;
    const found = { value: compute(about) };
    results.set(about, found);
    return found.value;
  };
}

/** A small number for every string, so that keys of accounts stay short. */
function numbered(text: (store: Store) => string): (store: Store) => number {
  const numbers = new Map<string, number>();
  return once((store) => {
    const key = text(store);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}
