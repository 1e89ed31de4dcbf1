import { defaultEdition } from '../spec/editions.ts';
import { bareErrorName } from '../spec/errors.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account } from '../spec/model.ts';
import type { Edition } from '../spec/vocabulary.ts';
import { listening } from './assumptions.ts';
import { beginningOf } from './beginning.ts';
import type { Belief } from './belief.ts';
import { afterEach } from './by-edition.ts';
import { type Coverage, CoverageRecorder } from './coverage.ts';
import { Dates } from './dates.ts';
import { type Change, Familiar } from './familiar.ts';
import type { HistoryEvent } from './history.ts';
import { type Inconsistency, inconsistentAfter } from './inconsistency.ts';
import { wrongInMetadata } from './key-metadata.ts';
import type { Mismatch } from './mismatch.ts';
import { defaultStaleness, type OracleOptions } from './oracle-options.ts';
import { Pages } from './pages.ts';
import { Sealed } from './sealed.ts';
import type { Moment } from './setting.ts';
import { tablesFor } from './tables.ts';
import {
  type AllowedNow,
  accountsIn,
  allowedIn,
  isDecidedIn,
  storesThere,
  type Violation,
  violationOf,
} from './violation.ts';

const defaultStaleEvents = 32;

/** So many events are tried in every order; with more there are too many orders. */
const mostAtOnce = 5;

/** What the oracle says to one event. */
export interface Observation {
  readonly verdict: 'conforms' | 'violates' | 'inconsistent';
  /** The editions that still allow everything that was seen. */
  readonly editions: readonly Edition[];
  readonly violation?: Violation;
  readonly inconsistent?: readonly Inconsistency[];
}

/**
 * Judges a history, one event after the other. Its memory does not grow with the length of the history.
 * After a violation it goes on from what was believed before.
 */
export class Oracle {
  readonly #options: OracleOptions;
  readonly #familiar: Familiar;
  #dates: Dates;
  #pages = new Pages();
  #sealed = new Sealed();
  #coverage = new CoverageRecorder();
  #events = 0;
  #time = 0;
  #stepped: { readonly observed: HistoryEvent; readonly event: HistoryEvent } | undefined;

  constructor(options: OracleOptions = {}, beliefs?: readonly Belief[]) {
    this.#options = options;
    this.#dates = new Dates(options.dates !== 'seconds');
    const { initial, consistency } = options;
    const isLasting = initial !== 'unknown' && consistency !== 'eventual';
    this.#familiar = new Familiar(isLasting, tablesFor(options), beliefs ?? beginningOf(options));
  }

