import type { Question } from '../question.ts';

/** What has to come along when UpdateCustomKeyStore changes how KMS reaches a proxy. */
export const connectivityQuestions = {
  UPDATE_CONNECTIVITY_TO_VPC_COMPANIONS: {
    area: 'update',
    kind: 'silence',
    asks: 'Switch to VPC without new endpoint or service name.',
    readings: [{ page: 'API:UpdateCustomKeyStore', says: 'both must be given' }],
    choices: {
      REJECT_VALIDATION: 'Refused with the validation error.',
      REJECT_XKS_PROXY_INVALID_CONFIGURATION: 'Refused with XksProxyInvalidConfigurationException.',
      REJECT_VPC_SERVICE_NOT_FOUND: 'Refused with XksProxyVpcEndpointServiceNotFoundException.',
      REJECT_VPC_SERVICE_INVALID_CONFIGURATION: 'Refused with XksProxyVpcEndpointServiceInvalidConfigurationException.',
    },
    answered: 'once',
  },
  UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS: {
    area: 'update',
    kind: 'contradiction',
    asks: 'Switch to PUBLIC: how to clear the service name?',
    readings: [
      { page: 'API:UpdateCustomKeyStore', says: 'null or empty string required' },
      { page: 'MODEL', says: 'empty string breaks the minimum length of 20' },
      { page: 'G:update-xks-keystore', says: 'example omits it' },
    ],
    choices: {
      ACCEPT_OMITTED: 'Leaving the service name out clears it.',
      ACCEPT_NULL: 'An explicit null clears it.',
      ACCEPT_EMPTY: 'An empty string clears it.',
      REJECT_EMPTY_VALIDATION: 'An empty string is refused with the validation error.',
      REJECT_MISSING_COMPANION: 'Leaving the service name out is refused.',
    },
    answered: 'once',
  },
  UPDATE_SAME_ENDPOINT_ON_SWITCH: {
    area: 'update',
    kind: 'silence',
    asks: 'Connectivity switch gives an endpoint equal to the old one.',
    readings: [{ page: 'API:UpdateCustomKeyStore', says: 'endpoint must be changed' }],
    choices: {
      REJECT_VALIDATION: 'Refused with the validation error.',
      REJECT_XKS_PROXY_INVALID_CONFIGURATION: 'Refused with XksProxyInvalidConfigurationException.',
      ACCEPT: 'Accepted.',
    },
    answered: 'once',
  },
  UPDATE_VPC_OWNER_REQUIRED: {
    area: 'update',
    kind: 'contradiction',
    asks: 'Is the service owner required when switching to VPC?',
    readings: [
      { page: 'API:UpdateCustomKeyStore', says: 'optional; absent keeps the value' },
      { page: 'G:update-xks-keystore', says: 'required companion' },
    ],
    choices: {
      OPTIONAL: 'The owner may be left out.',
      REQUIRED: 'Leaving the owner out is refused.',
    },
    answered: 'once',
  },
  UPDATE_VPC_OWNER_DEFAULT_ON_SWITCH: {
    area: 'update',
    kind: 'silence',
    asks: 'Owner omitted while switching a public store to VPC; owner after switch back.',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'Create defaults to caller account' },
      { page: 'API:UpdateCustomKeyStore', says: 'Update keeps the present value; a public store has none' },
    ],
    choices: {
      DEFAULT_CALLER_ACCOUNT: 'The account of the caller becomes the owner.',
      REJECT_MISSING: 'Leaving the owner out is refused.',
      KEEP_OLD_VALUE: 'The owner from before the store became public is there again.',
      CLEARED: 'The store has no owner on record.',
    },
    answered: 'once',
  },
  UPDATE_VPC_FIELD_ON_PUBLIC_STORE: {
    area: 'update',
    kind: 'silence',
    asks: 'Service name or owner given to a public store without a connectivity change.',
    readings: [{ page: 'API:UpdateCustomKeyStore', says: 'valid only with VPC connectivity' }],
    choices: {
      REJECT_VALIDATION: 'Refused with the validation error.',
      REJECT_XKS_PROXY_INVALID_CONFIGURATION: 'Refused with XksProxyInvalidConfigurationException.',
      IGNORE_FIELD: 'Succeeds, and the member has no effect.',
    },
    answered: 'once',
  },
} as const satisfies Record<string, Question>;
