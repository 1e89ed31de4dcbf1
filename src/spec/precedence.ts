import type { QuestionId } from './questions.ts';

/**
 * AWS documents no order of checks, so every error that applies is allowed. Where an order is asked for by a question,
 * its answer leaves only the errors of these rules, when rules of several answers refuse at once.
 */
export const precedence = {
  DELETE_CONNECTED_WITH_KEYS: {
    REJECT_INVALID_STATE: ['delete/in-state'],
    REJECT_HAS_CMKS: ['delete/has-keys'],
  },
  NOTFOUND_VERSUS_FIELD_ERROR: {
    NOT_FOUND: ['store/not-found'],
    VALIDATION: ['request/malformed', 'request/wrong-json-type'],
  },
  AUTH_VERSUS_VALIDATION: {
    ACCESS_DENIED: ['request/access-denied'],
    VALIDATION: ['request/malformed', 'request/wrong-json-type'],
  },
  GENERATE_RANDOM_DISCONNECTED_XKS: {
    REJECT_UNSUPPORTED_OPERATION: ['generate-random/external'],
    REJECT_INVALID_STATE: ['generate-random/in-state'],
  },
  CREATE_AT_QUOTA_WITH_DUPLICATE: {
    REJECT_LIMIT_EXCEEDED: ['create/quota'],
    REJECT_NAME_IN_USE: ['name/in-use'],
  },
  URI_COLLISION_CHOICE: {
    REJECT_URI_IN_USE: ['proxy-uri/in-use'],
    REJECT_URI_ENDPOINT_IN_USE: ['proxy-endpoint/in-use'],
    REJECT_VPC_SERVICE_IN_USE: ['endpoint-service/in-use'],
    REJECT_NAME_IN_USE: ['name/in-use'],
  },
} as const satisfies { readonly [Q in QuestionId]?: Readonly<Record<string, readonly string[]>> };
