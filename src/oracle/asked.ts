import type { Grounds } from './grounds.ts';
import { factWith } from './lesson.ts';
import { factIn, type Sentence, written } from './sentence.ts';

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
    text += `${grounds.clauses}\u0004`;
  }
  return text;
}

/** What is taken for granted about these values, in one text, with names for those that have one. */
export function saidOf(each: readonly Grounds[], values: Iterable<string>, names: (piece: string) => string): string {
  let text = '';
  for (const grounds of each) {
    let sentences: Set<Sentence> | undefined;
    for (const value of values) {
      const about = grounds.about(value);
      if (about === undefined) continue;
      sentences ??= new Set();
      for (const sentence of about) sentences.add(sentence);
    }
    if (sentences !== undefined) text += written(sentences, names);
    text += '\u0004';
  }
  return text;
}
