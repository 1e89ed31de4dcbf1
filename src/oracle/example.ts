import { type Atom, type Condition, type Open, resolved } from '../spec/condition.ts';
import { atomsIn, nameOf } from './simplify.ts';

/** Answers and facts. */
export interface Example {
  readonly choices: ReadonlyMap<string, readonly string[]>;
  readonly facts: ReadonlyMap<string, boolean>;
}

/** One way in which the condition holds, if it can: what is asked for in one way only is taken so, the rest is tried. */
export function example(
  condition: Condition,
  choices: ReadonlyMap<string, readonly string[]>,
  facts: ReadonlyMap<string, boolean>,
): Example | undefined {
  const chosen = new Map(choices);
  const taken = new Map(facts);
  let left = resolved(condition, (atom) => decidedBy(chosen, taken, atom));
  while (typeof left !== 'boolean' && settled(left, chosen, taken)) {
    left = resolved(left, (atom) => decidedBy(chosen, taken, atom));
  }
  if (typeof left === 'boolean') return left ? { choices: chosen, facts: taken } : undefined;
  const open = left;
  const [atom] = atomsIn(open) as readonly [Atom];
  if ('fact' in atom) {
    const name = nameOf(atom);
    return (
      example(open, chosen, new Map(taken).set(name, atom.is)) ??
      example(open, chosen, new Map(taken).set(name, !atom.is))
    );
  }
  const every = chosen.get(atom.question) ?? atom.of;
  const others = every.filter((choice) => !atom.among.includes(choice));
  return (
    example(open, new Map(chosen).set(atom.question, atom.among), taken) ??
    (others.length === 0 ? undefined : example(open, new Map(chosen).set(atom.question, others), taken))
  );
}

/** Settles what is asked for in one way only; says whether there was any. */
function settled(open: Open, choices: Map<string, readonly string[]>, facts: Map<string, boolean>): boolean {
  const ways = new Map<string, boolean | readonly string[] | null>();
  for (const atom of atomsIn(open)) {
    const name = nameOf(atom);
    const way = ways.get(name);
    if ('fact' in atom) ways.set(name, way === undefined || way === atom.is ? atom.is : null);
    else if (way === undefined) ways.set(name, atom.among);
    else if (Array.isArray(way)) {
      const both = (way as readonly string[]).filter((choice) => atom.among.includes(choice));
      ways.set(name, both.length > 0 ? both : null);
    }
  }
  let any = false;
  for (const [name, way] of ways) {
    if (way === null) continue;
    any = true;
    if (typeof way === 'boolean') facts.set(name, way);
    else choices.set(name, way);
  }
  return any;
}

/** What answers and facts decide of an atom; the atom, or what is left of it, if they do not. */
export function decidedBy(
  choices: ReadonlyMap<string, readonly string[]>,
  facts: ReadonlyMap<string, boolean>,
  atom: Atom,
): Condition {
  if ('fact' in atom) {
    const holds = facts.get(nameOf(atom));
    return holds === undefined ? atom : holds === atom.is;
  }
  const left = choices.get(atom.question);
  if (left === undefined) return atom.among.length > 0 && (atom.among.length === atom.of.length || atom);
  const both = left.filter((choice) => atom.among.includes(choice));
  if (both.length === 0) return false;
  return both.length === left.length ? true : { ...atom, among: both };
}
