import { type HistoryEvent, isUnanswered, type ObservedOutcome, type Output } from '../oracle/history.ts';
import { bareErrorName } from '../spec/errors.ts';
import type { Request } from '../spec/inputs.ts';
import type { Operation } from '../spec/vocabulary.ts';
import type { WorldFile } from '../spec/world.ts';
import { isInternal, isMissing, isThrottled } from './beside-the-point.ts';
import { type Declared, declaredIn } from './naming.ts';
import { Overlooked } from './overlooked.ts';
import { withoutTaken } from './taken.ts';

/** An implementation that can be driven: it answers requests. */
export interface Implementation {
  send(request: Request): Promise<ObservedOutcome>;
  /** Lets time pass until nothing runs any more; false if it cannot. */
  settle?(): Promise<boolean>;
  /** Forgets every store and key. */
  reset?(): Promise<void>;
}

/** Nobody gets more stores than this at a time. */
export const mostStores = 10;

/** So many stores are waited for in vain. */
const mostStuck = 2;

/** How an implementation is to be treated. */
export interface LabOptions {
  /** What is declared of the world. */
  readonly world: WorldFile;
  /** The mark of the run, in the names of all that it creates. */
  readonly tag: string;
  /** For how long to wait for something that happens by itself; milliseconds. */
  readonly patience: number;
  /** Operations that are never sent. */
  readonly skip: ReadonlySet<Operation>;
  /** Told of every store and key that comes into being, before anything else happens. */
  readonly created?: (id: string, kind: 'store' | 'key') => void;
  readonly gone?: (id: string) => void;
  readonly stop?: () => boolean;
}

/** The run was interrupted, or there is no room for another store. */
export class Stopped extends Error {}

/**
 * The implementation, with what a run has to remember of it: which stores are ours, which were there before or were
 * left behind (nobody may notice them), and which operations it does not have.
 */
export class Lab {
  readonly options: LabOptions;
  readonly #implementation: Implementation;
  /** Operations that the implementation does not have, with the answer that told. */
  readonly missing = new Map<Operation, string>();
  /** The stores that this run created, and that are still there. */
  readonly ours = new Map<string, string>();
  readonly keys = new Set<string>();
  readonly overlooked = new Overlooked();
  /** Stores that the sequence in hand must not see. */
  readonly #hidden = new Set<string>();
  /** Was a creation ever left unanswered? What it made may show up at any time. */
  #mayHaveStrays = false;
  /** What is declared of the world, but for what stores hold that no sequence knows of. */
  usable: WorldFile;
  /** What the values of the alphabet stand for. */
  declared: Declared;
  /** Does the world declare anything that a store could hold? */
  readonly #declares: boolean;
  /** The stores that were there when that was looked at. */
  #surveyed: string | undefined;
  /** How many stores were there before. */
  before = 0;
  readonly #succeeded = new Set<Operation>();
  readonly #tally = new Map<string, number>();
  requests = 0;
  internalFaults = 0;
  /** How many requests got no answer, or one that says nothing. */
  unanswered = 0;
  readonly #failures = new Map<Operation, number>();
  readonly #stuck = new Map<string, number>();
  #sequences = 0;
  #symbols = 0;

  constructor(implementation: Implementation, options: LabOptions) {
    this.#implementation = implementation;
    this.options = options;
    this.usable = options.world;
    this.declared = declaredIn(this.usable);
    this.#declares = this.declared.values.size > 0;
  }

  /** A number for a new sequence. */
  next(): number {
    this.#sequences += 1;
    return this.#sequences;
  }

  /** A number for the symbol of a store or key; no two sequences share one, so that they can be joined. */
  nextSymbol(): number {
    this.#symbols += 1;
    return this.#symbols;
  }

  hide(id: string): void {
    this.#hidden.add(id);
  }

  show(id: string): void {
    this.#hidden.delete(id);
  }

  get hasRoom(): boolean {
    return this.room > 0;
  }

  /** How many more stores there may be. */
  get room(): number {
    return mostStores - this.before - this.ours.size;
  }

