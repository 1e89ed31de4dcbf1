import { keyKind } from '../spec/description.ts';
import { given } from '../spec/properties.ts';
import type { Belief } from './belief.ts';
import { type HistoryEvent, isPhantom, type Output } from './history.ts';
import type { Mismatch } from './mismatch.ts';

/**
 * What is wrong with the metadata of a key that is in a custom key store, as they say, whatever is believed of the store:
 * the key is of another kind than all that are; or nobody has made it, and all that were made are known.
 */
export function wrongInMetadata(event: HistoryEvent, beliefs: readonly Belief[]): readonly Mismatch[] {
  if ((event.op !== 'DescribeKey' && event.op !== 'CreateKey') || !('ok' in event)) return none;
  const shown = (event.ok['KeyMetadata'] ?? {}) as Output;
  const { KeyId: about, CustomKeyStoreId: store } = shown;
  if (typeof about !== 'string' || typeof store !== 'string' || store === '') return none;
  const isAsked = event.op === 'DescribeKey' || given(event.input.CustomKeyStoreId);
  const isStrange = !isAsked || (event.op === 'DescribeKey' && !isKnown(about, beliefs));
  const strange = isStrange ? [{ about, member: 'CustomKeyStoreId', observed: store, expected: [null] }] : [];
  const otherKind = Object.entries(keyKind).flatMap(([member, is]): readonly Mismatch[] => {
    const observed = shown[member] ?? is;
    return observed === is ? [] : [{ about, member, observed, expected: [is, null] }];
  });
  return [...strange, ...otherKind];
}
const none: readonly Mismatch[] = [];

/** May somebody have made the key? Where the answer to CreateKey got lost, it may be the one that came of that. */
const isKnown = (key: string, beliefs: readonly Belief[]): boolean =>
  beliefs.some(({ owners, branches, setting }) => {
    if (setting.unseenStores || owners.has(key)) return true;
    const stores = branches.flatMap((branch) => [...branch.stores.values()]).flatMap(({ states }) => states);
    return stores.some(({ store }) => store?.keys.some(({ id }) => isPhantom(id)));
  });
