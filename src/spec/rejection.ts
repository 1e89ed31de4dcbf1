import type { ErrorName } from './errors.ts';

/**
 * The error that each refusing answer to a question stands for. An answer that is not listed here does not refuse.
 * Where the documents name no exception, every error that fits the words is allowed.
 */
const errorsByChoice: Readonly<Record<string, readonly ErrorName[]>> = {
  REJECT_INVALID_STATE: ['CustomKeyStoreInvalidStateException'],
  REJECT_UNLESS_DISCONNECTED: ['CustomKeyStoreInvalidStateException'],
  REJECT_CUSTOM_KEY_STORE_INVALID_STATE: ['CustomKeyStoreInvalidStateException'],
  REJECT_KMS_INVALID_STATE: ['KMSInvalidStateException'],
  REJECT_KMS_INTERNAL: ['KMSInternalException'],
  REJECT_DISABLED: ['DisabledException'],
  REJECT_VALIDATION: ['ValidationException'],
  REJECT_EMPTY_VALIDATION: ['ValidationException'],
  REJECT_UNSUPPORTED_OPERATION: ['UnsupportedOperationException'],
  REJECT_NOT_FOUND: ['CustomKeyStoreNotFoundException'],
  REJECT_NAME_IN_USE: ['CustomKeyStoreNameInUseException'],
  REJECT_REPEATED_NAME: ['CustomKeyStoreNameInUseException'],
  REJECT_CLUSTER_IN_USE: ['CloudHsmClusterInUseException'],
  REJECT_NOT_RELATED: ['CloudHsmClusterNotRelatedException'],
  REJECT_URI_IN_USE: ['XksProxyUriInUseException'],
  REJECT_XKS_PROXY_INVALID_CONFIGURATION: ['XksProxyInvalidConfigurationException'],
  REJECT_XKS_PROXY_URI_UNREACHABLE: ['XksProxyUriUnreachableException'],
  REJECT_VPC_SERVICE_NOT_FOUND: ['XksProxyVpcEndpointServiceNotFoundException'],
  REJECT_VPC_SERVICE_INVALID_CONFIGURATION: ['XksProxyVpcEndpointServiceInvalidConfigurationException'],
  REJECT_XKS_KEY_INVALID_RESPONSE: ['XksKeyInvalidResponseException'],
  REJECT_XKS_KEY_INVALID_CONFIGURATION: ['XksKeyInvalidConfigurationException'],
  REJECT_MISSING_COMPANION: ['ValidationException', 'XksProxyInvalidConfigurationException'],
  REJECT_MISSING: ['ValidationException', 'XksProxyInvalidConfigurationException'],
  REQUIRED: ['ValidationException', 'XksProxyInvalidConfigurationException'],
  REJECT_OUTSIDE_7_30: ['ValidationException'],
  ALPHANUMERIC_ONLY: ['ValidationException'],
  V1_ONLY: ['ValidationException', 'XksProxyInvalidConfigurationException'],
};

/** The errors that an answer stands for; none if the answer does not refuse. */
export const errorsOf = (choice: string): readonly ErrorName[] =>
  Object.hasOwn(errorsByChoice, choice) ? (errorsByChoice[choice] ?? []) : [];

/** The generic validation error goes by two names; see the question VALIDATION_ERROR_NAME. */
export const validationErrors = ['ValidationException', 'ValidationError'] as const;

/** The names under which an error goes. */
export const namesOf = (error: ErrorName): readonly ErrorName[] =>
  error === validationErrors[0] ? validationErrors : [error];
