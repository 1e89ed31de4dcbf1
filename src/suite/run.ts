import { type HistoryEvent, isUnanswered } from '../oracle/history.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { Violation } from '../oracle/violation.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account, Store } from '../spec/model.ts';
import type { ConnectionState, Operation } from '../spec/vocabulary.ts';
import { eventOf, type Lab, pause } from './lab.ts';
import { madeBy, namedIn } from './made.ts';
import { Naming } from './naming.ts';

/** One step of a sequence: the request in symbols, and what was sent and observed. */
export interface Step {
  readonly request: Request;
  /** The step is a DescribeCustomKeyStores that was repeated until the store was in this state. */
  readonly awaits?: ConnectionState;
  /** The symbol of what the answer gave: see made.ts. */
  readonly makes?: string;
  /** The number of the sequence that it is from: where several are joined, each has names of its own. */
  readonly part?: number;
  /** Members of the answer that were overlooked, since they are wrong wherever anybody looks. */
  readonly overlooks?: readonly string[];
  readonly event: HistoryEvent;
}

/** A sequence whose last answer is not allowed. */
export interface Failure {
  readonly steps: readonly Step[];
  readonly violation: Violation;
}

/** A symbolic step, to be made again. */
export type Plan = Pick<Step, 'request' | 'awaits' | 'makes' | 'part' | 'overlooks'>;

/** An answer was not allowed: the sequence ends here. */
export class Violated extends Error {
  readonly violation: Violation;
  readonly steps: readonly Step[];

  constructor(violation: Violation, steps: readonly Step[]) {
    super('an answer is not allowed');
    this.violation = violation;
    this.steps = steps;
  }
}

/** Told of every event that conforms, with the accounts that were believed before and after. */
export type Watcher = (event: HistoryEvent, before: Account, after: Account, oracle: Oracle) => void;

/** After so many unanswered creations a sequence creates no more: every one doubles what may be so. */
const mostUnanswered = 2;
/** After so many unanswered requests a sequence tells little that is new, and takes long to judge. */
const mostLost = 10;

const nothing: Account = { stores: [] };

/** One sequence of requests to an implementation, judged as it goes. */
export class Run {
  readonly oracle: Oracle;
  readonly lab: Lab;
  readonly steps: Step[] = [];
  readonly #ids = new Map<string, string>();
  readonly #namings = new Map<number, Naming>();
  /** The names of the sequence that is played: of each that is joined, when they are played again. */
  #naming: Naming;
  #part: number;
  /** What the names of each part have in common. */
  readonly #marks = new Set<string>();
  readonly #watch: Watcher;
  /** An account that is possible after the last event. */
  #believed: Account;
  /** The IDs of the stores that this sequence created. */
  readonly made = new Set<string>();
  /** Questions that were answered in two ways. */
  readonly inconsistent = new Set<string>();
  /** Connection states that stores did not leave in time. */
  readonly stuck = new Set<string>();
  /** How many creations were not answered: what came of them, nobody knows. */
  unanswered = 0;
  #lost = 0;
  /** Operations that are not sent: something is wrong with them that is known. */
  readonly passedOver = new Set<Operation>();
  /** Whether the sequence left a key behind, which keeps its store from being deleted. */
  leavesKeys = false;

  constructor(lab: Lab, oracle: Oracle, watch: Watcher = () => {}) {
    this.lab = lab;
    this.oracle = oracle;
    this.#believed = oracle.possible()[0] ?? nothing;
    this.#watch = watch;
    this.#part = lab.next();
    this.#naming = new Naming(lab.options.tag, this.#part, lab.declared, this.#ids);
    this.#marks.add(this.#naming.mark);
  }

  /** From now on the names are those of this part of what is played again. */
  enter(part: number): void {
    const found =
      this.#namings.get(part) ?? new Naming(this.lab.options.tag, this.lab.next(), this.lab.declared, this.#ids);
    this.#namings.set(part, found);
    this.#naming = found;
    this.#marks.add(found.mark);
    this.#part = part;
  }

