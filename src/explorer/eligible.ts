import { allowed, fieldsIn } from '../machine/allowed.ts';
import { cellOf, type UpdateField } from '../spec/eligibility.ts';
import type { Store } from '../spec/model.ts';
import type { QuestionId } from '../spec/questions.ts';
import type { Reading } from '../spec/reading.ts';
import { type ConnectionState, editions, type StoreType } from '../spec/vocabulary.ts';

/** May a member of UpdateCustomKeyStore change a store of this type in this state? */
export interface Eligibility {
  readonly may: 'yes' | 'no' | 'open';
  readonly questions: readonly QuestionId[];
}

/** Undefined: the edition does not know the member, or the type has no such property. */
export function eligibility(
  type: StoreType,
  field: UpdateField,
  state: ConnectionState,
  { edition, answers }: Reading,
): Eligibility | undefined {
  if (cellOf(type, field, state) === undefined || !fieldsIn(edition).includes(field)) return undefined;
  const outcomes = allowed({ type, state, operation: 'UpdateCustomKeyStore', update: [field], edition, answers });
  const ok = outcomes.some((outcome) => outcome.ok);
  const questions = [...new Set(outcomes.flatMap((outcome) => outcome.questions))];
  return { may: !ok ? 'no' : outcomes.length === 1 ? 'yes' : 'open', questions };
}

/** Why an update is refused, by the members that may not change: one line for each. */
export const frozen = (store: Pick<Store, 'type'>, state: ConnectionState, input: object, reading: Reading) =>
  everyField
    .filter((field) => field in input && eligibility(store.type, field, state, reading)?.may === 'no')
    .map((field) => `${field} may not change while ${state}.`);

/** Every member that some edition knows. */
export const everyField: readonly UpdateField[] = [...new Set(editions.flatMap((edition) => fieldsIn(edition)))];
