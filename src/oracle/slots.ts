import { aboutOf, type Node } from './automaton.ts';
import { filledIn } from './opaque.ts';
import { type Bound, filled } from './rename.ts';
import type { StateSet } from './states.ts';
import { clusterOf, isDoubtful, isVague, lowerIn } from './store-kind.ts';

/** One store: the node it is at, and its values. */
export interface Slot {
  readonly id: string;
  /** None: its values are not to be told apart by equality alone. */
  node: Node | undefined;
  bound: Bound;
  /** What it may be in every branch; nothing, if it has changed since that was worked out. */
  sets: readonly StateSet[] | undefined;
  /** Its values that no other store may have, and some more, in small letters. */
  lowered: ReadonlySet<string>;
  /** What a fact may be about that matters to it. */
  about: ReadonlySet<string>;
  isVague: boolean;
  isDoubtful: boolean;
}

export const nothingBound: Bound = { values: [], roles: [], marks: [] };

/** Every store that there may be, by its ID, and which of them has which value. */
export class Slots {
  readonly #slots = new Map<string, Slot>();
  readonly #holders = new Map<string, Set<Slot>>();
  readonly #concerned = new Map<string, Set<Slot>>();
  /** How many may have a name, an endpoint or a service that nobody has seen. */
  vague = 0;
  /** How many may be gone. */
  doubtful = 0;

  get size(): number {
    return this.#slots.size;
  }

  get(id: string): Slot | undefined {
    return this.#slots.get(id);
  }

  all(): Iterable<Slot> {
    return this.#slots.values();
  }

  /** The stores that something about these values matters to. */
  concernedBy(values: Iterable<string>): ReadonlySet<Slot> {
    const found = new Set<Slot>();
    for (const value of values) for (const slot of this.#concerned.get(value) ?? []) found.add(slot);
    return found;
  }

  /** Has a store other than this one the value, but for the case of its letters? */
  isHeld(value: string, but?: Slot): boolean {
    const holders = this.#holders.get(value.toLowerCase());
    if (holders === undefined) return false;
    return holders.size > (but !== undefined && holders.has(but) ? 1 : 0);
  }

  add(id: string): Slot {
    const slot: Slot = {
      id,
      node: undefined,
      bound: nothingBound,
      sets: undefined,
      lowered: new Set(),
      about: new Set(),
      isVague: false,
      isDoubtful: false,
    };
    this.#slots.set(id, slot);
    return slot;
  }

  drop(slot: Slot): void {
    this.#slots.delete(slot.id);
    strike(this.#holders, slot.lowered, slot);
    strike(this.#concerned, slot.about, slot);
    this.vague -= Number(slot.isVague);
    this.doubtful -= Number(slot.isDoubtful);
  }

  clear(): void {
    this.#slots.clear();
    this.#holders.clear();
    this.#concerned.clear();
    this.vague = 0;
    this.doubtful = 0;
  }

  /** Gives a store other values. */
  bind(slot: Slot, node: Node, bound: Bound): void {
    slot.node = node;
    slot.bound = bound;
    const lowered = new Set<string>();
    for (const value of bound.values) lowered.add(value.toLowerCase());
    for (const value of node.form.literals) lowered.add(value.toLowerCase());
    this.#note(slot, lowered, aboutOf(bound.values, node.form.literals));
    this.#count(slot, node);
  }

  /** The store is at another node, with the values that it has. */
  move(slot: Slot, node: Node): void {
    slot.node = node;
    this.#count(slot, node);
  }

  /** The values of the store are not to be taken out of it. */
  unbind(slot: Slot, sets: readonly StateSet[]): void {
    slot.node = undefined;
    slot.bound = nothingBound;
    this.#note(slot, new Set(lowerIn(sets)), new Set());
    this.#count(slot, { isVague: isVague(sets), isDoubtful: isDoubtful(sets) });
  }

  #note(slot: Slot, lowered: ReadonlySet<string>, about: ReadonlySet<string>): void {
    strike(this.#holders, slot.lowered, slot);
    strike(this.#concerned, slot.about, slot);
    slot.lowered = lowered;
    slot.about = about;
    note(this.#holders, lowered, slot);
    note(this.#concerned, about, slot);
  }

  #count(slot: Slot, now: { readonly isVague: boolean; readonly isDoubtful: boolean }): void {
    this.vague += Number(now.isVague) - Number(slot.isVague);
    this.doubtful += Number(now.isDoubtful) - Number(slot.isDoubtful);
    slot.isVague = now.isVague;
    slot.isDoubtful = now.isDoubtful;
  }

  /** The clusters of all stores that have one; nothing, if one of them may be in doubt. */
  clusters(): readonly string[] | undefined {
    const clusters: string[] = [];
    for (const { node, bound, sets } of this.#slots.values()) {
      const cluster = node === undefined ? clusterOf(sets ?? []) : node.cluster;
      if (cluster === undefined) return undefined;
      if (cluster !== 'none') clusters.push(filledIn(cluster, bound.values));
    }
    return clusters;
  }
}

/** What the store may be in every branch. */
export function setsOf(slot: Slot): readonly StateSet[] {
  if (slot.node !== undefined) slot.sets ??= filled(slot.node.form.sets, slot.bound);
  return slot.sets ?? [];
}

export const keyOfSlot = ({ node, bound: { values, marks } }: Slot): string =>
  `${node?.name}|${values.join('|')}|${marks.join()}`;

function note(under: Map<string, Set<Slot>>, values: Iterable<string>, slot: Slot): void {
  for (const value of values) {
    const same = under.get(value);
    if (same === undefined) under.set(value, new Set([slot]));
    else same.add(slot);
  }
}

function strike(under: Map<string, Set<Slot>>, values: Iterable<string>, slot: Slot): void {
  for (const value of values) {
    const left = under.get(value);
    left?.delete(slot);
    if (left?.size === 0) under.delete(value);
  }
}
