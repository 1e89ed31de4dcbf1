import type { Question } from '../question.ts';

/** How a store disconnects, where the documents leave it open. */
export const disconnectQuestions = {
  DISCONNECT_WHILE_CONNECTING: {
    area: 'disconnect',
    kind: 'silence',
    asks: 'What follows Disconnect in CONNECTING?',
    readings: [{ page: 'API:DisconnectCustomKeyStore', says: 'valid call' }],
    choices: {
      DISCONNECTING_THEN_DISCONNECTED: 'The attempt is cancelled: DISCONNECTING, then DISCONNECTED.',
      DISCONNECTED: 'The attempt is cancelled: DISCONNECTED at once.',
      CONNECTED_OR_FAILED_FIRST: 'The attempt ends first, and the disconnection follows.',
    },
    answered: 'each time',
  },
  DISCONNECTING_VISIBILITY: {
    area: 'disconnect',
    kind: 'contradiction and silence',
    asks: 'Is DISCONNECTING always seen (also from FAILED)?',
    readings: [
      { page: 'API:DisconnectCustomKeyStore', says: 'state becomes DISCONNECTED' },
      { page: 'G:xks-connect-disconnect', says: 'DISCONNECTING then DISCONNECTED' },
    ],
    choices: {
      DISCONNECTING: 'The store shows DISCONNECTING.',
      DISCONNECTED: 'The disconnection may have ended before anybody looks.',
      STALE_PREVIOUS: 'A stale answer shows the state before for a while.',
    },
    answered: 'each time',
    unasked:
      'hidden steps may happen at any time, so DISCONNECTING may be seen or not; stale answers belong to the oracle of recorded histories',
  },
  DISCONNECT_FAILURE: {
    area: 'disconnect',
    kind: 'silence',
    asks: 'Can a disconnection fail, and which state then?',
    readings: [
      { page: 'G:xks-connect-disconnect', says: 'console shows an error message' },
      { page: 'API:CustomKeyStoresListEntry', says: 'FAILED is defined for connect attempts only' },
    ],
    choices: {
      STATE_UNCHANGED: 'The store is back in the state it was in.',
      DISCONNECTING_STAYS: 'The store stays DISCONNECTING.',
      DISCONNECTED: 'The store is DISCONNECTED all the same.',
    },
    answered: 'each time',
  },
  ERROR_CODE_AFTER_DISCONNECT: {
    area: 'disconnect',
    kind: 'contradiction',
    asks: 'Is ConnectionErrorCode readable after Disconnect?',
    readings: [
      { page: 'API:CustomKeyStoresListEntry', says: 'only while FAILED' },
      { page: 'G:fix-keystore', says: 'procedure disconnects first, then reads the code' },
    ],
    choices: {
      ABSENT: 'The code is shown in FAILED only.',
      PRESENT: 'The code of the last attempt is still shown.',
    },
    answered: 'once',
  },
} as const satisfies Record<string, Question>;
