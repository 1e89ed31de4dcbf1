import { clusters } from '../machine/alphabet.ts';
import { CoverageRecorder } from '../oracle/coverage.ts';
import type { HistoryEvent } from '../oracle/history.ts';
import { createOracle, type Oracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import { defaultEdition } from '../spec/editions.ts';
import { healthyWorld, unknownWorld } from '../spec/facts.ts';
import type { Account } from '../spec/model.ts';
import type { Edition, Operation } from '../spec/vocabulary.ts';
import { drivenWorld, type WorldFile, worldOf } from '../spec/world.ts';
import { counted } from './counted.ts';
import type { DriveOptions } from './drive-options.ts';
import { bestEdition, editionsAllowed } from './edition-probes.ts';
import { type Fault, faultOf } from './fault.ts';
import { Findings } from './findings.ts';
import { creationOf, variants } from './goals.ts';
import { type Implementation, Lab, Stopped } from './lab.ts';
import { Lessons } from './lessons.ts';
import { replay } from './minimize.ts';
import { declaredIn } from './naming.ts';
import { eventsOf } from './on-record.ts';
import { Overlooked } from './overlooked.ts';
import { failingCreations, picksFor, placesLike, randomRun, type Tally } from './random.ts';
import { Reach } from './reach.ts';
import { type Report, reportOf } from './report.ts';
import { type Plan, Run, Violated } from './run.ts';
import { formsScripts, keyScripts, plainScripts, type Script } from './scripts.ts';
import { sweep } from './sweep.ts';
import { withoutTaken } from './taken.ts';
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
/** With less room than for so many stores, it is worth while to delete again what could not be deleted. */
const fewStores = 5;

/** What came of a sequence besides what was found. */
interface Played {
  /** Connection states that stores did not leave in time. */
  readonly stuck: ReadonlySet<string>;
  /** The operation of the answer that was not allowed, if there was one. */
  readonly failedAt?: Operation;
}

/** When so many sequences have ended with the same wrong member, it is overlooked. */
const mostRecurring = 3;

/** A script is played so often around what is wrong, as long as there is room for so many stores besides. */
const mostTries = 3;
const roomForOthers = 5;

class Drive {
  readonly #options: DriveOptions;
  #oracleOptions: OracleOptions;
  readonly #lab: Lab;
  readonly #coverage: CoverageRecorder;
  readonly #reach: Reach;
  readonly #findings: Findings;
  readonly #notes: string[] = [];
  readonly #inconsistent = new Set<string>();
  readonly #tally: Tally = new Map();
  readonly #avoid = new Set<string>();
  readonly #lessons = new Lessons();
  /** How many sequences have ended with each wrong member of an answer. */
  readonly #recurring = new Map<string, number>();
  #base: Oracle;
  /** What is declared of the world, but for what stores hold that were there before. */
  #usable: WorldFile;
  #editions: readonly Edition[];
  #events = 0;
  #stoppedEarly = false;
  #unansweredBefore = 0;
  #unit = 0;

  constructor(implementation: Implementation, options: DriveOptions) {
    const { editions, answers, worldIs, consistency } = options;
    const world = drivenWorld(options.world);
    this.#options = options;
    this.#usable = world;
    this.#editions = editions;
    this.#oracleOptions = {
      edition: editions,
      answers,
      world: worldOf(world, unknownWorld),
      ...(worldIs && { worldIs }),
      ...(consistency && { consistency }),
    };
    this.#base = createOracle(this.#oracleOptions);
    this.#findings = new Findings(options);
    this.#coverage = new CoverageRecorder(worldOf(world, healthyWorld));
    this.#reach = new Reach(
      worldOf(world, () => undefined),
      options.tag ?? 'test',
    );
    this.#lab = new Lab(implementation, {
      declared: declaredIn(world),
      tag: options.tag ?? 'test',
      patience: options.patience ?? 30_000,
      skip: new Set(options.skip),
      ...(options.created && { created: options.created }),
      ...(options.gone && { gone: options.gone }),
      ...(options.stop && { stop: options.stop }),
    });
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
      this.#notes.push(`stopped early: ${error.message}`);
    }
    return this.#report();
  }

  /** Looks at what is there already; false if nothing can be done. */
  async #prepare(): Promise<boolean> {
    const stores = await this.#lab.list();
    if (stores === undefined) return false;
    this.#lab.before = stores.length;
    for (const { CustomKeyStoreId } of stores) this.#lab.hide(String(CustomKeyStoreId));
    this.#usable = withoutTaken(this.#usable, stores);
    this.#lab.declared = declaredIn(this.#usable);
    if (stores.length > 0) this.#notes.push(`${counted(stores.length, 'custom key store')} there before: not touched`);
    return true;
  }

  /** Where no edition fits everything that tells them apart, the one that fits best is what the rest is judged by. */
  async #chooseEdition(): Promise<void> {
    const { systematic = true, only, progress } = this.#options;
    if (!systematic || only !== undefined || this.#editions.length < 2) return;
    const { allowed, events } = await editionsAllowed(this.#lab, this.#oracleOptions, progress);
    this.#events += events;
    const best = bestEdition(allowed);
    if (best === undefined) return;
    const { edition, fits } = best;
    this.#notes.push(
      `no edition fits all that tells them apart; judged by ${edition}, which fits ${fits} of ${allowed.length}`,
    );
    this.#editions = [edition];
    this.#oracleOptions = { ...this.#oracleOptions, edition: [edition] };
    this.#base = createOracle(this.#oracleOptions);
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
        const { stuck } = await this.#sequence(async (run) => void (await walk(run, creation, agenda)));
        for (const state of stuck) this.#notes.push(`a store stayed in ${state} for longer than --patience allows`);
        if (agenda.size === left || stuck.size > 0) idle.add(start);
        // What kept others from going on does not any more.
        if (this.#lab.overlooked.size > overlooked) idle.clear();
      }
      // What two stores may not share comes next: it is soon done, and often wrong.
      if (round === 0 && only === undefined) await this.#play(plainScripts(variants));
    }
    if (only === undefined) await this.#play([...formsScripts(variants), ...worldScripts(this.#usable)]);
  }

  async #play(scripts: readonly Script[]): Promise<void> {
    for (const script of scripts) {
      if (!this.#isMine(this.#unit++)) continue;
      this.#options.progress?.(script.name);
      await this.#sequence((run) => script.play(run));
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
        this.#notes.push(`the time was over after ${number} of ${runs} random sequences`);
        return;
      }
      this.#options.progress?.(`random sequence ${number + 1} of ${runs}`);
      await this.#sequence((run) => randomRun(run, picksFor(seed, number), this.#tally, this.#avoid));
      const now = this.#coverage.size + this.#tally.size / 8;
      idle = now > covered ? 0 : idle + 1;
      covered = now;
    }
  }

  async #withKeys(): Promise<void> {
    const { withKeys, systematic = true } = this.#options;
    if (!systematic || !withKeys || this.#lab.lacks('CreateKey') || this.#isOut('CreateKey')) return;
    for (const script of [...keyScripts(variants), ...worldKeyScripts(this.#usable)]) {
      if (this.#isMine(this.#unit++)) await this.#playAround(script);
    }
  }

  /** Plays a script again without the operations that were wrong, as far as there is room: one fault is to hide no other. */
  async #playAround(script: Script): Promise<void> {
    const wrong = new Set<Operation>();
    for (let tries = 0; tries < mostTries; tries++) {
      this.#options.progress?.(script.name);
      const { failedAt } = await this.#sequence((run) => {
        for (const op of wrong) run.passedOver.add(op);
        return script.play(run);
      });
      const hasRoom = this.#lab.canStartOver || this.#lab.room > roomForOthers;
      if (failedAt === undefined || wrong.has(failedAt) || !hasRoom) return;
      wrong.add(failedAt);
    }
  }

  async #again(plans: readonly Plan[]): Promise<void> {
    const failure = await replay(this.#lab, plans, this.#oracleOptions);
    if (failure === undefined) return;
    const fault = faultOf(failure.violation, eventsOf(failure.steps));
    this.#findings.add({ ...failure, fault, again: { of: 1, seen: 1 } });
  }

  #isMine(number: number): boolean {
    const { shard } = this.#options;
    return shard === undefined || number % shard.of === shard.index;
  }

  #isOut = (op: Operation): boolean => this.#options.only !== undefined && !this.#options.only.includes(op);

  /** Runs one sequence, and takes up what it finds. */
  async #sequence(play: (run: Run) => Promise<void>): Promise<Played> {
    await this.#makeRoom();
    if (!this.#lab.hasRoom && !(await this.#lab.startOver()))
      throw new Stopped('no room for another store; what was created could not be deleted');
    const run = new Run(this.#lab, this.#base.fork(), (event, before, after, oracle) =>
      this.#watch(event, before, after, oracle),
    );
    let failure: Violated | undefined;
    try {
      await play(run);
      await run.cleanUp();
    } catch (error) {
      if (!(error instanceof Violated)) {
        await sweep(this.#lab, run.made, run.leavesKeys);
        throw error;
      }
      failure = error;
    }
    this.#events += run.steps.length;
    for (const question of run.inconsistent) this.#inconsistent.add(question);
    const isClean = !run.oracle.mayHave() && [...run.made].every((id) => !this.#lab.ours.has(id));
    if (failure === undefined && isClean) {
      this.#lessons.add(this.#base, run.steps);
      this.#base = run.oracle;
    }
    if (failure === undefined) this.#editions = run.oracle.editions();
    const left = [...run.made].filter((id) => failure !== undefined || this.#lab.ours.has(id));
    await sweep(this.#lab, left, run.leavesKeys);
    if (failure !== undefined) await this.#take(failure);
    return { stuck: run.stuck, ...(failure && { failedAt: failure.violation.event.op }) };
  }

  /** Where answers got lost, stores may be left that can be deleted after all. */
  async #makeRoom(): Promise<void> {
    const { unanswered, room, ours } = this.#lab;
    if (room > fewStores || unanswered === this.#unansweredBefore) return;
    this.#unansweredBefore = unanswered;
    await sweep(this.#lab, [...ours.keys()]);
  }

  #watch(event: HistoryEvent, before: Account, after: Account, oracle: Oracle): void {
    const edition = oracle.editions()[0] ?? defaultEdition;
    this.#coverage.add(event, before, after, edition);
    this.#reach.look(event, before, edition);
  }

  async #take(failure: Violated): Promise<void> {
    const { violation } = failure;
    const edition = this.#editions[0] ?? defaultEdition;
    for (const account of violation.before.slice(0, 1)) this.#coverage.addViolation(violation.event, account, edition);
    for (const place of placesLike(failure, this.#tally)) this.#avoid.add(place);
    await this.#findings.take(this.#lab, failure, this.#lessons, this.#base, this.#oracleOptions);
    this.#overlook(faultOf(violation, eventsOf(failure.steps)));
  }

  /** A member that is wrong wherever one looks is to hide no other fault. */
  #overlook({ op, shows }: Fault): void {
    if (!Overlooked.isPossible(shows)) return;
    const what = `${op}: ${shows.join(', ')}`;
    const times = (this.#recurring.get(what) ?? 0) + 1;
    this.#recurring.set(what, times);
    if (times !== mostRecurring) return;
    this.#lab.overlooked.add(op, shows);
    this.#notes.push(`wrong wherever it showed, and overlooked from then on: ${what}`);
  }

  #report(): Report {
    const { replay: replayed, only, skip } = this.#options;
    return reportOf({
      lab: this.#lab,
      reach: this.#reach,
      notes: this.#notes,
      events: this.#events,
      editions: this.#editions,
      findings: this.#findings.all,
      judging: this.#oracleOptions,
      coverage: this.#coverage,
      profile: this.#base.profile(),
      inconsistent: this.#inconsistent,
      stoppedEarly: this.#stoppedEarly,
      isReplay: replayed !== undefined,
      only,
      skip,
    });
  }
}
