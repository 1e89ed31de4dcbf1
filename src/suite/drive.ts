import { clusters } from '../machine/alphabet.ts';
import { unknownWorld } from '../spec/facts.ts';
import type { Operation } from '../spec/vocabulary.ts';
import { drivenWorld, worldOf } from '../spec/world.ts';
import { counted } from './counted.ts';
import type { DriveOptions } from './drive-options.ts';
import { bestEdition, editionsAllowed } from './edition-probes.ts';
import { faultOf } from './fault.ts';
import { creationOf, variants } from './goals.ts';
import { type Implementation, Lab, Stopped } from './lab.ts';
import { eventsOf } from './on-record.ts';
import { Player } from './player.ts';
import { failingCreations, picksFor, randomRun } from './random.ts';
import { type Report, reportOf } from './report.ts';
import { resend } from './resend.ts';
import type { Plan } from './run.ts';
import { formsScripts, keyScripts, plainScripts, type Script } from './scripts.ts';
import { Agenda, walk } from './walk.ts';
import { worldKeyScripts, worldScripts } from './world-scripts.ts';

export type { DriveOptions } from './drive-options.ts';
export type { Finding } from './findings.ts';
export type { Implementation } from './lab.ts';
export type { Report } from './report.ts';

/**
 * Drives an implementation and judges every answer: first everything that the machine tells, then random sequences.
 * Goes on after a violation, and gives every distinct one.
 */
export const drive = (implementation: Implementation, options: DriveOptions): Promise<Report> =>
  new Drive(implementation, options).run();

const stagnation = 25;
/** A script is played so often around what is wrong, as long as there is room for so many stores besides. */
const mostTries = 3;
const roomForOthers = 5;

class Drive {
  readonly #options: DriveOptions;
  readonly #player: Player;
  readonly #lab: Lab;
  #stoppedEarly = false;
  #unit = 0;