  /** Sends a symbolic request and judges the answer. Undefined if the implementation does not have the operation. */
  async send(request: Request, makes?: string): Promise<HistoryEvent | undefined> {
    const mayCreate = this.unanswered < mostUnanswered && !this.lab.isFullBut(this.made);
    if (request.op === 'CreateCustomKeyStore' && !mayCreate) return undefined;
    if (this.passedOver.has(request.op)) return undefined;
    const real = this.#naming.of(request);
    const outcome = await this.lab.send(real, this.#marks);
    if (outcome === undefined) return undefined;
    const event = eventOf(real, outcome);
    if (isUnanswered(event)) {
      this.#lost += 1;
      if (request.op.startsWith('Create')) this.unanswered += 1;
    }
    this.take({ request, event, ...(makes && { makes }) });
    return event;
  }

  /** Is it better to begin anew? */
  get isLost(): boolean {
    return this.#lost >= mostLost;
  }

  /** Takes an answer into account. */
  take(step: Step): void {
    const { event } = step;
    const makes = this.#learn(event, step.makes);
    const overlooks = this.lab.overlooked.in(event.op);
    this.steps.push({ ...step, part: this.#part, ...(makes && { makes }), ...(overlooks.length > 0 && { overlooks }) });
    const before = this.believed();
    const { violation, inconsistent = [] } = this.oracle.observe(event);
    if (violation !== undefined) throw new Violated(violation, this.steps);
    this.#believed = this.oracle.possible()[0] ?? nothing;
    for (const { question } of inconsistent) this.inconsistent.add(question);
    this.#watch(event, before, this.believed(), this.oracle);
    for (const id of this.made) if (this.lab.ours.has(id) && !this.oracle.mayHave(id)) this.lab.forget(id);
  }

  /** One account that is possible now; the first will do to choose what to try next. */
  believed(): Account {
    return this.#believed;
  }

  /** What is believed of the store with this symbol. */
  store(symbol: string): Store | undefined {
    const id = this.#naming.idOf(symbol);
    return this.believed().stores.find((store) => store.id === id);
  }

  /** The symbols of the stores of this sequence that are believed to be there. */
  get present(): readonly string[] {
    return this.believed().stores.flatMap(({ id }) => (this.made.has(id) ? (this.#naming.symbolOf(id) ?? []) : []));
  }

  symbolOf = (id: string): string | undefined => this.#naming.symbolOf(id);

  /** The symbol of what the last answer gave. */
  get latest(): string | undefined {
    return this.steps.at(-1)?.makes;
  }

  /** Creates a store, and gives its symbol; undefined if it was refused. */
  async create(input: object): Promise<string | undefined> {
    const event = await this.send({ op: 'CreateCustomKeyStore', input } as Request);
    return event !== undefined && 'ok' in event ? this.symbolOf(String(event.ok['CustomKeyStoreId'])) : undefined;
  }

  /** Looks at a store. */
  look = (symbol: string): Promise<HistoryEvent | undefined> =>
    this.send({ op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: symbol } });

  /** Looks at a store until it is in a state that it does not leave by itself; the state it is in then. */
  async settle(symbol: string): Promise<ConnectionState | undefined> {
    return this.poll({ op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: symbol } }, symbol, true);
  }

  async poll(
    request: Request,
    symbol: string,
    judgeAll: boolean,
    until?: ConnectionState,
  ): Promise<ConnectionState | undefined> {
    const real = this.#naming.of(request);
    const id = this.#naming.idOf(symbol);
    const start = performance.now();
    for (let tries = 0; ; tries++) {
      const outcome = await this.lab.send(real, this.#marks);
      if (outcome === undefined) return undefined;
      const event = eventOf(real, outcome);
      const state = stateIn(event, id);
      const running = (state === 'CONNECTING' || state === 'DISCONNECTING') && state !== until;
      const waited = performance.now() - start;
      const over = running && waited > this.lab.patienceIn(state);
      const awaits = running || state === undefined ? {} : { awaits: state };
      const settles = running && tries === 0 && (await this.lab.settle());
      if (judgeAll || !running || (over && !settles)) this.take({ request, event, ...awaits });
      if (!running) return state;
      if (settles) continue;
      if (over) {
        this.stuck.add(state);
        this.lab.stuckIn(state);
        return state;
      }
      if (tries > 2) await pause(Math.min(5 + waited / 10, 2000));
    }
  }

  /** Deletes what the sequence created, as far as it can be deleted. */
  async cleanUp(): Promise<void> {
    for (const symbol of this.present) {
      for (let tries = 0; tries < 6; tries++) {
        const store = this.store(symbol);
        if (store === undefined) break;
        if (store.keys.length > 0) break;
        const { connectionState: state } = store;
        const settled =
          state === 'CONNECTING' || state === 'DISCONNECTING' || store.disconnectPending
            ? await this.settle(symbol)
            : state;
        const op =
          settled === 'CONNECTED' || settled === 'FAILED' ? 'DisconnectCustomKeyStore' : 'DeleteCustomKeyStore';
        const event = await this.send({ op, input: { CustomKeyStoreId: symbol } });
        if (event === undefined) break;
        if (this.stuck.size > 0) break;
      }
    }
    if (this.steps.length > 0) await this.send({ op: 'DescribeCustomKeyStores', input: {} });
  }

  /** Gives what came into being a symbol: the one that it had before, or the next. */
  #learn(event: HistoryEvent, before: string | undefined): string | undefined {
    const made = 'ok' in event ? madeBy(event.op, event.ok) : undefined;
    if (made === undefined) return undefined;
    const { kind, id } = made;
    if (kind === 'store') this.made.add(id);
    if (kind === 'key') this.leavesKeys = true;
    const known = namedIn[kind] === undefined ? this.#naming.symbolOf(id) : undefined;
    if (known !== undefined) return known;
    const symbol = before ?? `${kind}-${this.lab.nextSymbol()}`;
    this.#naming.learn(symbol, id);
    return symbol;
  }
}

/** The connection state that a list shows of a store. */
export function stateIn(event: HistoryEvent, id: string | undefined): ConnectionState | undefined {
  if (event.op !== 'DescribeCustomKeyStores' || !('ok' in event)) return undefined;
  const { CustomKeyStores } = event.ok as {
    CustomKeyStores?: readonly { CustomKeyStoreId?: string; ConnectionState?: ConnectionState }[];
  };
  if (!Array.isArray(CustomKeyStores)) return undefined;
  return CustomKeyStores.find((entry) => entry?.CustomKeyStoreId === id)?.ConnectionState;
}
