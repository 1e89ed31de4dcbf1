import type { RuleId } from '../spec/catalogue.ts';
import type { Operation } from '../spec/vocabulary.ts';
import type { Output } from './history.ts';

/** What `check --json` prints. */
export interface Verdict {
  readonly verdict: 'conforms' | 'violates' | 'undetermined';
  /** The edition that was asked for, or `any`. */
  readonly edition: string;
  /** The verdict under each edition. */
  readonly editions: { readonly [edition: string]: 'conforms' | 'violates' };
  /**
   * The number of answers that were judged.
   * @TJS-type integer
   */
  readonly events: number;
  /** @TJS-type integer */
  readonly seed: number;
  readonly violation?: VerdictViolation;
  /** The answers that were left for each question that came up. */
  readonly profile: { readonly [question: string]: readonly string[] };
  readonly coverage: { readonly [what: string]: Covered };
}

/** The first violation, with the shortest history that was found for it. */
export interface VerdictViolation {
  /**
   * The place of the event in the history, from 0.
   * @TJS-type integer
   */
  readonly event: number;
  readonly op: Operation;
  readonly observed: Output;
  readonly allowed: readonly { readonly result: string; readonly rules: readonly RuleId[] }[];
  readonly rules: readonly RuleId[];
  readonly history: readonly Output[];
}

/** How many of the things there are to touch were touched. */
export interface Covered {
  /** @TJS-type integer */
  readonly seen: number;
  /** @TJS-type integer */
  readonly of: number;
}
