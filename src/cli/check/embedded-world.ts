import { certificate } from '../../machine/alphabet.ts';
import { proxyFaultNames } from '../../spec/proxy-faults.ts';
import type { Answers } from '../../spec/reading.ts';
import type { DeclaredCluster, WorldFile } from '../../spec/world.ts';

/** A cluster for each thing that may be wrong with one. The first of them takes a store that never connects. */
const wrong: readonly DeclaredCluster[] = [
  { kmsuser: 'locked' },
  { kmsuser: 'missing' },
  { kmsuser: 'logged-in' },
  { kmsuser: 'other-password' },
  { subnets: 'missing' },
  { subnets: 'full' },
  { hsms: 1 },
  { hsms: 0 },
  { configured: false },
  { active: false },
  { exists: false },
];

const inWords = (fault: string): string => fault.toLowerCase().replaceAll('_', '-');

/**
 * What the embedded endpoint has besides what works: one of everything that can be wrong. No two clusters are related,
 * the proxies that fail stand at one endpoint, so that a store can go from one to the other, and few stores are allowed.
 */
export const embeddedWorld: WorldFile = {
  clusters: Object.fromEntries(
    wrong.map((fault, index) => {
      const letter = String.fromCharCode(97 + index);
      const sound = {
        exists: true,
        active: true,
        configured: true,
        hsms: 2,
        kmsuser: 'ready',
        subnets: 'ready',
      } as const;
      return [`cluster-2222222222${letter}`, { ...sound, family: letter, trustAnchor: certificate, ...fault }];
    }),
  ),
  proxies: {
    'https://failing.example/kms/xks/v1': { fault: 'ACCESS_DENIED' },
    ...Object.fromEntries(
      proxyFaultNames.map((fault) => [`https://faulty.example/${inWords(fault)}/kms/xks/v1`, { fault }]),
    ),
  },
  externalKeys: { 'no-such-key': { fault: 'KEY_NOT_FOUND' }, 'disabled-key': { fault: 'KEY_UNUSABLE' } },
  endpointServices: {
    'com.amazonaws.vpce.us-east-1.vpce-svc-22222222222222222': { exists: false },
    'com.amazonaws.vpce.us-east-1.vpce-svc-33333333333333333': { exists: true, configured: false },
  },
  caller: { denied: ['GetParametersForImport'] },
  quota: { customKeyStores: 8 },
};

/**
 * So that the proxy of a store can fail while its keys are in use: that of a private one is not asked at an update, and
 * a key that is made then meets the fault.
 */
export const embeddedAnswers: Answers = {
  UPDATE_HEALTHCHECK_SCOPE: 'CHECK_PUBLIC_ONLY',
  CREATEKEY_INVALID_STATE_OVERLOAD: 'PROXY_FAULT_WHILE_CONNECTED',
};
