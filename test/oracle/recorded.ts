import type { HistoryEvent, Output } from '../../src/oracle/history.ts';
import type { Operation } from '../../src/spec/vocabulary.ts';

// Histories in the words of AWS's documented examples, as somebody else's emulator records them.

export const hsm = 'cks-1234567890abcdef0';
export const xks = 'cks-9876543210fedcba9';
export const hsmKey = '0987dcba-09fe-87dc-65ba-ab0987654321';
export const xksKey = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** An event; a string is the name of an error. */
export const ask = (op: Operation, input: object, outcome: Output | string = {}): HistoryEvent =>
  ({ op, input, ...(typeof outcome === 'string' ? { error: outcome } : { ok: outcome }) }) as HistoryEvent;

const hsmInput = {
  CustomKeyStoreName: 'ExampleKeyStore',
  CloudHsmClusterId: 'cluster-1a23b4cdefg',
  TrustAnchorCertificate: '<certificate-goes-here>',
  KeyStorePassword: 'kmsPswd',
};
const credential = {
  AccessKeyId: 'ABCDE12345670EXAMPLE',
  RawSecretAccessKey: 'DXjSUawnel2fr6SKC7G25CNxTyWKE5PF9XX6H/u9pSo=',
};
const xksInput = {
  CustomKeyStoreName: 'ExampleExternalKeyStore',
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  XksProxyUriEndpoint: 'https://myproxy.xks.example.com',
  XksProxyUriPath: '/kms/xks/v1',
  XksProxyAuthenticationCredential: credential,
};
const vpc = {
  XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
  XksProxyUriEndpoint: 'https://myproxy-private.xks.example.com',
  XksProxyVpcEndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-example1',
};

export const createHsm = (more: object = {}, outcome: Output | string = { CustomKeyStoreId: hsm }): HistoryEvent =>
  ask('CreateCustomKeyStore', { ...hsmInput, ...more }, outcome);
export const createXks = (more: object = {}, outcome: Output | string = { CustomKeyStoreId: xks }): HistoryEvent =>
  ask('CreateCustomKeyStore', { ...xksInput, ...more }, outcome);
export const createVpc = (more: object = {}, outcome: Output | string = { CustomKeyStoreId: xks }): HistoryEvent =>
  createXks({ ...vpc, ...more }, outcome);

/** Other values than those of the first store of the kind. */
export const otherHsm = { CustomKeyStoreName: 'Another', CloudHsmClusterId: 'cluster-234abcdefABC' };
export const toVpc = vpc;

export const connect = (CustomKeyStoreId: string, outcome: Output | string = {}) =>
  ask('ConnectCustomKeyStore', { CustomKeyStoreId }, outcome);
export const disconnect = (CustomKeyStoreId: string, outcome: Output | string = {}) =>
  ask('DisconnectCustomKeyStore', { CustomKeyStoreId }, outcome);
export const remove = (CustomKeyStoreId: string, outcome: Output | string = {}) =>
  ask('DeleteCustomKeyStore', { CustomKeyStoreId }, outcome);
export const update = (CustomKeyStoreId: string, members: object, outcome: Output | string = {}) =>
  ask('UpdateCustomKeyStore', { CustomKeyStoreId, ...members }, outcome);

/** One entry of DescribeCustomKeyStores. */
export const hsmEntry = (ConnectionState: string, more: object = {}): Output => ({
  CustomKeyStoreId: hsm,
  CustomKeyStoreName: hsmInput.CustomKeyStoreName,
  CloudHsmClusterId: hsmInput.CloudHsmClusterId,
  TrustAnchorCertificate: hsmInput.TrustAnchorCertificate,
  CustomKeyStoreType: 'AWS_CLOUDHSM',
  CreationDate: 1.499288695918e9,
  ConnectionState,
  ...more,
});
export const xksEntry = (ConnectionState: string, proxy: object = {}, more: object = {}): Output => ({
  CustomKeyStoreId: xks,
  CustomKeyStoreName: xksInput.CustomKeyStoreName,
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  ConnectionState,
  CreationDate: '2022-12-14T20:17:36.419000+00:00',
  XksProxyConfiguration: {
    AccessKeyId: credential.AccessKeyId,
    Connectivity: 'PUBLIC_ENDPOINT',
    UriEndpoint: xksInput.XksProxyUriEndpoint,
    UriPath: xksInput.XksProxyUriPath,
    ...proxy,
  },
  ...more,
});
export const vpcProxy = {
  Connectivity: vpc.XksProxyConnectivity,
  UriEndpoint: vpc.XksProxyUriEndpoint,
  VpcEndpointServiceName: vpc.XksProxyVpcEndpointServiceName,
};
export const list = (CustomKeyStores: readonly Output[], input: object = {}, more: object = {}) =>
  ask('DescribeCustomKeyStores', input, { CustomKeyStores, Truncated: false, ...more });

