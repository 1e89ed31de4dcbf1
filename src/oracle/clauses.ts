import type { Open } from '../spec/condition.ts';
import { atomsIn, nameOf, textOf } from './simplify.ts';

/** Clauses, by their first alternative. */
export type ClauseIndex = ReadonlyMap<string, readonly Open[]>;

export function byFirstAlternative(clauses: readonly Open[]): ClauseIndex {
  const index = new Map<string, Open[]>();
  for (const clause of clauses) {
    const [first = ''] = alternativesOf(clause);
    const same = index.get(first);
    if (same === undefined) index.set(first, [clause]);
    else same.push(clause);
  }
  return index;
}

/** Does one of the clauses leave no more open than this one? */
export function isEntailed(clause: Open, index: ClauseIndex): boolean {
  for (const text of alternativesOf(clause)) {
    const known = index.get(text);
    if (known !== undefined && entails(known, clause)) return true;
  }
  return false;
}

function entails(clauses: readonly Open[], clause: Open): boolean {
  const wanted = alternativesOf(clause);
  return clauses.some((each) => {
    const present = alternativesOf(each);
    if (present.size > wanted.size) return false;
    for (const text of present) if (!wanted.has(text)) return false;
    return true;
  });
}

const alternatives = new WeakMap<object, ReadonlySet<string>>();
function alternativesOf(clause: Open): ReadonlySet<string> {
  const found = alternatives.get(clause) ?? new Set('any' in clause ? clause.any.map(textOf) : [textOf(clause)]);
  alternatives.set(clause, found);
  return found;
}

const names = new WeakMap<object, ReadonlySet<string>>();
export function namesIn(clause: Open): ReadonlySet<string> {
  const found = names.get(clause) ?? new Set(atomsIn(clause).map(nameOf));
  names.set(clause, found);
  return found;
}
