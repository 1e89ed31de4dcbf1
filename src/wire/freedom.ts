import { completed } from '../machine/types.ts';
import { healthyWorld, unknownWorld, type World } from '../spec/facts.ts';
import type { ProxyFaultName } from '../spec/proxy-faults.ts';
import { choicesOf, fixedChoice, type QuestionId, questionIds, questionOf } from '../spec/questions.ts';
import { type Answers, type Known, known, type Reading } from '../spec/reading.ts';
import { type WorldFile, worldOf } from '../spec/world.ts';
import { oneOfThem } from './chance.ts';
import { placeIn } from './outputs.ts';
import { defaultScope, type Scope } from './scope.ts';

export interface FreedomOptions {
  readonly reading: Reading;
  /** What is declared of clusters, proxies and callers; everything else is healthy. */
  readonly world?: WorldFile;
  /** Decides what is left to chance; without it, the first choice is taken wherever there are several. */
  readonly seed?: number;
  /** Whose stores they are. */
  readonly scope?: Scope;
}

/** What a service takes for granted, request by request: every question is answered, every fact decided. */
export class Freedom {
  readonly #seed: number | undefined;
  readonly #about: readonly [string, string];
  readonly #reading: Reading;
  /** Questions that are answered anew each time, where nobody answered them for good. */
  readonly #fickle: readonly QuestionId[];
  #given: WorldFile;
  #seen: NonNullable<WorldFile['proxies']> = {};
  #world: WorldFile;
  #request: Known | undefined;
  #hidden: Known | undefined;

  constructor({ reading, seed, world = {}, scope = defaultScope }: FreedomOptions) {
    this.#seed = seed;
    this.#about = [scope.owner, scope.region];
    this.#reading = completed(reading);
    this.#given = world;
    this.#world = world;
    this.#fickle = questionIds.filter(
      (id) =>
        questionOf(id).answered === 'each time' &&
        questionOf(id).unasked === undefined &&
        reading.answers[id] === undefined &&
        fixedChoice(id, reading.edition) === undefined,
    );
  }

  setWorld(world: WorldFile): void {
    this.#declare(world);
  }

  /** A proxy was asked, and showed this fault, or none. What a world file declares of it stays. */
  setProxy(uri: string, fault: ProxyFaultName | null): void {
    this.#seen = { ...this.#seen, [uri]: { fault } };
    this.#declare(this.#given);
  }

  /** The same, but for the health of proxies, which is open where no world file declares it. */
  withOpenProxies(number: number): Known {
    const otherwise: World = (fact, about) => (fact === 'proxy.withoutFault' ? undefined : decidedWorld(fact, about));
    const reading = this.#seed === undefined ? this.#reading : this.#readingFor(number);
    return known(reading, worldOf(this.#given, otherwise));
  }

  /** What decides a request: what nobody declared is healthy. */
  ofRequest(number: number): Known {
    if (this.#seed !== undefined) return known(this.#readingFor(number), this.#declared(decidedWorld));
    this.#request ??= known(this.#reading, this.#declared(decidedWorld));
    return this.#request;
  }

  /** The same, with every question left open that is answered anew each time: answers may exclude one another. */
  undecided(): Known {
    const { edition, answers } = this.#reading;
    const lasting = Object.entries(answers).filter(([id]) => questionOf(id as QuestionId).answered === 'once');
    return known({ edition, answers: Object.fromEntries(lasting) as Answers }, this.#declared(decidedWorld));
  }

  /** What decides a hidden step: what nobody declared may be so or not. */
  ofHiddenStep(number: number): Known {
    if (this.#seed !== undefined) return known(this.#readingFor(-number), this.#declared(unknownWorld));
    this.#hidden ??= known(this.#reading, this.#declared(unknownWorld));
    return this.#hidden;
  }

  #declare(world: WorldFile): void {
    this.#given = world;
    const proxies = { ...this.#seen, ...world.proxies };
    this.#world = Object.keys(proxies).length === 0 ? world : { ...world, proxies };
    this.#request = undefined;
    this.#hidden = undefined;
  }

  /** Nothing is asked of a world file that says nothing. */
  #declared(otherwise: World): World {
    return Object.keys(this.#world).length === 0 ? otherwise : worldOf(this.#world, otherwise);
  }

  #readingFor(number: number): Reading {
    const { edition, answers } = this.#reading;
    const now = this.#fickle.map((id) => [
      id,
      oneOfThem(choicesOf(id), this.#seed, ...this.#about, 'answer', id, number),
    ]);
    return { edition, answers: { ...answers, ...(Object.fromEntries(now) as Answers) } };
  }
}

/** Nothing is wrong; but a marker is valid only if this endpoint gave it. */
const decidedWorld: World = (fact, about) =>
  fact === 'marker.valid' ? placeIn(about) !== undefined : healthyWorld(fact, about);
