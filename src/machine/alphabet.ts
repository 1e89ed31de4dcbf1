import type { InputOf, Request } from '../spec/inputs.ts';
import type { StoreType } from '../spec/vocabulary.ts';

/**
 * The requests that are worth telling apart: the symbolic alphabet of everything that explores or drives. Values are
 * few on purpose; two of a kind are enough to collide, to differ and to be equal.
 */
export const names = ['alpha', 'beta'] as const;
export const clusters = ['cluster-aaaaaaaaaaa', 'cluster-bbbbbbbbbbb'] as const;
export const passwords = ['password1', 'password2'] as const;
export const certificate = 'customerCA.crt';

/** What KMS signs its requests to a proxy with. */
export const credentials = [
  { AccessKeyId: 'AAAAAAAAAAAAAAAAAAAA', RawSecretAccessKey: 'a'.repeat(43) },
  { AccessKeyId: 'BBBBBBBBBBBBBBBBBBBB', RawSecretAccessKey: 'b'.repeat(43) },
] as const;

/** Where proxies stand. The first two are public; the third is the private DNS name of a VPC endpoint service. */
export const endpoints = ['https://one.example', 'https://two.example', 'https://private.example'] as const;
export const paths = ['/kms/xks/v1', '/other/kms/xks/v1'] as const;
export const service = 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0';
export const owner = '111122223333';
export const externalKeys = ['external-key-1', 'external-key-2'] as const;

type Create = InputOf<'CreateCustomKeyStore'>;
type Update = InputOf<'UpdateCustomKeyStore'>;

/** The input that creates an AWS CloudHSM key store. */
export const cloudHsmStore = (name: string = names[0], cluster: string = clusters[0]): Create => ({
  CustomKeyStoreName: name,
  CloudHsmClusterId: cluster,
  TrustAnchorCertificate: certificate,
  KeyStorePassword: passwords[0],
});

/** The input that creates an external key store with a public endpoint. */
export const publicStore = (
  name: string = names[0],
  endpoint: string = endpoints[0],
  path: string = paths[0],
): Create => ({
  CustomKeyStoreName: name,
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  XksProxyUriEndpoint: endpoint,
  XksProxyUriPath: path,
  XksProxyAuthenticationCredential: credentials[0],
});

/** The input that creates an external key store behind a VPC endpoint service. */
export const privateStore = (name: string = names[0]): Create => ({
  ...publicStore(name, endpoints[2]),
  XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
  XksProxyVpcEndpointServiceName: service,
});

/** Every way to create a store that is worth telling apart. */
export const creations: readonly Create[] = [
  ...names.flatMap((name) => clusters.map((cluster) => cloudHsmStore(name, cluster))),
  ...names.flatMap((name) => [
    publicStore(name),
    publicStore(name, endpoints[0], paths[1]),
    publicStore(name, endpoints[1]),
    privateStore(name),
  ]),
];

const switches: readonly Omit<Update, 'CustomKeyStoreId'>[] = [
  { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: endpoints[0] },
  {
    XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
    XksProxyUriEndpoint: endpoints[2],
    XksProxyVpcEndpointServiceName: service,
  },
];

/** Each member of UpdateCustomKeyStore with every value that is worth telling apart. */
const singles: Readonly<Record<StoreType, readonly Omit<Update, 'CustomKeyStoreId'>[]>> = {
  AWS_CLOUDHSM: [
    ...names.map((NewCustomKeyStoreName) => ({ NewCustomKeyStoreName })),
    ...clusters.map((CloudHsmClusterId) => ({ CloudHsmClusterId })),
    ...passwords.map((KeyStorePassword) => ({ KeyStorePassword })),
  ],
  EXTERNAL_KEY_STORE: [
    ...names.map((NewCustomKeyStoreName) => ({ NewCustomKeyStoreName })),
    ...credentials.map((XksProxyAuthenticationCredential) => ({ XksProxyAuthenticationCredential })),
    ...paths.map((XksProxyUriPath) => ({ XksProxyUriPath })),
    ...endpoints.map((XksProxyUriEndpoint) => ({ XksProxyUriEndpoint })),
    { XksProxyConnectivity: 'PUBLIC_ENDPOINT' },
    { XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' },
    { XksProxyVpcEndpointServiceName: service },
    { XksProxyVpcEndpointServiceOwner: owner },
  ],
};

const mixed: Readonly<Record<StoreType, readonly Omit<Update, 'CustomKeyStoreId'>[]>> = {
  AWS_CLOUDHSM: [
    { NewCustomKeyStoreName: names[1], KeyStorePassword: passwords[1] },
    { XksProxyUriPath: paths[0] },
    {},
  ],
  EXTERNAL_KEY_STORE: [
    { NewCustomKeyStoreName: names[1], XksProxyUriEndpoint: endpoints[1] },
    ...switches,
    { KeyStorePassword: passwords[0] },
    {},
  ],
};

/** The requests about one store of a type that are worth telling apart; `keyId` is that of the key it may hold. */
export function requestsAbout(CustomKeyStoreId: string, type: StoreType, keyId: string): readonly Request[] {
  const origin = type === 'AWS_CLOUDHSM' ? {} : { XksKeyId: externalKeys[0] };
  const onStore = ['ConnectCustomKeyStore', 'DisconnectCustomKeyStore', 'DeleteCustomKeyStore'] as const;
  const onKey = [
    'EnableKey',
    'DisableKey',
    'ScheduleKeyDeletion',
    'CancelKeyDeletion',
    'DescribeKey',
    'Encrypt',
  ] as const;
  return [
    ...onStore.map((op) => ({ op, input: { CustomKeyStoreId } })),
    ...[...singles[type], ...mixed[type]].map(
      (update): Request => ({ op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId, ...update } }),
    ),
    { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId } },
    { op: 'CreateKey', input: { CustomKeyStoreId, Origin: type, ...origin } },
    { op: 'GenerateRandom', input: { CustomKeyStoreId, NumberOfBytes: 32 } },
    ...onKey.map(
      (op) => ({ op, input: { KeyId: keyId, ...(op === 'Encrypt' ? { Plaintext: 'AAAA' } : {}) } }) as Request,
    ),
  ];
}

/** The requests that create a store. */
export const createRequests: readonly Request[] = creations.map((input) => ({ op: 'CreateCustomKeyStore', input }));

/** The requests with which two stores can collide, and what it takes to connect, fill, use, show and empty them. */
export function isColliding({ op, input }: Request): boolean {
  if (op === 'UpdateCustomKeyStore') {
    const { NewCustomKeyStoreName, CloudHsmClusterId, XksProxyUriPath, XksProxyConnectivity } = input;
    const alone = Object.keys(input).length === 2;
    const switching = XksProxyConnectivity !== undefined && input.XksProxyUriEndpoint !== undefined;
    return (
      switching ||
      (alone && [NewCustomKeyStoreName, CloudHsmClusterId, XksProxyUriPath].some((value) => value !== undefined))
    );
  }
  if (op === 'CreateCustomKeyStore') return input.XksProxyUriEndpoint !== endpoints[1];
  return [
    'ConnectCustomKeyStore',
    'DisconnectCustomKeyStore',
    'DeleteCustomKeyStore',
    'DescribeCustomKeyStores',
    'CreateKey',
    'ScheduleKeyDeletion',
    'Encrypt',
  ].includes(op);
}
