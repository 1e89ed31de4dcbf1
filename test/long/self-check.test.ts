import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusters, service as endpointService, endpoints, externalKeys, paths } from '../../src/machine/alphabet.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { proxyFaultNames } from '../../src/spec/proxy-faults.ts';
import { choicesOf, fixedChoice, type QuestionId, questionIds } from '../../src/spec/questions.ts';
import type { Answers } from '../../src/spec/reading.ts';
import { type Edition, editions, operations } from '../../src/spec/vocabulary.ts';
import type { WorldFile } from '../../src/spec/world.ts';
import { drive, type Finding } from '../../src/suite/drive.ts';
import { type FaultName, faultNames, faults } from '../../src/wire/faults.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

const combinations = 200;
const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

describe('a fault that is built in', () => {
  it.each(faultNames)('%s is found from ten seeds', async (name) => {
    for (const seed of seeds) {
      const { fingerprint, phase, steps, again } = await firstFault(name, seed);

      expect(fingerprint, `seed ${seed}`).toBeDefined();
      expect(again).toEqual({ of: 2, seen: 2 });
      expect(steps).toBeLessThan(16);
      // What is found before the first random sequence is found from every seed: nothing before depends on it.
      if (!phase.startsWith('random')) break;
    }
  });
});

describe('the reference service', () => {
  it('is never flagged, however it answers and whatever the world', async () => {
    let part = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...editions),
        anyAnswers,
        anyWorld,
        fc.boolean(),
        fc.boolean(),
        fc.nat({ max: 2 ** 31 - 1 }),
        async (edition, every, any, told, canReset, seed) => {
          // A quota below the ten of AWS's documents has to be told.
          const { quota: _, ...ordinary } = any;
          const world = told ? any : ordinary;
          const service = new ReferenceService({ reading: { edition, answers: openIn(edition, every) }, world });
          part += 1;
          const report = await drive(canReset ? inProcess(service) : withoutReset(service), {
            editions,
            answers: {},
            seed,
            runs: 80,
            time: 150,
            withKeys: true,
            patience: 0,
            dates: 'seconds',
            shard: canReset ? { index: part % 40, of: 40 } : { index: part % 32, of: 32 },
            ...(told ? { world } : {}),
          });

          expect(report.findings.map(({ steps }) => steps.map(({ event }) => event))).toEqual([]);
          expect(report.inconsistent).toEqual([]);
          expect(report.editions).toContain(edition);
        },
      ),
      { numRuns: combinations, seed: 4242, endOnFailure: true },
    );
  });
});

// Helpers

const withoutReset = (service: ReferenceService) => ({ send: async (request: Request) => service.answer(request) });
const inProcess = (service: ReferenceService) => ({
  ...withoutReset(service),
  reset: async () => service.reset(),
});

async function firstFault(name: FaultName, seed: number) {
  const world: WorldFile = {
    clusters: { 'cluster-2222222222f': { kmsuser: 'locked' } },
    proxies: { 'https://failing.example/kms/xks/v1': { fault: 'ACCESS_DENIED' } },
  };
  const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} }, world, fault: faults[name] });
  let phase = '';
  let found: (Pick<Finding, 'fingerprint' | 'again'> & { readonly phase: string; readonly steps: number }) | undefined;
  await drive(inProcess(service), {
    editions,
    answers: {},
    seed,
    runs: 60,
    withKeys: true,
    world,
    dates: 'seconds',
    shrinking: Number.POSITIVE_INFINITY, // however busy the machine is
    progress: (what) => {
      if (!what.startsWith('shrinking')) phase = what;
    },
    found: ({ fingerprint, again, steps }) => {
      found ??= { fingerprint, again, phase, steps: steps.length };
    },
    stop: () => found !== undefined,
  });
  return found ?? { fingerprint: undefined, again: undefined, phase: 'random', steps: 0 };
}

/** The answers to the questions that the edition leaves open: an implementation of it has no choice in the others. */
const openIn = (edition: Edition, answers: Answers): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([id]) => fixedChoice(id as QuestionId, edition) === undefined));

const anyAnswers = fc.record(
  Object.fromEntries(questionIds.map((id) => [id, fc.constantFrom(...choicesOf(id))])),
) as fc.Arbitrary<Answers>;

const anyCluster = fc.record(
  {
    active: fc.boolean(),
    configured: fc.boolean(),
    hsms: fc.nat({ max: 3 }),
    family: fc.constantFrom('one', 'two'),
    kmsuser: fc.constantFrom('ready', 'missing', 'locked', 'logged-in', 'other-password'),
    subnets: fc.constantFrom('ready', 'missing', 'full'),
  },
  { requiredKeys: [] },
);

/** A proxy, or an external key behind it. */
const anyFailing = fc.record({ fault: fc.option(fc.constantFrom(...proxyFaultNames), { freq: 3 }) });

/** Now and then the very clusters and proxies of the alphabet; now and then others, that check may use if it is told. */
const anyWorld = fc.record(
  {
    clusters: fc.record(Object.fromEntries([...clusters, 'cluster-2222222222f'].map((id) => [id, anyCluster])), {
      requiredKeys: [],
    }),
    proxies: fc.record(Object.fromEntries(endpoints.map((endpoint) => [endpoint + paths[0], anyFailing])), {
      requiredKeys: [],
    }),
    endpointServices: fc.record(
      { [endpointService]: fc.record({ exists: fc.boolean(), configured: fc.boolean() }, { requiredKeys: [] }) },
      { requiredKeys: [] },
    ),
    externalKeys: fc.record(Object.fromEntries(externalKeys.map((id) => [id, anyFailing])), { requiredKeys: [] }),
    quota: fc.record({ customKeyStores: fc.integer({ min: 4, max: 10 }) }),
    caller: fc.record({ denied: fc.subarray([...operations], { maxLength: 2 }) }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<WorldFile>;
