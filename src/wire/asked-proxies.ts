import { hiddenOutcomesOfStore } from '../machine/account.ts';
import { atomsOf, type Condition } from '../spec/condition.ts';
import type { Store } from '../spec/model.ts';
import type { Known } from '../spec/reading.ts';

/** A proxy whose health matters, and the access key that KMS signs its requests with. */
export interface AskedProxy {
  readonly uri: string;
  readonly accessKeyId: string;
}

/** The proxies on whose health some conditions rest. The subject of the fact begins: fault, URI, access key. */
export function askedIn(conditions: readonly Condition[]): readonly AskedProxy[] {
  const found = new Map<string, AskedProxy>();
  for (const atom of conditions.flatMap(atomsOf)) {
    if (!('fact' in atom) || atom.fact !== 'proxy.withoutFault') continue;
    const [, uri = '', accessKeyId] = atom.about.split(' ');
    if (accessKeyId !== undefined) found.set(uri, { uri, accessKeyId });
  }
  return [...found.values()];
}

/** On what the success of a connection attempt of a store rests that is to begin now. */
export function attemptOf(store: Store | undefined, is: Known): readonly Condition[] {
  if (store?.connectionState !== 'DISCONNECTED') return [];
  return hiddenOutcomesOfStore({ ...store, connectionState: 'CONNECTING' }, is)
    .filter(({ step }) => step.step === 'connection.succeeds')
    .map(({ when }) => when);
}
