import type { Known } from '../spec/reading.ts';

/** Under what an oracle judges; the same from the first event to the last. */
export interface Setting {
  readonly known: Known;
  /** Stores that nobody has seen being created may exist. */
  readonly unseenStores: boolean;
  /** For how long an answer may rest on a state of the past (milliseconds, or events); undefined: not at all. */
  readonly staleness?: number;
}

/** When an event happened. */
export interface Moment {
  /** Its time in milliseconds, or its number where there are no times. */
  readonly at: number;
  readonly number: number;
}
