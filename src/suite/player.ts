import { CoverageRecorder } from '../oracle/coverage.ts';
import type { HistoryEvent } from '../oracle/history.ts';
import { createOracle, type Oracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import { defaultEdition } from '../spec/editions.ts';
import { healthyWorld } from '../spec/facts.ts';
import type { Account } from '../spec/model.ts';
import type { Edition, Operation } from '../spec/vocabulary.ts';
import { type WorldFile, worldOf } from '../spec/world.ts';
import type { DriveOptions } from './drive-options.ts';
import { type Fault, faultOf } from './fault.ts';
import { Findings } from './findings.ts';
import { type Lab, Stopped } from './lab.ts';
import { Lessons } from './lessons.ts';
import { eventsOf } from './on-record.ts';
import { Overlooked } from './overlooked.ts';
import { placesLike, type Tally } from './random.ts';
import { Reach } from './reach.ts';
import { Run, Violated } from './run.ts';
import { sweep } from './sweep.ts';

/** What came of a sequence besides what was found. */
export interface Played {
  /** Connection states that stores did not leave in time. */
  readonly stuck: ReadonlySet<string>;
  /** The operation of the answer that was not allowed, if there was one. */
  readonly failedAt?: Operation;
}

/** With less room than for so many stores, it is worth while to delete again what could not be deleted. */
const fewStores = 5;

/** When so many sequences have ended with the same wrong member, it is overlooked. */
const mostRecurring = 3;

/** Plays sequences, one after the other, and keeps what they teach and what they find. */
export class Player {
  readonly lab: Lab;
  readonly coverage: CoverageRecorder;
  readonly reach: Reach;
  readonly findings: Findings;
  readonly notes: string[] = [];
  readonly inconsistent = new Set<string>();
  /** What random sequences have tried, and where not to go again. */
  readonly tally: Tally = new Map();
  readonly avoid = new Set<string>();
  judging: OracleOptions;
  editions: readonly Edition[];
  /** How many answers were judged. */
  events = 0;
  /** What is believed before a sequence begins: that there is no store, and what was learned. */
  base: Oracle;
  readonly #lessons = new Lessons();
  /** How many sequences have ended with each wrong member of an answer. */
  readonly #recurring = new Map<string, number>();
  #unansweredBefore = 0;

  constructor(lab: Lab, judging: OracleOptions, world: WorldFile, options: DriveOptions) {
    this.lab = lab;
    this.judging = judging;
    this.editions = options.editions;
    this.base = createOracle(judging);
    this.findings = new Findings(options);
    this.coverage = new CoverageRecorder(worldOf(world, healthyWorld));
    this.reach = new Reach(
      worldOf(world, () => undefined),
      lab.options.tag,
    );
  }

  /** From now on answers are judged by one edition. */
  judgeBy(edition: Edition): void {
    this.editions = [edition];
    this.judging = { ...this.judging, edition: [edition] };
    this.base = createOracle(this.judging);
  }

  /** Runs one sequence, and takes up what it finds. */
  async play(sequence: (run: Run) => Promise<void>): Promise<Played> {
    await this.#makeRoom();
    if (!this.lab.hasRoom && !(await this.lab.startOver()))
      throw new Stopped('no room for another store; what was created could not be deleted');
    await this.lab.surveyAgain();
    const run = new Run(this.lab, this.base.fork(), (event, before, after, oracle) =>
      this.#watch(event, before, after, oracle),
    );
    let failure: Violated | undefined;
    try {
      await sequence(run);
      await run.cleanUp();
    } catch (error) {
      if (!(error instanceof Violated)) {
        await sweep(this.lab, run.made, run.leavesKeys);
        throw error;
      }
      failure = error;
    }
    this.events += run.steps.length;
    for (const question of run.inconsistent) this.inconsistent.add(question);
    const isClean = !run.oracle.mayHave() && [...run.made].every((id) => !this.lab.ours.has(id));
    if (failure === undefined && isClean) {
      this.#lessons.add(this.base, run.steps);
      this.base = run.oracle;
    }
    if (failure === undefined) this.editions = run.oracle.editions();
    const left = [...run.made].filter((id) => failure !== undefined || this.lab.ours.has(id));
    await sweep(this.lab, left, run.leavesKeys);
    if (failure !== undefined) await this.#take(failure);
    return { stuck: run.stuck, ...(failure && { failedAt: failure.violation.event.op }) };
  }

  /** Where answers got lost, stores may be left that can be deleted after all. */
  async #makeRoom(): Promise<void> {
    const { unanswered, room, ours } = this.lab;
    if (room > fewStores || unanswered === this.#unansweredBefore) return;
    this.#unansweredBefore = unanswered;
    await sweep(this.lab, [...ours.keys()]);
  }

  #watch(event: HistoryEvent, before: Account, after: Account, oracle: Oracle): void {
    const edition = oracle.editions()[0] ?? defaultEdition;
    this.coverage.add(event, before, after, edition);
    this.reach.look(event, before, edition);
  }

  async #take(failure: Violated): Promise<void> {
    const { violation } = failure;
    const edition = this.editions[0] ?? defaultEdition;
    for (const account of violation.before.slice(0, 1)) this.coverage.addViolation(violation.event, account, edition);
    for (const place of placesLike(failure, this.tally)) this.avoid.add(place);
    await this.findings.take(this.lab, failure, this.#lessons, this.base, this.judging);
    this.#overlook(faultOf(violation, eventsOf(failure.steps)));
  }

  /** A member that is wrong from the creation on, wherever one looks, is to hide no other fault. */
  #overlook({ op, shows, after = 'Create' }: Fault): void {
    if (!Overlooked.isPossible(shows) || !after.startsWith('Create')) return;
    const what = `${op}: ${shows.join(', ')}`;
    const times = (this.#recurring.get(what) ?? 0) + 1;
    this.#recurring.set(what, times);
    if (times !== mostRecurring) return;
    this.lab.overlooked.add(op, shows);
    this.notes.push(`wrong wherever it showed, and overlooked from then on: ${what}`);
  }
}
