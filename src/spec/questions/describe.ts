import type { Question } from '../question.ts';

/** What DescribeCustomKeyStores shows, where the documents leave it open. */
export const describeQuestions = {
  DESCRIBE_BOTH_FILTERS: {
    area: 'describe',
    kind: 'silence',
    asks: 'ID and name together.',
    readings: [{ page: 'API:DescribeCustomKeyStores', says: 'not both; exception not named' }],
    choices: {
      REJECT_VALIDATION: 'Refused with the validation error.',
      REJECT_UNSUPPORTED_OPERATION: 'Refused with UnsupportedOperationException.',
      REJECT_NOT_FOUND: 'Refused with CustomKeyStoreNotFoundException.',
      ACCEPT_WHEN_CONSISTENT: 'Answered, if both name the same store.',
    },
    answered: 'once',
  },
  DESCRIBE_DEFAULT_LIMIT_ORDER: {
    area: 'describe',
    kind: 'silence',
    asks: 'Default page size, order, Limit or Marker with a filter.',
    readings: [],
    choices: {
      ANY: 'Any page size and order.',
    },
    answered: 'once',
    unasked: 'its one answer is that any page and order matches',
  },
  DESCRIBE_OTHERWISE_CONNECTED: {
    area: 'describe',
    kind: 'contradiction',
    asks: 'Text: FAILED, DISCONNECTED, otherwise CONNECTED.',
    readings: [
      { page: 'API:DescribeCustomKeyStores', says: 'three values implied' },
      { page: 'MODEL', says: 'five values' },
    ],
    choices: {
      FIVE_STATES: 'All five states are shown.',
    },
    answered: 'once',
    unasked: 'its one answer is the vocabulary: five connection states',
  },
  DESCRIBE_VPC_OWNER_SHOWN: {
    area: 'describe',
    kind: 'contradiction and silence',
    asks: 'Is VpcEndpointServiceOwner shown when it is the own account?',
    readings: [
      { page: 'API:DescribeCustomKeyStores', says: 'shown for VPC connectivity' },
      { page: 'G:view-xks-keystore', says: 'examples omit it' },
    ],
    choices: {
      PRESENT: 'There.',
      ABSENT: 'Not there.',
    },
    answered: 'once',
  },
  STALE_READS: {
    area: 'describe',
    kind: 'silence',
    asks: 'How old may a Describe answer be?',
    readings: [{ page: 'G:accessing-kms', says: 'usually seconds, up to minutes' }],
    choices: {
      FRESH: 'The answer shows the present state.',
      STALE_UP_TO_MINUTES: 'The answer may show a state of the last minutes.',
      UNEXPECTED_NOT_FOUND: 'A new store may not be found yet.',
    },
    answered: 'each time',
    unasked: 'stale answers belong to the oracle of recorded histories; the account itself is always fresh',
  },
} as const satisfies Record<string, Question>;
