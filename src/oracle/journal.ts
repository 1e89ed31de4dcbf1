import type { Belief } from './belief.ts';
import type { Change } from './familiar.ts';
import type { HistoryEvent } from './history.ts';
import { nothing } from './states.ts';

/** An event with its place in the history, from 0. */
export interface Entry {
  readonly index: number;
  readonly event: HistoryEvent;
}

/**
 * Remembers the events that made the oracle believe what it does, and no others: so that a violation can be shown
 * with the few events that led there, and memory stays flat. For each store that is its way into its present state,
 * without the loops; and each event that taught something about questions, editions or the world, with the way to it.
 */
export class Journal {
  readonly #ways = new Map<string, Step[]>();
  readonly #lessons = new Map<number, HistoryEvent>();
  /** The event that first showed when a store was created: what is shown later has to agree with it. */
  readonly #dates = new Map<string, Entry>();

  /** Notes an event, with what was believed before and after. */
  note(
    index: number,
    event: HistoryEvent,
    before: readonly Belief[],
    after: readonly Belief[],
    keyNow: (id: string) => string | undefined = () => undefined,
  ): void {
    const entry = { index, event };
    this.#date(entry);
    if (isUnchanged(before, after)) return;
    const changed = changedStores(before, after);
    for (const id of changed) this.#step(id, entry, keyNow(id) ?? stateKey(after, id));
    if (isLesson(before, after)) this.#learn([entry, ...changed.flatMap((id) => this.wayOf(id))]);
  }

  /** Notes an event that made of stores what its like made of them before. */
  step(entry: Entry, changes: readonly Change[]): void {
    this.#date(entry);
    for (const { id, isMoved, after, isLesson } of changes) {
      if (isMoved) this.#step(id, entry, after());
      if (isLesson) this.#learn([...this.wayOf(id), entry]);
    }
  }

  /** The events that led a store into the state it is in, in their order. */
  wayOf(id: string): readonly Entry[] {
    return (this.#ways.get(id) ?? []).map(({ entry }) => entry);
  }

  /** Every event that matters still, in the order of the history. */
  entries(): readonly Entry[] {
    const all = new Map(this.#lessons);
    for (const way of this.#ways.values()) for (const { entry } of way) all.set(entry.index, entry.event);
    for (const { index, event } of this.#dates.values()) all.set(index, event);
    return [...all].map(([index, event]) => ({ index, event })).sort((a, b) => a.index - b.index);
  }

  #date(entry: Entry): void {
    const { event } = entry;
    if (event.op === 'DeleteCustomKeyStore' && 'ok' in event) this.#dates.delete(event.input.CustomKeyStoreId);
    if (event.op !== 'DescribeCustomKeyStores' || !('ok' in event)) return;
    const list: unknown = event.ok['CustomKeyStores'];
    if (!Array.isArray(list) || this.#dates.size > mostDated) return;
    for (const shown of list) {
      const id: unknown = shown?.CustomKeyStoreId;
      if (typeof id === 'string' && !this.#dates.has(id)) this.#dates.set(id, entry);
    }
  }

  #step(id: string, entry: Entry, key: string): void {
    const way = this.#ways.get(id) ?? [];
    const place = way.findLastIndex((step) => step.key === key);
    if (key === '') {
      // A store that is gone frees what it held. Where something was learned from it, its end belongs to the lesson.
      if (way.some((step) => this.#lessons.has(step.entry.index))) {
        this.#learn([...way.map((step) => step.entry), entry]);
      }
      this.#ways.delete(id);
    } else if (place >= 0) this.#ways.set(id, way.slice(0, place + 1));
    else {
      way.push({ key, entry });
      // Of a very long way the creation and the latest steps are kept.
      if (way.length > mostSteps) way.splice(1, mostSteps / 2);
      this.#ways.set(id, way);
    }
  }

  #learn(entries: readonly Entry[]): void {
    for (const { index, event } of entries) this.#lessons.set(index, event);
    while (this.#lessons.size > mostLessons) this.#lessons.delete(this.#lessons.keys().next().value as number);
  }
}
const mostSteps = 1000;
const mostLessons = 5000;
const mostDated = 1000;

interface Step {
  /** What the store may be after the event. */
  readonly key: string;
  readonly entry: Entry;
}

const isUnchanged = (before: readonly Belief[], after: readonly Belief[]): boolean =>
  before === after ||
  (before.length === after.length &&
    before.every(({ branches }, place) => {
      const now = after[place]?.branches ?? [];
      return branches.length === now.length && branches.every((branch, each) => branch === now[each]);
    }));

/** Did the event teach something about more than the state of stores? */
const isLesson = (before: readonly Belief[], after: readonly Belief[]): boolean =>
  before.length !== after.length ||
  before.some(({ branches }, place) => {
    const now = after[place]?.branches ?? [];
    return branches.length !== now.length || branches.some(({ assumed }, each) => assumed !== now[each]?.assumed);
  });

function changedStores(before: readonly Belief[], after: readonly Belief[]): readonly string[] {
  const ids = new Set(
    [...before, ...after].flatMap(({ branches }) => branches.flatMap(({ stores }) => [...stores.keys()])),
  );
  return [...ids].filter((id) => stateKey(before, id) !== stateKey(after, id));
}

/** What a store may be, by every edition and branch; empty for none that there ever was. */
function stateKey(beliefs: readonly Belief[], id: string): string {
  const sets = beliefs.flatMap(({ branches }) => branches.map(({ stores }) => stores.get(id)));
  return sets.every((set) => set === undefined || set.key === nothing.key)
    ? ''
    : sets.map((set) => set?.number ?? 0).join();
}
