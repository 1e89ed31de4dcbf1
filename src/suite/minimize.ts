import { createOracle, type Oracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import { changesIn, patient, reconnected, suspects } from './causes.ts';
import { type Fault, faultOf, isAkin } from './fault.ts';
import { type Lab, Stopped } from './lab.ts';
import type { Lessons } from './lessons.ts';
import { asItWas, asRecorded, eventsOf, leavesStore, rejudged } from './on-record.ts';
import { resend, resendTo, usedStore } from './resend.ts';
import type { Failure, Plan, Step } from './run.ts';
import { onRecord, shortened } from './shortened.ts';
import { simplified, unchanged } from './simpler.ts';

/** The shortest sequence that was found, and whether it shows the violation whenever it is sent. */
export interface Minimal extends Failure {
  readonly fault: Fault;
  /** How often the sequence was sent again at the end, and how often it showed the violation. */
  readonly again: { readonly of: number; readonly seen: number };
}

/** What it takes to shorten the history of a failure. */
export interface Shortening {
  readonly lab: Lab;
  readonly lessons: Lessons;
  /** What was believed when the sequence began. */
  readonly base: Oracle;
  readonly judging: OracleOptions;
  /** By when it has to be done, as `performance.now()` tells the time. */
  readonly until: number;
  readonly waits?: 'may go' | 'stay';
}

/**
 * The failure with as few steps as it takes. What was recorded is shortened first, which costs nothing; then the rest
 * is sent again, and shortened further as long as it still shows the same fault.
 */
export const minimize = (failure: Failure, shortening: Shortening): Promise<Minimal> =>
  new Minimization(failure, shortening).run();

class Minimization {
  readonly #failure: Failure;
  readonly #shortening: Shortening;
  /** How many stores there was room for at the beginning. */
  readonly #room: number;
  #fault: Fault;
  #smallest: Failure;
  /** What is told where there is no room to send anything again. */
  #told: Failure | undefined;

  constructor(failure: Failure, shortening: Shortening) {
    this.#failure = failure;
    this.#shortening = shortening;
    this.#room = shortening.lab.room;
    this.#fault = faultOf(failure.violation, eventsOf(failure.steps));
    this.#smallest = failure;
  }

  async run(): Promise<Minimal> {
    const { lab, judging } = this.#shortening;
    try {
      const { candidate, whole } = await this.#onRecord();
      const careful = patient(candidate.steps, whole);
      this.#told = asRecorded(careful, createOracle(judging));
      const isDear = candidate.steps.some(leavesStore) && !lab.canStartOver;
      return isDear
        ? ((await this.#sparingly(candidate, whole)) ?? (await this.#thoroughly([changesIn(whole)], whole)))
        : await this.#thoroughly([candidate.steps, careful], whole);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      // There was no room to send it again.
      const left = this.#smallest === this.#failure ? (this.#told ?? asItWas(this.#failure, judging)) : this.#smallest;
      return minimal(left, 0, 0);
    }
  }

  /** The shortest part of what was recorded that shows the failure; `whole`: all of it, with what was seen before. */
  async #onRecord(): Promise<{ readonly candidate: Failure; readonly whole: readonly Step[] }> {
    const failure = this.#failure;
    const { base, judging } = this.#shortening;
    const situation = situationIn(failure);
    const inTheSameSituation = (other: Failure | undefined): other is Failure =>
      this.#isSame(other) && situationIn(other) === situation;
    const recorded = await onRecord(failure, base, inTheSameSituation, this.#inTime);
    // What was seen before may have to be part of the history.
    const taught = (await this.#lessonsFor(recorded)) ?? [];
    const whole = [...taught, ...failure.steps];
    if (taught.length === 0) return { candidate: recorded, whole };
    const joined = { ...recorded, steps: [...taught, ...recorded.steps] };
    return { candidate: await onRecord(joined, createOracle(judging), inTheSameSituation, this.#inTime), whole };
  }

  /** The steps of earlier sequences that it takes, where the failure does not show alone. */
  #lessonsFor(recorded: Failure): Promise<readonly Step[] | undefined> {
    const shows = (before: Oracle, taught: readonly Step[]): boolean => {
      const steps = [...taught, ...recorded.steps];
      const again = rejudged(steps, before.fork());
      return this.#isSame(again) && again.steps.length === steps.length;
    };
    return this.#shortening.lessons.needed(shows, this.#inTime);
  }

  /**
   * Where every attempt leaves a store behind, most of it is found out in the store where it failed, as long as that is
   * there. What is found is then sent to a new one.
   */
  async #sparingly(candidate: Failure, whole: readonly Step[]): Promise<Minimal | undefined> {
    const { lab } = this.#shortening;
    const suspected = suspects(candidate.steps, whole);
    const found = await this.#inUsedStore([...suspected, changesIn(whole)]);
    this.#told = found ?? this.#told;
    // What was found may rest on what that store had been through.
    for (const plans of found ? [0, 1, 2].map((times) => reconnected(found.steps, times)) : suspected) {
      if (lab.room <= leastRoom) break;
      const shown = await this.#live(plans);
      if (shown === undefined) continue;
      this.#smallest = shown;
      const impatient = shown.steps.filter(({ awaits }) => awaits === undefined);
      if (impatient.length < shown.steps.length) this.#smallest = (await this.#live(impatient)) ?? shown;
      if (found === undefined)
        this.#smallest = await shortened(this.#smallest, this.#live, () => this.#inTime() && lab.room > leastRoom);
      return minimal(this.#smallest, 2, (await this.#live(this.#smallest.steps)) === undefined ? 1 : 2);
    }
    return found && lab.room <= leastRoom ? this.#onceMore(found) : undefined;
  }

  /** What is told where there is little room: it was seen in the used store, and perhaps in a new one. */
  async #onceMore(found: Failure): Promise<Minimal> {
    const again = await this.#live(found.steps);
    return minimal(again ?? found, 1, again === undefined ? 0 : 1);
  }

  /** The shortest that shows it in the store where it failed, of the first of the candidates that does. */
  async #inUsedStore(candidates: readonly (readonly Step[])[]): Promise<Failure | undefined> {
    const { lab, judging, until } = this.#shortening;
    const created = usedStore(lab, this.#failure.steps);
    if (created === undefined) return undefined;
    const fails = async (plans: readonly Plan[]): Promise<Failure | undefined> => {
      const again = await resendTo(created, lab, plans, judging);
      return this.#isSame(again) ? again : undefined;
    };
    for (const steps of candidates) {
      const failure = await fails(steps);
      if (failure !== undefined) return shortened(failure, fails, () => performance.now() < until);
    }
    return undefined;
  }

  /** Sends the first of the candidates that shows the failure, or else all, and makes that as short as it can be. */
  async #thoroughly(candidates: readonly (readonly Step[])[], whole: readonly Step[]): Promise<Minimal> {
    const { lab, judging, waits } = this.#shortening;
    let confirmed: Failure | undefined;
    for (const steps of candidates) confirmed ??= await this.#live(steps);
    if (confirmed === undefined) {
      // Whatever violation shows then is the one to go on with: it may show elsewhere when nothing came before.
      confirmed = await resend(lab, whole, judging);
      if (confirmed === undefined) return minimal(asItWas(this.#failure, judging), 1, 0);
      this.#fault = faultOf(confirmed.violation, eventsOf(confirmed.steps));
    }
    this.#smallest = confirmed;
    for (const simpler of [shortened, unchanged, simplified])
      this.#smallest = await simpler(this.#smallest, this.#live, this.#inTime);
    let seen = 0;
    for (let i = 0; i < repeats; i++) if ((await this.#live(this.#smallest.steps)) !== undefined) seen += 1;
    // What shows only now and then may need the time that a wait took: an endpoint may be slow.
    if (seen < repeats && waits !== 'stay' && waitsIn(this.#failure.steps) > 0) {
      const waiting = await minimize(this.#failure, { ...this.#shortening, waits: 'stay' });
      if (waiting.again.seen > seen) return waiting;
    }
    return minimal(this.#smallest, repeats, seen);
  }

  readonly #live = async (plans: readonly Plan[]): Promise<Failure | undefined> => {
    const again = await resend(this.#shortening.lab, plans, this.#shortening.judging);
    return this.#isSame(again) ? again : undefined;
  };

  #isSame(other: Failure | undefined): other is Failure {
    if (other === undefined || !isAkin(faultOf(other.violation, eventsOf(other.steps)), this.#fault)) return false;
    return this.#shortening.waits !== 'stay' || waitsIn(other.steps) === waitsIn(this.#failure.steps);
  }

  readonly #inTime = (): boolean => performance.now() < this.#shortening.until && this.#hasRoom;

  /** Where stores cannot be deleted, each attempt takes room: what it takes to send the shortest again is kept. */
  get #hasRoom(): boolean {
    const { lab } = this.#shortening;
    return lab.canStartOver || lab.room >= this.#room || lab.room > repeats * storesIn(this.#smallest.steps);
  }
}

const minimal = (failure: Failure, of: number, seen: number): Minimal => ({
  ...failure,
  fault: faultOf(failure.violation, eventsOf(failure.steps)),
  again: { of, seen },
});
const repeats = 2;

/** With no more room than this, whatever can be deleted goes on, and other faults have their chance. */
const leastRoom = 3;

/**
 * The states that the store in question may have been in, and what should have been shown: another way there may be one
 * that the implementation does not go, and without its cause a wrong answer may be wrong for another reason.
 */
const situationIn = ({ violation, steps }: Failure): string =>
  JSON.stringify([
    faultOf(violation, eventsOf(steps)).connectionStates,
    violation.mismatches.map(({ member, expected }) => [member, expected]),
  ]);

const storesIn = (steps: readonly Step[]): number =>
  steps.filter(({ event }) => event.op === 'CreateCustomKeyStore' && 'ok' in event).length;

/** How many steps wait for a store to come to a state. */
const waitsIn = (steps: readonly Step[]): number => steps.filter(({ awaits }) => awaits !== undefined).length;
