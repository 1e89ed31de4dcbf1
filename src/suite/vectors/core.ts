import type { Answers } from '../../spec/reading.ts';
import type { Edition } from '../../spec/vocabulary.ts';
import { cells } from './core/cells.ts';
import { codes } from './core/codes.ts';
import { ownerSince } from './core/common.ts';
import { creations } from './core/create.ts';
import { failingProxies } from './core/key-proxies.ts';
import { keys } from './core/keys.ts';
import { lifecycle } from './core/lifecycle.ts';
import { requests } from './core/requests.ts';
import { several } from './core/several.ts';
import { updates } from './core/update.ts';
import { faultyProxies } from './core/update-worlds.ts';
import { values } from './core/values.ts';
import type { Script } from './script.ts';

const open = {
  lifecycle,
  cells,
  update: updates,
  create: creations,
  keys,
  codes,
  requests,
  values,
  several,
} as const satisfies Readonly<Record<string, readonly Script[]>>;

/** What refuses only for who answers a question so: these vectors are for implementations that are known to. */
const assumed: readonly (readonly [script: string, answers: Answers, since?: Edition])[] = [
  ['update/no-member-cloudhsm', { UPDATE_NO_OPTIONAL_FIELD: 'REJECT_VALIDATION' }],
  ['update/foreign-member-cloudhsm', { UPDATE_WRONG_TYPE_FIELD: 'REJECT_UNSUPPORTED_OPERATION' }],
  ['update/foreign-member-beside-own', { UPDATE_WRONG_TYPE_FIELD: 'IGNORE_FIELD' }],
  ['same/cloudhsm-disconnected', { UPDATE_SAME_VALUE: 'REJECT_NAME_IN_USE' }],
  ['same/cloudhsm-disconnected', { UPDATE_SAME_VALUE: 'SUCCEED_NO_CHANGE' }],
  ['same/private-connected', { UPDATE_SAME_VALUE: 'SUCCEED_NO_CHANGE' }],
  ['update/to-public', { UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS: 'REJECT_MISSING_COMPANION' }],
  ['update/to-public', { UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS: 'ACCEPT_OMITTED' }],
  ['update/to-public-empty-service', { UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS: 'REJECT_EMPTY_VALIDATION' }],
  ['update/to-public-same-endpoint', { UPDATE_SAME_ENDPOINT_ON_SWITCH: 'REJECT_VALIDATION' }],
  ['update/to-public-same-endpoint', { UPDATE_SAME_ENDPOINT_ON_SWITCH: 'ACCEPT' }],
  ['update/to-private', { UPDATE_VPC_OWNER_REQUIRED: 'REQUIRED' }, ownerSince],
  [
    'update/to-private',
    { UPDATE_VPC_OWNER_REQUIRED: 'OPTIONAL', UPDATE_VPC_OWNER_DEFAULT_ON_SWITCH: 'DEFAULT_CALLER_ACCOUNT' },
    ownerSince,
  ],
  [
    'update/to-private-with-owner',
    { UPDATE_VPC_OWNER_DEFAULT_ON_SWITCH: 'CLEARED', DESCRIBE_VPC_OWNER_SHOWN: 'ABSENT' },
    ownerSince,
  ],
  ['mixed/private-connected', { UPDATE_MIXED_HOT_COLD: 'REJECT_WHOLE', UPDATE_ATOMICITY: 'ALL_OR_NOTHING' }],
  ['update/service-of-public', { UPDATE_VPC_FIELD_ON_PUBLIC_STORE: 'REJECT_VALIDATION' }],
  ['update/password-charset', { PASSWORD_CHARSET: 'ALPHANUMERIC_ONLY' }],
  ['update/path-version', { URI_PATH_VERSION: 'V1_ONLY' }],
  ['update/faulty-proxies', { UPDATE_HEALTHCHECK_SCOPE: 'CHECK_ALWAYS' }],
  ['create/foreign-member-cloudhsm-XksProxyUriPath', { CREATE_FOREIGN_PARAMETER: 'REJECT_VALIDATION' }],
  ['create/proxy-of-a-private-store', { CREATE_VPC_PROXY_TEST: 'PROXY_CHECK' }],
  ['create/repeated-cloudhsm', { CREATE_HSM_IDEMPOTENT: 'RETURN_EXISTING_ID' }],
  ['create/repeated-public', { CREATE_XKS_IDEMPOTENT: 'REJECT_URI_IN_USE' }],
  ['create/cluster-one-hsm', { HSM_COUNT: 'TWO_FOR_CREATE_UPDATE_CREATEKEY' }],
  ['code/no-hsm', { HSM_COUNT: 'TWO_FOR_CREATEKEY_ONLY', CONNECT_HSM_FAIL_FAST: 'EXCEPTION_STAY_DISCONNECTED' }],
  ['code/private-no-tcp-connection', { CONNECT_XKS_FAIL_FAST: 'EXCEPTION_STAY_DISCONNECTED' }],
  ['code/private-all-instances-unavailable', { CONNECT_ALL_EKM_UNAVAILABLE: 'EXCEPTION_XKS_PROXY_URI_UNREACHABLE' }],
  ['describe/filters', { DESCRIBE_BOTH_FILTERS: 'REJECT_VALIDATION' }],
  ['key/one-hsm', { HSM_COUNT: 'TWO_FOR_CREATEKEY_ONLY' }],
  ['key/cloudhsm-windows', { PENDING_WINDOW_RANGE: 'REJECT_OUTSIDE_7_30' }],
  ['key/cloudhsm-windows', { PENDING_WINDOW_RANGE: 'ACCEPT_1_365' }],
  [
    'values/disputed',
    { URI_PATH_VERSION: 'V1_ONLY', PASSWORD_CHARSET: 'ALPHANUMERIC_ONLY', NAME_CASE: 'CASE_SENSITIVE' },
  ],
  [
    'values/disputed',
    { URI_PATH_VERSION: 'V_DIGITS', PASSWORD_CHARSET: 'ANY_CHARACTER', NAME_CASE: 'CASE_INSENSITIVE' },
  ],
  ['key/cloudhsm-enabled', { DATAKEY_KEYID_TEXT: 'REJECT_UNSUPPORTED_OPERATION' }],
  ['key/cloudhsm-enabled', { DATAKEY_KEYID_TEXT: 'ACCEPT' }],
  ['key/cloudhsm-pending-deletion', { PENDING_DELETION_CRYPTO: 'REJECT_DISABLED' }],
  ['key/cloudhsm-pending-deletion', { PENDING_DELETION_CRYPTO: 'REJECT_KMS_INVALID_STATE' }],
  [
    'key/failing-proxies',
    {
      DATAKEY_KEYID_TEXT: 'ACCEPT',
      CREATEKEY_INVALID_STATE_OVERLOAD: 'PROXY_FAULT_WHILE_CONNECTED',
      UPDATE_HEALTHCHECK_SCOPE: 'NO_CHECK',
      XKS_HOT_FIELDS_WHILE_CONNECTED: 'ACCEPT',
    },
  ],
];

/** A script, with the answers that it assumes. */
export const assuming = (script: Script, assumes: Answers, since?: Edition): Script => ({
  ...script,
  id: `${script.id}+${Object.entries(assumes)
    .map(([question, choice]) => `${question}=${choice}`)
    .join('+')}`,
  assumes,
  ...(since && { since }),
});

/** The scripts of the small suite, by subject. */
export const coreScripts: Readonly<Record<keyof typeof open | 'assumed', readonly Script[]>> = {
  ...open,
  assumed: assumed.flatMap(([id, answers, since]) =>
    [...Object.values(open).flat(), failingProxies, faultyProxies]
      .filter((script) => script.id === id)
      .map((script) => assuming(script, answers, since)),
  ),
};
