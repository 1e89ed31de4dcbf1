import type { Request } from '../spec/inputs.ts';
import type { Store } from '../spec/model.ts';
import type { Edition } from '../spec/vocabulary.ts';
import type { Assumptions } from './assumptions.ts';
import { type Automaton, boundAfter, type Edge, type Way } from './automaton.ts';
import type { Belief } from './belief.ts';
import { type Branch, isUniform } from './branch.ts';
import { Context } from './context.ts';
import { Edges } from './edges.ts';
import type { HistoryEvent } from './history.ts';
import { lessonWith } from './lesson.ts';
import { type Look, Looking } from './look.ts';
import { keyMadeBy, listsOfOne } from './one-store.ts';
import { formOf, namesOf, renamedState } from './rename.ts';
import { keyOf, type Slot, Slots, setsOf } from './slots.ts';
import type { StateSet } from './states.ts';
import type { Tables } from './tables.ts';
import type { AllowedNow } from './violation.ts';

/** What an event made of the store it is about. */
export interface Change {
  readonly id: string;
  /** May it be something else now? */
  readonly isMoved: boolean;
  /** What it may be now, as a text; empty, if there is none. */
  readonly after: () => string;
  /** Did the event teach something about more than the state of the store? */
  readonly isLesson: boolean;
  /** The first state before and after, if the event was not looked at before. */
  readonly isNew?: { readonly was: Store | undefined; readonly is: Store | undefined };
}

/**
 * Steps that were taken before. What an event makes of a store depends on what the store may be and on what is taken
 * for granted about its values and those of the event. Names, IDs and the like matter by equality alone. So they are
 * taken out of states and events, and what came of an event, and was learned from it, comes of its like now, with other
 * values in the same places. The automaton of a store builds itself in this way while a history is read, all stores
 * share it, and most events of a long history are a look into a table. See docs/decisions/0011.
 */
export class Familiar {
  /** The branches that the slots are about; only what their stores may be, and what was learned, has changed since. */
  #beliefs: readonly Belief[] = [];
  readonly #context = new Context();
  readonly #automaton: Automaton;
  readonly #edges: Edges;
  readonly #looking: Looking;
  readonly #slots = new Slots();
  /** What was taken already, by this oracle: others may have found it. */
  readonly #taken = new WeakSet<Way>();
  /** Stores that are not as in the beliefs any more. */
  readonly #changed = new Set<string>();
  #waiting: Look | undefined;
  readonly #isLasting: boolean;
  readonly #isPlain: boolean;
  #isUsable = false;
  editions: readonly Edition[] = [];

  /** `isLasting`: nothing but the present decides, and every store was seen being created. */
  constructor(isLasting: boolean, tables: Tables, beliefs: readonly Belief[]) {
    this.#isLasting = isLasting;
    this.#isPlain = tables.isPlain;
    this.#automaton = tables.automaton;
    this.#edges = new Edges(tables, this.#context);
    this.#looking = new Looking(this.#slots, tables, this.#context);
    this.adopt(beliefs);
  }

