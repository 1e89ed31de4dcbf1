import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { createOracle } from '../../src/oracle/oracle.ts';
import { counterexample } from '../../src/render/counterexample.ts';
import { hashOf, partsOf } from '../../src/render/explorer-state.ts';
import { unknownWorld } from '../../src/spec/facts.ts';
import { editions } from '../../src/spec/vocabulary.ts';
import { worldOf } from '../../src/spec/world.ts';

const secret = 'a'.repeat(43);
const credential = { AccessKeyId: 'AAAAAAAAAAAAAAAAAAAA', RawSecretAccessKey: secret };
const external = { CustomKeyStoreType: 'EXTERNAL_KEY_STORE', XksProxyUriPath: '/kms/xks/v1' };
const endpoint = 'https://one.example';
const service = 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789a';
const first = { CustomKeyStoreId: 'cks-1' };
const second = { CustomKeyStoreId: 'cks-2' };
const entry = {
  ...first,
  CustomKeyStoreName: 'one',
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  ConnectionState: 'DISCONNECTED',
  CreationDate: 1,
  XksProxyConfiguration: {
    Connectivity: 'PUBLIC_ENDPOINT',
    AccessKeyId: credential.AccessKeyId,
    UriEndpoint: endpoint,
    UriPath: external.XksProxyUriPath,
  },
};

/** Its last event violates under the first edition; under the others a question was answered in two ways before. */
const history = [
  {
    op: 'CreateCustomKeyStore',
    input: {
      ...external,
      CustomKeyStoreName: 'one',
      XksProxyConnectivity: 'PUBLIC_ENDPOINT',
      XksProxyUriEndpoint: endpoint,
      XksProxyAuthenticationCredential: credential,
    },
    ok: first,
  },
  {
    op: 'UpdateCustomKeyStore',
    input: { ...first, XksProxyVpcEndpointServiceName: service },
    error: 'ValidationException',
  },
  { op: 'UpdateCustomKeyStore', input: { ...first, XksProxyVpcEndpointServiceOwner: '111122223333' }, ok: {} },
  { op: 'DescribeCustomKeyStores', input: first, ok: { CustomKeyStores: [entry], Truncated: false } },
  {
    op: 'CreateCustomKeyStore',
    input: {
      ...external,
      CustomKeyStoreName: 'two',
      XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
      XksProxyUriEndpoint: 'https://failing.example',
      XksProxyAuthenticationCredential: credential,
      XksProxyVpcEndpointServiceName: service,
    },
    ok: second,
  },
  { op: 'ConnectCustomKeyStore', input: second, ok: {} },
  { op: 'UpdateCustomKeyStore', input: { ...second, NewCustomKeyStoreName: 'three' }, ok: {} },
] as unknown as readonly HistoryEvent[];

const world = { proxies: { 'https://failing.example/kms/xks/v1': { fault: 'ACCESS_DENIED' } } } as const;

describe('what the explorer shows of a violation', () => {
  it('is its last event, under an edition under which it is this one that violates', () => {
    const { at, edition } = counterexample(history, { edition: 'any', answers: {}, world });
    const wrong = editions.filter((each) => {
      const oracle = createOracle({ edition: each, world: worldOf(world, unknownWorld) });
      return history.some((event) => oracle.observe(event).verdict === 'violates');
    });
    expect([at, edition]).toEqual([7, '2022-11']);
    expect(wrong).toEqual(['2022-11']);
  });

  it('is the edition that was asked for, whatever it says', () => {
    expect(counterexample(history, { edition: '2026-04', answers: {} }).edition).toBe('2026-04');
  });

  it('survives the address, with how it was judged and without its secrets', async () => {
    const state = counterexample(history, {
      edition: '2022-11',
      answers: { URI_PATH_VERSION: 'V1_ONLY' },
      initial: 'unknown',
      worldIs: 'changing',
      consistency: 'eventual',
      staleness: 30,
      strict: true,
      world,
    });
    const hash = await hashOf(state);
    expect(await partsOf(hash)).toEqual(state);
    expect(JSON.stringify(state)).not.toContain(secret);
  });
});
