import { answersTo, askedOf, saidOf } from './asked.ts';
import type { Assumptions } from './assumptions.ts';
import {
  type Automaton,
  aboutOf,
  boundAfter,
  type Edge,
  edgeAlong,
  type Node,
  placesOf,
  type Way,
} from './automaton.ts';
import type { Belief } from './belief.ts';
import type { Context } from './context.ts';
import { isEmpty, type Lesson, lessonAbout } from './lesson.ts';
import { type Look, nameOf } from './look.ts';
import type { Bound, Form } from './rename.ts';
import type { Slot } from './slots.ts';
import type { StateSteps } from './state-steps.ts';
import type { Tables } from './tables.ts';

/** What an event that was worked out rests on. */
export type Rests = Pick<Way, 'asked' | 'said'>;

/** Finds where events lead in the automaton, and lets it grow. */
export class Edges {
  readonly #automaton: Automaton;
  readonly #stateSteps: StateSteps;
  readonly #context: Context;

  constructor({ automaton, stateSteps }: Tables, context: Context) {
    this.#automaton = automaton;
    this.#stateSteps = stateSteps;
    this.#context = context;
  }

  /** Where an event leads, if that is known, or can be put together. */
  from(look: Look, beliefs: readonly Belief[]): Edge | undefined {
    return look.node?.edges.get(look.key) ?? this.#along(look) ?? this.#composed(look, beliefs);
  }

  /** The node of a store in this form, with these values. */
  nodeOf(form: Form, { values }: Bound): Node {
    const about = aboutOf(values, form.literals);
    const said = saidOf(this.#context.grounds, about, (piece) => nameOf(piece, values, []), true);
    return this.#automaton.nodeOf(form, `${this.#context.general}\u0004${said}`);
  }

  /** What an event rests on for which all of this was asked. */
  restsOn(look: Look, all: readonly string[]): Rests {
    const asked = askedOf(all, (piece) => nameOf(piece, look.bound.values, look.shape.values));
    return { asked, said: this.#said(asked, look) };
  }

  /** Keeps where an event has led that was worked out, and what was learned. `now`: the store, if it is still there. */
  remember(look: Look, rests: Rests, learned: readonly Lesson[], now: Slot | undefined): void {
    const { node, bound, shape, from, kind, key } = look;
    const values = placesOf(now?.bound.values ?? [], bound.values, shape.values);
    const marks = placesOf(now?.bound.marks ?? [], bound.marks, shape.marks);
    if (values === undefined || marks === undefined || (now !== undefined && now.node === undefined)) return;
    const names = (piece: string) => nameOf(piece, bound.values, shape.values);
    const lessons = learned.every(isEmpty) ? undefined : learned.map((lesson) => lessonAbout(lesson, names));
    const way: Way = { ...rests, form: now?.node?.form, values, marks, roles: now?.bound.roles ?? [], lessons };
    this.#automaton.addWay(from, kind, way);
    const isFixed = lessons === undefined;
    if (node !== undefined) this.#automaton.addEdge(node, key, edgeAlong(way, bound, isFixed ? now?.node : undefined));
  }

  /** Where the event leads if its like has led there before, and what was asked for then is as it was. */
  #along(look: Look): Edge | undefined {
    const { node, bound, shape, from, kind, key } = look;
    const way = this.#automaton.waysFrom(from, kind).find(({ asked, said }) => this.#said(asked, look) === said);
    if (way === undefined) return undefined;
    const isFixed = way.form !== undefined && way.lessons === undefined && node !== undefined;
    const then = isFixed ? this.nodeOf(way.form, boundAfter(way, bound, shape)) : undefined;
    const edge = edgeAlong(way, bound, then);
    if (node !== undefined) this.#automaton.addEdge(node, key, edge);
    return edge;
  }

  /** Where an event leads whose like was not taken from such a store, but from each of the states that it may be in. */
  #composed(look: Look, beliefs: readonly Belief[]): Edge | undefined {
    const { event, id, node, bound, shape, from, kind, key } = look;
    // Branches that come to be the same have to be put together.
    if (node === undefined || beliefs.some(({ branches }) => branches.length > 1)) return undefined;
    const assumed = this.#context.settled();
    const places = beliefs.map((belief, place) => ({
      belief,
      assumed: assumed[place] as Assumptions,
      grounds: this.#context.groundsAt(place),
    }));
    const values = [...bound.values, ...shape.values];
    const marks = [...bound.marks, ...shape.marks];
    const found = this.#stateSteps.arrival({ event, id, form: node.form, kind, values, marks }, places);
    if (found === undefined) return undefined;
    const { at, asked } = found;
    const way: Way = { ...at, asked, said: this.#said(asked, look), lessons: undefined };
    this.#automaton.addWay(from, kind, way);
    const edge = edgeAlong(way, bound, at.form && this.nodeOf(at.form, boundAfter(at, bound, shape)));
    this.#automaton.addEdge(node, key, edge);
    return edge;
  }

  /** What is taken for granted of what was asked for. */
  #said(asked: Way['asked'], { bound, shape }: Look): number {
    const all = shape.values.length === 0 ? bound.values : [...bound.values, ...shape.values];
    const said = answersTo(asked, this.#context.grounds, all, (piece) => nameOf(piece, bound.values, shape.values));
    return this.#automaton.nameOf(`${this.#context.pattern}\n${said}`);
  }
}
