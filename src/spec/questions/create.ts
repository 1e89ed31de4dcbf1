import type { Question } from '../question.ts';

/** What a store may be created with, where the documents leave it open. */
export const createQuestions = {
  CREATE_HSM_IDEMPOTENT: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Repeat Create with equal values.',
    readings: [
      { page: 'G:create-keystore', says: 'existing DISCONNECTED store: its ID is returned' },
      { page: 'API:CreateCustomKeyStore', says: 'name and cluster must be unused' },
    ],
    choices: {
      RETURN_EXISTING_ID: 'Succeeds with the ID of the store that exists; nothing is created.',
      REJECT_NAME_IN_USE: 'Refused with CustomKeyStoreNameInUseException.',
      REJECT_CLUSTER_IN_USE: 'Refused with CloudHsmClusterInUseException.',
    },
    answered: 'once',
  },
  CREATE_HSM_IDEMPOTENT_SCOPE: {
    area: 'create',
    kind: 'silence',
    asks: 'Which values are compared; never-connected only; rotated password?',
    readings: [
      { page: 'G:create-keystore', says: 'all property values, disconnected store' },
      { page: 'API:ConnectCustomKeyStore', says: 'KMS rotates the password on connect' },
    ],
    choices: {
      RETURN_EXISTING_ID: 'Succeeds with the ID of the store that exists; nothing is created.',
      REJECT_NAME_IN_USE: 'Refused with CustomKeyStoreNameInUseException.',
      REJECT_CLUSTER_IN_USE: 'Refused with CloudHsmClusterInUseException.',
    },
    answered: 'each time', // it asks several things at once, and each may be decided by itself
  },
  CREATE_XKS_IDEMPOTENT: {
    area: 'create',
    kind: 'silence',
    asks: 'Repeat Create of an external store.',
    readings: [],
    choices: {
      REJECT_NAME_IN_USE: 'Refused with CustomKeyStoreNameInUseException.',
      REJECT_URI_IN_USE: 'Refused with XksProxyUriInUseException.',
      RETURN_EXISTING_ID: 'Succeeds with the ID of the store that exists; nothing is created.',
    },
    answered: 'each time', // it may depend on the state of the store, as it does for an AWS CloudHSM key store
  },
  CREATE_MISSING_PARAMETER: {
    area: 'create',
    kind: 'silence',
    asks: 'Type-specific required field missing.',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'required by text, optional in the model; exception not named' },
      { page: 'MODEL', says: 'required by text, optional in the model; exception not named' },
    ],
    choices: {
      REJECT_VALIDATION: 'Refused with the validation error.',
      REJECT_XKS_PROXY_INVALID_CONFIGURATION: 'Refused with XksProxyInvalidConfigurationException.',
      REJECT_UNSUPPORTED_OPERATION: 'Refused with UnsupportedOperationException.',
    },
    answered: 'each time',
  },
  CREATE_FOREIGN_PARAMETER: {
    area: 'create',
    kind: 'silence',
    asks: 'Field of the other type, or VPC name/owner with PUBLIC_ENDPOINT.',
    readings: [],
    choices: {
      REJECT_VALIDATION: 'Refused with the validation error.',
      REJECT_UNSUPPORTED_OPERATION: 'Refused with UnsupportedOperationException.',
      IGNORE_FIELD: 'Succeeds, and the member has no effect.',
    },
    answered: 'once',
  },
  CREATE_VPC_PROXY_TEST: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Is the proxy contacted when a VPC store is created?',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'only at connect' },
      { page: 'G:create-xks-keystore', says: 'only at connect' },
      { page: 'G:create-xks-keystore', says: 'while creating, connecting, updating' },
    ],
    choices: {
      NO_PROXY_CHECK: 'The proxy of a VPC store is first asked at connect.',
      PROXY_CHECK: 'The proxy is asked when the store is created.',
    },
    answered: 'once',
  },
  NAME_SCOPE: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Scope of name uniqueness.',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'account and Region' },
      { page: 'API:UpdateCustomKeyStore', says: 'account' },
      { page: 'G:create-xks-keystore', says: 'among external stores of the account (console); account (API)' },
    ],
    choices: {
      ACCOUNT_REGION_ALL_TYPES: 'Among all stores of the account and Region.',
      ACCOUNT_ALL_REGIONS: 'Among all stores of the account, in every Region.',
      ACCOUNT_REGION_PER_TYPE: 'Among the stores of the same type in the account and Region.',
    },
    answered: 'once',
  },
  NAME_CASE: {
    area: 'create',
    kind: 'silence',
    asks: 'Is the name compared case-sensitively, trimmed?',
    readings: [],
    choices: {
      CASE_SENSITIVE: 'Letters of another case make another name.',
      CASE_INSENSITIVE: 'Letters of another case make the same name.',
    },
    answered: 'once',
  },
  URI_SCOPE: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Scope of endpoint+path uniqueness.',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'Region' },
      { page: 'API:CreateCustomKeyStore', says: 'account and Region' },
      { page: 'G:create-xks-keystore', says: 'account and Region' },
    ],
    choices: {
      ACCOUNT_REGION: 'Within one account and Region.',
      REGION_ALL_ACCOUNTS: 'Within a Region, across accounts.',
    },
    answered: 'once',
  },
  URI_CASE: {
    area: 'create',
    kind: 'silence',
    asks: 'Host case, trailing dot, equal hosts.',
    readings: [{ page: 'MODEL', says: 'pattern permits both cases' }],
    choices: {
      EXACT_STRING: 'Two values are equal letter by letter.',
      HOST_CASE_INSENSITIVE: 'The case of the host does not matter.',
    },
    answered: 'once',
  },
  PRIVATE_DNS_SCOPE: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Scope of private DNS name uniqueness.',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'account and Region' },
      { page: 'API:CreateCustomKeyStore', says: 'Region' },
      { page: 'G:vpc-connectivity', says: 'Region' },
    ],
    choices: {
      ACCOUNT_REGION: 'Within one account and Region.',
      REGION_ALL_ACCOUNTS: 'Within a Region, across accounts.',
    },
    answered: 'once',
  },
  CLUSTER_SCOPE: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Scope of cluster uniqueness.',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'account' },
      { page: 'G:create-keystore', says: 'account and Region; copies elsewhere count as different' },
    ],
    choices: {
      ACCOUNT_REGION: 'Within one account and Region.',
      ACCOUNT_ALL_REGIONS: 'Within an account, across its Regions.',
    },
    answered: 'once',
  },
  PASSWORD_CHARSET: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Which characters may the password hold?',
    readings: [
      { page: 'MODEL', says: 'length 7-32 only' },
      { page: 'G:create-keystore', says: 'alphanumeric, no special characters' },
      { page: 'G:fix-keystore', says: 'alphanumeric, no special characters' },
    ],
    choices: {
      ANY_CHARACTER: 'Any characters.',
      ALPHANUMERIC_ONLY: 'Letters and digits only; others get the validation error.',
    },
    answered: 'once',
  },
  EXAMPLES_BREAK_PATTERNS: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Documented sample values break the model patterns.',
    readings: [
      {
        page: 'API:CustomKeyStoresListEntry',
        says: 'cluster-1a23b4cdefg (has 1), ABCDE12345670EXAMPLE (has 1,0), an endpoint with :6443',
      },
      {
        page: 'G:view-xks-keystore',
        says: 'cluster-1a23b4cdefg (has 1), ABCDE12345670EXAMPLE (has 1,0), an endpoint with :6443',
      },
      {
        page: 'G:ct-keystores',
        says: 'cluster-1a23b4cdefg (has 1), ABCDE12345670EXAMPLE (has 1,0), an endpoint with :6443',
      },
      { page: 'MODEL', says: 'patterns' },
    ],
    choices: {
      PATTERN_WINS_FOR_REQUESTS: 'A request with such a value is refused.',
      EXAMPLES_TOLERATED_IN_LOGS: 'Values like those of the examples are let through.',
    },
    answered: 'once',
  },
  URI_PATH_VERSION: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Only v1 or any version?',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'must end with /kms/xks/v1' },
      { page: 'MODEL', says: 'v and one or two digits' },
    ],
    choices: {
      V1_ONLY: 'Only v1.',
      V_DIGITS: 'v and one or two digits.',
    },
    answered: 'once',
  },
  TLS_FAILURE_EXCEPTION: {
    area: 'create',
    kind: 'contradiction',
    asks: 'TLS failure at Create or Update.',
    readings: [
      { page: 'G:xks-troubleshooting', says: 'XksProxyInvalidConfigurationException' },
      { page: 'XKS', says: 'XksProxyUriUnreachableException' },
    ],
    choices: {
      REJECT_XKS_PROXY_INVALID_CONFIGURATION: 'Refused with XksProxyInvalidConfigurationException.',
      REJECT_XKS_PROXY_URI_UNREACHABLE: 'Refused with XksProxyUriUnreachableException.',
    },
    answered: 'once',
  },
  QUOTA_VALUE: {
    area: 'create',
    kind: 'contradiction',
    asks: 'Is the 10-store quota fixed?',
    readings: [
      { page: 'G:resource-limits', says: 'adjustable' },
      { page: 'G:resource-limits', says: 'fixed' },
    ],
    choices: {
      LIMIT_10: 'Ten stores.',
      LIMIT_RAISED: 'AWS raised the quota of the account.',
    },
    answered: 'each time',
  },
} as const satisfies Record<string, Question>;
