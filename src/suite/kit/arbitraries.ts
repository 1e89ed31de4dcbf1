import fc from 'fast-check';
import { createRequests, requestsAbout } from '../../machine/alphabet.ts';
import type { Request } from '../../spec/inputs.ts';
import { choicesOf, fixedChoice, type QuestionId, questionIds } from '../../spec/questions.ts';
import type { Answers } from '../../spec/reading.ts';
import { connectionStates, type Edition, editions, operations, storeTypes } from '../../spec/vocabulary.ts';

export const anyEdition = (): fc.Arbitrary<Edition> => fc.constantFrom(...editions);
export const anyStoreType = () => fc.constantFrom(...storeTypes);
export const anyConnectionState = () => fc.constantFrom(...connectionStates);
export const anyOperation = () => fc.constantFrom(...operations);

/** Answers to some of the questions that an edition leaves open. */
export const anyAnswers = (edition: Edition): fc.Arbitrary<Answers> =>
  fc.record(Object.fromEntries(openQuestions(edition).map((id) => [id, fc.constantFrom(...choicesOf(id))])), {
    requiredKeys: [],
  }) as fc.Arbitrary<Answers>;

/** A request that creates a store. */
export const anyCreation = (): fc.Arbitrary<Request> => fc.constantFrom(...createRequests);

/** A request about one store, or about a key in it. */
export const anyRequestAbout = (
  customKeyStoreId: string,
  type: (typeof storeTypes)[number],
  keyId?: string,
): fc.Arbitrary<Request> =>
  fc.constantFrom(
    ...requestsAbout(customKeyStoreId, type, keyId ?? '').filter(
      ({ input }) => keyId !== undefined || !('KeyId' in input),
    ),
  );

const openQuestions = (edition: Edition): readonly QuestionId[] =>
  questionIds.filter((id) => fixedChoice(id, edition) === undefined);
