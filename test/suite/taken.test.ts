import { expect, it } from 'vitest';
import { cloudHsmStore } from '../../src/machine/alphabet.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { editions } from '../../src/spec/vocabulary.ts';
import type { WorldFile } from '../../src/spec/world.ts';
import { drive } from '../../src/suite/drive.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

const sound = { exists: true, active: true, configured: true, hsms: 2, kmsuser: 'ready', subnets: 'ready' } as const;

it('what a store holds that was there before is not reached for, and counts where a quota is declared', async () => {
  const world: WorldFile = {
    clusters: { 'cluster-22222222222': { ...sound, family: 'a' }, 'cluster-33333333333': { ...sound, family: 'b' } },
    quota: { customKeyStores: 3 },
  };
  const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} }, world });
  const mine = { ...cloudHsmStore('mine'), CloudHsmClusterId: 'cluster-22222222222' };
  expect(service.answer({ op: 'CreateCustomKeyStore', input: mine } as Request)).toHaveProperty('ok');

  const { findings, notes } = await drive(
    { send: async (request) => service.answer(request) },
    { editions, answers: {}, seed: 1, runs: 4, withKeys: false, patience: 0, systematic: false, world },
  );

  expect(findings.map(({ steps }) => steps.map(({ event }) => event))).toEqual([]);
  expect(notes).toContain('1 custom key store there before: not touched');
});

it('what a store holds that stays behind with its keys is not reached for again', async () => {
  const world: WorldFile = {
    clusters: { 'cluster-22222222222': sound, 'cluster-33333333333': { ...sound, family: 'b' } },
    proxies: { 'https://one.example/kms/xks/v1': { fault: null }, 'https://two.example/kms/xks/v1': { fault: null } },
    endpointServices: { 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0': { exists: true, configured: true } },
  };
  const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} }, world });

  const { findings } = await drive(
    { send: async (request) => service.answer(request) },
    { editions, answers: {}, seed: 1, runs: 0, withKeys: true, patience: 0, world },
  );

  expect(findings.map(({ steps }) => steps.map(({ event }) => event))).toEqual([]);
});
