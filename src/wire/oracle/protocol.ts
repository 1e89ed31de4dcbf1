import type { Output } from '../../oracle/history.ts';
import type { Covered } from '../../oracle/verdict.ts';
import type { RuleId } from '../../spec/catalogue.ts';
import type { Answers } from '../../spec/reading.ts';
import type { Edition, Operation } from '../../spec/vocabulary.ts';
import type { WorldFile } from '../../spec/world.ts';

/** The version of the messages of `kms-cks oracle`. It grows when an old client would no longer be understood. */
export const oracleProtocol = 1;

/** A line to `kms-cks oracle`. */
export type OracleMessage =
  | StartMessage
  | NextMessage
  | ObserveMessage
  | AllowedMessage
  | SettleMessage
  | CoverageMessage
  | ProfileMessage
  | ForkMessage
  | StopMessage;

/** A line from `kms-cks oracle`: exactly one for each line to it, in the same order. */
export type OracleReply =
  | StartedReply
  | RequestReply
  | VerdictReply
  | AllowedReply
  | SettledReply
  | CoverageReply
  | ProfileReply
  | ForkedReply
  | StoppedReply
  | ErrorReply;

/** A line of the protocol, in either direction. */
export type OracleLine = OracleMessage | OracleReply;

/** What every message may have, and its reply has as well. */
interface Addressed {
  /** The name of the oracle that is meant; `main` if left out. Names are chosen by the caller. */
  readonly oracle?: string;
  /** Comes back in the reply as it is. */
  readonly seq?: string | number;
}

/** Begins a history. An oracle of that name that runs already forgets its history, but not its coverage. */
export interface StartMessage extends Addressed {
  readonly kind: 'start';
  /** The edition of the documents; `any` (the default), or several: one of them, which the observations tell. */
  readonly edition?: Edition | 'any' | readonly Edition[];
  /** Answers to questions; the others are left to the observations. */
  readonly answers?: Answers;
  /** What is so of clusters, proxies, endpoint services and callers; what it does not say is unknown. */
  readonly world?: WorldFile;
  /** In a steady world (the default) a fact that showed once stays so; a changing one teaches nothing. */
  readonly worldIs?: 'steady' | 'changing';
  /** Whether the account is empty at the beginning (the default), or nothing is known of it. */
  readonly initial?: 'empty' | 'unknown';
  /** `strong` (the default): every answer rests on the present; `eventual`: it may rest on the recent past. */
  readonly consistency?: 'strong' | 'eventual';
  /**
   * How recent, in seconds; where events have no times, in events.
   * @minimum 0
   */
  readonly staleness?: number;
  /** A question that is answered one way and then another violates, instead of being reported as inconsistent. */
  readonly strict?: boolean;
  /**
   * Of the requests that `next` gives; 1 if left out.
   * @TJS-type integer
   * @minimum 0
   */
  readonly seed?: number;
  /** Whether `next` may give requests about keys; it may, if left out. */
  readonly withKeys?: boolean;
}
export interface StartedReply extends Addressed {
  readonly kind: 'started';
  /** @TJS-type integer */
  readonly protocol: number;
  readonly editions: readonly Edition[];
}

/** Asks for a request that is worth trying now. To send others is as good. */
export interface NextMessage extends Addressed {
  readonly kind: 'next';
}
export interface RequestReply extends Addressed {
  readonly kind: 'request';
  readonly request: SentRequest;
}

/** An operation with its input. The input may break its shape: then the implementation should refuse it. */
export interface SentRequest {
  readonly op: Operation;
  readonly input: Output;
}

/** What an implementation answered. Exactly one of `ok`, `error`, `unknown`. */
export type SeenOutcome =
  | { readonly ok: Output; readonly status?: number }
  | { readonly error: string; readonly status?: number; readonly message?: string }
  | { readonly unknown: string };

