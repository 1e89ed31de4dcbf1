import { bareKeyId } from '../spec/key-id.ts';
import type { Key, Store } from '../spec/model.ts';
import { keyStates } from '../spec/vocabulary.ts';
import { type Branch, withSets, withStore } from './branch.ts';
import { type HistoryEvent, isPhantom, type Output } from './history.ts';
import { nothing, type StateSet, setOf, stateOf } from './states.ts';

/** A key that an answer shows in a custom key store. */
export interface ShownKey {
  readonly id: string;
  readonly store: string;
  /** The external key behind it, if there is one. */
  readonly behind: Pick<Key, 'xksKeyId'>;
}

/** Does the event name a key of which nobody has seen in which store it is? */
export function isOfStrangeKey({ input }: HistoryEvent, owners: ReadonlyMap<string, string>): boolean {
  const { KeyId } = input as { readonly KeyId?: unknown };
  return typeof KeyId === 'string' && !owners.has(bareKeyId(KeyId));
}

export function keyShownBy(event: HistoryEvent): ShownKey | undefined {
  if (event.op !== 'DescribeKey' || !('ok' in event)) return undefined;
  const { KeyId: id, CustomKeyStoreId: store, XksKeyConfiguration } = (event.ok['KeyMetadata'] ?? {}) as Output;
  if (typeof id !== 'string' || typeof store !== 'string') return undefined;
  const { Id: xksKeyId } = (XksKeyConfiguration ?? {}) as Output;
  return { id, store, behind: typeof xksKeyId === 'string' ? { xksKeyId } : {} };
}

/** The branch in which the store has a key that nobody saw being made, in any of its states. */
export function withShownKey(branch: Branch, { id, store, behind }: ShownKey, otherwise: () => StateSet): Branch {
  const set = branch.stores.get(store) ?? otherwise();
  const states = set.states.flatMap((state) => {
    if (state.store === undefined || state.store.keys.some((key) => key.id === id)) return [state];
    const { store: holder, owed } = state;
    return anyKey(id).map((key) => stateOf(holding(holder, { ...key, ...behind }), owed));
  });
  return withStore(branch, store, setOf(states, set.recent));
}

/**
 * The branch in which the shown key is one of those that were made by a request that nobody answered. Until now it may
 * have been used like any key from elsewhere. Nothing, where there is none.
 */
export function withTurnedUp(branch: Branch, { id, store, behind }: ShownKey): Branch | undefined {
  const set = branch.stores.get(store) ?? nothing;
  const states = set.states.flatMap(({ store: holder, owed }) =>
    (holder?.keys ?? [])
      .filter((key) => isPhantom(key.id) && mayBeBehind(key, behind))
      .flatMap((phantom) =>
        anyKey(id).map((key) => stateOf(instead(holder as Store, phantom, { ...phantom, ...key, ...behind }), owed)),
      ),
  );
  return states.length === 0 ? undefined : withStore(branch, store, setOf(states, set.recent));
}

const mayBeBehind = ({ xksKeyId }: Key, behind: ShownKey['behind']): boolean =>
  behind.xksKeyId === undefined || typeof xksKeyId !== 'string' || xksKeyId === behind.xksKeyId;

/** The branch in which a key of which nobody has seen the ID may be pending deletion: somebody may know it. */
export function withUnknownScheduled(branch: Branch): Branch {
  const sets = [...branch.stores].flatMap(([id, set]): readonly (readonly [string, StateSet])[] => {
    const more = set.states.flatMap(({ store, owed }) =>
      (store?.keys ?? [])
        .filter((key) => isPhantom(key.id) && key.state !== 'PendingDeletion')
        .map((key) => stateOf(instead(store as Store, key, { ...key, state: 'PendingDeletion' }), owed)),
    );
    return more.length === 0 ? [] : [[id, setOf([...set.states, ...more], set.recent)]];
  });
  return withSets(branch, sets);
}

const instead = (store: Store, old: Key, key: Key): Store => ({
  ...store,
  keys: store.keys.map((each) => (each === old ? key : each)),
});

const anyKey = (id: string): readonly Key[] => [
  ...keyStates.map((state) => ({ id, state })),
  { id, state: 'Disabled', cancelledOffline: true },
];

const holding = (store: Store, key: Key): Store => ({ ...store, keys: [...store.keys, key] });
