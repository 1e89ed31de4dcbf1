import type { Key, Store } from '../spec/model.ts';
import { keyStates } from '../spec/vocabulary.ts';
import { type Branch, withStore } from './branch.ts';
import type { HistoryEvent, Output } from './history.ts';
import { type StateSet, setOf, stateOf } from './states.ts';

/** A key that an answer shows in a custom key store. */
export interface ShownKey {
  readonly id: string;
  readonly store: string;
  /** The external key behind it, if there is one. */
  readonly behind: Pick<Key, 'xksKeyId'>;
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

const anyKey = (id: string): readonly Key[] => [
  ...keyStates.map((state) => ({ id, state })),
  { id, state: 'Disabled', cancelledOffline: true },
];

const holding = (store: Store, key: Key): Store => ({ ...store, keys: [...store.keys, key] });