/** Tells a request with its outcome. */
export interface ObserveMessage extends Addressed {
  readonly kind: 'observe';
  readonly request: SentRequest;
  readonly outcome: SeenOutcome;
  /** When the request was sent, and answered (epoch milliseconds). */
  readonly start?: number;
  readonly end?: number;
}
export interface VerdictReply extends Addressed {
  readonly kind: 'verdict';
  /** `inconsistent`: each answer may be given, but not both by one implementation. */
  readonly verdict: 'conforms' | 'violates' | 'inconsistent';
  /** The editions that still allow everything that was seen. After a violation the oracle goes on from before it. */
  readonly editions: readonly Edition[];
  readonly violation?: ReportedViolation;
  /** The questions that were answered one way before, and another way now. */
  readonly inconsistent?: readonly {
    readonly question: string;
    readonly before: readonly string[];
    readonly now: readonly string[];
  }[];
}

export interface ReportedViolation {
  /** A few lines for people. */
  readonly explanation: string;
  readonly allowed: readonly OutcomeNow[];
  /** The rules that the answer breaks, as near as can be told. */
  readonly rules: readonly ReportedRule[];
}

/** A rule with the pages behind it. */
export interface ReportedRule {
  readonly id: RuleId;
  readonly says: string;
  readonly sources: readonly { readonly page: string; readonly says: string; readonly address?: string }[];
}

/** One outcome that is allowed now. `anything`: the request is about something outside this specification. */
export type OutcomeNow =
  | { readonly ok: true }
  | { readonly error: string; readonly rules: readonly RuleId[] }
  | { readonly anything: true };

/** Asks what may come of a request now. */
export interface AllowedMessage extends Addressed {
  readonly kind: 'allowed';
  readonly request: SentRequest;
}
export interface AllowedReply extends Addressed {
  readonly kind: 'allowed';
  readonly outcomes: readonly OutcomeNow[];
}

/**
 * Tells that the implementation was given all the time that it needs: whatever ran, a connection attempt or a
 * disconnection, has ended. A store that is seen CONNECTING or DISCONNECTING afterwards violates.
 */
export interface SettleMessage extends Addressed {
  readonly kind: 'settle';
}
export interface SettledReply extends Addressed {
  readonly kind: 'settled';
  /** The stores of which something may have been running: worth a look with DescribeCustomKeyStores. */
  readonly moved: readonly string[];
}

/** Asks how much was touched, since the first start under this name. */
export interface CoverageMessage extends Addressed {
  readonly kind: 'coverage';
}
export interface CoverageReply extends Addressed {
  readonly kind: 'coverage';
  readonly coverage: { readonly [what: string]: Covered };
}

/** Asks which choice was seen for each question that came up. */
export interface ProfileMessage extends Addressed {
  readonly kind: 'profile';
}
export interface ProfileReply extends Addressed {
  readonly kind: 'profile';
  readonly profile: { readonly [question: string]: readonly string[] };
  readonly editions: readonly Edition[];
}

/** Makes another oracle that believes the same, and goes its own way from here. */
export interface ForkMessage extends Addressed {
  readonly kind: 'fork';
  /** The name of the new oracle. */
  readonly as: string;
}
export interface ForkedReply extends Addressed {
  readonly kind: 'forked';
  readonly as: string;
}

/** Forgets an oracle; without `oracle`, all of them, and the program ends. */
export interface StopMessage extends Addressed {
  readonly kind: 'stop';
}
export interface StoppedReply extends Addressed {
  readonly kind: 'stopped';
}

/** The message was not understood, or cannot be carried out. Nothing has changed. */
export interface ErrorReply extends Addressed {
  readonly kind: 'error';
  readonly error: OracleError;
  /** One line for people: what, where, and the way out. It never shows a value. */
  readonly message: string;
}
export type OracleError =
  | 'not-json'
  | 'too-long'
  | 'unknown-kind'
  | 'bad-message'
  | 'no-such-oracle'
  | 'too-many-oracles'
  | 'internal';
