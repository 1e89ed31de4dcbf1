import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Oracle } from '../../src/oracle/oracle.ts';
import type { OracleOptions } from '../../src/oracle/oracle-options.ts';
import * as r from './recorded.ts';

// What AWS's documents allow, or are silent about, where an oracle might think that it knows better.

const validation = 'ValidationException';
const invalidState = 'CustomKeyStoreInvalidStateException';
const hsmKey = { KeyId: r.hsmKey };
const secret = (character: string) => ({
  XksProxyAuthenticationCredential: { AccessKeyId: 'ABCDEFGHIJKLMNOPQRST', RawSecretAccessKey: character.repeat(43) },
});
const refusedCredential = 'XksProxyIncorrectAuthenticationCredentialException';

/** A name, and what is recorded: nothing of it may be held against the implementation. */
type Recorded = readonly [name: string, ...history: readonly (HistoryEvent | readonly HistoryEvent[])[]];

const inStates = (...ops: readonly (HistoryEvent['op'] | readonly [HistoryEvent['op'], object])[]) =>
  ops.map((op) => (typeof op === 'string' ? ([op, {}] as const) : op));

const neverSupported = inStates(
  'EnableKeyRotation',
  'DisableKeyRotation',
  'RotateKeyOnDemand',
  ['GenerateDataKeyPair', { KeyPairSpec: 'RSA_2048' }],
  ['GenerateDataKeyPairWithoutPlaintext', { KeyPairSpec: 'RSA_2048' }],
);

const keyStates: readonly Recorded[] = neverSupported.flatMap(([op, more]): readonly Recorded[] => [
  [
    `${op} of a disabled key`,
    r.withHsmKey,
    r.ask('DisableKey', hsmKey),
    r.ask(op, { ...hsmKey, ...more }, 'DisabledException'),
  ],
  [
    `${op} of a key that is pending deletion`,
    r.withHsmKey,
    r.ask('ScheduleKeyDeletion', hsmKey),
    r.ask(op, { ...hsmKey, ...more }, 'KMSInvalidStateException'),
  ],
]);

const keyArn = (id: string) => `arn:aws:kms:us-east-1:111122223333:key/${id}`;
const answers: readonly Recorded[] = [
  [
    'answers about a key with its ARN, with its ID, or with nothing',
    r.withHsmKey,
    r.ask('ScheduleKeyDeletion', hsmKey, { KeyId: keyArn(r.hsmKey), PendingWindowInDays: 30 }),
    r.ask('CancelKeyDeletion', { KeyId: keyArn(r.hsmKey) }, { KeyId: r.hsmKey }),
    r.ask('ScheduleKeyDeletion', { ...hsmKey, PendingWindowInDays: 7 }, { DeletionDate: 1, PendingWindowInDays: 7 }),
    r.ask('CancelKeyDeletion', hsmKey),
    r.ask('EnableKey', hsmKey),
    r.ask('Encrypt', { ...hsmKey, Plaintext: 'AAAA' }, { CiphertextBlob: 'QQ==' }),
    r.ask('Decrypt', { CiphertextBlob: 'QQ==' }, { Plaintext: 'AAAA', KeyId: keyArn(r.hsmKey) }),
  ],
  [
    'one ciphertext of two keys, one of which cannot be used',
    r.withHsmKey,
    r.withXksKey,
    r.ask('Encrypt', { ...hsmKey, Plaintext: 'AAAA' }, { CiphertextBlob: 'A'.repeat(40) }),
    r.ask('Encrypt', { KeyId: r.xksKey, Plaintext: 'AAAA' }, { CiphertextBlob: 'A'.repeat(40) }),
    r.ask('DisableKey', hsmKey),
    r.ask('Decrypt', { CiphertextBlob: 'A'.repeat(40) }, { Plaintext: 'AAAA' }),
    r.ask('DisableKey', { KeyId: r.xksKey }),
    r.ask('EnableKey', hsmKey),
    r.ask('Decrypt', { CiphertextBlob: 'A'.repeat(40) }, { Plaintext: 'AAAA' }),
  ],
  [
    'what a recorder put in place of every ciphertext',
    r.withHsmKey,
    r.ask('Encrypt', { ...hsmKey, Plaintext: 'AAAA' }, { CiphertextBlob: 'REDACTED' }),
    r.ask('DisableKey', hsmKey),
    r.ask('Decrypt', { CiphertextBlob: 'REDACTED' }, { Plaintext: 'REDACTED' }),
  ],
];

