import type { Condition } from './condition.ts';
import { type FactKind, unseen, type World } from './facts.ts';
import { type ChoiceOf, choicesOf, fixedChoice, type QuestionId, questionIds } from './questions.ts';
import type { Edition } from './vocabulary.ts';

/** Answers to some questions: how one implementation, or one reader, takes what the documents leave open. */
export type Answers = { readonly [Q in QuestionId]?: ChoiceOf<Q> };

/** An edition of the documents, plus answers. A question without an answer leaves every listed choice allowed. */
export interface Reading {
  readonly edition: Edition;
  readonly answers: Answers;
}

/** What is taken for granted when a request is judged; rules ask it instead of a reading and a world. */
export interface Known {
  readonly edition: Edition;
  /** Is the answer to the question one of these? */
  answered<Q extends QuestionId>(question: Q, ...among: readonly ChoiceOf<Q>[]): Condition;
  /** Does the fact hold of the subject (or of several, in the order that the fact names them)? Null: not seen yet. */
  holds(fact: FactKind, ...about: readonly (string | null | undefined)[]): Condition;
}

/** What follows from an edition, from answers, and from a world. */
export function known({ edition, answers }: Reading, world: World): Known {
  const given: Readonly<Record<string, string | undefined>> = answers;
  const settled: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    questionIds.map((id) => {
      const [first, ...others] = choicesOf(id);
      return [id, given[id] ?? fixedChoice(id, edition) ?? (others.length === 0 ? first : undefined)] as const;
    }),
  );
  return {
    edition,
    answered: (question, ...among) => {
      const choice = settled[question];
      if (choice !== undefined) return (among as readonly string[]).includes(choice);
      return { question, among, of: choicesOf(question) };
    },
    holds: (fact, ...about) => {
      const subject = about.map((each) => each ?? unseen).join(' ');
      return world(fact, subject) ?? { fact, about: subject, is: true };
    },
  };
}
