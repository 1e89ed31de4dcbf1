import type { Question } from '../question.ts';

/** Which of several errors appears, where the documents leave it open. */
export const precedenceQuestions = {
  CHECK_ORDER: {
    area: 'precedence',
    kind: 'silence',
    asks: 'Several checks fail at once.',
    readings: [],
    choices: {
      ANY_APPLICABLE_ERROR: 'Any error that applies.',
    },
    answered: 'each time',
    unasked: 'its one answer is how a verdict is made: every error that applies is allowed',
  },
  AUTH_VERSUS_VALIDATION: {
    area: 'precedence',
    kind: 'silence',
    asks: 'Unauthorised and malformed request.',
    readings: [],
    choices: {
      ACCESS_DENIED: 'The missing permission comes first.',
      VALIDATION: 'The validation error comes first.',
    },
    answered: 'each time',
  },
  NOTFOUND_VERSUS_FIELD_ERROR: {
    area: 'precedence',
    kind: 'silence',
    asks: 'Unknown store ID with a field that breaks a rule.',
    readings: [],
    choices: {
      NOT_FOUND: 'The store is not found.',
      VALIDATION: 'The validation error comes first.',
    },
    answered: 'each time',
  },
  DELETE_CONNECTED_WITH_KEYS: {
    area: 'precedence',
    kind: 'silence',
    asks: 'Delete a store that is not DISCONNECTED and has keys.',
    readings: [{ page: 'API:DeleteCustomKeyStore', says: 'both conditions documented' }],
    choices: {
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
      REJECT_HAS_CMKS: 'Refused with CustomKeyStoreHasCMKsException.',
    },
    answered: 'each time',
  },
  CREATE_AT_QUOTA_WITH_DUPLICATE: {
    area: 'precedence',
    kind: 'silence',
    asks: 'Create at quota with a taken name, or with an idempotent repeat.',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'both conditions documented' },
      { page: 'G:create-keystore', says: 'both conditions documented' },
    ],
    choices: {
      REJECT_LIMIT_EXCEEDED: 'Refused with LimitExceededException.',
      REJECT_NAME_IN_USE: 'Refused with CustomKeyStoreNameInUseException.',
      RETURN_EXISTING_ID: 'Succeeds with the ID of the store that exists; nothing is created.',
    },
    answered: 'each time',
  },
  URI_COLLISION_CHOICE: {
    area: 'precedence',
    kind: 'silence',
    asks: 'Request breaks several uniqueness rules.',
    readings: [{ page: 'API:CreateCustomKeyStore', says: 'each exception documented alone' }],
    choices: {
      REJECT_URI_IN_USE: 'Refused with XksProxyUriInUseException.',
      REJECT_URI_ENDPOINT_IN_USE: 'Refused with XksProxyUriEndpointInUseException.',
      REJECT_VPC_SERVICE_IN_USE: 'Refused with XksProxyVpcEndpointServiceInUseException.',
      REJECT_NAME_IN_USE: 'Refused with CustomKeyStoreNameInUseException.',
    },
    answered: 'each time',
  },
  GENERATE_RANDOM_DISCONNECTED_XKS: {
    area: 'precedence',
    kind: 'silence',
    asks: 'GenerateRandom with a disconnected external store.',
    readings: [
      { page: 'API:GenerateRandom', says: 'UnsupportedOperation for external stores' },
      { page: 'API:GenerateRandom', says: 'invalid state speaks of AWS CloudHSM stores' },
    ],
    choices: {
      REJECT_UNSUPPORTED_OPERATION: 'Refused with UnsupportedOperationException.',
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
    },
    answered: 'each time',
  },
} as const satisfies Record<string, Question>;
