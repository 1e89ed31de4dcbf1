import { createRequests, requestsAbout } from '../machine/alphabet.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account } from '../spec/model.ts';

/** A number from 0 on, below the one that is given. */
export type Random = (below: number) => number;

/** Random numbers that a seed decides: mulberry32, small and good enough to pick from lists. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const mostStores = 3;
const moving: ReadonlySet<string> = new Set([
  'ConnectCustomKeyStore',
  'DisconnectCustomKeyStore',
  'DescribeCustomKeyStores',
]);

/** A request that is worth trying in an account: something new, a look, a step to another state, or anything else. */
export function nextRequest({ stores }: Account, random: Random, withKeys = true): Request {
  const kind = random(8);
  if (stores.length === 0 || (kind === 0 && stores.length < mostStores)) return oneOf(createRequests, random);
  if (kind === 1) return { op: 'DescribeCustomKeyStores', input: {} };
  const store = oneOf(stores, random);
  const key = store.keys.length === 0 ? undefined : oneOf(store.keys, random);
  const about = requestsAbout(store.id, store.type, key?.id ?? '').filter(
    ({ op, input }) => (withKeys || op !== 'CreateKey') && (key !== undefined || !('KeyId' in input)),
  );
  // The operation first: UpdateCustomKeyStore has far more requests than the others.
  const operations = [...new Set(about.map(({ op }) => op))].filter((op) => kind > 3 || moving.has(op));
  const operation = oneOf(operations, random);
  return oneOf(
    about.filter(({ op }) => op === operation),
    random,
  );
}

/** One of several; there has to be one. */
const oneOf = <T>(list: readonly T[], random: Random): T => list[random(list.length)] as T;
