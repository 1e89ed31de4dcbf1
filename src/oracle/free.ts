import { type Atom, any, type Condition, resolved } from '../spec/condition.ts';
import { atomsIn, nameOf, simplified } from './simplify.ts';

/**
 * The condition under which a hidden step happens, as far as questions decide it. Nobody sees when it happens, nor what
 * the world is like at that moment: an HSM may have gone since the store was created, and be back when it is connected
 * again. So a fact that nobody declared may hold or not, each time anew.
 */
export const withoutFacts = (condition: Condition): Condition =>
  typeof condition === 'boolean' ? condition : simplified(withoutFree(condition, (atom) => 'fact' in atom));

/** The condition, freed of unknowns that nothing is learned about: it holds if they can be so that it does. */
export function withoutFree(condition: Condition, isFree: (atom: Atom) => boolean): Condition {
  let left = condition;
  for (;;) {
    const free = new Map<string, Atom[]>();
    for (const atom of atomsIn(left)) {
      if (!isFree(atom)) continue;
      const same = free.get(nameOf(atom));
      if (same === undefined) free.set(nameOf(atom), [atom]);
      else same.push(atom);
    }
    if (free.size === 0) return left;
    // What is asked for in one way only is taken so, all at once. What is asked for in two ways doubles the condition,
    // so these come one at a time, each on what the others left.
    const plain = new Map(
      [...free].flatMap(([name, atoms]) => {
        const shared = sharedBy(atoms);
        return shared === undefined ? [] : [[name, shared] as const];
      }),
    );
    if (plain.size > 0) left = resolved(left, (atom) => (plain.has(nameOf(atom)) ? true : atom));
    else {
      const [[name, atoms]] = free as unknown as [[string, readonly [Atom, ...Atom[]]]];
      left = simplified(eitherWay(left, name, atoms));
    }
  }
}

/** Can all of these, which are about the same thing, hold at once? Then this is how. */
function sharedBy(atoms: readonly Atom[]): boolean | string | undefined {
  const [first] = atoms as readonly [Atom];
  if ('fact' in first) return atoms.every((atom) => 'fact' in atom && atom.is === first.is) ? first.is : undefined;
  return first.among.find((choice) => atoms.every((atom) => 'question' in atom && atom.among.includes(choice)));
}

/** The condition with the unknown decided in every way in which it can be. */
function eitherWay(condition: Condition, name: string, [first]: readonly [Atom, ...Atom[]]): Condition {
  const ways: readonly (boolean | string)[] = 'fact' in first ? [true, false] : first.of;
  return any(
    ...ways.map((way) =>
      resolved(condition, (atom) => {
        if (nameOf(atom) !== name) return atom;
        return 'fact' in atom ? atom.is === way : atom.among.includes(way as string);
      }),
    ),
  );
}
