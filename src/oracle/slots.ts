import { type Node, noWords, type Words } from './automaton.ts';
import { Holders } from './holders.ts';
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
  /** Its values, and the words beside them. */
  values: Words;
  fixed: Words;
  isVague: boolean;
  isDoubtful: boolean;
}

export const nothingBound: Bound = { values: [], roles: [], marks: [] };

/** Every store that there may be, by its ID, and which of them has which value. */
export class Slots {
  readonly #slots = new Map<string, Slot>();
  /** Which have a value, and which a word that stands for itself, in small letters. */
  readonly #held = { values: new Holders<Slot>(), fixed: new Holders<Slot>() };
  /** To which of them something about a value, or a word that stands for itself, matters. */
  readonly #concerned = { values: new Holders<Slot>(), fixed: new Holders<Slot>() };
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
    for (const value of values) {
      for (const slot of this.#concerned.values.of(value) ?? []) found.add(slot);
      for (const slot of this.#concerned.fixed.of(value) ?? []) found.add(slot);
    }
    return found;
  }

  /** Has a store other than this one the value, but for the case of its letters? */
  isHeld(value: string, but?: Slot): boolean {
    const lower = value.toLowerCase();
    return this.#held.values.hasOther(lower, but) || this.#held.fixed.hasOther(lower, but);
  }

  add(id: string): Slot {
    const slot: Slot = {
      id,
      node: undefined,
      bound: nothingBound,
      sets: undefined,
      values: noWords,
      fixed: noWords,
      isVague: false,
      isDoubtful: false,
    };
    this.#slots.set(id, slot);
    return slot;
  }

  drop(slot: Slot): void {
    this.#slots.delete(slot.id);
    this.#note(slot, noWords, noWords);
    this.vague -= Number(slot.isVague);
    this.doubtful -= Number(slot.isDoubtful);
  }

  clear(): void {
    this.#slots.clear();
    for (const { values, fixed } of [this.#held, this.#concerned]) {
      values.clear();
      fixed.clear();
    }
    this.vague = 0;
    this.doubtful = 0;
  }

  /** Gives a store other values. */
  bind(slot: Slot, node: Node, bound: Bound): void {
    const { values } = bound;
    slot.node = node;
    slot.bound = bound;
    this.#note(slot, { lowered: values.map((value) => value.toLowerCase()), about: values }, node.words);
    this.#count(slot, node);
  }

  /** The store is at another node, with the values that it has. */
  move(slot: Slot, node: Node): void {
    slot.node = node;
    this.#note(slot, slot.values, node.words);
    this.#count(slot, node);
  }

  /** The values of the store are not to be taken out of it. */
  unbind(slot: Slot, sets: readonly StateSet[]): void {
    slot.node = undefined;
    slot.bound = nothingBound;
    this.#note(slot, { lowered: lowerIn(sets), about: [] }, noWords);
    this.#count(slot, { isVague: isVague(sets), isDoubtful: isDoubtful(sets) });
  }

  #note(slot: Slot, values: Words, fixed: Words): void {
    this.#held.values.exchange(slot, slot.values.lowered, values.lowered);
    this.#concerned.values.exchange(slot, slot.values.about, values.about);
    this.#held.fixed.exchange(slot, slot.fixed.lowered, fixed.lowered);
    this.#concerned.fixed.exchange(slot, slot.fixed.about, fixed.about);
    slot.values = values;
    slot.fixed = fixed;
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

/** What a store may be that is at a node with these values, as a text. */
export const keyOf = (node: Node, { values, marks }: Bound): string =>
  `${node.name}|${values.join('|')}|${marks.join()}`;
