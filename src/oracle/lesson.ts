import { type Open, resolved } from '../spec/condition.ts';
import { filledIn, piecesOf } from './opaque.ts';
import { isPair } from './sentence.ts';
import { simplified, textOf } from './simplify.ts';

/** What an event taught: facts that are known since, and clauses that are gone, or have come. */
export interface Lesson {
  readonly facts: readonly (readonly [name: string, is: boolean])[];
  readonly gone: readonly Open[];
  readonly come: readonly Open[];
}

/** What is taken for granted, before or after. */
interface Granted {
  readonly choices: ReadonlyMap<string, readonly string[]>;
  readonly facts: ReadonlyMap<string, boolean>;
  readonly clauses: readonly Open[];
}

/** What was learned from one to the other; nothing, if it is more than facts and clauses, or something was forgotten. */
export function lessonBetween(before: Granted, after: Granted): Lesson | undefined {
  if (before === after) return { facts: [], gone: [], come: [] };
  if (!hasSameChoices(before, after)) return undefined;
  const facts = [...after.facts].filter(([name, is]) => before.facts.get(name) !== is);
  if (after.facts.size !== before.facts.size + facts.length) return undefined;
  if (facts.some(([name]) => before.facts.has(name))) return undefined;
  const was = new Set(before.clauses.map(textOf));
  const is = new Set(after.clauses.map(textOf));
  return {
    facts,
    gone: before.clauses.filter((clause) => !is.has(textOf(clause))),
    come: after.clauses.filter((clause) => !was.has(textOf(clause))),
  };
}

const hasSameChoices = ({ choices: one }: Granted, { choices: other }: Granted): boolean =>
  one.size === other.size && [...one].every(([question, left]) => other.get(question)?.join() === left.join());

export const isEmpty = ({ facts, gone, come }: Lesson): boolean => facts.length + gone.length + come.length === 0;

/** The lesson about values by other names. */
export function lessonAbout({ facts, gone, come }: Lesson, names: (piece: string) => string): Lesson {
  const subject = (fact: string, about: string) => piecesOf(fact, about).map(names).join('');
  return {
    facts: facts.map(([name, is]) => {
      const end = name.indexOf(' ');
      const kind = name.slice(0, end);
      return [`${kind} ${subject(kind, name.slice(end + 1))}`, is] as const;
    }),
    gone: gone.map((clause) => clauseAbout(clause, subject)),
    come: come.map((clause) => clauseAbout(clause, subject)),
  };
}

/** The lesson with values in place of what stands for them. */
export const lessonWith = ({ facts, gone, come }: Lesson, values: readonly string[]): Lesson => {
  const subject = (kind: string, about: string) => inOrder(kind, filledIn(about, values));
  return {
    facts: facts.map(([name, is]) => [factWith(name, values), is] as const),
    gone: gone.map((clause) => clauseAbout(clause, subject)),
    come: come.map((clause) => clauseAbout(clause, subject)),
  };
};

/** The name of a fact with values in place of what stands for them. */
export function factWith(name: string, values: readonly string[]): string {
  const full = filledIn(name, values);
  const end = full.indexOf(' ');
  const kind = full.slice(0, end);
  return isPair(kind) ? `${kind} ${inOrder(kind, full.slice(end + 1))}` : full;
}

const inOrder = (kind: string, subject: string): string =>
  isPair(kind) ? subject.split(' ').sort().join(' ') : subject;

const clauseAbout = (clause: Open, subject: (fact: string, about: string) => string): Open =>
  simplified(
    resolved(clause, (atom) => ('fact' in atom ? { ...atom, about: subject(atom.fact, atom.about) } : atom)),
  ) as Open;
