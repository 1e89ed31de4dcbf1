import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Judge } from '../../src/oracle/judge.ts';
import { codesOf } from '../../src/spec/connection-error-codes.ts';
import { editions } from '../../src/spec/vocabulary.ts';
import * as r from './recorded.ts';

const { hsm, xks } = r;
/** They take a while: the exhaustive suite reads more of them. */
const trails = process.env['SUITE'] === 'exhaustive' ? 8 : 2;
const invalid = 'CustomKeyStoreInvalidStateException';

interface Case {
  readonly name: string;
  readonly history: readonly HistoryEvent[];
}
const history = (name: string, ...parts: readonly (HistoryEvent | readonly HistoryEvent[])[]): Case => ({
  name,
  history: parts.flat(),
});

/** Fails to connect, is mended outside of KMS or by an update, and connects. */
const mended = (id: string, failed: HistoryEvent, shown: (state: string) => HistoryEvent, ...fix: HistoryEvent[]) => [
  r.connect(id),
  shown('CONNECTING'),
  failed,
  r.disconnect(id),
  shown('DISCONNECTED'),
  ...fix,
  r.connect(id),
  shown('CONNECTED'),
];

const cases: readonly Case[] = [
  history('nothing there', r.list([])),
  history(
    'the life of an AWS CloudHSM key store',
    r.createHsm(),
    r.isHsm('DISCONNECTED'),
    r.update(hsm, { NewCustomKeyStoreName: 'DevelopmentKeys' }),
    r.update(hsm, { KeyStorePassword: 'ExamplePassword' }),
    r.update(hsm, { CloudHsmClusterId: 'cluster-234abcdefABC' }),
    r.isHsm('DISCONNECTED', { CustomKeyStoreName: 'DevelopmentKeys', CloudHsmClusterId: 'cluster-234abcdefABC' }),
    r.connect(hsm),
    r.isHsm('CONNECTED', { CustomKeyStoreName: 'DevelopmentKeys', CloudHsmClusterId: 'cluster-234abcdefABC' }),
    r.update(hsm, { KeyStorePassword: 'ExamplePassword' }, invalid),
    r.disconnect(hsm),
    r.disconnect(hsm, invalid),
    r.remove(hsm),
    r.list([]),
    r.remove(hsm, 'com.amazonaws.kms#CustomKeyStoreNotFoundException'),
  ),
  history(
    'the life of an external key store',
    r.createXks(),
    r.isXks('DISCONNECTED'),
    r.update(xks, r.toVpc),
    r.update(xks, { XksProxyUriPath: '/new-path/kms/xks/v1' }),
    r.isXks('DISCONNECTED', { ...r.vpcProxy, UriPath: '/new-path/kms/xks/v1' }),
    r.connect(xks),
    r.isXks('CONNECTED', { ...r.vpcProxy, UriPath: '/new-path/kms/xks/v1' }),
    r.update(xks, { NewCustomKeyStoreName: 'DevelopmentKeys' }),
    r.disconnect(xks),
    r.remove(xks),
  ),
  ...codesOf('AWS_CLOUDHSM').map((ConnectionErrorCode) =>
    history(
      `mended after ${ConnectionErrorCode}`,
      r.createHsm(),
      mended(hsm, r.isHsm('FAILED', { ConnectionErrorCode }), (state) => r.isHsm(state)),
    ),
  ),
  ...codesOf('EXTERNAL_KEY_STORE').map((ConnectionErrorCode) =>
    history(
      `mended after ${ConnectionErrorCode}`,
      r.createVpc(),
      mended(xks, r.isXks('FAILED', r.vpcProxy, { ConnectionErrorCode }), (state) => r.isXks(state, r.vpcProxy)),
    ),
  ),
  history(
    'connected, then broken, then mended by a new credential',
    r.xksIn('CONNECTED'),
    r.disconnect(xks),
    r.isXks('DISCONNECTED'),
    mended(
      xks,
      r.isXks('FAILED', {}, { ConnectionErrorCode: 'INVALID_CREDENTIALS' }),
      (state) => r.isXks(state),
      r.update(xks, {
        XksProxyAuthenticationCredential: { AccessKeyId: 'ABCDE12345670EXAMPLE', RawSecretAccessKey: 'b'.repeat(43) },
      }),
    ),
  ),
  history(
    'the code is still there after the disconnection, as a procedure of the guide needs it',
    r.hsmIn('FAILED'),
    r.disconnect(hsm),
    r.isHsm('DISCONNECTED', { ConnectionErrorCode: 'USER_LOCKED_OUT' }),
    r.connect(hsm),
    r.isHsm('CONNECTED'),
  ),
  history(
    'keys through a disconnection',
    r.withHsmKey,
    r.ask('Encrypt', { KeyId: r.hsmKey, Plaintext: 'AAAA' }, { CiphertextBlob: 'AQID', KeyId: 'arn:aws:kms:x' }),
    r.disconnect(hsm),
    r.isHsm('DISCONNECTED'),
    r.describeHsmKey('Unavailable'),
    r.ask('Encrypt', { KeyId: r.hsmKey, Plaintext: 'AAAA' }, 'KMSInvalidStateException'),
    r.remove(hsm, 'CustomKeyStoreHasCMKsException'),
    r.connect(hsm),
    r.isHsm('CONNECTED'),
    r.describeHsmKey('Enabled'),
    r.ask('ScheduleKeyDeletion', { KeyId: r.hsmKey }, { KeyId: r.hsmKey, DeletionDate: 1.5e9 }),
    r.describeHsmKey('PendingDeletion'),
    r.disconnect(hsm),
    r.isHsm('DISCONNECTED'),
    r.remove(hsm, 'CustomKeyStoreHasCMKsException'),
    r.remove(hsm),
  ),
  history(
    'two stores behind one public proxy, one external key in both',
    r.withXksKey,
    r.createXks(
      { CustomKeyStoreName: 'Another', XksProxyUriPath: '/b/kms/xks/v1' },
      { CustomKeyStoreId: 'cks-2', ResponseMetadata: { HTTPStatusCode: 200, RetryAttempts: 0 } },
    ),
    r.connect('cks-2', { $metadata: { httpStatusCode: 200 } }),
  ),
  history(
    'pages',
    r.createHsm(),
    r.createXks(),
    r.list([r.hsmEntry('DISCONNECTED')], { Limit: 1 }, { Truncated: true, NextMarker: 'cks-9' }),
    r.list([r.xksEntry('DISCONNECTED')], { Limit: 1, Marker: 'cks-9' }),
    r.list([r.xksEntry('DISCONNECTED')], { CustomKeyStoreName: 'ExampleExternalKeyStore' }),
    r.ask('DescribeCustomKeyStores', { CustomKeyStoreName: 'None' }, 'CustomKeyStoreNotFoundException'),
    r.ask('DescribeCustomKeyStores', { Marker: 'abc' }, 'InvalidMarkerException'),
    r.list([r.hsmEntry('DISCONNECTED'), r.xksEntry('DISCONNECTED')], {}, { NextMarker: null, Truncated: undefined }),
  ),
  history(
    'dates in other words, and members that nobody knows',
    r.createHsm(),
    r.list([r.hsmEntry('DISCONNECTED', { ConnectionErrorCode: null, Tags: [], CreationDate: 1499288695.918 })]),
    r.list([r.hsmEntry('DISCONNECTED', { CreationDate: '2017-07-05T21:04:55.918000+00:00' })]),
    r.list([r.hsmEntry('DISCONNECTED', { CreationDate: 1499288695 })]),
    r.list([r.hsmEntry('DISCONNECTED', { CreationDate: 1499288695918 })]),
  ),
  history(
    'every store is gone, and its values are free',
    r.createHsm(),
    r.createXks(),
    r.remove(hsm),
    r.remove(xks),
    r.createHsm({}, { CustomKeyStoreId: 'cks-3' }),
    r.createXks({}, { CustomKeyStoreId: 'cks-4' }),
    r.connect(hsm, 'CustomKeyStoreNotFoundException'),
  ),
  history(
    'refusals with their status',
    { ...r.connect(hsm, 'CustomKeyStoreNotFoundException'), status: 400, message: 'no' } as HistoryEvent,
    { ...r.createHsm(), status: 200 } as HistoryEvent,
    { ...r.ask('DescribeKey', { KeyId: 'a' }, 'NotFoundException'), status: 404 } as HistoryEvent,
    { ...r.ask('DescribeKey', { KeyId: 'b' }, 'NotFoundException'), status: 404 } as HistoryEvent,
    { ...r.update(hsm, {}, 'ThrottlingException'), status: 400 } as HistoryEvent,
    { ...r.update(hsm, {}, 'KMSInternalException'), status: 500 } as HistoryEvent,
  ),
  history(
    'a taken name, cluster, path, endpoint and service',
    r.createHsm(),
    r.createHsm({ CloudHsmClusterId: 'cluster-234abcdefABC' }, 'CustomKeyStoreNameInUseException'),
    r.createHsm({ CustomKeyStoreName: 'Another' }, 'CloudHsmClusterInUseException'),
    r.createVpc(),
    r.createVpc({ CustomKeyStoreName: 'Another' }, 'XksProxyUriInUseException'),
    r.createVpc(
      { CustomKeyStoreName: 'Another', XksProxyUriPath: '/b/kms/xks/v1' },
      'XksProxyUriEndpointInUseException',
    ),
    r.createVpc(
      { CustomKeyStoreName: 'Another', XksProxyUriEndpoint: 'https://other.xks.example.com' },
      'XksProxyVpcEndpointServiceInUseException',
    ),
  ),
  history(
    'ten stores, and no more',
    Array.from({ length: 10 }, (_, number) =>
      r.createXks(
        { CustomKeyStoreName: `store ${number}`, XksProxyUriPath: `/p${number}/kms/xks/v1` },
        { CustomKeyStoreId: `cks-${number}` },
      ),
    ),
    r.createXks({ XksProxyUriPath: '/more/kms/xks/v1' }, 'LimitExceededException'),
  ),
  history(
    'a cancelled update that happened',
    r.createHsm(),
    { op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: hsm, NewCustomKeyStoreName: 'b' }, unknown: 'cancelled' },
    r.isHsm('DISCONNECTED', { CustomKeyStoreName: 'b' }),
    { op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: hsm }, unknown: 'timed out' },
    r.isHsm('CONNECTED', { CustomKeyStoreName: 'b' }),
  ),
];

describe('a history that somebody else recorded', () => {
  it.each(cases)('$name: nothing is wrong with it, by any edition', ({ history: events }) => {
    const judge = new Judge();
    for (const event of events) judge.take(event);

    expect(judge.verdict().violation).toBeUndefined();
    expect(judge.verdict().editions).toEqual(Object.fromEntries(editions.map((edition) => [edition, 'conforms'])));
  });

  it.each(cases.filter(({ name }) => !name.startsWith('mended')).slice(0, trails))(
    '$name: nor if it is a part of something longer, read late',
    ({ history: events }) => {
      const judge = new Judge({ initial: 'unknown', consistency: 'eventual', worldIs: 'changing' });
      for (const event of events) judge.take(event);

      expect(judge.verdict().violation).toBeUndefined();
    },
  );
});
