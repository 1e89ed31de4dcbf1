import type { HistoryEvent } from '../oracle/history.ts';
import { createOracle, type Oracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import type { Violation } from '../oracle/violation.ts';

/** More requests than these at the same time are not judged: they may have taken effect in too many orders. */
const mostAtOnce = 6;

/**
 * Judges events as they come. Requests that overlap may have taken effect in any order that fits their times, so they
 * are judged together, when none is under way any more: one order that is allowed is enough.
 */
export class LiveJudge {
  #oracle: Oracle;
  readonly #tell: (violation: Violation) => void;
  #clock = 0;
  #underWay = 0;
  #together: Timed[] = [];
  #hasGivenUp = false;
  judged = 0;
  violations = 0;

  constructor(options: OracleOptions, tell: (violation: Violation) => void) {
    this.#oracle = createOracle(options);
    this.#tell = tell;
  }

  /** Too many requests overlapped, so nothing was judged from there on. */
  get hasGivenUp(): boolean {
    return this.#hasGivenUp;
  }

  /** A request begins; what this gives takes the event that it became, or nothing if it became none. */
  began(): (event: HistoryEvent | undefined) => void {
    const start = ++this.#clock;
    this.#underWay += 1;
    return (event) => {
      this.#underWay -= 1;
      if (event !== undefined) this.#together.push({ event, start, end: ++this.#clock });
      if (this.#together.length > mostAtOnce) this.#hasGivenUp = true;
      if (this.#hasGivenUp) this.#together = [];
      else if (this.#underWay === 0) this.#settle();
    };
  }

  #settle(): void {
    const events = this.#together;
    this.#together = [];
    this.judged += events.length;
    const explained = events.length > 1 ? anyOrder(this.#oracle, events) : undefined;
    if (explained !== undefined) this.#oracle = explained;
    else for (const { event } of events) this.#observe(event);
  }

  #observe(event: HistoryEvent): void {
    const { violation } = this.#oracle.observe(event);
    if (violation === undefined) return;
    this.violations += 1;
    this.#tell(violation);
  }
}

interface Timed {
  readonly event: HistoryEvent;
  /** Ticks of a clock that never stands still. */
  readonly start: number;
  readonly end: number;
}

/** The oracle after the events, in some order that it allows and that fits their times. */
function anyOrder(oracle: Oracle, events: readonly Timed[]): Oracle | undefined {
  if (events.length === 0) return oracle;
  const firstEnd = Math.min(...events.map(({ end }) => end));
  for (const first of events.filter(({ start }) => start < firstEnd)) {
    const fork = oracle.fork();
    if (fork.observe(first.event).violation !== undefined) continue;
    const rest = anyOrder(
      fork,
      events.filter((each) => each !== first),
    );
    if (rest !== undefined) return rest;
  }
  return undefined;
}
