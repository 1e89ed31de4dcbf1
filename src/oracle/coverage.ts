import { outcomesOf } from '../machine/account.ts';
import { arrows } from '../machine/chart.ts';
import { ruleIds } from '../spec/catalogue.ts';
import { defaultEdition } from '../spec/editions.ts';
import { cellOf, type UpdateField, updatable } from '../spec/eligibility.ts';
import { errors } from '../spec/errors.ts';
import { healthyWorld, type World } from '../spec/facts.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import { type Account, emptyAccount, type Store } from '../spec/model.ts';
import { fieldsGiven } from '../spec/properties.ts';
import { type Known, known } from '../spec/reading.ts';
import { connectionStates, type Edition, editions, storeTypes } from '../spec/vocabulary.ts';
import type { Belief } from './belief.ts';
import type { HistoryEvent } from './history.ts';
import type { Covered } from './verdict.ts';
import { accountsIn } from './violation.ts';

/** What a series of histories has touched. */
export interface Coverage {
  readonly states: ReadonlySet<string>;
  readonly transitions: ReadonlySet<string>;
  readonly cells: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  readonly errors: ReadonlySet<string>;
}

/** Every arrow that somebody can follow, as `STATE event`. */
export const everyTransition: ReadonlySet<string> = new Set(
  arrows.flatMap(({ transition, from, event }) => (transition === undefined ? [] : [`${from} ${event}`])),
);

/** The number of things there are to touch. */
export const coverable = {
  states: storeTypes.length * connectionStates.length,
  transitions: everyTransition.size,
  cells: storeTypes.reduce((sum, type) => sum + Object.keys(updatable[type]).length * connectionStates.length, 0),
  rules: ruleIds.length,
  errors: Object.keys(errors).length,
} as const;

/** What is known in each edition of a world, if no question is answered. */
const knownIn = (world: World) =>
  Object.fromEntries(editions.map((edition) => [edition, known({ edition, answers: {} }, world)])) as Record<
    Edition,
    Known
  >;
const healthy = knownIn(healthyWorld);
const mostRefused = 10_000;

/** What was touched, and how much there is to touch. */
export const covered = (coverage: Coverage): { readonly [what: string]: Covered } =>
  Object.fromEntries(
    (Object.keys(coverable) as (keyof typeof coverable)[]).map((what) => [
      what,
      { seen: coverage[what].size, of: coverable[what], items: [...coverage[what]].sort() },
    ]),
  );

/** Gathers coverage from the events that were judged, each with the account before it. */
export class CoverageRecorder implements Coverage {
  readonly states = new Set<string>();
  readonly transitions = new Set<string>();
  readonly cells = new Set<string>();
  readonly rules = new Set<string>();
  readonly errors = new Set<string>();
  /** Refusals whose rules were looked up already: a client may send the same request a million times. */
  readonly #refused = new Set<string>();
  readonly #knownIn: Record<Edition, Known>;

  /** @param world where it is not declared, everything is healthy */
  constructor(world?: World) {
    this.#knownIn = world === undefined ? healthy : knownIn(world);
  }

  readonly #seen = new Set<string>();

