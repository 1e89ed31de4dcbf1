import { commonErrors, modelledErrors } from '../spec/errors.ts';
import type { Request } from '../spec/inputs.ts';
import { statusOf } from '../spec/status.ts';

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
  /** The answer was not recorded in full, as in CloudTrail: a member that is missing teaches nothing. */
  readonly partial?: true;
  /** Members of the input that the record leaves out whether they were given or not, as logs do with secrets. */
  readonly withheld?: readonly string[];
  /** The input was not recorded in full: what was asked for is not known, only what came of it. */
  readonly incomplete?: true;
}

/** One observed request with its outcome: a line of a history. */
export type HistoryEvent = Request & ObservedOutcome & Noted;

/** Errors that any request may get, and that say nothing about an account. */
const anyTime: ReadonlySet<string> = new Set([
  ...Object.keys(commonErrors).filter(
    (name) => !['ValidationException', 'ValidationError', 'SerializationException'].includes(name),
  ),
  ...Object.entries(modelledErrors).flatMap(([name, { status }]) => (status >= 500 ? [name] : [])),
]);
const atServer: ReadonlySet<string> = new Set(
  Object.entries({ ...commonErrors, ...modelledErrors }).flatMap(([name, { status }]) => (status >= 500 ? [name] : [])),
);

/** Is it an error that AWS may send at any time? It never violates. */
export const isCommon = (event: HistoryEvent): boolean =>
  'error' in event && (anyTime.has(event.error) || isServerStatus(event));

/** Is it unknown whether the request took effect? So it is after a lost answer, and after a fault of the service. */
export const isUnanswered = (event: HistoryEvent): boolean =>
  'unknown' in event || ('error' in event && (atServer.has(event.error) || isServerStatus(event)));

/** Is it the status of a fault of the service? An error that the model gives another status is none, whatever comes. */
const isServerStatus = ({ error, status = 0 }: { readonly error: string; readonly status?: number }): boolean =>
  status >= 500 && (statusOf(error) ?? status) >= 500;

/** Does the event change nothing, and teach nothing? */
export const saysNothing = (event: HistoryEvent): boolean => isCommon(event) && !isUnanswered(event);

/** The ID of something whose creation nobody saw: it stands for the real one. */
export const isPhantom = (id: string): boolean => id.startsWith('?');