  /** Takes one event into account. */
  observe(observed: HistoryEvent): Observation {
    // Who finds that an event is not familiar observes the same one next.
    const event = this.#stepped?.observed === observed ? this.#stepped.event : this.#normalized(observed);
    this.#stepped = undefined;
    if (this.#step(event) !== undefined) return { verdict: 'conforms', editions: this.editions() };
    return this.#observed(event);
  }

  /** Takes an event into account whose like was taken before; says what it changed, or nothing where it is new. */
  step(observed: HistoryEvent): readonly Change[] | undefined {
    const event = this.#normalized(observed);
    const changes = this.#step(event);
    this.#stepped = changes === undefined ? { observed, event } : undefined;
    return changes;
  }

  #step(event: HistoryEvent): readonly Change[] | undefined {
    if (this.#wrongIn(event).length > 0) return undefined;
    const changes = this.#familiar.take(event);
    if (changes === undefined) return undefined;
    this.#events += 1;
    for (const { isNew } of changes)
      if (isNew) this.#coverage.lookAtOne(event, isNew.was, isNew.is, this.editions()[0] ?? defaultEdition);
    this.#learn(event);
    return changes;
  }

  #observed(event: HistoryEvent): Observation {
    const moment = this.#momentOf(event);
    const wrong = this.#wrongIn(event);
    const before = this.#familiar.beliefs;
    const { value: left, asked } = listening(() => (wrong.length > 0 ? [] : afterEach(before, event, moment)));
    if (left.length > 0) {
      this.#familiar.adopt(left, event, asked);
      this.#coverage.look(event, before, left);
      this.#learn(event);
      return { verdict: 'conforms', editions: this.editions() };
    }
    const relaxed =
      this.#options.strict || wrong.length > 0
        ? []
        : this.#familiar.beliefs.flatMap((belief) => inconsistentAfter(belief, event, moment));
    if (relaxed.length > 0) {
      this.#familiar.adopt(relaxed.map(({ belief }) => belief));
      this.#learn(event);
      const [{ inconsistent }] = relaxed as [(typeof relaxed)[number]];
      return { verdict: 'inconsistent', editions: this.editions(), inconsistent };
    }
    this.#pages = new Pages(); // Nobody knows what it has changed.
    return {
      verdict: 'violates',
      editions: [],
      violation: violationOf(event, this.#familiar.beliefs, moment, wrong),
    };
  }

  /** Takes events into account of which nobody knows the order; where none of the orders can be, the given one. */
  observeTogether(observed: readonly HistoryEvent[]): readonly Observation[] {
    const events = observed.map((event) => this.#normalized(event));
    if (events.length > 1 && events.length <= mostAtOnce) {
      const moments = events.map((event) => this.#momentOf(event));
      const left = this.#familiar.beliefs.flatMap(
        (belief) => belief.afterAnyOrder(events, moments.at(-1) as Moment) ?? [],
      );
      if (left.length > 0 && events.every((event) => this.#wrongIn(event).length === 0)) {
        const before = this.#familiar.beliefs;
        this.#familiar.adopt(left);
        for (const event of events) this.#coverage.look(event, before, left);
        for (const event of events) this.#learn(event);
        return events.map(() => ({ verdict: 'conforms', editions: this.editions() }));
      }
      this.#events -= events.length;
    }
    return observed.map((event) => this.observe(event));
  }

  /** Every outcome of a request that is allowed now. */
  allowed(asked: Request): readonly AllowedNow[] {
    const request = this.#sealed.named(asked);
    const moment = { at: this.#time, number: this.#events };
    return this.#familiar.allowed(request, () => allowedIn(request, this.#familiar.beliefs, moment).outcomes);
  }

  /** Is only one kind of answer to a request allowed now: success, or refusal? */
  isDecided(request: Request): boolean {
    return isDecidedIn(this.#sealed.named(request), this.#familiar.beliefs, { at: this.#time, number: this.#events });
  }

  /** An oracle that believes the same, and goes its own way from here. */
  fork(): Oracle {
    const fork = new Oracle(this.#options, this.#familiar.beliefs);
    fork.#dates = this.#dates.copy();
    fork.#pages = this.#pages.copy();
    fork.#sealed = this.#sealed.copy();
    fork.#coverage = this.#coverage.fork();
    fork.#events = this.#events;
    fork.#time = this.#time;
    return fork;
  }

  /** What is believed under each edition that is left. */
  get beliefs(): readonly Belief[] {
    return this.#familiar.beliefs;
  }

  /** The editions that allow everything that was seen. */
  editions(): readonly Edition[] {
    return this.#familiar.editions;
  }

  /** The answers that the observations left for each question that they decided. */
  profile(): Readonly<Record<string, readonly string[]>> {
    const branches = this.#familiar.beliefs.flatMap((belief) => belief.branches);
    const [first] = branches;
    const profile: Record<string, readonly string[]> = {};
    for (const question of first?.assumed.choices.keys() ?? []) {
      const left = branches.map(({ assumed }) => assumed.choices.get(question));
      if (left.every((each) => each !== undefined)) profile[question] = [...new Set(left.flat())].sort();
    }
    return profile;
  }

  /** What was touched so far: states, transitions, cells of the table of eligibility, rules and errors. */
  coverage(): Coverage {
    return this.#coverage;
  }

  /** Accounts that are possible now, hidden steps not counted: one for each branch, with its first states. */
  possible(): readonly Account[] {
    return accountsIn(this.#familiar.beliefs);
  }

  /** May this store be there, in some state; or any at all? */
  mayHave(id?: string): boolean {
    const branches = this.#familiar.beliefs.flatMap((belief) => belief.branches);
    return branches.some(({ stores }) =>
      [...stores].some(
        ([each, { states }]) => (id === undefined || each === id) && states.some(({ store }) => store !== undefined),
      ),
    );
  }

  /** How many states of stores, and how many branches, are held: what an event may cost. */
  size(): { readonly branches: number; readonly states: number } {
    const branches = this.#familiar.beliefs.flatMap((belief) => belief.branches);
    const states = branches.flatMap(({ stores }) => [...stores.values()].map((set) => set.states.length));
    return { branches: branches.length, states: states.reduce((sum, each) => sum + each, 0) };
  }

  /** What a store may be now, as a text; empty, if there is none; nothing, where the beliefs have to be asked. */
  stateKey(id: string): string | undefined {
    return this.#familiar.stateKey(id);
  }

  /** The event, with the bare name of its error, and with the key that it leaves to a ciphertext. */
  #normalized(observed: HistoryEvent): HistoryEvent {
    const named = this.#sealed.named(observed);
    const error = 'error' in named ? bareErrorName(named.error) : undefined;
    return 'error' in named && error !== named.error ? ({ ...named, error } as HistoryEvent) : named;
  }

  /** What an answer shows that cannot be, after what answers have shown before. */
  #wrongIn(event: HistoryEvent): readonly Mismatch[] {
    const { owners } = this.#familiar;
    const wrong = [...this.#dates.wrongIn(event), ...wrongInMetadata(event, owners, () => this.#familiar.beliefs)];
    return wrong.length > 0 || this.#options.consistency === 'eventual'
      ? wrong
      : this.#pages.wrongIn(event, () => storesThere(this.#familiar.beliefs));
  }

  #learn(event: HistoryEvent): void {
    this.#dates.learn(event);
    this.#pages.learn(event);
    this.#sealed.learn(event);
    // When a store was created that is gone does not matter any more.
    if (event.op === 'DeleteCustomKeyStore' && 'ok' in event) this.#dates.forget(event.input.CustomKeyStoreId);
  }

  #momentOf({ start, end }: HistoryEvent): Moment {
    this.#events += 1;
    const time = end ?? start;
    if (time !== undefined) this.#time = Math.max(this.#time, time);
    const { staleness } = this.#options;
    const at =
      this.#time === 0
        ? (this.#events * (1000 * (staleness ?? defaultStaleness))) / (staleness ?? defaultStaleEvents)
        : this.#time;
    return { at, number: this.#events };
  }
}

/** An oracle; see OracleOptions for what it takes for granted where nothing is said. */
export const createOracle = (options: OracleOptions = {}): Oracle => new Oracle(options);
