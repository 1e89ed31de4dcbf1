import type { FactKind } from './facts.ts';
import type { Source } from './source.ts';
import type { StoreType } from './vocabulary.ts';

/** Why a connection attempt failed, as DescribeCustomKeyStores shows it while the store is FAILED. */
interface Code {
  readonly storeTypes: readonly StoreType[];
  readonly means: string;
  /** What to do, in order. Every remedy begins with DisconnectCustomKeyStore, the only way out of FAILED. */
  readonly remedy: readonly string[];
  /** The fact of the world that is false when the code appears; its subject is the store's cluster or service. */
  readonly because?: FactKind;
  readonly sources: readonly [Source, ...Source[]];
}

const hsm = ['AWS_CLOUDHSM'] as const;
const xks = ['EXTERNAL_KEY_STORE'] as const;
const both = ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
const fixHsm = (says: string) =>
  [
    { page: 'API:CustomKeyStoresListEntry', says: 'lists the code and its meaning' },
    { page: 'G:fix-keystore', says },
  ] as const;
const fixXks = (says: string) =>
  [
    { page: 'API:CustomKeyStoresListEntry', says: 'lists the code and its meaning' },
    { page: 'G:xks-troubleshooting', says },
  ] as const;

export const connectionErrorCodes = {
  INTERNAL_ERROR: {
    storeTypes: both,
    means: 'Something failed inside KMS.',
    remedy: ['DisconnectCustomKeyStore', 'ConnectCustomKeyStore'],
    sources: fixHsm('try again'),
  },
  NETWORK_ERRORS: {
    storeTypes: both,
    means: 'The network between KMS and the backing key store failed.',
    remedy: ['DisconnectCustomKeyStore', 'wait a few minutes, or mend the network', 'ConnectCustomKeyStore'],
    because: 'network.works',
    sources: fixHsm('wait, then connect again'),
  },
  CLUSTER_NOT_FOUND: {
    storeTypes: hsm,
    means: 'No cluster has the ID that KMS was told; it may have been deleted.',
    remedy: [
      'DisconnectCustomKeyStore',
      'create a cluster from a backup of the lost one',
      'UpdateCustomKeyStore with its CloudHsmClusterId',
      'ConnectCustomKeyStore',
    ],
    because: 'cluster.exists',
    sources: fixHsm('restore the cluster from a backup'),
  },
  INSUFFICIENT_CLOUDHSM_HSMS: {
    storeTypes: hsm,
    means: 'The cluster has no active HSM.',
    remedy: ['DisconnectCustomKeyStore', 'add an HSM (one is enough to connect)', 'ConnectCustomKeyStore'],
    because: 'cluster.oneHsm',
    sources: fixHsm('one active HSM is enough to connect'),
  },
  INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET: {
    storeTypes: hsm,
    means: 'A private subnet of the cluster has no free IP address; each needs one, and two are better.',
    remedy: ['DisconnectCustomKeyStore', 'free an address in each subnet', 'ConnectCustomKeyStore'],
    because: 'cluster.freeAddresses',
    sources: fixHsm('free addresses in the subnets'),
  },
  INVALID_CREDENTIALS: {
    storeTypes: both,
    means: 'The password that KMS was told is not that of kmsuser; or the proxy refuses the access key or its secret.',
    remedy: [
      'DisconnectCustomKeyStore',
      'set the password of kmsuser, or look up the credential of the proxy',
      'UpdateCustomKeyStore with KeyStorePassword or XksProxyAuthenticationCredential',
      'ConnectCustomKeyStore',
    ],
    because: 'kmsuser.password',
    sources: fixHsm('tell KMS the password'),
  },
  SUBNET_NOT_FOUND: {
    storeTypes: hsm,
    means: 'A subnet in the configuration of the cluster was deleted.',
    remedy: [
      'DisconnectCustomKeyStore',
      'create a cluster from a recent backup',
      'UpdateCustomKeyStore with its CloudHsmClusterId',
      'ConnectCustomKeyStore',
    ],
    because: 'cluster.subnets',
    sources: fixHsm('restore the cluster into subnets that exist'),
  },
  USER_LOCKED_OUT: {
    storeTypes: hsm,
    means: 'The user kmsuser is locked after five failed logins.',
    remedy: [
      'DisconnectCustomKeyStore',
      'change the password of kmsuser',
      'UpdateCustomKeyStore with KeyStorePassword',
      'ConnectCustomKeyStore',
    ],
    because: 'kmsuser.unlocked',
    sources: fixHsm('five bad logins lock the user'),
  },
  USER_LOGGED_IN: {
    storeTypes: hsm,
    means: 'The user kmsuser is logged in, so KMS cannot change its password.',
    remedy: [
      'DisconnectCustomKeyStore',
      'log kmsuser out',
      'UpdateCustomKeyStore with KeyStorePassword if the password was changed',
      'ConnectCustomKeyStore',
    ],
    because: 'kmsuser.loggedOut',
    sources: fixHsm('log the user out'),
  },
  USER_NOT_FOUND: {
    storeTypes: hsm,
    means: 'The cluster, or one HSM of it, has no crypto user kmsuser.',
    remedy: [
      'DisconnectCustomKeyStore',
      'create kmsuser',
      'UpdateCustomKeyStore with KeyStorePassword',
      'ConnectCustomKeyStore',
    ],
    because: 'kmsuser.exists',
    sources: [
      { page: 'API:CustomKeyStoresListEntry', says: 'lists the code and its meaning' },
      { page: 'G:fix-keystore', says: 'create the user' },
      { page: 'OBS-USERNF', says: 'seen when the user was missing on one HSM' },
    ],
  },
  XKS_PROXY_ACCESS_DENIED: {
    storeTypes: xks,
    means: 'The authorisation of the proxy refuses KMS.',
    remedy: ['let KMS in at the proxy', 'DisconnectCustomKeyStore', 'ConnectCustomKeyStore'],
    sources: fixXks('mend the authorisation at the proxy'),
  },
  XKS_PROXY_INVALID_CONFIGURATION: {
    storeTypes: xks,
    means: 'The proxy is not configured as KMS expects; usually the URI path is wrong.',
    remedy: ['DisconnectCustomKeyStore', 'UpdateCustomKeyStore with XksProxyUriPath', 'ConnectCustomKeyStore'],
    sources: fixXks('check the path'),
  },
  XKS_PROXY_INVALID_RESPONSE: {
    storeTypes: xks,
    means: 'KMS cannot understand what the proxy answers.',
    remedy: ['DisconnectCustomKeyStore', 'ConnectCustomKeyStore', 'if it happens again, ask the vendor of the proxy'],
    sources: fixXks('try again, then ask the vendor'),
  },
  XKS_PROXY_INVALID_TLS_CONFIGURATION: {
    storeTypes: xks,
    means: 'The TLS version or the certificate of the proxy (expiry, host name, authority) is wrong.',
    remedy: [
      'serve TLS 1.2 or 1.3 with a trusted certificate of the right name',
      'DisconnectCustomKeyStore',
      'ConnectCustomKeyStore',
    ],
    sources: fixXks('mend the certificate'),
  },
  XKS_PROXY_NOT_REACHABLE: {
    storeTypes: xks,
    means: 'The proxy cannot be reached, or reports that every key manager instance is unavailable.',
    remedy: ['check endpoint, path, proxy and key manager', 'DisconnectCustomKeyStore', 'ConnectCustomKeyStore'],
    sources: fixXks('check endpoint and path'),
  },
  XKS_PROXY_TIMED_OUT: {
    storeTypes: xks,
    means: 'The proxy was reached and did not answer within 250 milliseconds.',
    remedy: ['make the proxy faster, or move it nearer', 'DisconnectCustomKeyStore', 'ConnectCustomKeyStore'],
    sources: fixXks('answers are due in 250 milliseconds'),
  },
  XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION: {
    storeTypes: xks,
    means: 'The VPC endpoint service misses a requirement.',
    remedy: [
      'mend its type, load balancer, principals, acceptance setting or DNS name',
      'DisconnectCustomKeyStore',
      'ConnectCustomKeyStore',
    ],
    because: 'endpointService.configured',
    sources: fixXks('lists the requirements'),
  },
  XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND: {
    storeTypes: xks,
    means: 'No VPC endpoint service has the name, or KMS is not among its allowed principals.',
    remedy: [
      'check the name and the allowed principals',
      'DisconnectCustomKeyStore',
      'UpdateCustomKeyStore with XksProxyVpcEndpointServiceName if it was wrong',
      'ConnectCustomKeyStore',
    ],
    because: 'endpointService.exists',
    sources: fixXks('check name and principals'),
  },
} as const satisfies Record<string, Code>;

export type ConnectionErrorCode = keyof typeof connectionErrorCodes;
export const connectionErrorCodeNames = Object.keys(connectionErrorCodes) as readonly ConnectionErrorCode[];

/** The codes that a connection attempt of a store of this type can end with. */
export const codesOf = (type: StoreType): readonly ConnectionErrorCode[] =>
  connectionErrorCodeNames.filter((code) => (connectionErrorCodes[code] as Code).storeTypes.includes(type));

/** The fact whose failure shows as this code, if the code stands for one fact. */
export const causeOf = (code: ConnectionErrorCode): FactKind | undefined =>
  (connectionErrorCodes[code] as Code).because;
