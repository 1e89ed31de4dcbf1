import type { Request } from '../spec/inputs.ts';
import { saidOf } from './asked.ts';
import { type Automaton, aboutOf, type Node, type Place } from './automaton.ts';
import { mayBeTaken, mayCollide } from './collision.ts';
import type { Context } from './context.ts';
import type { HistoryEvent } from './history.ts';
import { createdBy, keyMadeBy, storeOf } from './one-store.ts';
import { standIn } from './opaque.ts';
import type { Bound } from './rename.ts';
import { Shape } from './shape.ts';
import type { Slot, Slots } from './slots.ts';
import type { Tables } from './tables.ts';

/** An event that is looked at: what it is for a store with these values. */
export interface Look {
  readonly event: HistoryEvent;
  readonly id: string;
  /** The node of the store; none, if the event creates it. */
  readonly node: Node | undefined;
  readonly bound: Bound;
  readonly shape: Shape;
  /** The form of the store, by its name, and the shape of the event. */
  readonly from: string;
  readonly kind: number;
  /** The shape, with what is taken for granted about values that it brings. */
  readonly key: number;
}

const nothing: ReadonlySet<string> = new Set();

/** Looks at events as steps of one store. */
export class Looking {
  readonly #slots: Slots;
  readonly #automaton: Automaton;
  readonly #context: Context;
  readonly #isPlain: boolean;

  constructor(slots: Slots, { automaton, isPlain }: Tables, context: Context) {
    this.#slots = slots;
    this.#automaton = automaton;
    this.#context = context;
    this.#isPlain = isPlain;
  }

  /** What the event is, for the store that it is about; nothing, if its like cannot be told. */
  at(event: HistoryEvent, owners: ReadonlyMap<string, string> | undefined): Look | undefined {
    if (event.op === 'CreateCustomKeyStore') return this.#lookAtCreation(event);
    const id = storeOf(event, owners);
    const slot = id === undefined ? undefined : this.#slots.get(id);
    if (id === undefined || slot?.node === undefined) return undefined;
    const { node, bound } = slot;
    const shape = new Shape(bound, node.form.literals, this.#isPlain);
    if (!shape.read(event) || this.#mayCollide(event, slot)) return undefined;
    const made = keyMadeBy(event);
    if (made !== undefined && owners?.has(made)) return undefined;
    const kind = this.#automaton.nameOf(shape.text);
    return { event, id, node, bound, shape, from: node.name, kind, key: this.#keyOf(kind, shape, bound) };
  }

  /** All that decides what is allowed, of a request to a store that is there; nothing, if its like cannot be told. */
  ask(request: Request, owners: ReadonlyMap<string, string> | undefined): Place | undefined {
    const id = storeOf(request, owners);
    const slot = id === undefined ? undefined : this.#slots.get(id);
    if (slot?.node === undefined) return undefined;
    const { node, bound } = slot;
    const shape = new Shape(bound, node.form.literals, this.#isPlain);
    if (!shape.ask(request) || this.#mayCollide(request, slot)) return undefined;
    return { node, key: this.#keyOf(this.#automaton.nameOf(shape.text), shape, bound) };
  }

  #mayCollide(request: Request, slot: Slot): boolean {
    return request.op === 'UpdateCustomKeyStore' && mayCollide(request.input, slot, this.#slots);
  }

  /** The same as `at` for a creation that collides with nothing: of the other stores, their number and their clusters matter. */
  #lookAtCreation(event: HistoryEvent): Look | undefined {
    const id = createdBy(event);
    if (id === undefined || this.#slots.doubtful > 0 || this.#slots.get(id) !== undefined) return undefined;
    const { CloudHsmClusterId: cluster } = event.input as { readonly CloudHsmClusterId?: unknown };
    const clusters = typeof cluster === 'string' ? this.#slots.clusters() : [];
    if (clusters === undefined) return undefined;
    const bound: Bound = { values: clusters, roles: clusters.map(() => 'cluster' as const), marks: [] };
    const shape = new Shape(bound, nothing, this.#isPlain);
    if (!shape.read(event) || mayBeTaken(shape, this.#slots)) return undefined;
    if (typeof cluster === 'string' && this.#slots.isHeld(cluster)) return undefined;
    const kind = this.#automaton.nameOf(`${shape.text}#${this.#slots.size}#${clusters.length}`);
    return { event, id, node: undefined, bound, shape, from: 'new', kind, key: 0 };
  }

  /** What decides where the event leads: its shape, and what is taken for granted about values that it brings. */
  #keyOf(kind: number, { values, literals }: Shape, { values: own }: Bound): number {
    if (values.length + literals.length === 0) return kind;
    const about = aboutOf(values, literals);
    if (!this.#context.isAbout(about)) return kind;
    const said = saidOf(this.#context.grounds, about, (piece) => nameOf(piece, own, values));
    return this.#automaton.nameOf(`${kind}\u0005${said}`);
  }
}

/** What stands for a value of the store, or of the event; the piece itself, if it is none. */
export function nameOf(piece: string, values: readonly string[], more: readonly string[]): string {
  const place = values.indexOf(piece);
  if (place >= 0) return standIn(place);
  const later = more.indexOf(piece);
  return later < 0 ? piece : standIn(values.length + later);
}
