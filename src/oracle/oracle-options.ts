import type { World } from '../spec/facts.ts';
import type { Answers } from '../spec/reading.ts';
import type { Edition } from '../spec/vocabulary.ts';

/** How a history is to be judged. Everything may be left out. */
export interface OracleOptions {
  /** The edition of the documents; `any` (the default), or several: one of them, which the observations tell. */
  readonly edition?: Edition | 'any' | readonly Edition[];
  /** Answers to questions; the others are left to the observations. */
  readonly answers?: Answers;
  /** What is known of the world; nothing, if left out. */
  readonly world?: World;
  /** In a `steady` world (the default) a fact that showed once stays so; a `changing` one teaches nothing. */
  readonly worldIs?: 'steady' | 'changing';
  /** Whether the account is `empty` at the beginning (the default), or nothing is known of it. */
  readonly initial?: 'empty' | 'unknown';
  /** `strong` (the default): every answer rests on the present; `eventual`: it may rest on the recent past. */
  readonly consistency?: 'strong' | 'eventual';
  /** How recent, in seconds; where events have no times, in events. */
  readonly staleness?: number;
  /** `seconds`: a date that is a number is one of seconds, as on the wire; without it, a recorder may have milliseconds. */
  readonly dates?: 'seconds';
  /** A question that is answered one way and then another violates, instead of being reported as inconsistent. */
  readonly strict?: boolean;
}

/** Seconds; AWS speaks of a few seconds, and at times minutes. */
export const defaultStaleness = 300;