const publicEndpoint = {
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  XksProxyUriEndpoint: 'https://myproxy.xks.example.com',
};
const ofService = { XksProxyVpcEndpointServiceName: r.vpcProxy.VpcEndpointServiceName };
const twoCases: readonly Recorded[] = [
  [
    'a service refused when a store becomes public, and passed over where one is public',
    r.createVpc(),
    r.update(r.xks, { ...publicEndpoint, ...ofService }, validation),
    r.update(r.xks, publicEndpoint),
    r.update(r.xks, ofService),
    r.isXks('DISCONNECTED'),
  ],
  [
    'an empty service name that clears what there is, and is refused where there is nothing',
    r.createVpc(),
    r.update(r.xks, { ...publicEndpoint, XksProxyVpcEndpointServiceName: '' }),
    r.update(r.xks, { ...publicEndpoint, XksProxyVpcEndpointServiceName: '' }, validation),
    r.isXks('DISCONNECTED'),
  ],
  [
    'a creation repeated with the password that was rotated, and with another one',
    r.hsmIn('CONNECTED'),
    r.disconnect(r.hsm),
    r.isHsm('DISCONNECTED'),
    r.createHsm(),
    r.createHsm({ KeyStorePassword: 'another1' }, 'CustomKeyStoreNameInUseException'),
    r.createHsm({ ...r.otherHsm, CustomKeyStoreName: 'Third' }, { CustomKeyStoreId: 'cks-2' }),
  ],
  [
    'nothing to change, refused for the state where the state may be wrong',
    r.createHsm(),
    r.update(r.hsm, {}),
    r.connect(r.hsm),
    r.isHsm('CONNECTED'),
    r.update(r.hsm, {}, invalidState),
  ],
  [
    'one exception with the status of the model, and the other with 400',
    r.withHsmKey,
    { ...r.ask('CancelKeyDeletion', hsmKey, 'KMSInvalidStateException'), status: 400 } as HistoryEvent,
    r.ask('DisableKey', hsmKey),
    { ...r.ask('Encrypt', { ...hsmKey, Plaintext: 'AAAA' }, 'DisabledException'), status: 409 } as HistoryEvent,
  ],
];

