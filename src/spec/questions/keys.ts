import type { Question } from '../question.ts';

/** How keys follow their store, where the documents leave it open. */
export const keysQuestions = {
  CREATEKEY_INVALID_STATE_OVERLOAD: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'CustomKeyStoreInvalidStateException from CreateKey on a CONNECTED store.',
    readings: [
      { page: 'API:CreateKey', says: 'store is not connected' },
      { page: 'XKS', says: 'also proxy faults' },
      { page: 'G:xks-monitoring', says: 'also proxy faults' },
    ],
    choices: {
      NOT_CONNECTED: 'It means only that the store is not CONNECTED.',
      PROXY_FAULT_WHILE_CONNECTED: 'It also stands for a proxy that fails while the store is CONNECTED.',
    },
    answered: 'each time',
  },
  PROXY_ACCESS_DENIED_CREATEKEY: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'Proxy AccessDenied on CreateKey.',
    readings: [
      { page: 'XKS', says: 'KMSInvalidStateException' },
      { page: 'G:xks-monitoring', says: 'CustomKeyStoreInvalidStateException' },
    ],
    choices: {
      REJECT_CUSTOM_KEY_STORE_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
      REJECT_KMS_INVALID_STATE: 'Refused with KMSInvalidStateException.',
    },
    answered: 'once',
  },
  PROXY_UNSUPPORTED_OPERATION: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'Proxy UnsupportedOperation.',
    readings: [
      { page: 'XKS', says: 'CreateKey gives XksKeyInvalidResponseException; crypto gives KMSInvalidStateException' },
      {
        page: 'G:xks-monitoring',
        says: 'CreateKey gives XksKeyInvalidResponseException; crypto gives KMSInvalidStateException',
      },
      { page: 'MODEL', says: 'no such exception exists' },
    ],
    choices: {
      REJECT_XKS_KEY_INVALID_RESPONSE: 'Refused with XksKeyInvalidResponseException.',
      REJECT_XKS_KEY_INVALID_CONFIGURATION: 'Refused with XksKeyInvalidConfigurationException.',
      REJECT_CUSTOM_KEY_STORE_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
      REJECT_KMS_INVALID_STATE: 'Refused with KMSInvalidStateException.',
    },
    answered: 'once',
  },
  CRYPTO_INTERNAL_EXCEPTION: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'Crypto failure in a custom key store.',
    readings: [
      { page: 'API:Decrypt', says: 'always KMSInvalidStateException' },
      { page: 'G:xks-troubleshooting', says: 'always KMSInvalidStateException' },
      { page: 'G:xks-monitoring', says: 'KMSInternalException when the proxy was reliable in the last five minutes' },
      { page: 'OBS-INTERNAL', says: 'seen in public' },
      { page: 'G:fix-keystore', says: 'AWS CloudHSM: KMSInternalException when no PKCS #11 session is free' },
    ],
    choices: {
      REJECT_KMS_INVALID_STATE: 'Refused with KMSInvalidStateException.',
      REJECT_KMS_INTERNAL: 'Refused with KMSInternalException.',
    },
    answered: 'each time',
  },
  BACKING_KEY_DELETED: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'Key state after loss of the backing key.',
    readings: [
      { page: 'G:key-state', says: 'unchanged' },
      { page: 'G:fix-keystore', says: 'becomes Unavailable in time' },
    ],
    choices: {
      UNCHANGED: 'The key state stays as it is.',
      UNAVAILABLE: 'The key becomes Unavailable in time.',
    },
    answered: 'each time',
  },
  KEY_STATE_WHILE_TRANSIENT: {
    area: 'keys',
    kind: 'silence',
    asks: 'Key state in CONNECTING, DISCONNECTING, FAILED.',
    readings: [{ page: 'G:key-state', says: 'Unavailable when intentionally disconnected' }],
    choices: {
      UNAVAILABLE: 'The key is Unavailable.',
      PRIOR_STATE: 'The key shows the state it would have while CONNECTED.',
    },
    answered: 'once',
  },
  DATAKEY_KEYID_TEXT: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'GenerateDataKey with a custom-store key.',
    readings: [
      { page: 'API:GenerateDataKey', says: 'parameter text excludes such keys' },
      { page: 'G:key-state', says: 'operation supported' },
      { page: 'G:use-cmk-keystore', says: 'operation supported' },
    ],
    choices: {
      ACCEPT: 'Accepted.',
      REJECT_UNSUPPORTED_OPERATION: 'Refused with UnsupportedOperationException.',
    },
    answered: 'once',
  },
  DATAKEYPAIR_UNAVAILABLE: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'GenerateDataKeyPair with an Unavailable key.',
    readings: [
      { page: 'G:key-state', says: 'KMSInvalidStateException (footnote 11)' },
      { page: 'G:key-state', says: 'UnsupportedOperationException (footnote 7)' },
    ],
    choices: {
      REJECT_UNSUPPORTED_OPERATION: 'Refused with UnsupportedOperationException.',
      REJECT_KMS_INVALID_STATE: 'Refused with KMSInvalidStateException.',
    },
    answered: 'once',
  },
  PENDING_DELETION_CRYPTO: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'Crypto with a PendingDeletion key.',
    readings: [{ page: 'G:key-state', says: 'DisabledException or KMSInvalidStateException' }],
    choices: {
      REJECT_KMS_INVALID_STATE: 'Refused with KMSInvalidStateException.',
      REJECT_DISABLED: 'Refused with DisabledException.',
    },
    answered: 'once',
  },
  CANCEL_DELETION_WHILE_DISCONNECTED: {
    area: 'keys',
    kind: 'contradiction and silence',
    asks: 'State after CancelKeyDeletion in a disconnected store.',
    readings: [
      { page: 'API:CancelKeyDeletion', says: 'Disabled' },
      { page: 'G:key-state', says: 'keys of a disconnected store are Unavailable' },
    ],
    choices: {
      DISABLED: 'Disabled at once.',
      UNAVAILABLE_THEN_DISABLED: 'Unavailable, and Disabled when the store is CONNECTED again.',
    },
    answered: 'once',
  },
  DESCRIBEKEY_CALLS_PROXY: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'Does DescribeKey contact the proxy?',
    readings: [
      { page: 'XKS', says: 'GetKeyMetadata may serve DescribeKey' },
      { page: 'API:DescribeKey', says: 'answer holds only the external key Id' },
    ],
    choices: {
      NO_PROXY_CALL: 'The proxy is not asked.',
      PROXY_CALL: 'The proxy is asked for the metadata of the external key.',
    },
    answered: 'once',
    unasked: 'neither answer changes what DescribeKey returns',
  },
  PENDING_WINDOW_RANGE: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'PendingWindowInDays range.',
    readings: [
      { page: 'API:ScheduleKeyDeletion', says: '7-30' },
      { page: 'MODEL', says: '1-365' },
    ],
    choices: {
      REJECT_OUTSIDE_7_30: 'Other values than 7 to 30 get the validation error.',
      ACCEPT_1_365: '1 to 365 days are accepted.',
    },
    answered: 'once',
  },
  CREATEKEY_ORIGIN_MISMATCH: {
    area: 'keys',
    kind: 'silence',
    asks: 'Origin does not match the store type, XksKeyId missing or foreign.',
    readings: [{ page: 'API:CreateKey', says: 'combination required; exception not named' }],
    choices: {
      REJECT_VALIDATION: 'Refused with the validation error.',
      REJECT_UNSUPPORTED_OPERATION: 'Refused with UnsupportedOperationException.',
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
    },
    answered: 'once',
  },
  HSM_COUNT: {
    area: 'keys',
    kind: 'contradiction',
    asks: 'Active HSMs needed.',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'two for Create, Update, CreateKey; one to connect' },
      { page: 'G:keystore-cloudhsm', says: 'two to create keys, one for all other operations' },
      { page: 'G:create-keystore', says: 'two before Create' },
    ],
    choices: {
      TWO_FOR_CREATE_UPDATE_CREATEKEY: 'Two, to create or update a store and to create a key.',
      TWO_FOR_CREATEKEY_ONLY: 'Two only to create a key.',
    },
    answered: 'once',
  },
} as const satisfies Record<string, Question>;
