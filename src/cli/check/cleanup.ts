import type { Output } from '../../oracle/history.ts';
import { deleted } from '../../suite/sweep.ts';
import { say } from '../output.ts';
import type { StateFile } from './state.ts';
import type { Driven } from './target.ts';

/** Deletes what is left of earlier runs, and tells what cannot be deleted; true if nothing is left. */
export async function cleanUp(driven: Driven, state: StateFile, patience: number): Promise<boolean> {
  for (const KeyId of state.keys)
    await driven.send({ op: 'ScheduleKeyDeletion', input: { KeyId, PendingWindowInDays: 7 } });
  const listed = await driven.send({ op: 'DescribeCustomKeyStores', input: {} });
  const there = (
    'ok' in listed && Array.isArray(listed.ok['CustomKeyStores']) ? listed.ok['CustomKeyStores'] : []
  ) as readonly Output[];
  // A store whose creation was not answered is known by its name only.
  for (const { CustomKeyStoreId, CustomKeyStoreName } of there) {
    if (state.hasNamed(String(CustomKeyStoreName))) state.created(String(CustomKeyStoreId), 'store');
  }
  for (const id of state.stores) {
    if (await deleted((request) => driven.send(request), id, patience)) state.gone(id);
    else say(`${driven.name}: ${id} cannot be deleted yet; it holds keys, or does not disconnect`);
  }
  const left = state.stores.length;
  state.end();
  if (left > 0)
    say(`Later, kms-cks check ${driven.url} --cleanup tries again. What is left is remembered in ${state.path}`);
  return left === 0;
}