const stores: readonly Recorded[] = [
  [
    'a repeated value that is refused while CONNECTED, and not while DISCONNECTED, where a new name is taken in both',
    r.createHsm(),
    r.update(r.hsm, { CloudHsmClusterId: r.hsmEntry('CONNECTED')['CloudHsmClusterId'] }),
    r.connect(r.hsm),
    r.isHsm('CONNECTED'),
    r.update(r.hsm, { NewCustomKeyStoreName: r.hsmEntry('CONNECTED')['CustomKeyStoreName'] }, invalidState),
    r.update(r.hsm, { NewCustomKeyStoreName: 'Other' }),
    r.isHsm('CONNECTED', { CustomKeyStoreName: 'Other' }),
  ],
  [
    'a repeated password taken for a new one, where a repeated cluster is passed over',
    r.hsmIn('CONNECTED'),
    r.update(r.hsm, { CloudHsmClusterId: 'cluster-1a23b4cdefg' }),
    r.createHsm(r.otherHsm, { CustomKeyStoreId: 'cks-2' }),
    r.connect('cks-2'),
    r.update('cks-2', { KeyStorePassword: 'kmsPswd' }, invalidState),
    r.list([r.hsmEntry('CONNECTING', { ...r.otherHsm, CustomKeyStoreId: 'cks-2' })], { CustomKeyStoreId: 'cks-2' }),
  ],
  [
    'a member that stays counted beside one that changes, where alone it is passed over',
    r.createVpc(),
    r.connect(r.xks),
    r.isXks('CONNECTED', r.vpcProxy),
    r.update(r.xks, { XksProxyVpcEndpointServiceName: r.vpcProxy.VpcEndpointServiceName }),
    r.update(
      r.xks,
      { NewCustomKeyStoreName: 'Other', XksProxyVpcEndpointServiceName: r.vpcProxy.VpcEndpointServiceName },
      invalidState,
    ),
    r.isXks('CONNECTED', r.vpcProxy),
  ],
  [
    'the owner that nobody gave, given later',
    r.createVpc(),
    r.isXks('DISCONNECTED', { ...r.vpcProxy, VpcEndpointServiceOwner: '111122223333' }),
    r.connect(r.xks),
    r.isXks('CONNECTED', { ...r.vpcProxy, VpcEndpointServiceOwner: '111122223333' }),
    r.update(r.xks, { XksProxyVpcEndpointServiceOwner: '111122223333' }),
  ],
  [
    'an eu. name refused where an owner shows: nobody knows which pattern came with which',
    r.createVpc({ XksProxyVpcEndpointServiceName: 'eu.amazonaws.vpce.eu-sc-1.vpce-svc-0e9e9e9e9e9e9e9e9' }, validation),
    r.createVpc(),
    r.isXks('DISCONNECTED', { ...r.vpcProxy, VpcEndpointServiceOwner: '111122223333' }),
  ],
  [
    'what is missing answered by one error for one type, and by another for the other',
    r.createHsm({ KeyStorePassword: undefined }, validation),
    r.createXks(),
    r.remove(r.xks),
    r.createXks({ XksProxyConnectivity: undefined }, 'XksProxyInvalidConfigurationException'),
    r.createXks({}, { CustomKeyStoreId: 'cks-11111111111111111' }),
  ],
  [
    'a key Disabled at once where its deletion was cancelled, and Unavailable with the next attempt',
    r.withHsmKey,
    r.ask('ScheduleKeyDeletion', hsmKey),
    r.disconnect(r.hsm),
    r.isHsm('DISCONNECTED'),
    r.ask('CancelKeyDeletion', hsmKey),
    r.describeHsmKey('Disabled', { Enabled: false }),
    r.connect(r.hsm),
    r.describeHsmKey('Unavailable', { Enabled: false }),
    r.isHsm('FAILED', { ConnectionErrorCode: 'INTERNAL_ERROR' }),
    r.describeHsmKey('Unavailable', { Enabled: false }),
  ],
  ...['Disabled', 'Unavailable'].map(
    (state): Recorded => [
      `a key ${state} that shows Disabled where its deletion was cancelled, and is disabled then`,
      r.withHsmKey,
      r.ask('ScheduleKeyDeletion', hsmKey),
      r.disconnect(r.hsm),
      r.isHsm('DISCONNECTED'),
      r.ask('CancelKeyDeletion', hsmKey),
      r.describeHsmKey('Disabled', { Enabled: false }),
      r.ask('DisableKey', hsmKey),
      r.describeHsmKey(state, { Enabled: false }),
    ],
  ),
  [
    'a null instead of a store when a key is made',
    r.ask('CreateKey', { CustomKeyStoreId: null }, { KeyMetadata: { KeyId: 'elsewhere', KeyState: 'Enabled' } }),
    r.ask('CreateKey', { CustomKeyStoreId: null }, 'MalformedPolicyDocumentException'),
  ],
  [
    'a wrong secret, then the right one, with the same access key',
    r.createXks(secret('w'), refusedCredential),
    r.createXks(secret('r')),
  ],
  [
    'a right secret, then a wrong one, with the same access key',
    r.createXks(secret('r')),
    r.update(r.xks, secret('w'), refusedCredential),
    r.update(r.xks, secret('r')),
  ],
  [
    'secrets that the record masks',
    r.createXks({ XksProxyAuthenticationCredential: masked() }, refusedCredential),
    r.createXks({ XksProxyAuthenticationCredential: masked() }),
  ],
  [
    'a marker that is good once only',
    r.createHsm(),
    r.list([], {}, { Truncated: true, NextMarker: 'next' }),
    r.list([r.hsmEntry('DISCONNECTED')], { Marker: 'next' }),
    r.ask('DescribeCustomKeyStores', { Marker: 'next' }, 'InvalidMarkerException'),
  ],
];

const withKey = { ...hsmKey, Plaintext: 'AAAA' };
const makeHsmKey = { CustomKeyStoreId: r.hsm, Origin: 'AWS_CLOUDHSM' };
const refusedKey = (name: string, op: HistoryEvent['op'], input: object, error: string): Recorded => [
  name,
  r.withHsmKey,
  r.ask(op, input, error),
];