  /** For how long to wait for a store to leave this state: not for long again where several have not. */
  patienceIn = (state: string): number =>
    (this.#stuck.get(state) ?? 0) < mostStuck ? this.options.patience : this.options.patience / 100;

  /** A store did not leave the state in time. */
  stuckIn(state: string): void {
    this.#stuck.set(state, (this.#stuck.get(state) ?? 0) + 1);
  }

  /** Lets time pass, where the implementation can be told to. */
  settle = async (): Promise<boolean> => (await this.#implementation.settle?.()) ?? false;

  get canStartOver(): boolean {
    return this.#implementation.reset !== undefined;
  }

  /** Makes room by forgetting everything, where the implementation can be told to. */
  async startOver(): Promise<boolean> {
    if (this.#implementation.reset === undefined) return false;
    await this.#implementation.reset();
    for (const id of this.ours.keys()) this.options.gone?.(id);
    for (const forgotten of [this.ours, this.keys, this.#hidden]) forgotten.clear();
    this.before = 0;
    return true;
  }

  /** What each operation was answered, and how often. */
  get tally(): ReadonlyMap<string, number> {
    return this.#tally;
  }

  succeeded = (op: Operation): boolean => this.#succeeded.has(op);

  lacks = (op: Operation): boolean => this.options.skip.has(op) || this.missing.has(op);

  /**
   * Sends a request; no outcome if the implementation does not have the operation.
   *
   * @param marks what the names of the sequence have in common: others may have come late
   */
  async send(request: Request, marks: ReadonlySet<string> = new Set()): Promise<ObservedOutcome | undefined> {
    const { op } = request;
    const outcome = await this.#ask(request);
    if (outcome === undefined) return undefined;
    const visible = op === 'DescribeCustomKeyStores' ? this.#visible(request, outcome, marks) : outcome;
    return this.overlooked.outOf(op, visible);
  }

  /** The answer as it comes. */
  async #ask(request: Request): Promise<ObservedOutcome | undefined> {
    const { op } = request;
    if (this.lacks(op)) return undefined;
    if (this.options.stop?.()) throw new Stopped('interrupted');
    if (op === 'CreateCustomKeyStore' && !this.hasRoom) throw new Stopped('no room for another store');
    const outcome = await this.#patiently(request);
    this.requests += 1;
    const name = 'error' in outcome ? bareErrorName(outcome.error) : 'ok' in outcome ? 'ok' : 'unknown';
    this.#tally.set(`${op} ${name}`, (this.#tally.get(`${op} ${name}`) ?? 0) + 1);
    if (isInternal(outcome)) this.internalFaults += 1;
    const isOutOfReach = isMissing(outcome) || isThrottled(outcome) || this.#failsAlways(op, outcome);
    if (!this.#succeeded.has(op) && isOutOfReach) {
      this.missing.set(
        op,
        'error' in outcome ? `${bareErrorName(outcome.error)}${outcome.status ? ` (${outcome.status})` : ''}` : '',
      );
      return undefined;
    }
    if ('ok' in outcome) this.#note(request, outcome.ok);
    if (isUnanswered(eventOf(request, outcome))) {
      this.unanswered += 1;
      if (op === 'CreateCustomKeyStore') this.#mayHaveStrays = true;
    }
    return outcome;
  }

  /** All that is there now; sent again while there is no answer. */
  async list(): Promise<readonly Output[] | undefined> {
    for (let tries = 0; tries < mostTries; tries++) {
      const seen = await this.#ask({ op: 'DescribeCustomKeyStores', input: {} });
      if (seen === undefined) return undefined;
      const list = 'ok' in seen ? seen.ok['CustomKeyStores'] : undefined;
      if (Array.isArray(list)) return list.filter((entry) => typeof entry === 'object' && entry !== null);
      if (!isUnanswered(eventOf({ op: 'DescribeCustomKeyStores', input: {} }, seen))) return [];
    }
    return [];
  }

  /** Looks at what is there. What it holds of the declared world is not for the sequences to come. */
  async survey(): Promise<readonly Output[] | undefined> {
    const stores = await this.list();
    this.usable = withoutTaken(this.options.world, stores ?? []);
    this.declared = declaredIn(this.usable);
    this.#surveyed = this.#present;
    return stores;
  }

  /** The same, if a store has stayed behind since, or has gone after all. */
  async surveyAgain(): Promise<void> {
    if (this.#declares && this.#surveyed !== this.#present) await this.survey();
  }

  /** What is there, as far as this run knows. */
  get #present(): string {
    return [this.before, ...this.ours.keys()].join(' ');
  }

  /** Sends a request again for as long as it is throttled; an operation that never is answered is as good as missing. */
  async #patiently(request: Request): Promise<ObservedOutcome> {
    let outcome = await this.#implementation.send(request);
    let left = this.options.patience;
    for (let tries = 0; isThrottled(outcome) && tries < mostTries; tries++) {
      const wait = Math.min(shortestPause * 2 ** tries, left);
      if (wait > 0) await pause(wait);
      left -= wait;
      if (this.options.stop?.()) throw new Stopped('interrupted');
      outcome = await this.#implementation.send(request);
    }
    return outcome;
  }

  /** An operation that never did anything but fail inside is as good as missing. */
  #failsAlways(op: Operation, outcome: ObservedOutcome): boolean {
    if (!isInternal(outcome)) return false;
    const times = (this.#failures.get(op) ?? 0) + 1;
    this.#failures.set(op, times);
    return times >= 3;
  }

  /** Takes over what is listed, was not there before, and whose creation was never answered: it may have come late. */
  async adopt(): Promise<readonly string[]> {
    if (!this.#mayHaveStrays) return [];
    const found: string[] = [];
    for (const { CustomKeyStoreId: id, CustomKeyStoreName: name } of (await this.list()) ?? []) {
      if (typeof id !== 'string' || this.ours.has(id) || this.#hidden.has(id)) continue;
      if (this.before > 0 && !String(name).includes(this.options.tag)) continue;
      this.ours.set(id, String(name));
      this.options.created?.(id, 'store');
      found.push(id);
    }
    return found;
  }

  #note({ op, input }: Request, ok: Output): void {
    this.#succeeded.add(op);
    if (op === 'CreateCustomKeyStore' && typeof ok['CustomKeyStoreId'] === 'string') {
      this.ours.set(ok['CustomKeyStoreId'], input.CustomKeyStoreName);
      this.options.created?.(ok['CustomKeyStoreId'], 'store');
    }
    if (op === 'CreateKey') {
      const { KeyId } = (ok['KeyMetadata'] ?? {}) as { KeyId?: unknown };
      if (typeof KeyId !== 'string') return;
      this.keys.add(KeyId);
      this.options.created?.(KeyId, 'key');
    }
  }

  /** A store of ours is known to be gone. */
  forget(id: string): void {
    if (!this.ours.delete(id)) return;
    this.options.gone?.(id);
  }

  /** The list without the stores that are none of the sequence's business. */
  #visible({ input }: Request, outcome: ObservedOutcome, marks: ReadonlySet<string>): ObservedOutcome {
    if (!('ok' in outcome) || !Array.isArray(outcome.ok['CustomKeyStores'])) return outcome;
    const list = outcome.ok['CustomKeyStores'] as readonly unknown[];
    if (this.#hidden.size === 0 && this.before === 0 && !this.#mayHaveStrays) return outcome;
    const { CustomKeyStoreId } = input as { CustomKeyStoreId?: string };
    const shown = list.filter((entry) => {
      const { CustomKeyStoreId: id, CustomKeyStoreName: name } = (entry ?? {}) as Output;
      if (id === CustomKeyStoreId || typeof id !== 'string') return true;
      if (this.#hidden.has(id) || this.#isStray(String(name), marks)) return false;
      return this.before === 0 || this.ours.has(id) || String(name).includes(this.options.tag);
    });
    return shown.length === list.length ? outcome : { ...outcome, ok: { ...outcome.ok, CustomKeyStores: shown } };
  }

  /** Is it a store that another sequence asked for, and never heard of? */
  #isStray(name: string, marks: ReadonlySet<string>): boolean {
    if (!this.#mayHaveStrays || marks.size === 0 || !name.includes(this.options.tag)) return false;
    return ![...marks].some((mark) => name.includes(mark));
  }

  /** May lists be cut into pages? Not while something is there that is to be overlooked. */
  get seesAll(): boolean {
    return this.before === 0 && !this.#mayHaveStrays && [...this.#hidden].every((id) => !this.ours.has(id));
  }

  /** Do the stores that a sequence did not make fill the account, as far as a quota is declared? */
  isFullBut(made: ReadonlySet<string>): boolean {
    const { quota = Number.POSITIVE_INFINITY } = this.declared;
    const others = this.before + [...this.ours.keys()].filter((id) => !made.has(id)).length;
    return others > 0 && this.before + this.ours.size >= quota;
  }
}

/** How often a throttled request is sent again, and the first pause before that, in milliseconds; each next is double. */
const mostTries = 8;
const shortestPause = 50;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export const eventOf = (request: Request, outcome: ObservedOutcome): HistoryEvent =>
  ({ ...request, ...outcome }) as HistoryEvent;
