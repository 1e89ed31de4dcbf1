import { type Asked, asksOfOthers } from './asked.ts';
import type { Lesson } from './lesson.ts';
import { piecesOf } from './opaque.ts';
import type { Bound, Form } from './rename.ts';
import type { Shape } from './shape.ts';
import { type ClusterOf, clusterOf, isDoubtful, isVague } from './store-kind.ts';
import type { AllowedNow } from './violation.ts';

/** What one store may be in every branch, without its values, and what is taken for granted about them. */
export interface Node {
  readonly form: Form;
  /** Another for every other form. */
  readonly name: string;
  readonly edges: Map<number, Edge>;
  /** What is allowed here, of what was asked before. */
  readonly allowed: Map<number, readonly AllowedNow[]>;
  /** The words that are in the form as they are; the same object for all forms with the same. */
  readonly words: Words;
  /** May it have a name, an endpoint or a service that nobody has seen? */
  readonly isVague: boolean;
  /** May it be gone? */
  readonly isDoubtful: boolean;
  readonly cluster: ClusterOf;
}

/** A node, and what is asked there. */
export interface Place {
  readonly node: Node;
  readonly key: number;
}

/** What a store has that stands for itself. */
export interface Words {
  /** In small letters. */
  readonly lowered: readonly string[];
  /** What a fact may be about. */
  readonly about: readonly string[];
}
export const noWords: Words = { lowered: [], about: [] };

/** Where an event leads from a node. */
export interface Edge {
  readonly way: Way;
  /** The node, if the event teaches nothing: then nothing else is taken for granted there. */
  readonly node: Node | undefined;
  /** Are the values as they were? */
  readonly isSame: boolean;
}

/** Where an event leads from a form, if what was asked for is so, and what it teaches. */
export interface Way {
  readonly asked: Asked;
  /** What was taken for granted of that, by its name. */
  readonly said: number;
  /** None: the store is gone. */
  readonly form: Form | undefined;
  /** Where its values stand among those of the store before, and of the event. */
  readonly values: readonly number[];
  readonly marks: readonly number[];
  readonly roles: Bound['roles'];
  /** What is learned in each branch; nothing, if that is nothing. */
  readonly lessons: readonly Lesson[] | undefined;
}

const mostNames = 200_000;
const mostEdges = 200_000;
const mostWays = 8;

/** The automaton that all stores share: it grows while events are worked out. */
export class Automaton {
  readonly #names = new Map<string, number>();
  readonly #nodes = new Map<string, Node>();
  readonly #ways = new Map<string, readonly Way[]>();
  readonly #words = new Map<string, Words>();
  #edges = 0;
  #named = 0;

  /** Has it grown so large that it is better to begin again? */
  get isFull(): boolean {
    return this.#edges >= mostEdges || this.#names.size >= mostNames;
  }

  forget(): void {
    this.#names.clear();
    this.#nodes.clear();
    this.#ways.clear();
    this.#words.clear();
    this.#edges = 0;
  }

  /** A short name for a long text, the same as long as the automaton lasts. */
  nameOf(text: string): number {
    const found = this.#names.get(text);
    if (found !== undefined) return found;
    this.#named += 1;
    this.#names.set(text, this.#named);
    return this.#named;
  }

  /** The node of a form about whose values this is said. */
  nodeOf(form: Form, said: string): Node {
    const name = this.nameOf(form.sets.map(({ key }) => this.nameOf(key)).join());
    const key = `${name} ${this.nameOf(said)}`;
    const found = this.#nodes.get(key);
    if (found !== undefined) return found;
    const node: Node = {
      form,
      name: String(name),
      edges: new Map(),
      allowed: new Map(),
      words: this.#wordsOf(form.literals),
      isVague: isVague(form.sets),
      isDoubtful: isDoubtful(form.sets),
      cluster: clusterOf(form.sets),
    };
    this.#nodes.set(key, node);
    return node;
  }

  #wordsOf(literals: ReadonlySet<string>): Words {
    const all = [...literals];
    const key = all.join('\u0004');
    const found = this.#words.get(key);
    if (found !== undefined) return found;
    const words = { lowered: all.map((word) => word.toLowerCase()), about: [...aboutOf([], all)] };
    this.#words.set(key, words);
    return words;
  }

  /** The ways from a form that events of a shape have taken. */
  waysFrom(form: string, shape: number): readonly Way[] {
    return this.#ways.get(`${form} ${shape}`) ?? none;
  }

  addWay(form: string, shape: number, way: Way): void {
    const ways = this.waysFrom(form, shape);
    // What comes up in ever new circumstances is kept for the latest ones.
    this.#ways.set(`${form} ${shape}`, [way, ...ways.slice(0, mostWays - 1)]);
    this.#edges += 1;
  }

  addAllowed({ node, key }: Place, allowed: readonly AllowedNow[]): void {
    node.allowed.set(key, allowed);
    this.#edges += 1;
  }

  /** Keeps an edge, if what is taken for granted at the node is all that it rests on. */
  addEdge(node: Node, key: number, edge: Edge): void {
    if (asksOfOthers(edge.way.asked)) return;
    node.edges.set(key, edge);
    this.#edges += 1;
  }
}
const none: readonly Way[] = [];

/** The values, and what else of a form a fact may be about. */
export function aboutOf(values: readonly string[], literals: Iterable<string>): ReadonlySet<string> {
  const about = new Set(values);
  for (const literal of literals) for (const piece of piecesOf('', literal)) about.add(piece).add(literal);
  return about;
}

/** The edge that a way is, from a store with these values. */
export const edgeAlong = (way: Way, { values, marks }: Bound, node: Node | undefined): Edge => ({
  way,
  node,
  isSame: isIdentity(way.values, values) && isIdentity(way.marks, marks),
});

const isIdentity = (places: readonly number[], before: readonly unknown[]): boolean =>
  places.length === before.length && places.every((place, each) => place === each);

/** Where each value was before, or in the event; nothing, if one comes from elsewhere. */
export function placesOf<T>(
  now: readonly T[],
  before: readonly T[],
  more: readonly T[],
): readonly number[] | undefined {
  const places = now.map((value) => {
    const place = before.indexOf(value);
    if (place >= 0) return place;
    const later = more.indexOf(value);
    return later < 0 ? -1 : before.length + later;
  });
  return places.includes(-1) ? undefined : places;
}

/** The values that a store has after a step. */
export function boundAfter(
  { values, marks, roles }: Pick<Way, 'values' | 'marks' | 'roles'>,
  bound: Bound,
  shape: Shape,
): Bound {
  return { values: taken(values, bound.values, shape.values), marks: taken(marks, bound.marks, shape.marks), roles };
}

/** What stands at these places, first of the store and then of the event. */
const taken = <T>(places: readonly number[], before: readonly T[], more: readonly T[]): readonly T[] =>
  places.map((place) => (place < before.length ? before[place] : more[place - before.length]) as T);