/** Members of key operations that have nothing to do with custom key stores. */
const otherArguments: readonly Recorded[] = [
  refusedKey('a full account when a key is made', 'CreateKey', makeHsmKey, 'LimitExceededException'),
  refusedKey('a full account when a key is enabled', 'EnableKey', hsmKey, 'LimitExceededException'),
  refusedKey('a bad policy', 'CreateKey', { ...makeHsmKey, Policy: '{}' }, 'MalformedPolicyDocumentException'),
  refusedKey('a bad tag', 'CreateKey', { ...makeHsmKey, Tags: [{ TagKey: 'aws:x', TagValue: '' }] }, 'TagException'),
  refusedKey(
    'both names of a key spec',
    'CreateKey',
    { ...makeHsmKey, KeySpec: 'SYMMETRIC_DEFAULT', CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT' },
    validation,
  ),
  refusedKey('no number of random bytes', 'GenerateRandom', { CustomKeyStoreId: r.hsm }, validation),
  refusedKey('a data key without a length', 'GenerateDataKey', hsmKey, validation),
  refusedKey(
    'a data key with two lengths',
    'GenerateDataKey',
    { ...hsmKey, KeySpec: 'AES_256', NumberOfBytes: 32 },
    validation,
  ),
  refusedKey('no ciphertext', 'Decrypt', hsmKey, validation),
  refusedKey('a dry run', 'Encrypt', { ...withKey, DryRun: true }, 'DryRunOperationException'),
  refusedKey('a bad grant token', 'Encrypt', { ...withKey, GrantTokens: ['x'] }, 'InvalidGrantTokenException'),
  refusedKey(
    'an algorithm of another kind of key',
    'Encrypt',
    { ...withKey, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' },
    'InvalidKeyUsageException',
  ),
  refusedKey(
    'a disabled key from elsewhere beside one of a store',
    'ReEncrypt',
    { SourceKeyId: r.hsmKey, DestinationKeyId: 'elsewhere', CiphertextBlob: 'AAAA' },
    'DisabledException',
  ),
  refusedKey(
    'an ARN of the wrong Region',
    'DescribeKey',
    { KeyId: `arn:aws:kms:eu-west-1:111122223333:key/${r.hsmKey}` },
    'NotFoundException',
  ),
];

const service = r.toVpc.XksProxyVpcEndpointServiceName;
const another = {
  CustomKeyStoreName: 'Another',
  XksProxyUriEndpoint: 'https://another-private.xks.example.com',
  XksProxyVpcEndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-example2',
};
const toPublic = { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: 'https://other.xks.example.com' };

/** Members that an implementation passes over. */
const ignored: readonly Recorded[] = [
  [
    'an endpoint service that a public store ignores, and a private one has then',
    r.createXks(),
    r.update(r.xks, { XksProxyVpcEndpointServiceName: service }),
    r.createVpc({ CustomKeyStoreName: 'Another' }, { CustomKeyStoreId: 'cks-2' }),
  ],
  [
    'an endpoint service that a private store has, and a public one ignores',
    r.createVpc({ CustomKeyStoreName: 'Another' }, { CustomKeyStoreId: 'cks-2' }),
    r.createXks(),
    r.update(r.xks, { XksProxyVpcEndpointServiceName: service }),
  ],
  [
    'the same when the store becomes public',
    r.createVpc(),
    r.createVpc(another, { CustomKeyStoreId: 'cks-2' }),
    r.update('cks-2', { ...toPublic, XksProxyVpcEndpointServiceName: service }),
  ],
  [
    'an endpoint service that a CONNECTED public store ignores',
    r.xksIn('CONNECTED'),
    r.update(r.xks, { NewCustomKeyStoreName: 'New', XksProxyVpcEndpointServiceName: service }),
  ],
  [
    'an endpoint service that a public store ignores alone, but not beside a name while it is CONNECTING',
    r.createXks(),
    r.update(r.xks, { XksProxyVpcEndpointServiceName: service }),
    r.connect(r.xks),
    r.update(r.xks, { NewCustomKeyStoreName: 'New', XksProxyVpcEndpointServiceName: service }, invalidState),
    r.update(r.xks, { NewCustomKeyStoreName: 'New' }),
    r.isXks('CONNECTING', {}, { CustomKeyStoreName: 'New' }),
  ],
  [
    'a member of another type that is ignored, so that nothing is left to change',
    r.createHsm(),
    r.update(r.hsm, { NewCustomKeyStoreName: 'New', XksProxyUriPath: '/kms/xks/v1' }),
    r.update(r.hsm, { XksProxyUriPath: '/kms/xks/v1' }, validation),
  ],
];

const both = (CustomKeyStoreName: string) => ({ CustomKeyStoreId: r.hsm, CustomKeyStoreName });
const filters: readonly Recorded[] = ['CustomKeyStoreNotFoundException', validation].map((error) => [
  `two filters that are answered when they agree, and refused with ${error} when not`,
  r.createHsm(),
  r.list([r.hsmEntry('DISCONNECTED')], both('ExampleKeyStore')),
  r.ask('DescribeCustomKeyStores', both('Unknown'), error),
]);

/** An implementation that looks at endpoint and service before it looks at the name. */
const repeated: readonly Recorded[] = [
  'XksProxyUriEndpointInUseException',
  'XksProxyVpcEndpointServiceInUseException',
].map((error) => [
  `a repeated name for a public store, and ${error} for a private one`,
  r.createXks(),
  r.createXks({}, 'CustomKeyStoreNameInUseException'),
  r.createVpc({ CustomKeyStoreName: 'Another' }, { CustomKeyStoreId: 'cks-2' }),
  r.createVpc({ CustomKeyStoreName: 'Another' }, error),
]);

/** As it is documented for AWS CloudHSM key stores. */
const repeatedWhileDisconnected: readonly Recorded[] = [
  [
    'the ID of the external store that is there for a repeated creation, but not while it is connected',
    r.createXks(),
    r.createXks(),
    r.connect(r.xks),
    r.createXks({}, 'XksProxyUriInUseException'),
  ],
];

const inUse = 'CloudHsmClusterInUseException';
const nameInUse = 'CustomKeyStoreNameInUseException';
const sameCluster = { CloudHsmClusterId: 'cluster-1a23b4cdefg' };
const samePassword = { KeyStorePassword: 'kmsPswd' };
const sameName = { NewCustomKeyStoreName: 'ExampleKeyStore' };
const otherService = 'com.amazonaws.vpce.us-east-1.vpce-svc-example2';
const xksKeyFor = (XksKeyId: string, error: string, CustomKeyStoreId = r.xks) =>
  r.ask('CreateKey', { CustomKeyStoreId, Origin: 'EXTERNAL_KEY_STORE', XksKeyId }, error);

/** Of what one request was refused for, nothing follows for another that differs in just that. */
const corrected: readonly Recorded[] = [
  [
    'an endpoint service that another account owns',
    r.createVpc({ XksProxyVpcEndpointServiceOwner: '444455556666' }, 'XksProxyVpcEndpointServiceNotFoundException'),
    r.createVpc(),
  ],
  [
    'an endpoint service whose private DNS name is another',
    r.createVpc(
      { XksProxyUriEndpoint: 'https://typo.example.com' },
      'XksProxyVpcEndpointServiceInvalidConfigurationException',
    ),
    r.createVpc(),
    r.update(
      r.xks,
      { XksProxyUriEndpoint: 'https://typo.example.com' },
      'XksProxyVpcEndpointServiceInvalidConfigurationException',
    ),
  ],
  [
    'an external key that another proxy does not know',
    r.withXksKey,
    r.createXks(
      { CustomKeyStoreName: 'Second', XksProxyUriEndpoint: 'https://other.example.com' },
      { CustomKeyStoreId: 'cks-second' },
    ),
    r.connect('cks-second'),
    xksKeyFor('bb8562717f809024', 'XksKeyNotFoundException', 'cks-second'),
  ],
  ...['KMSInvalidStateException', 'XksKeyInvalidResponseException'].map(
    (error): Recorded => [
      `a proxy that denies one key, and not another: ${error}`,
      r.withXksKey,
      r.ask('Encrypt', { KeyId: r.xksKey, Plaintext: 'AAAA' }, { CiphertextBlob: 'QUFB' }),
      xksKeyFor('another', error),
    ],
  ),
  [
    'a cluster that has its history in common with that of another store',
    r.createHsm(),
    r.createHsm(r.otherHsm, { CustomKeyStoreId: 'cks-second' }),
    r.createHsm({ CustomKeyStoreName: 'Third', CloudHsmClusterId: 'cluster-3333333abcd' }, inUse),
    r.update(r.hsm, { CloudHsmClusterId: 'cluster-3333333abcd' }, inUse),
  ],
];

/** Values that are the present ones. */
const sameValues: readonly Recorded[] = [
  [
    'a repeated name that is refused, and a repeated cluster that is not, in a connected store',
    r.hsmIn('CONNECTED'),
    r.update(r.hsm, sameName, nameInUse),
    r.update(r.hsm, sameCluster),
    r.disconnect(r.hsm),
  ],
  [
    'a repeated password, and a repeated name that is refused',
    r.createHsm(),
    r.update(r.hsm, samePassword),
    r.update(r.hsm, sameName, nameInUse),
  ],
  [
    'a password that is given again after a connection, and once more',
    r.hsmIn('CONNECTED'),
    r.disconnect(r.hsm),
    r.isHsm('DISCONNECTED'),
    r.update(r.hsm, samePassword),
    r.update(r.hsm, samePassword, invalidState),
  ],
  [
    'a password that is given again where connecting with it has failed',
    r.hsmIn('CONNECTED'),
    r.disconnect(r.hsm),
    r.isHsm('DISCONNECTED'),
    r.update(r.hsm, { KeyStorePassword: 'another1' }),
    r.connect(r.hsm),
    r.isHsm('FAILED', { ConnectionErrorCode: 'INVALID_CREDENTIALS' }),
    r.update(r.hsm, { KeyStorePassword: 'another1' }),
  ],
  [
    'a member that is ignored beside a repeated one',
    r.createXks(),
    r.update(r.xks, { XksProxyVpcEndpointServiceName: otherService, XksProxyUriPath: '/kms/xks/v1' }, invalidState),
  ],
  [
    'a repeated value that is refused, and one beside a member that is ignored',
    r.createXks(),
    r.update(r.xks, { NewCustomKeyStoreName: 'ExampleExternalKeyStore' }, invalidState),
    r.update(r.xks, { XksProxyVpcEndpointServiceName: otherService, XksProxyUriPath: '/kms/xks/v1' }),
  ],
  [
    'a repeated endpoint of a proxy that is not asked for it',
    r.createVpc(),
    r.update(r.xks, { XksProxyVpcEndpointServiceName: otherService }, refusedCredential),
    r.update(r.xks, { XksProxyUriEndpoint: r.toVpc.XksProxyUriEndpoint }),
  ],
  [
    'an endpoint that is the same but for the case of its letters, on a switch',
    r.createXks(),
    r.update(r.xks, { ...r.toVpc, XksProxyUriEndpoint: 'https://MYPROXY.xks.example.com' }, validation),
  ],
  ['a masked password that is refused', r.createHsm({ KeyStorePassword: '***' }, validation)],
];

const every: readonly Recorded[] = [
  ...keyStates,
  ...answers,
  ...twoCases,
  ...stores,
  ...otherArguments,
  ...ignored,
  ...filters,
  ...repeated,
  ...repeatedWhileDisconnected,
  ...corrected,
  ...sameValues,
];

describe('a correct implementation', () => {
  it.each(every.map(([name, ...history]) => ({ name, history: history.flat() })))('may record $name', ({ history }) => {
    expect(verdictOn(history)).toBe('nothing');
  });
});

describe('an account of which nobody saw the beginning', () => {
  const limit = 'LimitExceededException';

  it('may be full', () => {
    expect(verdictOn([r.createHsm({}, limit)], { initial: 'unknown' })).toBe('nothing');
    expect(verdictOn([r.createHsm({}, limit)])).toContain('violates');
  });
});

describe('an owner of an endpoint service', () => {
  it('does not show, if it is the account itself and the implementation shows other owners only', () => {
    const history = [
      r.createVpc({ XksProxyVpcEndpointServiceOwner: '111122223333' }),
      r.isXks('DISCONNECTED', r.vpcProxy),
    ];

    expect(verdictOn(history, { edition: '2025-10' })).toBe('nothing');
  });
});

describe('an owner that shows', () => {
  it('is that of the store, also where nobody gave one', () => {
    const VpcEndpointServiceOwner = '111122223333';
    const shown = { ...r.vpcProxy, VpcEndpointServiceOwner };
    const before = [r.createVpc(), r.connect(r.xks), r.isXks('CONNECTED', shown)];
    const give = (XksProxyVpcEndpointServiceOwner: string) => r.update(r.xks, { XksProxyVpcEndpointServiceOwner });

    expect(verdictOn([...before, give(VpcEndpointServiceOwner)], { edition: '2026-04' })).toBe('nothing');
    expect(verdictOn([...before, give('444455556666')], { edition: '2026-04' })).toContain('violates');
  });
});

describe('a connection attempt of a private store', () => {
  it.each(['NotFound', 'InvalidConfiguration'])('may fail at once for its endpoint service: %s', (what) => {
    const error = `XksProxyVpcEndpointService${what}Exception`;
    const history = [r.createVpc(), r.connect(r.xks, error), r.isXks('DISCONNECTED', r.vpcProxy)];

    expect(verdictOn(history, { worldIs: 'changing' })).toBe('nothing');
  });
});

describe('a list that says that it is not truncated', () => {
  it('leaves no store out, also where it has a limit', () => {
    const events = [r.createHsm(), r.createXks()];
    const list = (Truncated: boolean) =>
      r.list([r.hsmEntry('DISCONNECTED')], { Limit: 10 }, Truncated ? { Truncated, NextMarker: 'next' } : {});

    expect(verdictOn([...events, list(true)])).toBe('nothing');
    expect(verdictOn([...events, list(false)])).toContain('violates');
  });
});

describe('a new key', () => {
  it('has an ID of its own', () => {
    expect(verdictOn([...r.withHsmKey, r.createHsmKey()])).toContain('violates');
  });
});

describe('a store that nobody saw being created', () => {
  const entry = r.hsmEntry('CONNECTED');
  const name = { CustomKeyStoreName: entry['CustomKeyStoreName'] };

  it('may be asked for by its name, and be there or not', () => {
    expect(verdictOn([r.list([entry], name)], { initial: 'unknown' })).toBe('nothing');
    expect(
      verdictOn([r.ask('DescribeCustomKeyStores', name, 'CustomKeyStoreNotFoundException')], { initial: 'unknown' }),
    ).toBe('nothing');
  });

  it('has the name that was asked for', () => {
    expect(verdictOn([r.list([{ ...entry, CustomKeyStoreName: 'Another' }], name)], { initial: 'unknown' })).toContain(
      'violates',
    );
  });
});

describe('an update with nothing but members that are ignored', () => {
  it('may be empty, or not', () => {
    const empty = r.update(r.xks, {}, invalidState);
    const foreign = (outcome?: string) => r.update(r.xks, { KeyStorePassword: 'password1' }, outcome);

    expect(verdictOn([...r.xksIn('CONNECTED'), empty, foreign(), r.isXks('CONNECTED')])).toBe('nothing');
    expect(verdictOn([...r.xksIn('CONNECTED'), empty, foreign(invalidState)])).toBe('nothing');
  });
});

describe('a key that nobody saw being made', () => {
  const offline = r.list([r.hsmEntry('DISCONNECTED')]);
  const encrypt = r.ask('Encrypt', { ...hsmKey, Plaintext: 'AAAA' }, { CiphertextBlob: '***' });

  it('is in the store that its metadata show', () => {
    expect(verdictOn([offline, r.describeHsmKey('Unavailable'), encrypt], { initial: 'unknown' })).toContain(
      'violates',
    );
    expect(verdictOn([offline, r.describeHsmKey('Enabled')], { initial: 'unknown' })).toContain('violates');
  });

  it('may be in any of its states, and in a store that nobody has seen', () => {
    for (const state of ['Unavailable', 'PendingDeletion'])
      expect(verdictOn([offline, r.describeHsmKey(state)], { initial: 'unknown' })).toBe('nothing');
    for (const state of ['Enabled', 'Disabled', 'Unavailable', 'PendingDeletion'])
      expect(verdictOn([r.describeHsmKey(state)], { initial: 'unknown' })).toBe('nothing');
    expect(verdictOn([encrypt, r.describeHsmKey('Enabled'), encrypt], { initial: 'unknown' })).toBe('nothing');
  });
});

describe('a key whose creation was not answered', () => {
  it('may turn up with any ID', () => {
    const made = { op: 'CreateKey', input: r.createHsmKey().input, unknown: 'timeout' } as HistoryEvent;

    expect(verdictOn([...r.hsmIn('CONNECTED'), made, r.describeHsmKey('Enabled')])).toBe('nothing');
    expect(verdictOn([...r.hsmIn('CONNECTED'), r.describeHsmKey('Enabled')])).toContain('violates');
  });

  it('may be deleted like any other, whether it was looked at or not', () => {
    const made = { op: 'CreateKey', input: r.createHsmKey().input, unknown: 'timeout' } as HistoryEvent;
    const history = [...r.hsmIn('CONNECTED'), made, r.disconnect(r.hsm), r.isHsm('DISCONNECTED')];
    const kept = r.remove(r.hsm, 'CustomKeyStoreHasCMKsException');
    const scheduled = r.ask('ScheduleKeyDeletion', { ...hsmKey, PendingWindowInDays: 7 });
    const shown = r.describeHsmKey('Unavailable');

    expect(verdictOn([...history, kept, shown, scheduled, r.remove(r.hsm)])).toBe('nothing');
    expect(verdictOn([...history, kept, scheduled, r.remove(r.hsm)])).toBe('nothing');
    expect(verdictOn([...history, kept, r.remove(r.hsm)])).toContain('violates');
    expect(verdictOn([...history, shown, r.remove(r.hsm)])).toContain('violates');
  });
});

describe('dates', () => {
  it('may be milliseconds where somebody recorded them so, but not on the wire', () => {
    const history = [r.createHsm(), r.list([r.hsmEntry('DISCONNECTED', { CreationDate: 1499288695918 })])];

    expect(verdictOn(history)).toBe('nothing');
    expect(verdictOn(history, { dates: 'seconds' })).toContain('violates');
  });
});

describe('a private store that nobody saw being created', () => {
  it('shows an owner that may have been given, so that it says nothing of one that was not', () => {
    const shown = { ...r.vpcProxy, VpcEndpointServiceOwner: '444455556666' };
    const entry = r.xksEntry('DISCONNECTED', shown, { CustomKeyStoreId: 'cks-older', CustomKeyStoreName: 'Older' });
    const older = r.list([entry], { CustomKeyStoreId: 'cks-older' });
    const endpoint = { XksProxyUriEndpoint: 'https://newer.example' };
    const service = 'com.amazonaws.vpce.us-east-1.vpce-svc-0e9e9e9e9e9e9e9e9';
    const newer = [
      r.createVpc({ ...endpoint, XksProxyVpcEndpointServiceName: service }),
      r.isXks('DISCONNECTED', {
        ...r.vpcProxy,
        UriEndpoint: endpoint.XksProxyUriEndpoint,
        VpcEndpointServiceName: service,
      }),
    ];

    expect(verdictOn([older, ...newer], { initial: 'unknown', edition: '2026-04' })).toBe('nothing');
    expect(verdictOn([...newer, older, older], { initial: 'unknown', edition: '2026-04' })).toBe('nothing');
  });
});

describe('two stores that nobody saw being created', () => {
  it('have clusters of their own', () => {
    const makeKey = (CustomKeyStoreId: string, outcome: object | string) =>
      r.ask('CreateKey', { CustomKeyStoreId, Origin: 'AWS_CLOUDHSM' }, outcome as string);
    const history = [
      makeKey('cks-a', 'CloudHsmClusterInvalidConfigurationException'),
      makeKey(
        'cks-b',
        r.hsmMetadata('Enabled', { CustomKeyStoreId: 'cks-b', CloudHsmClusterId: 'cluster-234abcdefAB' }),
      ),
    ];

    expect(verdictOn(history, { initial: 'unknown' })).toBe('nothing');
  });
});

describe('a proxy', () => {
  it('is not asked while the store is DISCONNECTED', () => {
    for (const error of ['KMSInvalidStateException', 'XksKeyNotFoundException']) {
      expect(verdictOn([r.createXks(), r.isXks('DISCONNECTED'), xksKeyFor('a-key', error)])).toContain('violates');
    }
  });
});

// Helpers

/** What is wrong with a history, or inconsistent in it. */
function verdictOn(history: readonly HistoryEvent[], options: OracleOptions = {}): string {
  const oracle = new Oracle(options);
  for (const event of history) {
    const { verdict } = oracle.observe(event);
    if (verdict !== 'conforms') return `${verdict}: ${JSON.stringify(event)}`;
  }
  return 'nothing';
}

function masked() {
  return { AccessKeyId: 'ABCDEFGHIJKLMNOPQRST', RawSecretAccessKey: '***' };
}
