import { describe, expect, it } from 'vitest';
import { ruleIds } from '../../src/spec/catalogue.ts';
import { proxyFaultNames } from '../../src/spec/proxy-faults.ts';
import { isAboutArguments } from '../../src/spec/rules/arguments.ts';
import type { WorldFile } from '../../src/spec/world.ts';
import { checkConformance } from '../../src/suite/kit/conformance.ts';
import { type FaultName, faultNames, faults } from '../../src/wire/faults.ts';
import { reference } from '../suite/reference.ts';

/** A world in which everything is wrong that can be, each thing in one place. */
const everyFault: WorldFile = {
  clusters: {
    'cluster-inactive001': { active: false },
    'cluster-unready0001': { configured: false },
    'cluster-missing0001': { exists: false },
    'cluster-nohsm000001': { hsms: 0 },
  },
  proxies: Object.fromEntries(
    proxyFaultNames.map((fault) => [
      `https://${fault.toLowerCase().replaceAll('_', '-')}.example/kms/xks/v1`,
      { fault },
    ]),
  ),
  endpointServices: {
    'com.amazonaws.vpce.us-east-1.vpce-svc-00000000000000001': { exists: false },
    'com.amazonaws.vpce.us-east-1.vpce-svc-00000000000000002': { configured: false },
  },
  externalKeys: Object.fromEntries(proxyFaultNames.map((fault) => [`key-of-${fault.toLowerCase()}`, { fault }])),
  caller: { denied: ['GetParametersForImport'] },
  quota: { customKeyStores: 2 },
};

/**
 * The kit asks for no pages, looks for no part of a name, names every key, and takes a date for a date; `check` does
 * otherwise.
 */
const beyondTheKit: readonly FaultName[] = [
  'ciphertext-opened-while-disconnected',
  'dates-in-milliseconds',
  'delete-with-keys-that-are-to-be-deleted',
  'name-filter-by-beginning',
  'page-repeats-a-store',
  'page-ends-the-list',
];
/**
 * A store with such a proxy never comes to be CONNECTED, and the proxy of a key does not change under it. The others take
 * a moment that no world declares, an answer to a question, or two things that are so at once.
 */
const reachedByNone = [
  'request/unauthenticated',
  'request/throttled',
  'request/internal-failure',
  'cluster/wrong-trust-anchor',
  'connect/endpoint-service-fails-fast',
  'connect/key-manager-unavailable',
  'update/service-named-on-switch',
  'update/service-name-empty',
  'update/switch-keeps-endpoint',
  'cluster/not-related',
  'create-key/proxy/authentication-failed',
  'create-key/proxy/invalid-uri-path',
  'create-key/proxy/unintelligible-answer',
  'create-key/proxy/overloaded',
  'create-key/proxy/no-tcp-connection',
  'create-key/proxy/timed-out',
  'create-key/proxy/tls-failure',
  'key/quota',
  'key/not-found',
  'key/window-out-of-range',
  'key/backing-store-fails',
  'key/ciphertext',
  'key/proxy/authentication-failed',
  'key/proxy/invalid-uri-path',
  'key/proxy/unintelligible-answer',
  'key/proxy/overloaded',
  'key/proxy/no-tcp-connection',
  'key/proxy/timed-out',
  'key/proxy/tls-failure',
  'key/proxy/access-denied',
];

describe('the tests of an implementation', () => {
  it('are run wherever a world can lead there', async () => {
    const { send, ...around } = reference({ world: everyFault });
    const results = await checkConformance(send, { ...around, world: everyFault, runs: 5 });
    const tried = results.flatMap(({ name, outcome }) => (outcome === 'passed' ? [name.split(/[ :]/)[1]] : []));

    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    // Members that do not concern stores are not sent wrongly on purpose.
    const sought = ruleIds.filter((id) => !isAboutArguments(id));
    expect(sought.filter((id) => !tried.includes(id))).toEqual(reachedByNone);
  });

  it.each(faultNames.filter((name) => !beyondTheKit.includes(name)))('find %s', async (name) => {
    const { send, ...around } = reference({ fault: faults[name] });
    const results = await checkConformance(send, { ...around, edition: '2022-11', runs: 60, bail: true });

    expect(results.some(({ outcome }) => outcome === 'failed')).toBe(true);
  });

  it('pass without reset, settle or keys', async () => {
    const bare = reference({ connectAfter: 3 });
    const results = await checkConformance(bare.send, { runs: 2 });

    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(results.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(40);
  });

  it('find a fault, and show no secret', async () => {
    const faulty = reference({ fault: faults['delete-while-connected'] });
    const results = await checkConformance(faulty.send, { ...faulty, edition: '2022-11', runs: 1 });
    const failed = results.filter(({ outcome }) => outcome === 'failed');

    expect(failed.filter(({ kind }) => kind !== 'random').length).toBeGreaterThan(0);
    expect(JSON.stringify(failed)).toContain('which is not allowed here');
    expect(JSON.stringify(failed)).not.toMatch(/password1|a{43}/);
  });
});
