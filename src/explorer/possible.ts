import type { HistoryEvent } from '../oracle/history.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { codesOf } from '../spec/connection-error-codes.ts';
import type { Store } from '../spec/model.ts';
import type { Reading } from '../spec/reading.ts';
import { type ConnectionState, connectionStates } from '../spec/vocabulary.ts';
import { entryFor } from './answers.ts';
import { hiddenStepsOf } from './happenings.ts';
import { accountsIn } from './outlook.ts';

/** What a store may be now. */
export interface StoreView {
  /** One value that the store may have. */
  readonly store: Store;
  /** The connection state, if it is certain but for hidden steps. */
  readonly state: ConnectionState | undefined;
  /** Every state that DescribeCustomKeyStores may show now. */
  readonly possible: readonly ConnectionState[];
}

/** Every store that may exist now, in the order of creation. */
export function storesIn(oracle: Oracle, reading: Reading): readonly StoreView[] {
  const stores = accountsIn(oracle).flatMap(({ stores }) => stores);
  const ids = [...new Set(stores.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const values = stores.filter((store) => store.id === id);
    const possible = connectionStates.filter((state) => values.some((store) => mayShow(oracle, store, state, reading)));
    const candidates = new Set(values.map(({ connectionState }) => connectionState));
    const [only] = candidates;
    const certain =
      candidates.size === 1 && possible.every((state) => values.some((store) => leadsTo(store, state, reading)))
        ? only
        : undefined;
    const store = values.find(({ connectionState }) => connectionState === certain) ?? values[0];
    return store === undefined ? [] : [{ store, state: certain, possible }];
  });
}

/** Would it conform if the store showed in this state now? */
function mayShow(oracle: Oracle, store: Store, state: ConnectionState, reading: Reading): boolean {
  const codes = state === 'CONNECTED' ? [undefined] : [store.connectionErrorCode ?? undefined, codesOf(store.type)[0]];
  const absent = state === 'FAILED' ? [] : [undefined];
  return [...new Set([...absent, ...codes])].some((code) => {
    const { connectionErrorCode: _, ...rest } = store;
    const shown: Store = {
      ...rest,
      connectionState: state,
      ...(code === undefined ? {} : { connectionErrorCode: code }),
    };
    const event = {
      op: 'DescribeCustomKeyStores',
      input: { CustomKeyStoreId: store.id },
      ok: { CustomKeyStores: [entryFor(shown, reading)] },
    } as HistoryEvent;
    return oracle.fork().observe(event).verdict === 'conforms';
  });
}

/** Can hidden steps lead from this value of the store to the state? */
function leadsTo(store: Store, state: ConnectionState, reading: Reading): boolean {
  const reached = [store];
  for (const each of reached) {
    for (const { store: next } of hiddenStepsOf(each, reading)) {
      if (next !== undefined && !reached.some(({ connectionState }) => connectionState === next.connectionState)) {
        reached.push(next);
      }
    }
  }
  return reached.some(({ connectionState }) => connectionState === state);
}
