import type { Source } from './source.ts';
import type { Edition } from './vocabulary.ts';

/** The chapters of the list of questions, in its order. */
export const questionAreas = [
  'update',
  'precedence',
  'connect',
  'disconnect',
  'delete',
  'create',
  'describe',
  'keys',
  'wire',
  'cloudtrail',
] as const;
export type QuestionArea = (typeof questionAreas)[number];

/** What one document says to a question. */
export interface QuestionReading extends Source {
  /** The choices that it speaks for, where it speaks for some. */
  readonly supports?: readonly string[];
  /** The editions whose documents say so; all, if left out. */
  readonly editions?: readonly Edition[];
}

/** A point that AWS's documents leave open, or contradict each other on. */
export interface Question {
  readonly area: QuestionArea;
  readonly kind: 'contradiction' | 'silence' | 'contradiction and silence';
  /** The question itself, one sentence. */
  readonly asks: string;
  /** What each document says to it; empty where all are silent. */
  readonly readings: readonly QuestionReading[];
  /**
   * Every answer that is allowed, each with one sentence of what it means. The first is the default: the one the
   * machine, an actor of it and the reference endpoint take where nobody answered.
   */
  readonly choices: Readonly<Record<string, string>>;
  /** The answer that the text of an edition settles, where it does. */
  readonly fixedBy?: Readonly<Partial<Record<Edition, string>>>;
  /**
   * Whether an implementation answers once and for all, or anew each time: the first is remembered from one
   * observation to the next (and a change of mind reported), the second is not.
   */
  readonly answered: 'once' | 'each time';
  /** Why nothing in the model asks this question, where nothing does. */
  readonly unasked?: string;
}
