import type { Question } from '../question.ts';

/** What goes over the wire, where the documents leave it open. */
export const wireQuestions = {
  HTTP_STATUS: {
    area: 'wire',
    kind: 'contradiction',
    asks: 'Status of NotFoundException and KMSInvalidStateException.',
    readings: [
      { page: 'SDK', says: '404 and 409' },
      { page: 'MODEL', says: '404 and 409' },
      { page: 'OBS-STATUS', says: 'NotFoundException seen with 400' },
      { page: 'G:fix-keystore', says: 'KMSInvalidStateException called an HTTPS 400 error' },
    ],
    choices: {
      MODEL_STATUS: 'The status of the service model.',
      HTTP_400: '400.',
    },
    answered: 'each time', // either exception was seen, or called, 400 by itself
  },
  VALIDATION_ERROR_NAME: {
    area: 'wire',
    kind: 'contradiction',
    asks: 'Name of the generic validation error.',
    readings: [
      { page: 'OBS-VALIDATION', says: 'ValidationException seen' },
      { page: 'MODEL', says: 'not in the model' },
    ],
    choices: {
      ValidationException: 'ValidationException.',
      ValidationError: 'ValidationError.',
    },
    answered: 'once',
  },
  UNLISTED_COMMON_ERRORS: {
    area: 'wire',
    kind: 'silence',
    asks: 'Throttling, AccessDenied, DependencyTimeout for the six operations.',
    readings: [
      { page: 'MODEL', says: 'absent from their lists' },
      { page: 'G:throttling', says: 'throttling applies to all' },
    ],
    choices: {
      ThrottlingException: 'The request rate was too high.',
      AccessDeniedException: 'The caller lacks permission.',
      DependencyTimeoutException: 'Something that KMS depends on timed out.',
    },
    answered: 'each time',
    unasked: 'all its answers are rules that every operation keeps: request/throttled and its neighbours',
  },
  EMPTY_BODY: {
    area: 'wire',
    kind: 'silence',
    asks: '{} or empty body on success.',
    readings: [
      { page: 'SEED', says: 'JSON object with no properties' },
      { page: 'SDK', says: 'JSON object with no properties' },
    ],
    choices: {
      EMPTY_OBJECT: 'An empty JSON object.',
      EMPTY_BODY: 'Nothing.',
    },
    fixedBy: { '2022-11': 'EMPTY_OBJECT' },
    answered: 'once',
    unasked: 'an SDK reads both as an answer without members',
  },
} as const satisfies Record<string, Question>;
