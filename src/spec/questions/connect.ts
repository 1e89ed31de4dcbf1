import type { Question } from '../question.ts';

/** How a store connects, where the documents leave it open. */
export const connectQuestions = {
  CONNECT_WHEN_CONNECTED: {
    area: 'connect',
    kind: 'contradiction',
    asks: 'Connect on a CONNECTED store.',
    readings: [
      {
        page: 'API:ConnectCustomKeyStore',
        says: 'valid in all states but DISCONNECTING and FAILED',
        supports: ['SUCCEED_NO_CHANGE', 'SUCCEED_RECONNECT'],
      },
      {
        page: 'G:connect-keystore',
        says: 'valid in all states but DISCONNECTING and FAILED',
        supports: ['SUCCEED_NO_CHANGE', 'SUCCEED_RECONNECT'],
      },
      { page: 'G:xks-connect-disconnect', says: 'must be DISCONNECTED', supports: ['REJECT_INVALID_STATE'] },
    ],
    choices: {
      SUCCEED_NO_CHANGE: 'Succeeds and changes nothing.',
      SUCCEED_RECONNECT: 'Succeeds and connects anew: the store is CONNECTING again.',
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
    },
    answered: 'once',
  },
  CONNECT_WHEN_CONNECTING: {
    area: 'connect',
    kind: 'contradiction',
    asks: 'Connect on a CONNECTING store.',
    readings: [
      { page: 'API:ConnectCustomKeyStore', says: 'valid', supports: ['SUCCEED_NO_CHANGE', 'SUCCEED_RESTART'] },
      { page: 'G:xks-connect-disconnect', says: 'must be DISCONNECTED', supports: ['REJECT_INVALID_STATE'] },
    ],
    choices: {
      SUCCEED_NO_CHANGE: 'Succeeds and changes nothing.',
      SUCCEED_RESTART: 'Succeeds and begins the attempt anew.',
      REJECT_INVALID_STATE: 'Refused with CustomKeyStoreInvalidStateException.',
    },
    answered: 'once',
  },
  CONNECT_HSM_FAIL_FAST: {
    area: 'connect',
    kind: 'contradiction',
    asks: 'No active HSM, inactive or missing cluster: exception or FAILED?',
    readings: [
      { page: 'MODEL', says: 'exceptions NotActive and InvalidConfiguration are in the list' },
      { page: 'API:CustomKeyStoresListEntry', says: 'codes INSUFFICIENT_CLOUDHSM_HSMS and CLUSTER_NOT_FOUND exist' },
      { page: 'MODEL', says: 'ClusterNotFound exception is not in the list' },
      { page: 'G:fix-keystore', says: 'fail-fast leaves DISCONNECTED' },
    ],
    choices: {
      EXCEPTION_STAY_DISCONNECTED: 'The call fails at once, and the store stays DISCONNECTED.',
      ASYNC_FAILED_WITH_CODE: 'The call succeeds, and the attempt ends in FAILED with a code.',
    },
    answered: 'each time',
  },
  CONNECT_XKS_FAIL_FAST: {
    area: 'connect',
    kind: 'contradiction and silence',
    asks: 'Can Connect of an external store fail at once?',
    readings: [
      { page: 'G:xks-troubleshooting', says: 'returns 200 unless it fails quickly' },
      { page: 'MODEL', says: 'no Xks exception in the list' },
      { page: 'G:xks-troubleshooting', says: 'wrong credential: Connect succeeds, then FAILED' },
    ],
    choices: {
      ASYNC_FAILED_WITH_CODE: 'The call succeeds, and the attempt ends in FAILED with a code.',
      EXCEPTION_STAY_DISCONNECTED: 'The call fails at once, and the store stays DISCONNECTED.',
    },
    answered: 'each time',
  },
  CONNECT_ALL_EKM_UNAVAILABLE: {
    area: 'connect',
    kind: 'contradiction',
    asks: 'All key manager instances unavailable.',
    readings: [
      { page: 'API:CustomKeyStoresListEntry', says: 'XKS_PROXY_NOT_REACHABLE' },
      { page: 'G:keystore-external', says: 'create and connect both fail with XksProxyUriUnreachableException' },
      { page: 'MODEL', says: 'that exception is not in the Connect list' },
    ],
    choices: {
      ASYNC_FAILED_XKS_PROXY_NOT_REACHABLE: 'The attempt ends in FAILED with XKS_PROXY_NOT_REACHABLE.',
      EXCEPTION_XKS_PROXY_URI_UNREACHABLE: 'The call is refused with XksProxyUriUnreachableException.',
    },
    answered: 'once',
  },
  CONNECTING_VISIBILITY: {
    area: 'connect',
    kind: 'silence',
    asks: 'Must CONNECTING be observable after the 200?',
    readings: [
      { page: 'G:xks-connect-disconnect', says: 'state is transient' },
      { page: 'G:accessing-kms', says: 'eventual consistency' },
    ],
    choices: {
      CONNECTING: 'The store shows CONNECTING.',
      STALE_DISCONNECTED: 'A stale answer shows DISCONNECTED for a while.',
      FINAL_STATE: 'The attempt may have ended before anybody looks.',
    },
    answered: 'each time',
    unasked:
      'hidden steps may happen at any time, so CONNECTING may be seen or not; stale answers belong to the oracle of recorded histories',
  },
  CONNECT_DURATION: {
    area: 'connect',
    kind: 'silence',
    asks: 'Is 20 min / 5 min a bound?',
    readings: [
      { page: 'G:connect-keystore', says: 'up to 20 minutes' },
      { page: 'G:about-xks-connecting', says: 'about five minutes' },
      { page: 'API:ConnectCustomKeyStore', says: 'extended time' },
    ],
    choices: {
      NO_HARD_BOUND: 'The figures are typical, not limits.',
    },
    answered: 'each time',
    unasked: 'its one answer is how hidden steps work: nothing bounds their time',
  },
  CONNECT_CODE_CHOICE: {
    area: 'connect',
    kind: 'silence',
    asks: 'Several faults at once: which code?',
    readings: [{ page: 'API:CustomKeyStoresListEntry', says: 'one code field, no ranking' }],
    choices: {
      ANY_APPLICABLE_CODE: 'Any code that fits one of the faults.',
    },
    answered: 'each time',
    unasked: 'its one answer is how connection.ts works: every code that has a cause is possible',
  },
  CONNECT_ACCESS_DENIED_CODE: {
    area: 'connect',
    kind: 'contradiction',
    asks: 'XKS_PROXY_ACCESS_DENIED while GetHealthStatus needs no authorisation.',
    readings: [
      { page: 'API:CustomKeyStoresListEntry', says: 'code exists' },
      { page: 'XKS', says: 'health check is outside proxy authorisation' },
    ],
    choices: {
      CODE_POSSIBLE: 'The code can appear.',
    },
    answered: 'once',
    unasked: 'its one answer is a row of the table of proxy faults',
  },
  CONNECT_CODE_FOR_OTHER_FAULTS: {
    area: 'connect',
    kind: 'silence',
    asks: 'Proxy answers Throttling, DependencyTimeout, Internal, Validation during connect.',
    readings: [{ page: 'G:xks-monitoring', says: 'table covers Create, Update, CreateKey, crypto only' }],
    choices: {
      XKS_PROXY_NOT_REACHABLE: 'FAILED with XKS_PROXY_NOT_REACHABLE.',
      XKS_PROXY_INVALID_RESPONSE: 'FAILED with XKS_PROXY_INVALID_RESPONSE.',
      XKS_PROXY_TIMED_OUT: 'FAILED with XKS_PROXY_TIMED_OUT.',
      INTERNAL_ERROR: 'FAILED with INTERNAL_ERROR.',
      NETWORK_ERRORS: 'FAILED with NETWORK_ERRORS.',
    },
    answered: 'each time',
  },
  CONNECT_CODE_FOREIGN_OWNER: {
    area: 'connect',
    kind: 'contradiction',
    asks: 'Endpoint service owned by another account.',
    readings: [
      { page: 'API:CustomKeyStoresListEntry', says: 'service must be in the caller account' },
      { page: 'XKS', says: 'service must be in the caller account' },
      { page: 'API:CreateCustomKeyStore', says: 'owner parameter allows another account' },
      { page: 'G:vpc-connectivity', says: 'owner parameter allows another account' },
    ],
    choices: {
      ACCEPT_WITH_OWNER_SET: 'A service of another account is fine if its owner is named.',
    },
    answered: 'once',
    unasked: 'its one answer is that the owner of a service has no part in any cause of failure',
  },
  CONNECT_HEALTHCHECK_SCOPE: {
    area: 'connect',
    kind: 'contradiction',
    asks: 'Is GetHealthStatus sent when a public store connects?',
    readings: [
      { page: 'API:CreateCustomKeyStore', says: 'yes, for both connectivities' },
      { page: 'XKS', says: 'yes, for both connectivities' },
      { page: 'G:about-xks-connecting', says: 'yes, for both connectivities' },
      { page: 'G:keystore-external', says: 'table lists Connect only for VPC' },
    ],
    choices: {
      CHECK_BOTH: 'The proxy is asked for its health whatever the connectivity.',
      CHECK_VPC_ONLY: 'Only a proxy behind a VPC endpoint service is asked.',
    },
    answered: 'once',
  },
} as const satisfies Record<string, Question>;
