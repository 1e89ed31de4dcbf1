import type { HistoryEvent } from '../oracle/history.ts';
import { createOracle, type Observation, type Oracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';

/** An event that was judged, with what was believed before. */
export interface Judgement {
  readonly before: Oracle;
  readonly observation: Observation;
}

/** A history judged under one reading, as far as somebody has asked. What was judged once is kept. */
export class Judged {
  readonly #oracles: Oracle[];
  readonly #observations: Observation[] = [];
  #history: readonly HistoryEvent[] = [];

  constructor(options: OracleOptions) {
    this.#oracles = [createOracle(options)];
  }

  /** Takes another history; what both begin with is not judged again. */
  of(history: readonly HistoryEvent[]): this {
    if (history === this.#history) return this;
    let shared = 0;
    while (shared < this.#observations.length && history[shared] === this.#history[shared]) shared += 1;
    this.#history = history;
    this.#observations.length = Math.min(this.#observations.length, shared);
    this.#oracles.length = this.#observations.length + 1;
    return this;
  }

  /** What is believed after so many events. */
  after(count: number): Oracle {
    const wanted = Math.min(count, this.#history.length);
    while (this.#observations.length < wanted) this.#next();
    return (this.#oracles[wanted] as Oracle).fork();
  }

  /** What is said to the event at this place. */
  at(index: number): Judgement {
    this.after(index + 1);
    return {
      before: (this.#oracles[index] as Oracle).fork(),
      observation: this.#observations[index] as Observation,
    };
  }

  /** Judges on until the deadline (as performance.now() has it); true when everything is judged. */
  advance(deadline: number): boolean {
    while (this.#observations.length < this.#history.length) {
      if (performance.now() > deadline) return false;
      this.#next();
    }
    return true;
  }

  /** The observations so far. */
  get observations(): readonly Observation[] {
    return this.#observations;
  }

  /** The first violation so far. */
  get firstViolation(): number | undefined {
    const index = this.#observations.findIndex(({ verdict }) => verdict === 'violates');
    return index < 0 ? undefined : index;
  }

  #next(): void {
    const place = this.#observations.length;
    const oracle = (this.#oracles[place] as Oracle).fork();
    this.#observations.push(oracle.observe(this.#history[place] as HistoryEvent));
    this.#oracles.push(oracle);
  }
}
