import { describe, expect, it } from 'vitest';
import * as alphabet from '../../src/machine/alphabet.ts';
import { canFail, canSucceed } from '../../src/spec/connection.ts';
import { type ConnectionErrorCode, connectionErrorCodeNames } from '../../src/spec/connection-error-codes.ts';
import { type FactKind, healthyWorld, unknownWorld } from '../../src/spec/facts.ts';
import type { Store } from '../../src/spec/model.ts';
import { propertiesOfNew } from '../../src/spec/properties.ts';
import { known } from '../../src/spec/reading.ts';

/** What is wrong, with whose store, and the code that it shows as. */
const table: readonly (readonly [FactKind, string, 'hsm' | 'public' | 'private', ConnectionErrorCode])[] = [
  ['network.works', '', 'hsm', 'NETWORK_ERRORS'],
  ['network.works', '', 'public', 'NETWORK_ERRORS'],
  ['cluster.exists', '', 'hsm', 'CLUSTER_NOT_FOUND'],
  ['cluster.oneHsm', '', 'hsm', 'INSUFFICIENT_CLOUDHSM_HSMS'],
  ['cluster.freeAddresses', '', 'hsm', 'INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET'],
  ['kmsuser.password', '', 'hsm', 'INVALID_CREDENTIALS'],
  ['cluster.subnets', '', 'hsm', 'SUBNET_NOT_FOUND'],
  ['kmsuser.unlocked', '', 'hsm', 'USER_LOCKED_OUT'],
  ['kmsuser.loggedOut', '', 'hsm', 'USER_LOGGED_IN'],
  ['kmsuser.exists', '', 'hsm', 'USER_NOT_FOUND'],
  ['proxy.withoutFault', 'AUTHENTICATION_FAILED', 'public', 'INVALID_CREDENTIALS'],
  ['proxy.withoutFault', 'ACCESS_DENIED', 'public', 'XKS_PROXY_ACCESS_DENIED'],
  ['proxy.withoutFault', 'INVALID_URI_PATH', 'public', 'XKS_PROXY_INVALID_CONFIGURATION'],
  ['proxy.withoutFault', 'UNINTELLIGIBLE_ANSWER', 'private', 'XKS_PROXY_INVALID_RESPONSE'],
  ['proxy.withoutFault', 'TLS_FAILURE', 'public', 'XKS_PROXY_INVALID_TLS_CONFIGURATION'],
  ['proxy.withoutFault', 'NO_TCP_CONNECTION', 'public', 'XKS_PROXY_NOT_REACHABLE'],
  ['proxy.withoutFault', 'ALL_INSTANCES_UNAVAILABLE', 'private', 'XKS_PROXY_NOT_REACHABLE'],
  ['proxy.withoutFault', 'TIMED_OUT', 'public', 'XKS_PROXY_TIMED_OUT'],
  ['endpointService.configured', '', 'private', 'XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION'],
  ['endpointService.exists', '', 'private', 'XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND'],
];

describe('a connection attempt', () => {
  it.each(table)('with %s %s wrong (%s) ends in %s', (fact, detail, kind, code) => {
    const answers = { CONNECT_HEALTHCHECK_SCOPE: 'CHECK_BOTH' } as const;
    const world: typeof healthyWorld = (each, about) =>
      each === fact && about.startsWith(detail) ? false : healthyWorld(each, about);
    const is = known({ edition: '2022-11', answers }, world);
    const certain = connectionErrorCodeNames.filter((name) => canFail(stores[kind], name, is) === true);

    expect(canSucceed(stores[kind], is)).toBe(false);
    expect(certain).toEqual(['INTERNAL_ERROR', code]);
  });

  it('ends well, or in an internal error, when nothing is wrong', () => {
    const is = known({ edition: '2022-11', answers: {} }, healthyWorld);

    for (const store of Object.values(stores)) {
      expect(canSucceed(store, is)).toBe(true);
      expect(connectionErrorCodeNames.filter((name) => canFail(store, name, is) !== false)).toEqual(['INTERNAL_ERROR']);
    }
  });

  it('may end with each of the 18 codes when nothing is known', () => {
    const is = known({ edition: '2022-11', answers: {} }, unknownWorld);
    const possible = connectionErrorCodeNames.filter((name) =>
      Object.values(stores).some((store) => canFail(store, name, is) !== false),
    );

    expect(possible).toHaveLength(18);
  });
});

// Helpers

const stores = {
  hsm: store('AWS_CLOUDHSM', alphabet.cloudHsmStore()),
  public: store('EXTERNAL_KEY_STORE', alphabet.publicStore()),
  private: store('EXTERNAL_KEY_STORE', alphabet.privateStore()),
} as const;

function store(type: Store['type'], input: Parameters<typeof propertiesOfNew>[0]): Store {
  return { id: 'cks-1', type, connectionState: 'CONNECTING', properties: propertiesOfNew(input, '2022-11'), keys: [] };
}