  constructor(implementation: Implementation, options: DriveOptions) {
    const { editions, answers, worldIs, consistency, dates } = options;
    const world = drivenWorld(options.world);
    this.#options = options;
    this.#lab = new Lab(implementation, {
      world,
      tag: options.tag ?? 'test',
      patience: options.patience ?? 30_000,
      skip: new Set(options.skip),
      ...(options.created && { created: options.created }),
      ...(options.gone && { gone: options.gone }),
      ...(options.stop && { stop: options.stop }),
    });
    const judging = {
      edition: editions,
      answers,
      world: worldOf(world, unknownWorld),
      ...(worldIs && { worldIs }),
      ...(consistency && { consistency }),
      ...(dates && { dates }),
    };
    this.#player = new Player(this.#lab, judging, world, options);
  }

  async run(): Promise<Report> {
    try {
      if (await this.#prepare()) {
        if (this.#options.replay !== undefined) await this.#again(this.#options.replay);
        else {
          await this.#chooseEdition();
          if (this.#options.systematic !== false) await this.#systematic();
          // The stores with keys stay behind: with their clusters, if these are few.
          const few = this.#lab.declared.values.has(clusters[0]);
          if (!few) await this.#withKeys();
          await this.#random();
          if (few) await this.#withKeys();
        }
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      this.#stoppedEarly = true;
      this.#player.notes.push(`stopped early: ${error.message}`);
    }
    return this.#report();
  }

  /** Looks at what is there already; false if nothing can be done. */
  async #prepare(): Promise<boolean> {
    const stores = await this.#lab.survey();
    if (stores === undefined) return false;
    this.#lab.before = stores.length;
    for (const { CustomKeyStoreId } of stores) this.#lab.hide(String(CustomKeyStoreId));
    if (stores.length > 0)
      this.#player.notes.push(`${counted(stores.length, 'custom key store')} there before: not touched`);
    return true;
  }

  /** Where no edition fits everything that tells them apart, the one that fits best is what the rest is judged by. */
  async #chooseEdition(): Promise<void> {
    const { systematic = true, only, progress } = this.#options;
    if (!systematic || only !== undefined || this.#player.editions.length < 2) return;
    const { allowed, events } = await editionsAllowed(this.#lab, this.#player.judging, progress);
    this.#player.events += events;
    const best = bestEdition(allowed);
    if (best === undefined) return;
    const { edition, fits } = best;
    this.#player.notes.push(
      `no edition fits all that tells them apart; judged by ${edition}, which fits ${fits} of ${allowed.length}`,
    );
    this.#player.judgeBy(edition);
  }

  async #systematic(): Promise<void> {
    const { only } = this.#options;
    const agenda = new Agenda((number, { request }) => this.#isMine(number) && !this.#isOut(request.op));
    const { declared } = this.#lab;
    const failing = failingCreations([...declared.failing]);
    const starts: readonly (readonly [string, object])[] = [
      ...variants.map((variant) => [variant, creationOf[variant]()] as const),
      ...failing.map((creation) => ['a store that fails to connect', creation] as const),
    ];
    // Round after round, so that every kind of store has shown its plain faults before any is looked at in depth.
    const idle = new Set<object>();
    for (let round = 0; idle.size < starts.length && round < 40; round++) {
      for (const start of starts) {
        if (idle.has(start)) continue;
        const [what, creation] = start;
        const left = agenda.size;
        const overlooked = this.#lab.overlooked.size;
        this.#options.progress?.(`walking: ${what}`);
        const { stuck } = await this.#player.play(async (run) => void (await walk(run, creation, agenda)));
        for (const state of stuck)
          this.#player.notes.push(`a store stayed in ${state} for longer than --patience allows`);
        if (agenda.size === left || stuck.size > 0) idle.add(start);
        // What kept others from going on does not any more.
        if (this.#lab.overlooked.size > overlooked) idle.clear();
      }
      // What two stores may not share comes next: it is soon done, and often wrong.
      if (round === 0 && only === undefined) await this.#play(plainScripts(variants));
    }
    if (only === undefined) await this.#play([...formsScripts(variants), ...worldScripts(this.#lab.usable)]);
  }

  async #play(scripts: readonly Script[]): Promise<void> {
    for (const script of scripts) {
      if (!this.#isMine(this.#unit++)) continue;
      this.#options.progress?.(script.name);
      await this.#player.play((run) => script.play(run));
    }
  }

  async #random(): Promise<void> {
    const { seed, runs, only, time = Number.POSITIVE_INFINITY } = this.#options;
    if (only !== undefined) return;
    const until = performance.now() + time;
    let idle = 0;
    let covered = 0;
    for (let number = 0; number < runs && idle < stagnation; number++) {
      if (!this.#isMine(number)) continue;
      if (performance.now() > until) {
        this.#player.notes.push(`the time was over after ${number} of ${runs} random sequences`);
        return;
      }
      this.#options.progress?.(`random sequence ${number + 1} of ${runs}`);
      await this.#player.play((run) => randomRun(run, picksFor(seed, number), this.#player.tally, this.#player.avoid));
      const now = this.#player.coverage.size + this.#player.tally.size / 8;
      idle = now > covered ? 0 : idle + 1;
      covered = now;
    }
  }

  async #withKeys(): Promise<void> {
    const { withKeys, systematic = true } = this.#options;
    if (!systematic || !withKeys || this.#lab.lacks('CreateKey') || this.#isOut('CreateKey')) return;
    for (const script of [...keyScripts(variants), ...worldKeyScripts(this.#lab.usable)]) {
      if (this.#isMine(this.#unit++)) await this.#playAround(script);
    }
  }

  /** Plays a script again without the operations that were wrong, as far as there is room: one fault is to hide no other. */
  async #playAround(script: Script): Promise<void> {
    const wrong = new Set<Operation>();
    for (let tries = 0; tries < mostTries; tries++) {
      this.#options.progress?.(script.name);
      const { failedAt } = await this.#player.play((run) => {
        for (const op of wrong) run.passedOver.add(op);
        return script.play(run);
      });
      const hasRoom = this.#lab.canStartOver || this.#lab.room > roomForOthers;
      if (failedAt === undefined || wrong.has(failedAt) || !hasRoom) return;
      wrong.add(failedAt);
    }
  }

  async #again(plans: readonly Plan[]): Promise<void> {
    const failure = await resend(this.#lab, plans, this.#player.judging);
    if (failure === undefined) return;
    const fault = faultOf(failure.violation, eventsOf(failure.steps));
    this.#player.findings.add({ ...failure, fault, again: { of: 1, seen: 1 } });
  }

  #isMine(number: number): boolean {
    const { shard } = this.#options;
    return shard === undefined || number % shard.of === shard.index;
  }

  #isOut = (op: Operation): boolean => this.#options.only !== undefined && !this.#options.only.includes(op);

  #report(): Report {
    const { replay: replayed, only, skip } = this.#options;
    const { reach, notes, events, editions, findings, judging, coverage, base, inconsistent } = this.#player;
    return reportOf({
      lab: this.#lab,
      reach,
      notes,
      events,
      editions,
      findings: findings.all,
      judging,
      coverage,
      profile: base.profile(),
      inconsistent,
      stoppedEarly: this.#stoppedEarly,
      isReplay: replayed !== undefined,
      only,
      skip,
    });
  }
}
