import { type Atom, all, any, atomsOf, type Condition, type Open, resolved } from '../../spec/condition.ts';
import { type QuestionId, questionOf } from '../../spec/questions.ts';
import { errorsOf } from '../../spec/rejection.ts';

/** The answers that are left for questions; a question that is not there is open. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/**
 * The ways in which a condition can hold besides what was chosen before, as alternatives. Of facts, of questions that
 * are answered anew each time, and of those that only name an error nothing is remembered: that allows more, never less.
 */
export function waysOf(condition: Condition, chosen: Choices): readonly Choices[] {
  const decided = resolved(condition, (atom) => decidedBy(chosen, atom));
  const freed = withoutFree(decided);
  if (freed === false) return [];
  return alternatives(freed, chosen);
}

/** The alternatives, joined where together they leave every answer to a question. */
export function joined(ways: readonly Choices[]): readonly Choices[] {
  let left = unique(ways);
  for (let again = true; again; ) {
    again = false;
    for (let i = 0; i < left.length && !again; i++) {
      for (let j = i + 1; j < left.length && !again; j++) {
        const both = join(left[i] as Choices, left[j] as Choices);
        if (both === undefined) continue;
        left = unique([...left.filter((_, index) => index !== i && index !== j), both]);
        again = true;
      }
    }
  }
  return left;
}

export const textOf = (choices: Choices): string => JSON.stringify(Object.entries(choices).sort());

const unique = (ways: readonly Choices[]): readonly Choices[] => [
  ...new Map(ways.map((way) => [textOf(way), way])).values(),
];

/** Two alternatives as one, if they differ in one question, or if one contains the other. */
function join(a: Choices, b: Choices): Choices | undefined {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const differing = names.filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
  if (differing.every((name) => within(a[name], b[name]))) return b;
  if (differing.every((name) => within(b[name], a[name]))) return a;
  const [question, ...more] = differing;
  if (question === undefined || more.length > 0) return undefined;
  return chosenAs(a, question, [...(a[question] ?? []), ...(b[question] ?? [])]);
}

/** Are the answers among those that are left there? All are, where nothing was chosen. */
const within = (some: readonly string[] | undefined, of: readonly string[] | undefined): boolean =>
  of === undefined || (some?.every((choice) => of.includes(choice)) ?? false);

function chosenAs(choices: Choices, question: string, among: readonly string[]): Choices {
  const every = Object.keys(questionOf(question as QuestionId).choices);
  const left = every.filter((choice) => among.includes(choice));
  const { [question]: _, ...rest } = choices;
  return left.length === every.length ? rest : { ...rest, [question]: left };
}

function alternatives(condition: Condition, chosen: Choices): readonly Choices[] {
  const left = resolved(condition, (atom) => decidedBy(chosen, atom));
  if (left === false) return [];
  if (left === true) return [chosen];
  if ('any' in left) return joined(left.any.flatMap((part) => alternatives(part, chosen)));
  if ('all' in left) {
    const [first, ...rest] = left.all as readonly [Open, ...Open[]];
    return joined(alternatives(first, chosen).flatMap((way) => alternatives(all(...rest), way)));
  }
  if ('fact' in left) return [chosen];
  const present = chosen[left.question];
  return [chosenAs(chosen, left.question, present?.filter((choice) => left.among.includes(choice)) ?? left.among)];
}

function decidedBy(chosen: Choices, atom: Atom): Condition {
  if ('fact' in atom) return atom;
  const left = chosen[atom.question] ?? atom.of;
  const both = left.filter((choice) => atom.among.includes(choice));
  if (both.length === 0) return false;
  return both.length === left.length || atom;
}

/** The condition, freed of what is not remembered: it holds if that can be so that it does. */
function withoutFree(condition: Condition): Condition {
  const atoms = atomsOf(condition).filter(isFree);
  const polarities = new Map<string, Set<string>>();
  for (const atom of atoms) polarities.set(nameOf(atom), (polarities.get(nameOf(atom)) ?? new Set()).add(wayOf(atom)));
  const mixed = atoms.find((atom) => (polarities.get(nameOf(atom))?.size ?? 0) > 1);
  if (mixed === undefined) return resolved(condition, (atom) => isFree(atom) || atom);
  const values = 'fact' in mixed ? ['true', 'false'] : mixed.of;
  return any(...values.map((value) => withoutFree(resolved(condition, (atom) => taken(atom, mixed, value)))));
}

function taken(atom: Atom, mixed: Atom, value: string): Condition {
  if (nameOf(atom) !== nameOf(mixed)) return atom;
  return 'fact' in atom ? String(atom.is) === value : atom.among.includes(value);
}

const nameOf = (atom: Atom): string => ('fact' in atom ? `${atom.fact} ${atom.about}` : atom.question);
const wayOf = (atom: Atom): string => ('fact' in atom ? String(atom.is) : atom.among.join());

function isFree(atom: Atom): boolean {
  if ('fact' in atom) return true;
  const { answered, choices } = questionOf(atom.question);
  return (
    answered === 'each time' ||
    atom.question === 'VALIDATION_ERROR_NAME' ||
    Object.keys(choices).every((choice) => errorsOf(choice).length > 0)
  );
}

/** The questions on which a condition rests. */
export const questionsIn = (condition: Condition): readonly string[] =>
  atomsOf(condition).flatMap((atom) => ('question' in atom ? [atom.question] : []));
