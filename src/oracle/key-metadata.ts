import { keyKind } from '../spec/description.ts';
import { given } from '../spec/properties.ts';
import type { Belief } from './belief.ts';
import { type HistoryEvent, isPhantom, type Output } from './history.ts';
import type { Mismatch } from './mismatch.ts';

/**
 * What is wrong with the metadata of a key that is in a custom key store, as they say, whatever is believed of the store:
 * the key is of another kind than all that are; or nobody has made it, and all that were made are known.
 *
 * @param owners the store of each key that was seen; to ask the beliefs takes longer
 */
export function wrongInMetadata(
  event: HistoryEvent,
  owners: ReadonlyMap<string, string>,
  beliefs: () => readonly Belief[],
): readonly Mismatch[] {
  if ((event.op !== 'DescribeKey' && event.op !== 'CreateKey') || !('ok' in event)) return none;
  const shown = (event.ok['KeyMetadata'] ?? {}) as Output;
  const { KeyId: about, CustomKeyStoreId: store } = shown;
  if (typeof about !== 'string' || typeof store !== 'string' || store === '') return none;
  const isAsked = event.op === 'DescribeKey' || given(event.input.CustomKeyStoreId);
  const isMade = event.op === 'CreateKey' || owners.has(about) || mayBeMade(about, beliefs());
  const isStrange = !isAsked || !isMade;
  const strange = isStrange ? [{ about, member: 'CustomKeyStoreId', observed: store, expected: [null] }] : [];
  const otherKind = Object.entries(keyKind).flatMap(([member, is]): readonly Mismatch[] => {
    const observed = shown[member] ?? is;
    return observed === is ? [] : [{ about, member, observed, expected: [is, null] }];
  });
  return [...strange, ...otherKind];
}
const none: readonly Mismatch[] = [];

/** May somebody have made the key, so long ago that its owner is forgotten, unseen, or without an answer? */
const mayBeMade = (about: string, beliefs: readonly Belief[]): boolean =>
  beliefs.some(({ branches, setting }) => {
    const states = branches.flatMap(({ stores }) => [...stores.values()]).flatMap((set) => set.states);
    return (
      setting.unseenStores || states.some(({ store }) => store?.keys.some(({ id }) => id === about || isPhantom(id)))
    );
  });
