import { editions } from '../spec/vocabulary.ts';
import { covered } from './coverage.ts';
import { explained } from './explain.ts';
import { type HistoryEvent, isCommon } from './history.ts';
import { type Entry, Journal } from './journal.ts';
import { Oracle } from './oracle.ts';
import type { OracleOptions } from './oracle-options.ts';
import { shortened } from './shorten.ts';
import { Telling } from './telling.ts';
import type { InconsistentAt, Verdict, VerdictViolation } from './verdict.ts';
import type { Violation } from './violation.ts';

/**
 * Judges one history from its beginning to its first violation, and explains what it finds. Memory does not grow
 * with the length of the history.
 */
export class Judge {
  readonly #options: OracleOptions;
  readonly #oracle: Oracle;
  /** An oracle for each edition, where one edition was asked for: the others are told beside it. */
  readonly #beside = new Map<string, Oracle>();
  readonly #journal = new Journal();
  readonly #telling: Telling;
  readonly #inconsistent: InconsistentAt[] = [];
  #events = 0;
  #common = 0;
  #violation: VerdictViolation | undefined;
  #counterexample: readonly HistoryEvent[] = [];

  constructor(options: OracleOptions = {}) {
    this.#options = options;
    this.#oracle = new Oracle(options);
    this.#telling = new Telling(options);
    const { edition = 'any' } = options;
    if (typeof edition === 'string' && edition !== 'any') {
      for (const each of editions) {
        if (each !== edition) this.#beside.set(each, new Oracle({ ...options, edition: each }));
      }
    }
  }

  /** Takes the next event; says whether there is any use in another. */
  take(event: HistoryEvent): boolean {
    return this.takeTogether([event]);
  }

  /** The same for events of which nobody knows the order, as those of one second in a log. */
  takeTogether(events: readonly HistoryEvent[]): boolean {
    for (const [edition, oracle] of this.#beside) {
      if (oracle.observeTogether(events).some(({ verdict }) => verdict === 'violates')) this.#beside.delete(edition);
    }
    if (this.#violation !== undefined) return this.#beside.size > 0;
    if (this.#isFamiliar(events)) return true;
    const first = this.#events;
    for (const event of events) this.#telling.look(event, this.#oracle);
    const before = this.#oracle.beliefs;
    for (const [place, { violation, inconsistent }] of this.#oracle.observeTogether(events).entries()) {
      const index = first + place;
      const event = events[place] as HistoryEvent;
      this.#events = index + 1;
      if (isCommon(event)) this.#common += 1;
      for (const each of inconsistent ?? []) {
        if (this.#inconsistent.length < mostInconsistent) this.#inconsistent.push({ event: index, ...each });
      }
      if (violation !== undefined) {
        this.#violation = this.#explained({ index, event }, violation);
        return this.#beside.size > 0;
      }
      const after = place === events.length - 1 ? this.#oracle.beliefs : before;
      this.#journal.note(index, event, before, after, (id) => this.#oracle.stateKey(id));
    }
    return true;
  }

  /** The shortest history that was found for the violation, with its secrets; empty if there is none. */
  get counterexample(): readonly HistoryEvent[] {
    return this.#counterexample;
  }

  /** Takes an event whose like was taken before: all there was to learn of it was learned then. */
  #isFamiliar([event, ...more]: readonly HistoryEvent[]): boolean {
    if (event === undefined || more.length > 0 || !this.#telling.found) return false;
    const changes = this.#oracle.step(event);
    if (changes === undefined) return false;
    this.#journal.step({ index: this.#events, event }, changes);
    this.#events += 1;
    if (isCommon(event)) this.#common += 1;
    return true;
  }

  /** What there is to say now. */
  verdict(): Verdict {
    const { edition = 'any' } = this.#options;
    const violation = this.#violation;
    const isTelling = violation !== undefined || this.#telling.found;
    const left: readonly string[] = [
      ...(violation === undefined ? this.#oracle.editions() : []),
      ...this.#beside.keys(),
    ];
    return {
      verdict: violation !== undefined ? 'violates' : isTelling ? 'conforms' : 'undetermined',
      edition: typeof edition === 'string' ? edition : edition.join(' '),
      editions: Object.fromEntries(editions.map((each) => [each, left.includes(each) ? 'conforms' : 'violates'])),
      events: this.#events,
      ...(violation && { violation }),
      ...(this.#inconsistent.length > 0 && { inconsistent: this.#inconsistent }),
      ...(isTelling ? {} : { observeNext: this.#telling.advice(this.#oracle) }),
      profile: this.#oracle.profile(),
      coverage: covered(this.#oracle.coverage()),
      common: this.#common,
    };
  }

  #explained(last: Entry, violation: Violation): VerdictViolation {
    const entries = [...this.#journal.entries().filter(({ index }) => index < last.index), last];
    const shortest = shortened(entries, violation, this.#options) ?? entries;
    this.#counterexample = shortest.map(({ event }) => event);
    const because = (store: string) => this.#journal.wayOf(store).map(({ index }) => index);
    return explained(violation, shortest, this.#options, because);
  }
}

const mostInconsistent = 100;
