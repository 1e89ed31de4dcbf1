import type { Request } from '../spec/inputs.ts';

/** What an implementation answered. `unknown`: nobody knows whether it happened. */
export type ObservedOutcome =
  | { readonly ok: Readonly<Record<string, unknown>> }
  | { readonly error: string; readonly status?: number; readonly message?: string }
  | { readonly unknown: string };

/** One observed request with its outcome: a line of a history. */
export type HistoryEvent = Request & ObservedOutcome;
