import type { HistoryEvent } from '../../oracle/history.ts';

/** Some events of one history, in their order, and what was passed over between them. */
export interface Batch {
  /** The account and Region that the events belong to, where a source holds several; each is judged on its own. */
  readonly part: string;
  readonly events: readonly HistoryEvent[];
  /** How many records were about something else, or (with --lenient) could not be read. */
  readonly skipped: number;
}

/** A format that histories are recorded in. */
export interface Reader {
  /** Does text that begins like this look like the format? */
  readonly recognizes: (beginning: string) => boolean;
  /** Reads it; throws Unreadable where it cannot. */
  readonly read: (path: string, bytes: AsyncIterable<Buffer>, options: ReadOptions) => AsyncGenerator<Batch>;
  /** What is taken for granted where nobody says otherwise. */
  readonly defaults: Defaults;
}

export interface ReadOptions {
  /** Pass over what cannot be read, and count it. */
  readonly lenient: boolean;
}

export interface Defaults {
  readonly initial: 'empty' | 'unknown';
  readonly consistency: 'strong' | 'eventual';
  readonly worldIs: 'steady' | 'changing';
}
