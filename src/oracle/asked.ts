import type { Grounds } from './grounds.ts';
import { factWith } from './lesson.ts';
import { isStandIn } from './opaque.ts';
import { factIn, isPair, isWithin, type Sentence, written } from './sentence.ts';

/** The questions and facts that were asked for, with names for values. */
export interface Asked {
  readonly questions: readonly string[];
  readonly facts: readonly string[];
}

export function askedOf(asked: Iterable<string>, names: (piece: string) => string): Asked {
  const questions: string[] = [];
  const facts: string[] = [];
  for (const what of asked) {
    if (what.includes(' ')) facts.push(factIn(what).pieces.map(names).join(''));
    else questions.push(what);
  }
  return { questions, facts };
}

/** What is taken for granted of what was asked for; `values` are those behind the names. */
export function answersTo(
  { questions, facts }: Asked,
  each: readonly Grounds[],
  values: readonly string[],
  names: (piece: string) => string,
): string {
  const wanted = facts.map((name) => factWith(name, values));
  let text = '';
  for (const grounds of each) {
    for (const question of questions) text += `${grounds.choices.get(question)?.join('/') ?? ''};`;
    const sentences = new Set<Sentence>();
    for (const name of wanted) {
      const is = grounds.fact(name);
      text += is === undefined ? '?' : is ? '+' : '-';
      for (const sentence of grounds.clausesWith(name) ?? []) sentences.add(sentence);
    }
    if (sentences.size > 0) text += written(sentences, names);
    text += `${grounds.beside([...questions, ...wanted], sentences)}\u0004`;
  }
  return text;
}

/**
 * What is taken for granted about these values, in one text, with names for those that have one. What it is about one of
 * them and another that is none of them is left out if `isClosed`: there may be many others.
 */
export function saidOf(
  each: readonly Grounds[],
  values: ReadonlySet<string>,
  names: (piece: string) => string,
  isClosed = false,
): string {
  let text = '';
  for (const grounds of each) {
    let sentences: Set<Sentence> | undefined;
    for (const value of values) {
      for (const sentence of grounds.about(value) ?? []) {
        if (isClosed && !isWithin(sentence, values)) continue;
        sentences ??= new Set();
        sentences.add(sentence);
      }
    }
    if (sentences !== undefined) text += written(sentences, names);
    text += '\u0004';
  }
  return text;
}

/** Was anything asked of the store together with something that is not its own, and not the event's? */
export const asksOfOthers = ({ facts }: Asked): boolean =>
  facts.some((fact) => {
    const [kind, ...things] = fact.split(' ');
    return isPair(kind as string) && !things.every(isStandIn);
  });
