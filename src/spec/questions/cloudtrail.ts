import type { Question } from '../question.ts';

/** What CloudTrail records, where the documents leave it open. */
export const cloudtrailQuestions = {
  CT_FAILURES_LOGGED: {
    area: 'cloudtrail',
    kind: 'contradiction',
    asks: 'Are failed calls recorded?',
    readings: [
      { page: 'G:cloudtrail', says: 'in some scenarios' },
      { page: 'G:xks-troubleshooting', says: 'successful and failed' },
    ],
    choices: {
      RECORDED: 'Recorded.',
      NOT_RECORDED: 'Not recorded.',
    },
    answered: 'each time',
    unasked: 'it is about what CloudTrail writes; the reader of trails will ask it',
  },
  CT_XKS_PARAMETER_NAMES: {
    area: 'cloudtrail',
    kind: 'silence',
    asks: 'Request parameter names for external stores.',
    readings: [{ page: 'G:ct-keystores', says: 'no example' }],
    choices: {
      ANY_LOWER_CAMEL_NAME: 'Any lower camel case name.',
    },
    answered: 'once',
    unasked: 'it is about what CloudTrail writes; the reader of trails will ask it',
  },
  CT_SECRETS: {
    area: 'cloudtrail',
    kind: 'silence',
    asks: 'Is a secret left out or masked?',
    readings: [
      { page: 'G:ct-keystores', says: 'absent in the Create example' },
      { page: 'MODEL', says: 'fields are sensitive' },
    ],
    choices: {
      ABSENT: 'Not there.',
      MASKED: 'Masked.',
    },
    answered: 'once',
    unasked: 'it is about what CloudTrail writes; the reader of trails will ask it',
  },
  CT_ADDITIONAL_DATA: {
    area: 'cloudtrail',
    kind: 'silence',
    asks: 'additionalEventData for external stores, for failed calls; clusterId old or new on Update.',
    readings: [{ page: 'G:ct-keystores', says: 'AWS CloudHSM success examples only' }],
    choices: {
      ABSENT: 'Not there.',
      NAME_ONLY: 'The name only.',
      NAME_AND_CLUSTER_OLD: 'The name and the cluster from before the call.',
      NAME_AND_CLUSTER_NEW: 'The name and the cluster from after the call.',
    },
    answered: 'each time',
    unasked: 'it is about what CloudTrail writes; the reader of trails will ask it',
  },
  CT_DESCRIBE_NO_PARAMETER: {
    area: 'cloudtrail',
    kind: 'silence',
    asks: 'requestParameters of an unfiltered Describe.',
    readings: [{ page: 'G:ct-keystores', says: 'example has an ID' }],
    choices: {
      NULL: 'null.',
      EMPTY_OBJECT: 'An empty object.',
    },
    answered: 'once',
    unasked: 'it is about what CloudTrail writes; the reader of trails will ask it',
  },
  CT_ACCESS_DENIED_NAME: {
    area: 'cloudtrail',
    kind: 'silence',
    asks: 'errorCode of an unauthorised call.',
    readings: [{ page: 'G:cloudtrail', says: 'no KMS example' }],
    choices: {
      AccessDenied: 'AccessDenied.',
      AccessDeniedException: 'AccessDeniedException.',
    },
    answered: 'once',
    unasked: 'it is about what CloudTrail writes; the reader of trails will ask it',
  },
  CT_DELETEKEY_SHAPE: {
    area: 'cloudtrail',
    kind: 'contradiction',
    asks: 'DeleteKey service event: responseElements null or keyId; keyHandle present or not; key ARN field casing.',
    readings: [{ page: 'G:ct-keys', says: 'two page versions differ' }],
    choices: {
      EITHER_FORM: 'Either form.',
    },
    answered: 'once',
    unasked: 'it is about what CloudTrail writes; the reader of trails will ask it',
  },
  CT_ASYNC_OUTCOME: {
    area: 'cloudtrail',
    kind: 'silence',
    asks: 'Is the end of connect or disconnect recorded?',
    readings: [{ page: 'G:cloudtrail', says: 'no event documented' }],
    choices: {
      NOT_RECORDED: 'Not recorded.',
      SERVICE_EVENT: 'As a service event.',
    },
    answered: 'each time',
    unasked: 'it is about what CloudTrail writes; the reader of trails will ask it',
  },
} as const satisfies Record<string, Question>;
