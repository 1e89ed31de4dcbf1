import { createHash } from 'node:crypto';

/** What a decision hangs on beside the seed: which account, which request, what is decided. */
type About = readonly (string | number)[];

/** A number from 0 (included) to 1 (excluded). It depends on the seed and on what it is about, and on nothing else. */
export function chance(seed: number, ...about: About): number {
  return bytesFor(8, seed, ...about).readUInt32BE() / 2 ** 32;
}

/** One of several; the first, where there is no seed. */
export function oneOfThem<T>(choices: readonly T[], seed: number | undefined, ...about: About): T | undefined {
  if (seed === undefined || choices.length < 2) return choices[0];
  return choices[Math.floor(chance(seed, ...about) * choices.length)];
}

/** Bytes that look random, and are the same each time. */
export function bytesFor(count: number, seed: number, ...about: About): Buffer {
  return createHash('shake256', { outputLength: Math.max(count, 1) })
    .update(JSON.stringify([seed, ...about]))
    .digest();
}
