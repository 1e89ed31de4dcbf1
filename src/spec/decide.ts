import { catalogue, type RuleId } from './catalogue.ts';
import { all, any, type Condition, not } from './condition.ts';
import type { ErrorName } from './errors.ts';
import type { Request } from './inputs.ts';
import type { Account } from './model.ts';
import { precedence } from './precedence.ts';
import { choicesOf, type QuestionId, questions } from './questions.ts';
import type { Known } from './reading.ts';
import { errorsOf, validationErrors } from './rejection.ts';
import type { Rule, Situation } from './rule.ts';
import { situationOf } from './situation.ts';

/** An error that a rule allows, and when. */
export interface Refusal {
  readonly rule: RuleId;
  readonly error: ErrorName;
  readonly when: Condition;
}

/** What the rules say to a request: the errors they allow, and when none of them refuses. */
export interface Decision {
  readonly situation: Situation;
  readonly refusals: readonly Refusal[];
  readonly accepted: Condition;
  /** The request is about something outside this specification; then every outcome is allowed, and nothing changes. */
  readonly elsewhere: Condition;
}

/** Asks every rule of the operation. The order of the rules means nothing: all that apply are allowed. */
export function decide(account: Account, request: Request, known: Known): Decision {
  const situation = situationOf(account, request, known);
  const broken: Refusal[] = [];
  const refused: Condition[] = [];
  for (const { id, rule } of catalogue[request.op]) {
    const arises = rule.rejects(situation);
    if (arises === false) continue;
    const refusals = refusalsOf(id, rule, arises, known);
    if (refusals.length === 0) continue;
    refused.push(any(...refusals.map(({ when }) => when)));
    broken.push(...refusals);
  }
  return {
    situation,
    refusals: inOrder(broken, known),
    accepted: not(any(...refused)),
    elsewhere: situation.elsewhere,
  };
}

/** The errors of a rule whose situation arises; by the answers to a question, if that names the errors. */
function refusalsOf(rule: RuleId, { error }: Rule, arises: Condition, known: Known): Refusal[] {
  if (typeof error === 'string') return named(rule, error, arises, known);
  if (!('answerTo' in error)) return error.flatMap((each) => named(rule, each, arises, known));
  const answered = known.answered as (question: QuestionId, choice: string) => Condition;
  return Object.keys(questions[error.answerTo].choices).flatMap((choice) =>
    errorsOf(choice).flatMap((each) => named(rule, each, all(arises, answered(error.answerTo, choice)), known)),
  );
}

/** The generic validation error goes by two names. */
function named(rule: RuleId, error: ErrorName, when: Condition, { answered }: Known): Refusal[] {
  if (when === false) return [];
  if (error !== validationErrors[0]) return [{ rule, error, when }];
  return validationErrors
    .map((name) => ({ rule, error: name, when: all(when, answered('VALIDATION_ERROR_NAME', name)) }))
    .filter((refusal) => refusal.when !== false);
}

/** Leaves only the errors that the answer to a question of order leaves, where several rules refuse at once. */
function inOrder(refusals: readonly Refusal[], { answered }: Known): readonly Refusal[] {
  if (refusals.length < 2) return refusals;
  let left = refusals;
  for (const [question, order] of Object.entries(precedence)) {
    const choices = Object.entries(order as Readonly<Record<string, readonly string[]>>);
    const refusing = choices.filter(([, ids]) => left.some(({ rule, when }) => when === true && ids.includes(rule)));
    if (refusing.length < 2) continue;
    left = left.flatMap((refusal) => {
      const choice = refusing.find(([, ids]) => ids.includes(refusal.rule));
      if (choice === undefined) return [refusal];
      const asked = (answered as (question: string, ...among: string[]) => Condition)(question, choice[0]);
      const lost = choicesOf(question as QuestionId).filter((id) => !refusing.some(([other]) => other === id));
      const unheard =
        lost.length === 0
          ? false
          : (answered as (question: string, ...among: string[]) => Condition)(question, ...lost);
      const when = all(refusal.when, any(asked, unheard));
      return when === false ? [] : [{ ...refusal, when }];
    });
  }
  return left;
}
