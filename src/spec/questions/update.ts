import type { Question } from '../question.ts';
import { connectivityQuestions } from './update-connectivity.ts';

/** What UpdateCustomKeyStore does, where the documents leave it open. */
export const updateQuestions = {
  HSM_NAME_WHILE_CONNECTED: {
    area: 'update',
    kind: 'contradiction',
    asks: 'Rename an AWS CloudHSM store that is CONNECTED?',
    readings: [
      { page: 'SEED', says: 'rejected: every property needs DISCONNECTED', supports: ['REJECT_INVALID_STATE'] },
      { page: 'API:UpdateCustomKeyStore', says: 'accepted', supports: ['ACCEPT'], editions: ['2026-04'] },
      { page: 'G:update-keystore', says: 'rejected', supports: ['REJECT_INVALID_STATE'] },
    ],
    choices: {
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
      ACCEPT: 'Accepted.',
    },
    fixedBy: { '2022-11': 'REJECT_INVALID_STATE', '2025-10': 'REJECT_INVALID_STATE', '2026-04': 'ACCEPT' },
    answered: 'once',
  },
  XKS_HOT_FIELDS_WHILE_CONNECTED: {
    area: 'update',
    kind: 'contradiction',
    asks: 'Change credential or URI path of a CONNECTED external store?',
    readings: [
      { page: 'SEED', says: 'accepted', supports: ['ACCEPT'] },
      { page: 'API:UpdateCustomKeyStore', says: 'accepted', supports: ['ACCEPT'] },
      { page: 'G:update-xks-keystore', says: 'accepted', supports: ['ACCEPT'] },
      { page: 'G:xks-troubleshooting', says: 'accepted', supports: ['ACCEPT'] },
      {
        page: 'API:UpdateCustomKeyStore',
        says: 'rejected: only the name may change in CONNECTED',
        supports: ['REJECT_INVALID_STATE'],
        editions: ['2026-04'],
      },
      {
        page: 'API:UpdateCustomKeyStore',
        says: 'rejected for all properties',
        supports: ['REJECT_INVALID_STATE'],
        editions: ['2022-11', '2025-10'],
      },
    ],
    choices: {
      ACCEPT: 'Accepted.',
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
    },
    fixedBy: { '2022-11': 'ACCEPT' },
    answered: 'once',
  },
  XKS_HOT_FIELDS_IN_OTHER_STATES: {
    area: 'update',
    kind: 'contradiction',
    asks: 'Change name, credential or path of an external store in CONNECTING, DISCONNECTING or FAILED?',
    readings: [
      {
        page: 'SEED',
        says: 'only CONNECTED and DISCONNECTED are named, so rejected',
        supports: ['REJECT_INVALID_STATE'],
      },
      {
        page: 'API:UpdateCustomKeyStore',
        says: 'only CONNECTED and DISCONNECTED are named, so rejected',
        supports: ['REJECT_INVALID_STATE'],
      },
      { page: 'G:update-xks-keystore', says: 'any connection state', supports: ['ACCEPT'] },
      { page: 'G:view-xks-keystore', says: 'any connection state', supports: ['ACCEPT'] },
      { page: 'API:UpdateCustomKeyStore', says: 'disconnect first, then update', supports: ['REJECT_INVALID_STATE'] },
      { page: 'G:xks-troubleshooting', says: 'disconnect first, then update', supports: ['REJECT_INVALID_STATE'] },
    ],
    choices: {
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
      ACCEPT: 'Accepted.',
    },
    fixedBy: { '2022-11': 'REJECT_INVALID_STATE' },
    answered: 'once',
  },
  HSM_NAME_IN_OTHER_STATES: {
    area: 'update',
    kind: 'silence',
    asks: 'Rename an AWS CloudHSM store in CONNECTING, DISCONNECTING or FAILED?',
    readings: [
      { page: 'SEED', says: 'rejected', supports: ['REJECT_INVALID_STATE'] },
      { page: 'API:UpdateCustomKeyStore', says: 'rejected', supports: ['REJECT_INVALID_STATE'] },
      { page: 'G:view-xks-keystore', says: '"at any time" appears only on an external-store page' },
    ],
    choices: {
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
    },
    answered: 'once',
  },
  UPDATE_MIXED_HOT_COLD: {
    area: 'update',
    kind: 'silence',
    asks: 'One call in CONNECTED mixes a permitted and a forbidden field.',
    readings: [{ page: 'G:update-xks-keystore', says: 'several fields per call are allowed; a mix is not discussed' }],
    choices: {
      REJECT_WHOLE: 'The call is refused, and no member takes effect.',
      APPLY_HOT_REJECT_COLD: 'The call is refused, but the members that may change do.',
    },
    answered: 'once',
  },
  UPDATE_ATOMICITY: {
    area: 'update',
    kind: 'silence',
    asks: 'Does a failing multi-field update leave every field unchanged?',
    readings: [{ page: 'G:update-xks-keystore', says: 'a failed health check makes the edit fail' }],
    choices: {
      ALL_OR_NOTHING: 'A refused update changes nothing.',
      PARTIAL: 'Some members may have taken effect before the refusal.',
    },
    answered: 'each time',
  },
  UPDATE_NO_OPTIONAL_FIELD: {
    area: 'update',
    kind: 'silence',
    asks: 'Only CustomKeyStoreId given.',
    readings: [{ page: 'MODEL', says: 'all other members optional' }],
    choices: {
      SUCCEED_NO_CHANGE: 'Succeeds and changes nothing.',
      REJECT_VALIDATION: 'Refused with the validation error.',
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
    },
    answered: 'once',
  },
  UPDATE_WRONG_TYPE_FIELD: {
    area: 'update',
    kind: 'silence',
    asks: 'A field of the other store type is given.',
    readings: [{ page: 'API:UpdateCustomKeyStore', says: '"valid only for" the right type; exception not named' }],
    choices: {
      REJECT_VALIDATION: 'Refused with the validation error.',
      REJECT_UNSUPPORTED_OPERATION: 'Refused with UnsupportedOperationException.',
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
      IGNORE_FIELD: 'Succeeds, and the member has no effect.',
    },
    answered: 'once',
  },
  UPDATE_SAME_VALUE: {
    area: 'update',
    kind: 'silence',
    asks: 'New value equals the present value (also outside DISCONNECTED).',
    readings: [
      { page: 'API:UpdateCustomKeyStore', says: 'original cluster ID explicitly acceptable' },
      { page: 'API:UpdateCustomKeyStore', says: 'name conflict is with another store' },
      { page: 'G:update-xks-keystore', says: 'proxy file may hold unchanged values (console)' },
    ],
    choices: {
      SUCCEED_NO_CHANGE: 'Succeeds and changes nothing.',
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
      REJECT_UNLESS_DISCONNECTED:
        'Refused with CustomKeyStoreInvalidStateException, unless the store is DISCONNECTED: there it succeeds.',
      REJECT_NAME_IN_USE:
        'A repeated name is refused with CustomKeyStoreNameInUseException if nothing else changes; without a name, it succeeds.',
      REJECT_REPEATED_NAME:
        'A repeated name is refused with CustomKeyStoreNameInUseException, whatever else changes; without a name, it succeeds.',
      LIKE_ANY_VALUE: 'It succeeds where the member may change, and is refused elsewhere, like any other value.',
    },
    answered: 'once',
  },
  ...connectivityQuestions,
  UPDATE_HEALTHCHECK_SCOPE: {
    area: 'update',
    kind: 'contradiction',
    asks: 'When does Update call GetHealthStatus?',
    readings: [
      { page: 'G:update-xks-keystore', says: 'before every property change' },
      { page: 'G:about-xks-disconnecting', says: 'no requests while disconnected' },
      { page: 'API:CreateCustomKeyStore', says: 'VPC route exists only while connected' },
      { page: 'G:about-xks-connecting', says: 'VPC route exists only while connected' },
      { page: 'G:keystore-external', says: 'one API table lists only Create (public) and Connect (VPC)' },
      { page: 'XKS', says: 'kmsOperation UpdateCustomKeyStore exists' },
      {
        page: 'G:xks-troubleshooting',
        says: 'values are tested at create and update (public), at connect and update (VPC)',
      },
    ],
    choices: {
      CHECK_ALWAYS: 'The proxy is asked for its health at every update.',
      CHECK_PUBLIC_ONLY: 'Only a proxy with a public endpoint is asked.',
      CHECK_PROXY_FIELDS_ONLY: 'The proxy is asked unless only the name changes.',
      NO_CHECK: 'The proxy is not asked.',
    },
    answered: 'once',
  },
  UPDATE_FAILED_CHECK_KEEPS_OLD: {
    area: 'update',
    kind: 'silence',
    asks: 'Are old values kept after a failed health check?',
    readings: [{ page: 'G:update-xks-keystore', says: 'edit fails' }],
    choices: {
      OLD_VALUES_KEPT: 'The old values stay.',
    },
    answered: 'once',
    unasked: 'its one answer is what every refusal does: the account stays as it was',
  },
  UPDATE_EFFECT_DELAY: {
    area: 'update',
    kind: 'silence',
    asks: 'Which credential or path signs requests in the first 5 minutes?',
    readings: [{ page: 'G:update-xks-keystore', says: 'up to five minutes until fully effective' }],
    choices: {
      OLD_OR_NEW_WITHIN_5_MIN: 'Either the old or the new values, for five minutes.',
    },
    answered: 'each time',
    unasked: 'which credential signs a request to a proxy is not seen by the caller of KMS',
  },
  UPDATE_HSM_CHECKS_WITHOUT_CLUSTER: {
    area: 'update',
    kind: 'silence',
    asks: 'Are cluster checks made for a password-only or name-only change?',
    readings: [{ page: 'MODEL', says: 'Update needs two active HSMs' }],
    choices: {
      CHECK: 'The present cluster is checked.',
      NO_CHECK: 'No cluster is checked.',
    },
    answered: 'once',
  },
  UPDATE_CLUSTER_OF_OTHER_STORE: {
    area: 'update',
    kind: 'silence',
    asks: 'New cluster already belongs to another store.',
    readings: [
      { page: 'MODEL', says: 'CloudHsmClusterInUseException is not in the Update list' },
      {
        page: 'API:CreateCustomKeyStore',
        says: 'a related cluster cannot back a second store, so the case hardly arises',
      },
    ],
    choices: {
      REJECT_NOT_RELATED: 'Refused with CloudHsmClusterNotRelatedException.',
      REJECT_CLUSTER_IN_USE: 'Refused with CloudHsmClusterInUseException.',
    },
    answered: 'once',
  },
  UPDATE_STATE_EFFECT: {
    area: 'update',
    kind: 'silence',
    asks: 'Does Update change ConnectionState (e.g. FAILED to DISCONNECTED, CONNECTED to CONNECTING)?',
    readings: [
      { page: 'SEED', says: 'not mentioned' },
      { page: 'API:UpdateCustomKeyStore', says: 'not mentioned' },
    ],
    choices: {
      NO_CHANGE: 'The connection state stays as it is.',
    },
    answered: 'once',
    unasked: 'its one answer is how the chart is drawn: no UpdateCustomKeyStore arrow has a target',
  },
} as const satisfies Record<string, Question>;
