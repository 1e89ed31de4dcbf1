import type { FactKind } from './facts.ts';
import type { QuestionId } from './questions.ts';

/**
 * What has to hold for something to happen: decided (`true`, `false`), or open until somebody answers a question or
 * declares a fact of the world. Open conditions are data, so that an observation can be read backwards: whoever saw
 * the thing happen knows that its condition held.
 */
export type Condition = boolean | Open;

/** A condition that is not decided yet. Negation is pushed down to the atoms, so there is no `not`. */
export type Open = Atom | { readonly all: readonly Open[] } | { readonly any: readonly Open[] };

/** One thing that is not known: the answer to a question, or a fact of the world. */
export type Atom =
  | { readonly question: QuestionId; readonly among: readonly string[]; readonly of: readonly string[] }
  | { readonly fact: FactKind; readonly about: string; readonly is: boolean };

/** Both, all: holds when every part holds. */
export function all(...parts: readonly Condition[]): Condition {
  return joined(parts, false, (open) => ({ all: open }));
}

/** Either, any: holds when at least one part holds. */
export function any(...parts: readonly Condition[]): Condition {
  return joined(parts, true, (open) => ({ any: open }));
}

/** Holds when the condition does not. */
export function not(condition: Condition): Condition {
  if (typeof condition === 'boolean') return !condition;
  if ('all' in condition) return { any: condition.all.map((part) => not(part) as Open) };
  if ('any' in condition) return { all: condition.any.map((part) => not(part) as Open) };
  if ('question' in condition) {
    return { ...condition, among: condition.of.filter((choice) => !condition.among.includes(choice)) };
  }
  return { ...condition, is: !condition.is };
}

/** Every unknown that a condition rests on. */
export function atomsOf(condition: Condition): readonly Atom[] {
  if (typeof condition === 'boolean') return [];
  if ('all' in condition) return condition.all.flatMap(atomsOf);
  if ('any' in condition) return condition.any.flatMap(atomsOf);
  return [condition];
}

/** A condition with some of its unknowns decided: `decide` gives an atom's value, or leaves it as it is. */
export function resolved(condition: Condition, decide: (atom: Atom) => Condition): Condition {
  if (typeof condition === 'boolean') return condition;
  if ('all' in condition) return all(...condition.all.map((part) => resolved(part, decide)));
  if ('any' in condition) return any(...condition.any.map((part) => resolved(part, decide)));
  return decide(condition);
}

/** `decisive` is the value of a part that decides the whole at once: false for a conjunction, true for a disjunction. */
function joined(parts: readonly Condition[], decisive: boolean, join: (open: readonly Open[]) => Open): Condition {
  if (parts.includes(decisive)) return decisive;
  const open = parts.filter(isOpen);
  if (open.length === 0) return !decisive;
  return open.length === 1 ? (open[0] as Open) : join(open);
}

const isOpen = (part: Condition): part is Open => typeof part !== 'boolean';
