import type { Question } from './question.ts';
import { cloudtrailQuestions } from './questions/cloudtrail.ts';
import { connectQuestions } from './questions/connect.ts';
import { createQuestions } from './questions/create.ts';
import { deleteQuestions } from './questions/delete.ts';
import { describeQuestions } from './questions/describe.ts';
import { disconnectQuestions } from './questions/disconnect.ts';
import { keysQuestions } from './questions/keys.ts';
import { precedenceQuestions } from './questions/precedence.ts';
import { updateQuestions } from './questions/update.ts';
import { wireQuestions } from './questions/wire.ts';
import type { Edition } from './vocabulary.ts';

/** Every point that the documents leave open, by its name. Names are never reused or changed. */
export const questions = {
  ...updateQuestions,
  ...precedenceQuestions,
  ...connectQuestions,
  ...disconnectQuestions,
  ...deleteQuestions,
  ...createQuestions,
  ...describeQuestions,
  ...keysQuestions,
  ...wireQuestions,
  ...cloudtrailQuestions,
} as const satisfies Record<string, Question>;

export type QuestionId = keyof typeof questions;

/** The answers that a question allows. */
export type ChoiceOf<Q extends QuestionId> = Extract<keyof (typeof questions)[Q]['choices'], string>;

export const questionIds = Object.keys(questions) as readonly QuestionId[];

/** One question, with its optional members. */
export const questionOf = (id: QuestionId): Question => questions[id];

/** The answers that a question allows, the default first. */
export const choicesOf = (id: QuestionId): readonly string[] => Object.keys(questions[id].choices);

/** The answer that holds where nobody gave one and one is needed. */
export const defaultChoice = (id: QuestionId): string => choicesOf(id)[0] as string;

/** The answer that the text of an edition settles, if it does. */
export const fixedChoice = (id: QuestionId, edition: Edition): string | undefined => questionOf(id).fixedBy?.[edition];
