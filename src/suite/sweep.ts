import type { ObservedOutcome } from '../oracle/history.ts';
import type { Request } from '../spec/inputs.ts';
import { eventOf, type Lab, pause, Stopped } from './lab.ts';
import { stateIn } from './run.ts';

/**
 * Deletes stores, whatever state they are in, and judges nothing; those too that came of creations that nobody answered.
 * What cannot be deleted is overlooked from now on.
 */
export async function sweep(lab: Lab, ids: Iterable<string>, holdKeys = false): Promise<void> {
  for (const id of [...ids, ...(await lab.adopt())]) {
    lab.hide(id);
    // What was said to be deleted may still be there.
    if (!lab.ours.has(id) && !(await isThere(lab, id))) continue;
    lab.ours.set(id, '');
    const patience = Math.min(lab.patienceIn('CONNECTING'), lab.patienceIn('DISCONNECTING'));
    const gone = !holdKeys && (await deleted((request) => lab.send(request), id, patience));
    if (gone && !(await isThere(lab, id))) lab.forget(id);
  }
}

async function isThere(lab: Lab, CustomKeyStoreId: string): Promise<boolean> {
  const request: Request = { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId } };
  const seen = await lab.send(request).catch(() => undefined);
  return seen !== undefined && stateIn(eventOf(request, seen), CustomKeyStoreId) !== undefined;
}

/** So often a store is looked at, however short the patience: it may move when it is looked at. */
const fewTries = 6;
/** So many requests to delete a store may go unanswered. */
const mostUnanswered = 20;

/** Disconnects a store, and waits for that; false if it does not come to it. Judges nothing. */
export async function disconnected(lab: Lab, CustomKeyStoreId: string): Promise<boolean> {
  const request: Request = { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId } };
  const start = performance.now();
  const patience = lab.patienceIn('DISCONNECTING');
  for (let tries = 0; tries <= fewTries || performance.now() - start <= patience; tries++) {
    const seen = await lab.send(request);
    const state = seen && stateIn(eventOf(request, seen), CustomKeyStoreId);
    if (state === undefined || state === 'DISCONNECTED') return state === 'DISCONNECTED';
    if (!state.endsWith('ING') && tries > 3) return false;
    if (state !== 'DISCONNECTING') await lab.send({ op: 'DisconnectCustomKeyStore', input: { CustomKeyStoreId } });
    if (tries > 0 && !(await lab.settle())) await pause(Math.min(5 * tries, 2000));
  }
  return false;
}

/** Disconnects and deletes a store; false if it is still there after all. */
export async function deleted(
  send: (request: Request) => Promise<ObservedOutcome | undefined>,
  CustomKeyStoreId: string,
  patience: number,
): Promise<boolean> {
  const start = performance.now();
  try {
    for (let tries = 0, unanswered = 0; ; tries++) {
      const gone = await send({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId } });
      if (gone === undefined) return false;
      if ('ok' in gone || ('error' in gone && gone.error.includes('CustomKeyStoreNotFound'))) return true;
      if ('error' in gone && gone.error.includes('HasCMKs')) return false;
      if ('unknown' in gone && ++unanswered < mostUnanswered) tries -= 1;
      await send({ op: 'DisconnectCustomKeyStore', input: { CustomKeyStoreId } });
      const request: Request = { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId } };
      const seen = await send(request);
      const running = seen !== undefined && (stateIn(eventOf(request, seen), CustomKeyStoreId) ?? '').endsWith('ING');
      const waited = performance.now() - start;
      if ((waited > patience && tries > fewTries) || (!running && tries > 3)) return false;
      if (tries > 2) await pause(Math.min(5 + waited / 10, 2000));
    }
  } catch (error) {
    if (error instanceof Stopped) return false;
    throw error;
  }
}
