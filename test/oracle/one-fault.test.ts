import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Judge } from '../../src/oracle/judge.ts';
import { connectionStates } from '../../src/spec/vocabulary.ts';
import * as r from './recorded.ts';

const { hsm, xks } = r;
const invalid = 'CustomKeyStoreInvalidStateException';
const notFound = 'CustomKeyStoreNotFoundException';

/** What a violation has to name: a rule, as broken or as nearest; or the member that is wrong. */
interface Case {
  readonly name: string;
  readonly history: readonly HistoryEvent[];
  readonly names: string;
}
const fault = (name: string, names: string, ...history: readonly (HistoryEvent | readonly HistoryEvent[])[]): Case => ({
  name,
  names,
  history: history.flat(),
});

/** A store that is DISCONNECTING may be DISCONNECTED by the time of the next request. */
const busy = connectionStates.filter((state) => !state.startsWith('DISCONNECT'));

const cases: readonly Case[] = [
  // Eligibility of operations
  ...busy.map((state) => fault(`delete while ${state}`, 'delete/in-state', r.hsmIn(state), r.remove(hsm))),
  ...busy.map((state) => fault(`delete external while ${state}`, 'delete/in-state', r.xksIn(state), r.remove(xks))),
  fault(
    'delete refused for its state while DISCONNECTED',
    'delete/in-state',
    r.hsmIn('DISCONNECTED'),
    r.remove(hsm, invalid),
  ),
  ...['FAILED'].map((state) => fault(`connect while ${state}`, 'connect/in-state', r.hsmIn(state), r.connect(hsm))),
  ...['FAILED'].map((state) =>
    fault(`connect external while ${state}`, 'connect/in-state', r.xksIn(state), r.connect(xks)),
  ),
  fault(
    'connect refused for its state while DISCONNECTED',
    'connect/in-state',
    r.hsmIn('DISCONNECTED'),
    r.connect(hsm, invalid),
  ),
  ...['DISCONNECTED', 'DISCONNECTING'].map((state) =>
    fault(`disconnect while ${state}`, 'disconnect/in-state', r.hsmIn(state), r.disconnect(hsm)),
  ),
  ...['CONNECTED', 'CONNECTING', 'FAILED'].map((state) =>
    fault(`disconnect refused while ${state}`, 'disconnect/in-state', r.hsmIn(state), r.disconnect(hsm, invalid)),
  ),
  ...['FAILED', 'DISCONNECTING'].map((state) =>
    fault(`create a key while ${state}`, 'create-key/in-state', r.hsmIn(state), r.createHsmKey()),
  ),
  fault('create a key while DISCONNECTED', 'create-key/in-state', r.hsmIn('DISCONNECTED'), r.createHsmKey()),
  fault('create an external key while DISCONNECTED', 'create-key/in-state', r.xksIn('DISCONNECTED'), r.createXksKey()),
  fault('create a key refused while CONNECTED', 'create-key/in-state', r.hsmIn('CONNECTED'), r.createHsmKey(invalid)),
  fault('random bytes while DISCONNECTED', 'generate-random/in-state', r.hsmIn('DISCONNECTED'), random(hsm)),
  fault('random bytes of an external store', 'generate-random/external', r.xksIn('CONNECTED'), random(xks)),

  // Eligibility of updates
  ...busy.flatMap((state) => [
    fault(
      `password while ${state}`,
      'update/in-state',
      r.hsmIn(state),
      r.update(hsm, { KeyStorePassword: 'ExamplePassword' }),
    ),
    fault(
      `cluster while ${state}`,
      'update/in-state',
      r.hsmIn(state),
      r.update(hsm, { CloudHsmClusterId: 'cluster-234abcdefABC' }),
    ),
    fault(
      `endpoint while ${state}`,
      'update/in-state',
      r.xksIn(state),
      r.update(xks, { XksProxyUriEndpoint: 'https://other.xks.example.com' }),
    ),
    fault(`connectivity while ${state}`, 'update/in-state', r.xksIn(state), r.update(xks, r.toVpc)),
  ]),
  ...['FAILED'].map((state) =>
    fault(
      `rename while ${state}`,
      'update/in-state',
      r.hsmIn(state),
      r.update(hsm, { NewCustomKeyStoreName: 'DevelopmentKeys' }),
    ),
  ),
  fault(
    'password refused while DISCONNECTED',
    'update/in-state',
    r.hsmIn('DISCONNECTED'),
    r.update(hsm, { KeyStorePassword: 'ExamplePassword' }, invalid),
  ),
  fault(
    'path refused while DISCONNECTED',
    'update/in-state',
    r.xksIn('DISCONNECTED'),
    r.update(xks, { XksProxyUriPath: '/new-path/kms/xks/v1' }, invalid),
  ),
  fault(
    'rename of an external store refused while CONNECTED',
    'update/in-state',
    r.xksIn('CONNECTED'),
    r.update(xks, { NewCustomKeyStoreName: 'DevelopmentKeys' }, invalid),
  ),
  // Uniqueness and quota
  fault(
    'two stores of one name',
    'name/in-use',
    r.createHsm(),
    r.createHsm({ CloudHsmClusterId: 'cluster-234abcdefABC' }, id(2)),
  ),
  fault(
    'two stores of one cluster',
    'cluster/in-use',
    r.createHsm(),
    r.createHsm({ CustomKeyStoreName: 'Another' }, id(2)),
  ),
  fault(
    'two stores with one proxy path',
    'proxy-uri/in-use',
    r.createXks(),
    r.createXks({ CustomKeyStoreName: 'Another' }, id(2)),
  ),
  fault(
    'a public and a VPC store on one endpoint',
    'proxy-endpoint/in-use',
    r.createXks(),
    r.createVpc(
      {
        CustomKeyStoreName: 'Another',
        XksProxyUriEndpoint: 'https://myproxy.xks.example.com',
        XksProxyUriPath: '/b/kms/xks/v1',
      },
      id(2),
    ),
  ),
  fault(
    'two VPC stores on one private name',
    'proxy-endpoint/in-use',
    r.createVpc(),
    r.createVpc(
      {
        CustomKeyStoreName: 'Another',
        XksProxyUriPath: '/b/kms/xks/v1',
        XksProxyVpcEndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-example2',
      },
      id(2),
    ),
  ),
  fault(
    'two stores of one endpoint service',
    'endpoint-service/in-use',
    r.createVpc(),
    r.createVpc({ CustomKeyStoreName: 'Another', XksProxyUriEndpoint: 'https://other.xks.example.com' }, id(2)),
  ),
  fault(
    'renamed to a name that is taken',
    'name/in-use',
    r.createHsm(),
    r.createHsm(r.otherHsm, id(2)),
    r.update('cks-2', { NewCustomKeyStoreName: 'ExampleKeyStore' }),
  ),
  fault(
    'moved to a path that is taken',
    'proxy-uri/in-use',
    r.createXks(),
    r.createXks({ CustomKeyStoreName: 'Another', XksProxyUriPath: '/b/kms/xks/v1' }, id(2)),
    r.update('cks-2', { XksProxyUriPath: '/kms/xks/v1' }),
  ),
  fault('the ID of another store', 'CustomKeyStoreId', r.createHsm(), r.createXks({}, { CustomKeyStoreId: hsm })),

  // What is not there
  ...[r.connect, r.disconnect, r.remove].map((ask) =>
    fault(`${ask(xks).op} of nothing`, 'store/not-found', r.createHsm(), ask(xks)),
  ),
  fault('update of nothing', 'store/not-found', r.createHsm(), r.update(xks, { NewCustomKeyStoreName: 'a' })),
  ...[r.connect, r.disconnect, r.remove].map((ask) =>
    fault(`${ask(hsm).op} says not found`, 'store/not-found', r.hsmIn('CONNECTED'), ask(hsm, notFound)),
  ),
  fault('the name in place of the ID', 'store/not-found', r.createHsm(), r.connect('ExampleKeyStore')),
  fault('connect after delete', 'store/not-found', r.createHsm(), r.remove(hsm), r.connect(hsm)),
  fault('delete twice', 'store/not-found', r.createHsm(), r.remove(hsm), r.remove(hsm)),
  fault(
    'a filter finds nothing, without an error',
    'describe/no-such-store',
    r.createHsm(),
    r.list([], { CustomKeyStoreId: xks }),
  ),
  fault(
    'a name finds nothing, without an error',
    'describe/no-such-store',
    r.createHsm(),
    r.list([], { CustomKeyStoreName: 'None' }),
  ),
  fault(
    'describe says not found of what is there',
    'describe/no-such-store',
    r.createHsm(),
    r.ask('DescribeCustomKeyStores', { CustomKeyStoreId: hsm }, notFound),
  ),
  fault(
    'not found for no filter',
    'describe/no-such-store',
    r.createHsm(),
    r.ask('DescribeCustomKeyStores', {}, notFound),
  ),
  fault(
    'delete with a key',
    'delete/has-keys',
    r.withHsmKey,
    r.disconnect(hsm),
    r.isHsm('DISCONNECTED'),
    r.remove(hsm),
  ),
  // Lists
  fault(
    'a store missing in the list',
    'CustomKeyStoreId',
    r.createHsm(),
    r.createXks(),
    r.list([r.xksEntry('DISCONNECTED')]),
  ),
  fault(
    'a store twice in the list',
    'CustomKeyStoreId',
    r.createHsm(),
    r.list([r.hsmEntry('DISCONNECTED'), r.hsmEntry('DISCONNECTED')]),
  ),
  fault(
    'another store than was asked for',
    'CustomKeyStoreId',
    r.createHsm(),
    r.createXks(),
    r.list([r.xksEntry('DISCONNECTED')], { CustomKeyStoreId: hsm }),
  ),
  fault(
    'a filter by name that is not kept',
    'CustomKeyStoreId',
    r.createHsm(),
    r.createXks(),
    r.list([r.hsmEntry('DISCONNECTED'), r.xksEntry('DISCONNECTED')], { CustomKeyStoreName: 'ExampleKeyStore' }),
  ),
  fault(
    'a filter by ID that is not kept',
    'CustomKeyStoreId',
    r.createHsm(),
    r.createXks(),
    r.list([r.hsmEntry('DISCONNECTED'), r.xksEntry('DISCONNECTED')], { CustomKeyStoreId: hsm }),
  ),
  fault(
    'a deleted store in the list',
    'CustomKeyStoreId',
    r.createHsm(),
    r.remove(hsm),
    r.list([r.hsmEntry('DISCONNECTED')]),
  ),
  fault(
    'more than the limit',
    'CustomKeyStores',
    r.createHsm(),
    r.createXks(),
    r.list([r.hsmEntry('DISCONNECTED'), r.xksEntry('DISCONNECTED')], { Limit: 1 }),
  ),
  fault(
    'truncated, and no marker',
    'NextMarker',
    r.createHsm(),
    r.createXks(),
    r.list([r.hsmEntry('DISCONNECTED')], { Limit: 1 }, { Truncated: true }),
  ),
  fault('not a list', 'CustomKeyStores', r.createHsm(), r.ask('DescribeCustomKeyStores', {}, {})),
  fault(
    'a limit of nothing accepted',
    'request/malformed',
    r.createHsm(),
    r.list([r.hsmEntry('DISCONNECTED')], { Limit: 0 }),
  ),

  // Entries
  fault(
    'a password shown',
    'KeyStorePassword',
    r.createHsm(),
    r.isHsm('DISCONNECTED', { KeyStorePassword: 'kmsPswd' }),
  ),
  fault(
    'a secret access key shown',
    'XksProxyConfiguration.RawSecretAccessKey',
    r.createXks(),
    r.isXks('DISCONNECTED', { RawSecretAccessKey: 'a' }),
  ),
  fault(
    'a code while DISCONNECTED, never connected',
    'ConnectionErrorCode',
    r.createHsm(),
    r.isHsm('DISCONNECTED', { ConnectionErrorCode: 'INTERNAL_ERROR' }),
  ),
  fault(
    'a code while CONNECTED',
    'ConnectionErrorCode',
    r.createHsm(),
    r.connect(hsm),
    r.isHsm('CONNECTED', { ConnectionErrorCode: 'INTERNAL_ERROR' }),
  ),
  fault(
    'a code while CONNECTING',
    'ConnectionErrorCode',
    r.createHsm(),
    r.connect(hsm),
    r.isHsm('CONNECTING', { ConnectionErrorCode: 'INTERNAL_ERROR' }),
  ),
  fault('FAILED without a code', 'ConnectionErrorCode', r.createHsm(), r.connect(hsm), r.isHsm('FAILED')),
  fault(
    'a code of the other type',
    'ConnectionErrorCode',
    r.createHsm(),
    r.connect(hsm),
    r.isHsm('FAILED', { ConnectionErrorCode: 'XKS_PROXY_TIMED_OUT' }),
  ),
  fault(
    'a code of the other type, external',
    'ConnectionErrorCode',
    r.createXks(),
    r.connect(xks),
    r.isXks('FAILED', {}, { ConnectionErrorCode: 'USER_LOCKED_OUT' }),
  ),
  fault(
    'a code that does not exist',
    'ConnectionErrorCode',
    r.createHsm(),
    r.connect(hsm),
    r.isHsm('FAILED', { ConnectionErrorCode: 'BROKEN' }),
  ),
  fault(
    'another code than a moment ago',
    'ConnectionErrorCode',
    r.hsmIn('FAILED'),
    r.isHsm('FAILED', { ConnectionErrorCode: 'INTERNAL_ERROR' }),
  ),
  fault('a state that does not exist', 'ConnectionState', r.createHsm(), r.isHsm('READY')),
  fault('CONNECTED without a connection', 'ConnectionState', r.createHsm(), r.isHsm('CONNECTED')),
  fault(
    'DISCONNECTED after a connection attempt',
    'ConnectionState',
    r.createHsm(),
    r.connect(hsm),
    r.isHsm('DISCONNECTED'),
  ),
  fault('CONNECTED, then CONNECTING', 'ConnectionState', r.hsmIn('CONNECTED'), r.isHsm('CONNECTING')),
  fault(
    'CONNECTED, then FAILED',
    'ConnectionState',
    r.hsmIn('CONNECTED'),
    r.isHsm('FAILED', { ConnectionErrorCode: 'NETWORK_ERRORS' }),
  ),
  fault('FAILED, then CONNECTED', 'ConnectionState', r.hsmIn('FAILED'), r.isHsm('CONNECTED')),
  fault('FAILED, then DISCONNECTED', 'ConnectionState', r.hsmIn('FAILED'), r.isHsm('DISCONNECTED')),
  fault(
    'CONNECTED after a disconnection',
    'ConnectionState',
    r.hsmIn('CONNECTED'),
    r.disconnect(hsm),
    r.isHsm('CONNECTED'),
  ),
  fault(
    'a name that is not renamed',
    'CustomKeyStoreName',
    r.createHsm(),
    r.update(hsm, { NewCustomKeyStoreName: 'b' }),
    r.isHsm('DISCONNECTED'),
  ),
  fault(
    'a rename that was refused, and happened',
    'CustomKeyStoreName',
    r.hsmIn('FAILED'),
    r.update(hsm, { NewCustomKeyStoreName: 'b' }, invalid),
    r.isHsm('FAILED', { ConnectionErrorCode: 'USER_LOCKED_OUT', CustomKeyStoreName: 'b' }),
  ),
  fault(
    'an update that is half applied',
    'XksProxyConfiguration.UriPath',
    r.createXks(),
    r.update(xks, { NewCustomKeyStoreName: 'b', XksProxyUriPath: '/b/kms/xks/v1' }),
    r.isXks('DISCONNECTED', {}, { CustomKeyStoreName: 'b' }),
  ),
  fault(
    'an access key that did not change',
    'XksProxyConfiguration.AccessKeyId',
    r.createXks(),
    r.update(xks, {
      XksProxyAuthenticationCredential: { AccessKeyId: 'B'.repeat(20), RawSecretAccessKey: 'b'.repeat(43) },
    }),
    r.isXks('DISCONNECTED'),
  ),
  fault(
    'a cluster that did not change',
    'CloudHsmClusterId',
    r.createHsm(),
    r.update(hsm, { CloudHsmClusterId: 'cluster-234abcdefABC' }),
    r.isHsm('DISCONNECTED'),
  ),
  fault(
    'a proxy shown of an AWS CloudHSM key store',
    'XksProxyConfiguration',
    r.createHsm(),
    r.isHsm('DISCONNECTED', { XksProxyConfiguration: {} }),
  ),
  fault(
    'a cluster shown of an external store',
    'CloudHsmClusterId',
    r.createXks(),
    r.isXks('DISCONNECTED', {}, { CloudHsmClusterId: 'cluster-234abcdefABC' }),
  ),
  fault(
    'an endpoint service shown of a public store',
    'XksProxyConfiguration.VpcEndpointServiceName',
    r.createXks(),
    r.isXks('DISCONNECTED', { VpcEndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-example1' }),
  ),
  fault(
    'no endpoint service shown of a VPC store',
    'XksProxyConfiguration.VpcEndpointServiceName',
    r.createVpc(),
    r.isXks('DISCONNECTED', { ...r.vpcProxy, VpcEndpointServiceName: undefined }),
  ),
  fault(
    'no proxy shown of an external store',
    'XksProxyConfiguration',
    r.createXks(),
    r.isXks('DISCONNECTED', {}, { XksProxyConfiguration: undefined }),
  ),
  fault(
    'no certificate shown',
    'TrustAnchorCertificate',
    r.createHsm(),
    r.isHsm('DISCONNECTED', { TrustAnchorCertificate: undefined }),
  ),
  fault('no creation date', 'CreationDate', r.createHsm(), r.isHsm('DISCONNECTED', { CreationDate: undefined })),
  fault(
    'a creation date that is no date',
    'CreationDate',
    r.createHsm(),
    r.isHsm('DISCONNECTED', { CreationDate: true }),
  ),
  fault(
    'a creation date that changes',
    'CreationDate',
    r.hsmIn('DISCONNECTED'),
    r.isHsm('DISCONNECTED', { CreationDate: 1.5e9 }),
  ),
  fault(
    'a creation date that an update changes',
    'CreationDate',
    r.hsmIn('DISCONNECTED'),
    r.update(hsm, { NewCustomKeyStoreName: 'b' }),
    r.isHsm('DISCONNECTED', { CustomKeyStoreName: 'b', CreationDate: 1.5e9 }),
  ),

  // Answers that answer too much, or with something else
  fault(
    'an update that shows its values',
    'CustomKeyStoreName',
    r.createHsm(),
    r.update(hsm, { NewCustomKeyStoreName: 'b' }, { CustomKeyStoreName: 'b' }),
  ),
  fault(
    'a connection that shows a state',
    'ConnectionState',
    r.createHsm(),
    r.connect(hsm, { ConnectionState: 'CONNECTING' }),
  ),
  fault('no ID of what was created', 'CustomKeyStoreId', r.createHsm({}, {})),
  fault('an ID that is too long', 'CustomKeyStoreId', r.createHsm({}, { CustomKeyStoreId: 'c'.repeat(65) })),
  fault('201 for what was created', 'HTTP status', { ...r.createHsm(), status: 201 } as HistoryEvent),
  fault('404 for a store that is not there', 'HTTP status', {
    ...r.connect(hsm, notFound),
    status: 404,
  } as HistoryEvent),
  fault('409 for a state', 'HTTP status', r.hsmIn('FAILED'), {
    ...r.connect(hsm, invalid),
    status: 409,
  } as HistoryEvent),
  fault(
    'an error that the operation does not have',
    'error',
    r.createHsm(),
    r.connect(hsm, 'CustomKeyStoreHasCMKsException'),
  ),
  fault('an error that does not exist', 'error', r.createHsm(), r.connect(hsm, 'InvalidCustomKeyStoreException')),

  // Requests that have to be refused
  fault('a name that is too long', 'request/malformed', r.createHsm({ CustomKeyStoreName: 'a'.repeat(257) })),
  fault('a store without a name', 'request/malformed', r.createHsm({ CustomKeyStoreName: undefined })),
  fault('a password that is too short', 'request/malformed', r.createHsm({ KeyStorePassword: 'kms' })),
  fault(
    'a proxy without TLS',
    'request/malformed',
    r.createXks({ XksProxyUriEndpoint: 'http://myproxy.xks.example.com' }),
  ),
  fault('a cluster store without a cluster', 'create/member-missing', r.createHsm({ CloudHsmClusterId: undefined })),
  fault('a cluster store without a password', 'create/member-missing', r.createHsm({ KeyStorePassword: undefined })),
  fault(
    'an external store without a credential',
    'create/member-missing',
    r.createXks({ XksProxyAuthenticationCredential: undefined }),
  ),
  fault(
    'a VPC store without a service',
    'create/member-missing',
    r.createVpc({ XksProxyVpcEndpointServiceName: undefined }),
  ),
  fault(
    'half a credential',
    'request/malformed',
    r.createXks(),
    r.update(xks, { XksProxyAuthenticationCredential: { AccessKeyId: 'B'.repeat(20) } }),
  ),
  fault(
    'a switch to VPC alone',
    'update/switch-to-vpc-alone',
    r.createXks(),
    r.update(xks, { XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' }),
  ),

  // Keys
  fault(
    'two keys with one external key',
    'create-key/external-key-in-use',
    r.withXksKey,
    r.createXksKey(r.xksMetadata('Enabled', { KeyId: 'another' })),
  ),
  fault(
    'an external key refused that is free',
    'create-key/external-key-in-use',
    r.xksIn('CONNECTED'),
    r.createXksKey('XksKeyAlreadyInUseException'),
  ),
  fault(
    'a key of the wrong origin',
    'Origin',
    r.hsmIn('CONNECTED'),
    r.createHsmKey(r.hsmMetadata('Enabled', { Origin: 'AWS_KMS' })),
  ),
  fault(
    'a key in no store',
    'CustomKeyStoreId',
    r.hsmIn('CONNECTED'),
    r.createHsmKey(r.hsmMetadata('Enabled', { CustomKeyStoreId: undefined })),
  ),
  fault(
    'a key of another cluster',
    'CloudHsmClusterId',
    r.hsmIn('CONNECTED'),
    r.createHsmKey(r.hsmMetadata('Enabled', { CloudHsmClusterId: 'cluster-234abcdefABC' })),
  ),
  fault(
    'a key that is not Unavailable after a disconnection',
    'KeyState',
    r.withHsmKey,
    r.disconnect(hsm),
    r.isHsm('DISCONNECTED'),
    r.describeHsmKey('Enabled'),
  ),
  fault(
    'a new key that is Unavailable though its store is CONNECTED',
    'KeyState',
    r.withHsmKey,
    r.describeHsmKey('Unavailable'),
  ),
  fault(
    'encryption while DISCONNECTED',
    'key/unavailable',
    r.withHsmKey,
    r.disconnect(hsm),
    r.isHsm('DISCONNECTED'),
    use('Encrypt'),
  ),
  fault(
    'encryption with a disabled key',
    'key/disabled',
    r.withHsmKey,
    r.ask('DisableKey', { KeyId: r.hsmKey }),
    use('Encrypt'),
  ),
  fault(
    'rotation of a key in a custom key store',
    'key/unsupported',
    r.withHsmKey,
    r.ask('EnableKeyRotation', { KeyId: r.hsmKey }),
  ),
  fault(
    'a deletion cancelled that was not scheduled',
    'key/not-pending-deletion',
    r.withHsmKey,
    r.ask('CancelKeyDeletion', { KeyId: r.hsmKey }, { KeyId: r.hsmKey }),
  ),
  fault(
    'a data key in the clear where it should not be',
    'Plaintext',
    r.withHsmKey,
    r.ask('GenerateDataKeyWithoutPlaintext', { KeyId: r.hsmKey, KeySpec: 'AES_256' }, { Plaintext: 'AAAA' }),
  ),
  fault(
    'a waiting period that nobody asked for',
    'PendingWindowInDays',
    r.withHsmKey,
    r.ask('ScheduleKeyDeletion', { KeyId: r.hsmKey }, { KeyId: r.hsmKey, PendingWindowInDays: 7 }),
  ),
  fault(
    'a deletion that shows another state',
    'KeyState',
    r.withHsmKey,
    r.ask('ScheduleKeyDeletion', { KeyId: r.hsmKey, PendingWindowInDays: 7 }, { KeyState: 'Disabled' }),
  ),
  fault(
    'encryption with another key',
    'KeyId',
    r.withHsmKey,
    r.ask('Encrypt', { KeyId: r.hsmKey, Plaintext: 'AAAA' }, { CiphertextBlob: 'AAAA', KeyId: r.xksKey }),
  ),
  fault(
    'decryption while DISCONNECTED with a key that is not named',
    'key/unavailable',
    r.withHsmKey,
    r.ask('Encrypt', { KeyId: r.hsmKey, Plaintext: 'AAAA' }, { CiphertextBlob: 'A'.repeat(40) }),
    r.disconnect(hsm),
    r.isHsm('DISCONNECTED'),
    r.ask('Decrypt', { CiphertextBlob: 'A'.repeat(40) }, { Plaintext: 'AAAA' }),
  ),
  fault(
    'decryption with a disabled key that only its answer names',
    'key/disabled',
    r.withHsmKey,
    r.ask('DisableKey', { KeyId: r.hsmKey }),
    r.ask('Decrypt', { CiphertextBlob: '***' }, { Plaintext: '***', KeyId: r.hsmKey }),
  ),
  fault(
    'a key in the store that nobody has made',
    'CustomKeyStoreId',
    r.hsmIn('CONNECTED'),
    r.describeHsmKey('Enabled'),
  ),
  fault(
    'a key in a store that nobody asked for',
    'CustomKeyStoreId',
    r.hsmIn('CONNECTED'),
    r.ask('CreateKey', {}, r.hsmMetadata()),
  ),
  ...[
    { KeySpec: 'RSA_2048' },
    { CustomerMasterKeySpec: 'RSA_2048' },
    { KeyUsage: 'SIGN_VERIFY' },
    { MultiRegion: true },
  ].map((more) =>
    fault(
      `a key of another kind: ${Object.keys(more)}`,
      String(Object.keys(more)),
      r.withHsmKey,
      r.describeHsmKey('Enabled', more),
    ),
  ),
  fault(
    'another date of creation of a key',
    'CreationDate',
    r.withHsmKey,
    r.describeHsmKey('Enabled', { CreationDate: 1.499288795e9 }),
  ),
  fault(
    'a key enabled while pending deletion',
    'key/pending-deletion',
    r.withHsmKey,
    r.ask('ScheduleKeyDeletion', { KeyId: r.hsmKey, PendingWindowInDays: 7 }, { KeyId: r.hsmKey }),
    r.ask('EnableKey', { KeyId: r.hsmKey }),
  ),
  fault(
    'an asymmetric key',
    'create-key/unsupported-key',
    r.hsmIn('CONNECTED'),
    r.ask(
      'CreateKey',
      { CustomKeyStoreId: hsm, Origin: 'AWS_CLOUDHSM', KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' },
      r.hsmMetadata(),
    ),
  ),
  fault(
    'a key of the other origin accepted',
    'create-key/origin',
    r.xksIn('CONNECTED'),
    r.ask('CreateKey', { CustomKeyStoreId: xks, Origin: 'AWS_CLOUDHSM' }, r.xksMetadata()),
  ),
];

describe('a history with one fault', () => {
  it.each(cases)('$name', ({ history, names }) => {
    const judge = new Judge();
    for (const event of history) judge.take(event);
    const { verdict, violation } = judge.verdict();
    const named: string[] = [
      ...(violation?.nearest ?? []).map(({ rule }) => rule),
      ...(violation?.rules ?? []),
      ...(violation?.mismatches ?? []).map(({ member }) => member),
    ];

    expect(verdict).toBe('violates');
    expect(violation?.event).toBe(history.length - 1);
    expect(named).toContain(names);
  });
});

// Helpers

function id(number: number) {
  return { CustomKeyStoreId: `cks-${number}` };
}

function random(CustomKeyStoreId: string): HistoryEvent {
  return r.ask('GenerateRandom', { CustomKeyStoreId, NumberOfBytes: 32 }, { Plaintext: 'AAAA' });
}

function use(op: 'Encrypt'): HistoryEvent {
  return r.ask(op, { KeyId: r.hsmKey, Plaintext: 'AAAA' }, { CiphertextBlob: 'AAAA', KeyId: r.hsmKey });
}
