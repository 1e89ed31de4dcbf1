import type { Question } from '../question.ts';

/** What deletion leaves, where the documents leave it open. */
export const deleteQuestions = {
  DELETE_IN_FAILED: {
    area: 'delete',
    kind: 'silence',
    asks: 'Delete a FAILED store.',
    readings: [
      { page: 'API:DeleteCustomKeyStore', says: 'only when disconnected', supports: ['REJECT_INVALID_STATE'] },
      { page: 'API:DeleteCustomKeyStore', says: 'FAILED not named', supports: ['REJECT_INVALID_STATE'] },
    ],
    choices: {
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
    },
    answered: 'once',
  },
  DELETE_STALE: {
    area: 'delete',
    kind: 'silence',
    asks: 'Calls and name/cluster/URI reuse right after Delete.',
    readings: [
      { page: 'API:DeleteCustomKeyStore', says: 'eventual consistency' },
      { page: 'G:accessing-kms', says: 'eventual consistency' },
    ],
    choices: {
      NOT_FOUND: 'The store is gone.',
      STALE_FOUND: 'A stale answer still shows the store.',
      REUSE_OK: 'Its name, cluster and proxy are free.',
      REUSE_REJECTED_IN_USE: 'For a while they still count as in use.',
    },
    answered: 'each time',
    unasked: 'stale answers belong to the oracle of recorded histories; the account itself is always fresh',
  },
} as const satisfies Record<string, Question>;
