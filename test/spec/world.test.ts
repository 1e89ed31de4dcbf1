import { describe, expect, it } from 'vitest';
import { type FactKind, facts, healthyWorld } from '../../src/spec/facts.ts';
import { type WorldFile, worldOf } from '../../src/spec/world.ts';

const file: WorldFile = {
  clusters: {
    'cluster-a': {
      active: false,
      hsms: 1,
      family: 'one',
      trustAnchor: 'a certificate with spaces',
      kmsuser: 'locked',
      subnets: 'full',
    },
    'cluster-b': { active: true, family: 'one' },
    'cluster-c': { family: 'two' },
  },
  proxies: {
    'https://proxy.example/kms/xks/v1': { fault: 'TLS_FAILURE' },
    'https://good.example/kms/xks/v1': { fault: null },
  },
  endpointServices: { service: { exists: true, configured: false } },
  externalKeys: { broken: { fault: 'KEY_NOT_FOUND' } },
  caller: { denied: ['DeleteCustomKeyStore'] },
  quota: { customKeyStores: 3 },
};
const world = worldOf(file, () => undefined);

describe('a world file', () => {
  // Whoever knows that nothing is declared has less to look at: see docs/decisions/0011.
  it('that declares nothing is the other world itself', () => {
    expect(worldOf({}, healthyWorld)).toBe(healthyWorld);
  });

  it.each([
    ['cluster.active', 'cluster-a', false],
    ['cluster.active', 'cluster-b', true],
    ['cluster.active', 'cluster-x', undefined],
    ['cluster.oneHsm', 'cluster-a', true],
    ['cluster.twoHsms', 'cluster-a', false],
    ['cluster.twoHsms', 'cluster-b', undefined],
    ['cluster.trustAnchor', 'cluster-a a certificate with spaces', true],
    ['cluster.trustAnchor', 'cluster-a another', false],
    ['cluster.related', 'cluster-a cluster-b', true],
    ['cluster.unrelated', 'cluster-a cluster-b', false],
    ['cluster.unrelated', 'cluster-a cluster-c', true],
    ['cluster.related', 'cluster-a cluster-x', undefined],
    ['kmsuser.unlocked', 'cluster-a', false],
    ['kmsuser.exists', 'cluster-a', true],
    ['cluster.freeAddresses', 'cluster-a', false],
    ['proxy.withoutFault', 'TLS_FAILURE https://proxy.example/kms/xks/v1', false],
    ['proxy.withoutFault', 'TIMED_OUT https://proxy.example/kms/xks/v1', true],
    ['proxy.withoutFault', 'TLS_FAILURE https://good.example/kms/xks/v1', true],
    ['proxy.withoutFault', 'TLS_FAILURE https://other.example/kms/xks/v1', undefined],
    ['endpointService.exists', 'service', true],
    ['endpointService.configured', 'service', false],
    ['externalKey.withoutFault', 'KEY_NOT_FOUND broken', false],
    ['caller.permitted', 'DeleteCustomKeyStore', false],
    ['caller.permitted', 'CreateCustomKeyStore', true],
    ['quota.free', '2', true],
    ['quota.free', '3', false],
  ] as const)('%s of %s: %s', (fact, about, holds) => {
    expect(world(fact, about)).toBe(holds);
  });

  it('says nothing of what it does not declare, whatever it is called', () => {
    const empty = worldOf({}, healthyWorld);

    for (const fact of Object.keys(facts) as FactKind[]) {
      for (const about of ['constructor', '__proto__', 'a b'])
        expect(empty(fact, about)).toBe(healthyWorld(fact, about));
    }
  });
});
