import {
  type Actor,
  createActor,
  enqueueActions,
  type InspectionEvent,
  type Observer,
  type SnapshotFrom,
  setup,
} from 'xstate';
import { hiddenOutcomesOfStore, outcomesOf } from '../machine/account.ts';
import { customKeyStoreMachine } from '../machine/custom-key-store.machine.ts';
import { completed, type MachineEvent, type MachineInput } from '../machine/types.ts';
import type { HistoryEvent, Output } from '../oracle/history.ts';
import { createOracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import { defaultEdition } from '../spec/editions.ts';
import { healthyWorld, unknownWorld } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import type { Store } from '../spec/model.ts';
import { type Answers, type Known, known, type Reading } from '../spec/reading.ts';
import { withoutSecrets } from './masked.ts';

/** What the actor of the account is told: a request with its outcome, and what the stores hear of it. */
interface AccountEvent {
  readonly type: string;
  readonly input?: object;
  readonly outcome?: object;
  readonly created?: MachineInput | undefined;
  readonly messages?: readonly Message[];
}

/** A message to the actor of a store. */
interface Message {
  readonly to: string;
  readonly event: MachineEvent;
}

/** The account: the parent of the actors of its stores. It passes on to them what concerns them. */
const accountMachine = setup({
  types: { events: {} as AccountEvent },
  actors: { customKeyStore: customKeyStoreMachine },
}).createMachine({
  id: 'account',
  description: 'The custom key stores of one account and Region.',
  on: {
    '*': {
      actions: enqueueActions(({ event: { created, messages = [] }, enqueue }) => {
        if (created !== undefined) enqueue.spawnChild('customKeyStore', { id: created.store.id, input: created });
        for (const { to, event } of messages) enqueue.sendTo(to, event);
      }),
    },
  },
});

type ReplayOptions = Pick<OracleOptions, 'edition' | 'answers' | 'initial'> & {
  /** Told of everything that happens to the actors, as XState tells it. */
  readonly inspect?: Observer<InspectionEvent>;
};

/**
 * A history as live actors: one for each store, and the account as their parent. An actor decides for itself, under
 * the answers that the history shows; what happened unseen in between is inferred. Secrets never reach an actor.
 */
export class Replay {
  readonly history: readonly HistoryEvent[];
  readonly reading: Reading;
  readonly account: Actor<typeof accountMachine>;
  #at = 0;
  /** Requests to each store of which nobody knows whether they took effect. */
  readonly #pending = new Map<string, readonly Request[]>();

  constructor(history: readonly HistoryEvent[], { inspect, ...options }: ReplayOptions = {}) {
    this.history = withoutSecrets(history);
    const oracle = createOracle(options);
    for (const event of this.history) oracle.observe(event);
    const seen = Object.entries(oracle.profile()).map(([question, [choice]]) => [question, choice]);
    const answers = { ...Object.fromEntries(seen), ...options.answers } as Answers;
    this.reading = completed({ edition: oracle.editions()[0] ?? defaultEdition, answers });
    this.account = createActor(accountMachine, inspect === undefined ? {} : { inspect }).start();
  }

  /** The number of events that have happened. */
  get at(): number {
    return this.#at;
  }

  /** Lets the next event happen; false if there is none. */
  step(): boolean {
    const event = this.history[this.#at];
    if (event === undefined) return false;
    this.#at += 1;
    const { op, input, ...outcome } = event;
    this.account.send({ type: op, input, outcome, created: this.#created(event), messages: this.#messagesFor(event) });
    return true;
  }

  /** The stores as their actors have them. */
  stores(): readonly Store[] {
    return Object.values(this.account.getSnapshot().children).flatMap((child) => {
      const snapshot = child?.getSnapshot() as SnapshotFrom<typeof customKeyStoreMachine> | undefined;
      return snapshot?.status === 'active' ? [snapshot.context.store] : [];
    });
  }

  #created(event: HistoryEvent): MachineInput | undefined {
    if (event.op !== 'CreateCustomKeyStore' || !('ok' in event)) return undefined;
    const id = String(event.ok['CustomKeyStoreId']);
    const stores = this.stores();
    if (stores.some((store) => store.id === id)) return undefined;
    const { outcomes } = outcomesOf({ stores }, event, this.#known(), id);
    const made = outcomes.find((outcome) => outcome.id === id)?.next.stores.at(-1);
    return made && { store: made, ...this.reading };
  }

  #messagesFor(event: HistoryEvent): readonly Message[] {
    return this.stores().flatMap((store): readonly Message[] => {
      if (!concerns(event, store)) return [];
      if ('unknown' in event) {
        this.#pending.set(store.id, [...(this.#pending.get(store.id) ?? []), event]);
        return [];
      }
      const others = this.stores().filter(({ id }) => id !== store.id);
      const path = this.#pathTo(store, (each) => this.#fits(each, event, others));
      const sure = path !== undefined || 'ok' in event;
      const events = [...(path ?? []), ...(sure ? [messageOf(event, others, freshIn(event))] : [])];
      return events.map((each) => ({ to: store.id, event: each }));
    });
  }

  /** The fewest things that may have happened unseen to make the store one that fits. */
  #pathTo(store: Store, fits: (store: Store | undefined) => boolean): readonly MachineEvent[] | undefined {
    interface Place {
      readonly store: Store | undefined;
      readonly path: readonly MachineEvent[];
      readonly pending: readonly Request[];
    }
    const places: Place[] = [{ store, path: [], pending: this.#pending.get(store.id) ?? [] }];
    for (const place of places) {
      if (fits(place.store)) {
        if (place.path.length > 0) this.#pending.set(store.id, place.pending);
        return place.path;
      }
      if (place.store === undefined || place.path.length >= longest) continue;
      const is = known(this.reading, unknownWorld);
      for (const { step, when, store: next } of hiddenOutcomesOfStore(place.store, is)) {
        const { step: type, ...rest } = step;
        if (when !== false)
          places.push({ ...place, store: next, path: [...place.path, { type, ...rest } as MachineEvent] });
      }
      for (const request of place.pending) {
        const done = outcomesOf({ stores: [place.store] }, request, this.#known(), 'unseen').outcomes;
        const next = done.find(({ result, when }) => result === 'ok' && when === true)?.next.stores[0];
        const pending = place.pending.filter((each) => each !== request);
        places.push({ store: next, path: [...place.path, messageOf(request, [], undefined)], pending });
      }
    }
    return undefined;
  }

  /** Would the event come out so if the store were this one? */
  #fits(store: Store | undefined, event: HistoryEvent, others: readonly Store[]): boolean {
    if (event.op === 'DescribeCustomKeyStores' && 'ok' in event) {
      const shown = entryOf(event.ok, store?.id);
      const code = shown?.['ConnectionErrorCode'];
      return (
        shown?.['ConnectionState'] === store?.connectionState &&
        (code === undefined || code === store?.connectionErrorCode)
      );
    }
    const stores = store === undefined ? others : [store, ...others];
    const certain = outcomesOf({ stores }, event, this.#known(), 'fresh').outcomes.filter(({ when }) => when === true);
    return certain.some(({ result }) =>
      typeof result === 'object' ? 'error' in event && event.error === result.error : 'ok' in event,
    );
  }

  #known(): Known {
    return known(this.reading, healthyWorld);
  }
}

const longest = 3;

/** Is the event about this store? */
function concerns(event: HistoryEvent, store: Store): boolean {
  const { CustomKeyStoreId } = event.input as { readonly CustomKeyStoreId?: string };
  if (CustomKeyStoreId !== undefined) return CustomKeyStoreId === store.id;
  if (event.op === 'DescribeCustomKeyStores') return 'ok' in event && entryOf(event.ok, store.id) !== undefined;
  const ids = keyIdsOf(event.input);
  return store.keys.some(({ id }) => ids.includes(id));
}

function entryOf(output: Output, id: string | undefined): Output | undefined {
  const { CustomKeyStores: list } = output;
  return Array.isArray(list) ? list.find((entry: Output) => entry['CustomKeyStoreId'] === id) : undefined;
}

const messageOf = ({ op, input }: Request, others: readonly Store[], fresh: string | undefined): MachineEvent =>
  ({
    type: op,
    input,
    ...(others.length > 0 ? { others } : {}),
    ...(fresh === undefined ? {} : { fresh }),
  }) as MachineEvent;

/** The ID of the key that the event made. */
function freshIn(event: HistoryEvent): string | undefined {
  if (event.op !== 'CreateKey' || !('ok' in event)) return undefined;
  return (event.ok['KeyMetadata'] as { readonly KeyId?: string } | undefined)?.KeyId;
}
