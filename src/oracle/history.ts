import type { Request } from '../spec/inputs.ts';

/** Members of an answer, by name. */
export interface Output {
  readonly [member: string]: unknown;
}

/** What an implementation answered. `unknown`: nobody knows whether it happened. */
export type ObservedOutcome =
  | { readonly ok: Output; readonly status?: number }
  | { readonly error: string; readonly status?: number; readonly message?: string }
  | { readonly unknown: string };

/** When and by whom a request was made, as far as somebody noted it. */
interface Noted {
  /**
   * Epoch milliseconds.
   * @TJS-type integer
   */
  readonly start?: number;
  /**
   * Epoch milliseconds.
   * @TJS-type integer
   */
  readonly end?: number;
  readonly client?: string;
  readonly id?: string;
}

/** One observed request with its outcome: a line of a history. */
export type HistoryEvent = Request & ObservedOutcome & Noted;