  /** The same for an event with what was believed before and after; what was looked at already is passed over. */
  look(event: HistoryEvent, before: readonly Belief[], after: readonly Belief[]): void {
    const id = aboutWhich(event);
    const was = first(before)?.get(id)?.states[0]?.store;
    const is = first(after)?.get(id)?.states[0]?.store;
    if (before === after && event.op === 'DescribeCustomKeyStores') return;
    if (this.#isSeen(event, was, is)) return;
    const [beforehand = emptyAccount] = accountsIn(before);
    const [afterwards = emptyAccount] = accountsIn(after);
    this.add(event, beforehand, afterwards, before[0]?.setting.known.edition ?? defaultEdition);
  }

  /** The same for an event about one store alone, which may have been the one and may be the other now. */
  lookAtOne(event: HistoryEvent, was: Store | undefined, is: Store | undefined, edition: Edition): void {
    if (!this.#isSeen(event, was, is)) this.add(event, accountWith(was), accountWith(is), edition);
  }

  /** Was the like looked at before? What a list shows may be new in other ways. */
  #isSeen(event: HistoryEvent, was: Store | undefined, is: Store | undefined): boolean {
    if (event.op === 'DescribeCustomKeyStores') return false;
    const members = event.op === 'UpdateCustomKeyStore' ? Object.keys(event.input).join() : '';
    const result = 'error' in event ? event.error : 'ok' in event;
    const sight = `${event.op} ${members} ${result} ${kindOf(was ?? is)} ${was?.connectionState} ${is?.connectionState}`;
    if (this.#seen.has(sight)) return true;
    this.#seen.add(sight);
    return false;
  }

  /** Cells, and states with an event, at which an answer was not allowed. */
  readonly violated = new Set<string>();

  /** How much was touched. */
  get size(): number {
    return this.states.size + this.transitions.size + this.cells.size + this.rules.size + this.errors.size;
  }

  /** An answer to the event is not allowed. */
  addViolation(event: HistoryEvent, before: Account, edition: Edition): void {
    const { CustomKeyStoreId } = event.input as { CustomKeyStoreId?: string };
    const store = before.stores.find(({ id }) => id === CustomKeyStoreId);
    if (store === undefined) return;
    const cell = cellTouched(event, store, edition);
    if (cell !== undefined) this.violated.add(cell);
    // A request that moves nothing has no arrow; what it did wrong is wrong in the state.
    if (cell === undefined) this.violated.add(`${store.connectionState} ${event.op}`);
  }

  add(event: HistoryEvent, before: Account, after: Account, edition: Edition): void {
    for (const { type, connectionState } of after.stores) this.states.add(`${type} ${connectionState}`);
    const { CustomKeyStoreId } = event.input as { CustomKeyStoreId?: string };
    const store = before.stores.find(({ id }) => id === CustomKeyStoreId);
    const cell = store === undefined ? undefined : cellTouched(event, store, edition);
    if (cell !== undefined) this.cells.add(cell);
    if ('ok' in event && store !== undefined) this.#arrow(store.connectionState, event.op);
    for (const was of before.stores) {
      const is = after.stores.find(({ id }) => id === was.id);
      if (is?.connectionState === 'CONNECTED' && was.connectionState === 'CONNECTING')
        this.#arrow('CONNECTING', 'connection.succeeds');
      if (is?.connectionState === 'FAILED' && was.connectionState === 'CONNECTING')
        this.#arrow('CONNECTING', 'connection.fails');
      if (is?.connectionState === 'DISCONNECTED' && was.connectionState === 'DISCONNECTING')
        this.#arrow('DISCONNECTING', 'disconnection.ends');
    }
    if (!('error' in event)) return;
    this.errors.add(event.error);
    const keys = keyIdsOf(event.input);
    const about = store ?? before.stores.find((each) => each.keys.some(({ id }) => keys.includes(id)));
    const { XksProxyUriPath: path } = about?.properties ?? {};
    const state = `${kindOf(about)} ${about?.connectionState} ${path}`;
    const place = `${event.op}${JSON.stringify(event.input)}${event.error}${state}${edition}`;
    if (this.#refused.has(place)) return;
    if (this.#refused.size > mostRefused) this.#refused.clear();
    this.#refused.add(place);
    const { refusals } = outcomesOf(before, event, this.#knownIn[edition], '');
    for (const { rule, error } of refusals) if (error === event.error) this.rules.add(rule);
  }

  /** The same coverage, to go its own way. */
  fork(): CoverageRecorder {
    const fork = new CoverageRecorder();
    for (const what of Object.keys(coverable) as (keyof typeof coverable)[])
      for (const each of this[what]) fork[what].add(each);
    return fork;
  }

  #arrow(from: string, event: string): void {
    if (isTransition(`${from} ${event}`)) this.transitions.add(`${from} ${event}`);
  }
}

/** The ID of the store that an event names, or creates. */
function aboutWhich(event: HistoryEvent): string {
  const { CustomKeyStoreId: named } = event.input as { readonly CustomKeyStoreId?: unknown };
  const { CustomKeyStoreId: made } = 'ok' in event ? event.ok : {};
  return String(named ?? made ?? '');
}

/** Stores of one kind keep the same rules. */
export const kindOf = (store: Store | undefined): string => `${store?.type} ${store?.properties.XksProxyConnectivity}`;

const accountWith = (store: Store | undefined): Account => (store === undefined ? emptyAccount : { stores: [store] });

const first = ([belief]: readonly Belief[]) => belief?.branches[0]?.stores;

const isTransition = (place: string): boolean => everyTransition.has(place);

/** The cell of the eligibility table that an update of one member is about. */
function cellTouched(event: HistoryEvent, { type, connectionState }: Store, edition: Edition): string | undefined {
  if (event.op !== 'UpdateCustomKeyStore') return undefined;
  const [field, ...more] = fieldsGiven(event.input, edition) as readonly UpdateField[];
  if (field === undefined || more.length > 0 || cellOf(type, field, connectionState) === undefined) return undefined;
  return `${type} ${field} ${connectionState}`;
}