  /** Takes note of beliefs, and of what an event that was worked out has made of them. */
  adopt(beliefs: readonly Belief[], event?: HistoryEvent, asked: readonly string[] = []): void {
    const waiting = this.#waiting?.event === event ? this.#waiting : undefined;
    this.#waiting = undefined;
    this.#beliefs = beliefs;
    this.editions = beliefs.map(({ setting }) => setting.known.edition);
    this.#changed.clear();
    if (!this.#isLasting) return;
    if (this.#automaton.isFull) this.#forgetAll();
    const branches = beliefs.flatMap((belief) => belief.branches);
    this.#isUsable = isUniform(branches);
    if (!this.#isUsable) {
      this.#slots.clear();
      return;
    }
    const assumed = branches.map((branch) => branch.assumed);
    const lessons = this.#context.lessonsTo(this.editions, assumed);
    if (lessons === undefined) {
      this.#context.begin(this.editions, assumed);
      this.#read(branches, true, undefined);
      return;
    }
    const rests = waiting && this.#edges.restsOn(waiting, asked);
    const touched = this.#context.learn(lessons, assumed);
    const isOnly = this.#read(branches, false, waiting?.id);
    this.#relocate(touched);
    if (waiting === undefined || rests === undefined || !isOnly) return;
    this.#edges.remember(waiting, rests, lessons, this.#slots.get(waiting.id));
  }

  /** Takes the step that an event takes, if it is a familiar one; a list of all stores is a step of each of them. */
  take(event: HistoryEvent): readonly Change[] | undefined {
    if (this.#waiting?.event === event) return undefined; // It was looked for a moment ago.
    this.#waiting = undefined;
    if (!this.#isUsable) return undefined;
    const lists = listsOfOne(event);
    if (lists !== undefined) return this.#takeEach(lists);
    const look = this.#looking.at(event, this.#beliefs[0]?.owners);
    if (look === undefined) return undefined;
    const edge = this.#edges.from(look, this.#beliefs);
    const lessons = edge?.way.lessons?.map((lesson) =>
      lessonWith(lesson, [...look.bound.values, ...look.shape.values]),
    );
    if (edge === undefined || (lessons !== undefined && !this.#context.takes(lessons))) {
      this.#waiting = look;
      return undefined;
    }
    const key = keyMadeBy(event);
    if (key !== undefined) this.#beliefs[0]?.own(key, look.id);
    if (lessons !== undefined) this.#relocate(this.#context.learn(lessons));
    return [this.#take(look, edge)];
  }

  /** Takes all of several steps, each of another store, or none. There have to be as many as there are stores. */
  #takeEach(events: readonly HistoryEvent[]): readonly Change[] | undefined {
    if (events.length === 0 || events.length !== this.#slots.size) return undefined;
    const found: (readonly [Look, Edge])[] = [];
    const ids = new Set<string>();
    for (const event of events) {
      const look = this.#looking.at(event, this.#beliefs[0]?.owners);
      const edge = look && this.#edges.from(look, this.#beliefs);
      if (look === undefined || edge === undefined || edge.way.lessons !== undefined) return undefined;
      found.push([look, edge]);
      ids.add(look.id);
    }
    return ids.size < events.length ? undefined : found.map(([look, edge]) => this.#take(look, edge));
  }

  #take(look: Look, edge: Edge): Change {
    if (this.#taken.has(edge.way)) return this.#follow(look, edge);
    this.#taken.add(edge.way);
    const was = this.#firstOf(look.id);
    return { ...this.#follow(look, edge), isNew: { was, is: this.#firstOf(look.id) } };
  }

  /** What is allowed of a request; it is worked out only where its like was not asked for. */
  allowed(request: Request, workedOut: () => readonly AllowedNow[]): readonly AllowedNow[] {
    const place = this.#isUsable ? this.#looking.ask(request, this.#beliefs[0]?.owners) : undefined;
    if (place === undefined) return workedOut();
    const known = place.node.allowed.get(place.key);
    if (known !== undefined) return known;
    const allowed = workedOut();
    this.#automaton.addAllowed(place, allowed);
    return allowed;
  }

  /** The first state of a store, with its values. */
  #firstOf(id: string): Store | undefined {
    const slot = this.#slots.get(id);
    const state = slot?.node?.form.sets[0]?.states[0];
    return slot && state && renamedState(state, namesOf(slot.bound)).store;
  }

  /** The store of each key that was seen. */
  get owners(): ReadonlyMap<string, string> {
    return this.#beliefs[0]?.owners ?? new Map();
  }

  /** The beliefs, up to date. */
  get beliefs(): readonly Belief[] {
    if (this.#changed.size === 0 && !this.#context.hasLearned) return this.#beliefs;
    const assumed = this.#context.settled();
    let place = 0;
    const current: { readonly before: readonly Branch[]; readonly now: readonly Branch[] }[] = [];
    this.#beliefs = this.#beliefs.map((belief) => {
      const { branches: before } = belief;
      const made = before.map((branch, each) =>
        this.#current(branch, assumed[place + each] as Assumptions, place + each),
      );
      place += before.length;
      // Beliefs that said the same, and say the same now, go on with the same branches.
      const same = current.find((other) => other.before === before && this.#isSame(other.now, made));
      if (same === undefined) current.push({ before, now: made });
      return belief.having(same?.now ?? made);
    });
    this.#changed.clear();
    return this.#beliefs;
  }

  /** What a store may be, as a text; empty, if there is none; nothing, where the beliefs have to be asked. */
  stateKey(id: string): string | undefined {
    if (!this.#isUsable) return undefined;
    const slot = this.#slots.get(id);
    return slot === undefined ? '' : slot.node && keyOf(slot.node, slot.bound);
  }

  /** Do these, which came of the same branches, say the same of every store that has changed? */
  #isSame(one: readonly Branch[], other: readonly Branch[]): boolean {
    return one.every(({ stores }, place) =>
      [...this.#changed].every((id) => stores.get(id)?.key === other[place]?.stores.get(id)?.key),
    );
  }

  #current(branch: Branch, assumed: Assumptions, place: number): Branch {
    const stores = new Map(branch.stores);
    for (const id of this.#changed) {
      const slot = this.#slots.get(id);
      const set = slot === undefined ? undefined : setsOf(slot)[place];
      if (set === undefined) stores.delete(id);
      else stores.set(id, set);
    }
    return { assumed, stores };
  }

  #follow({ id, node, bound, shape }: Look, edge: Edge): Change {
    const { way } = edge;
    const isLesson = way.lessons !== undefined;
    const isHere = way.form !== undefined && edge.isSame;
    const slot = this.#slots.get(id) ?? this.#slots.add(id);
    if (isHere && !isLesson && edge.node === node) return { id, isMoved: false, after: gone, isLesson };
    // A store that is created anew comes after all others.
    if (node === undefined) this.#changed.delete(id);
    this.#changed.add(id);
    if (way.form === undefined) {
      this.#slots.drop(slot);
      return { id, isMoved: true, after: gone, isLesson };
    }
    const then = isHere ? bound : boundAfter(way, bound, shape);
    const next = edge.node ?? this.#edges.nodeOf(way.form, then);
    slot.sets = undefined;
    if (isHere) this.#slots.move(slot, next);
    else this.#slots.bind(slot, next, then);
    return { id, isMoved: !isHere || next.name !== node?.name, after: () => keyOf(next, then), isLesson };
  }

  /** Reads what every store may be; says whether none has changed but this one. `isNew`: all else is new, too. */
  #read(branches: readonly Branch[], isNew: boolean, about: string | undefined): boolean {
    let isOnly = true;
    const ids = branches[0]?.stores ?? new Map<string, StateSet>();
    for (const slot of [...this.#slots.all()]) {
      if (ids.has(slot.id)) continue;
      this.#slots.drop(slot);
      isOnly &&= slot.id === about;
    }
    for (const id of ids.keys()) {
      const sets = branches.map(({ stores }) => stores.get(id) as StateSet);
      const slot = this.#slots.get(id);
      const isAsBefore = slot?.sets?.length === sets.length && sets.every((set, place) => set === slot.sets?.[place]);
      if (isAsBefore && !isNew) continue;
      if (!isAsBefore) isOnly &&= id === about;
      if (isAsBefore && slot.node !== undefined) this.#slots.move(slot, this.#edges.nodeOf(slot.node.form, slot.bound));
      else this.#place(slot ?? this.#slots.add(id), sets);
    }
    return isOnly;
  }

  #place(slot: Slot, sets: readonly StateSet[]): void {
    slot.sets = sets;
    const form = formOf(sets, this.#isPlain);
    if (form === undefined) this.#slots.unbind(slot, sets);
    else this.#slots.bind(slot, this.#edges.nodeOf(form, form.bound), form.bound);
  }

  /** More is known about these values than before: the stores that have them are at other nodes. */
  #relocate(values: Iterable<string>): void {
    for (const slot of this.#slots.concernedBy(values))
      if (slot.node !== undefined) this.#slots.move(slot, this.#edges.nodeOf(slot.node.form, slot.bound));
  }

  #forgetAll(): void {
    this.#automaton.forget();
    this.#slots.clear();
  }
}

const gone = () => '';
