import type { Output } from '../../oracle/history.ts';
import type { Operation } from '../../spec/vocabulary.ts';

/** The version of the messages of `kms-cks consume`. It grows when an old harness would no longer be understood. */
export const harnessProtocol = 1;

/** A line to a harness. Each is sent when the one before was answered, but for one test of the self-test. */
export type HarnessMessage =
  | HarnessStartMessage
  | HarnessResetMessage
  | HarnessRequestMessage
  | HarnessSettleMessage
  | HarnessStopMessage;

/** A line of the protocol, in either direction. */
export type HarnessLine = HarnessMessage | HarnessReply;

interface Numbered {
  /**
   * The number of the message; its answer carries the same.
   * @TJS-type integer
   */
  readonly seq: number;
}

/** The first line. The harness makes its implementation ready. */
export interface HarnessStartMessage extends Numbered {
  readonly kind: 'start';
  /** @TJS-type integer */
  readonly protocol: number;
}

/** A new sequence begins: the implementation is to hold no custom key store afterwards. */
export interface HarnessResetMessage extends Numbered {
  readonly kind: 'reset';
}

/** A request for the implementation. Its input may break its shape: then the implementation should refuse it. */
export interface HarnessRequestMessage extends Numbered {
  readonly kind: 'request';
  readonly request: { readonly op: Operation; readonly input: Output };
}

/** Time passes until every connection attempt and every disconnection has ended. */
export interface HarnessSettleMessage extends Numbered {
  readonly kind: 'settle';
}

/** The last line. The harness answers and ends. */
export interface HarnessStopMessage extends Numbered {
  readonly kind: 'stop';
}

/**
 * A line from a harness, with the number of the message that it answers and exactly one of these: `ok` (for a request,
 * the output), `error` (the name of the error with which the implementation refused the request), `unknown` (nobody
 * knows whether it happened), `skipped` (the harness, or the implementation, has no such thing; nothing happened), or
 * `errored` (the harness itself failed). Skipped and errored say why.
 */
export type HarnessReply = Numbered &
  (
    | { readonly ok: Output; readonly status?: number }
    | { readonly error: string; readonly status?: number; readonly message?: string }
    | { readonly unknown: string }
    | { readonly skipped: string }
    | { readonly errored: string }
  );