export const isHsm = (state: string, more: object = {}) => list([hsmEntry(state, more)], { CustomKeyStoreId: hsm });
export const isXks = (state: string, proxy: object = {}, more: object = {}) =>
  list([xksEntry(state, proxy, more)], { CustomKeyStoreId: xks });

/** The way of a store into a state, from its creation. */
export function hsmIn(state: string, more: object = {}): readonly HistoryEvent[] {
  return [
    createHsm(),
    ...into(hsm, state, (each) =>
      isHsm(each, each === 'FAILED' ? { ConnectionErrorCode: 'USER_LOCKED_OUT', ...more } : {}),
    ),
  ];
}
export function xksIn(state: string): readonly HistoryEvent[] {
  const code = { ConnectionErrorCode: 'INVALID_CREDENTIALS' };
  return [createXks(), ...into(xks, state, (each) => isXks(each, {}, each === 'FAILED' ? code : {}))];
}
function into(id: string, state: string, shown: (state: string) => HistoryEvent): readonly HistoryEvent[] {
  if (state === 'DISCONNECTED') return [shown(state)];
  if (state !== 'DISCONNECTING') return [connect(id), shown(state)];
  return [connect(id), shown('CONNECTED'), disconnect(id), shown(state)];
}

/** DescribeKey, or CreateKey, of the key of a store. */
export const hsmMetadata = (KeyState = 'Enabled', more: object = {}): Output => ({
  KeyMetadata: {
    AWSAccountId: '111122223333',
    Arn: `arn:aws:kms:us-east-1:111122223333:key/${hsmKey}`,
    CloudHsmClusterId: hsmInput.CloudHsmClusterId,
    CreationDate: 1.499288695918e9,
    CustomKeyStoreId: hsm,
    Description: '',
    Enabled: KeyState === 'Enabled',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    KeyId: hsmKey,
    KeyManager: 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyState,
    KeyUsage: 'ENCRYPT_DECRYPT',
    MultiRegion: false,
    Origin: 'AWS_CLOUDHSM',
    ...more,
  },
});
export const xksMetadata = (KeyState = 'Enabled', more: object = {}): Output => ({
  KeyMetadata: {
    Arn: `arn:aws:kms:us-east-1:111122223333:key/${xksKey}`,
    CreationDate: 1.499288695918e9,
    CustomKeyStoreId: xks,
    Enabled: KeyState === 'Enabled',
    KeyId: xksKey,
    KeyState,
    Origin: 'EXTERNAL_KEY_STORE',
    XksKeyConfiguration: { Id: 'bb8562717f809024' },
    ...more,
  },
});
export const createHsmKey = (outcome: Output | string = hsmMetadata()) =>
  ask('CreateKey', { CustomKeyStoreId: hsm, Origin: 'AWS_CLOUDHSM' }, outcome);
export const createXksKey = (outcome: Output | string = xksMetadata()) =>
  ask('CreateKey', { CustomKeyStoreId: xks, Origin: 'EXTERNAL_KEY_STORE', XksKeyId: 'bb8562717f809024' }, outcome);
export const describeHsmKey = (KeyState: string, more: object = {}) =>
  ask('DescribeKey', { KeyId: hsmKey }, hsmMetadata(KeyState, more));
export const withHsmKey: readonly HistoryEvent[] = [...hsmIn('CONNECTED'), createHsmKey()];
export const withXksKey: readonly HistoryEvent[] = [...xksIn('CONNECTED'), createXksKey()];
