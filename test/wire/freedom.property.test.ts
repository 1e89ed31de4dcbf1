import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusters, createRequests, endpoints, paths, requestsAbout, service } from '../../src/machine/alphabet.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { createOracle } from '../../src/oracle/oracle.ts';
import type { OracleOptions } from '../../src/oracle/oracle-options.ts';
import { causeOf, connectionErrorCodeNames } from '../../src/spec/connection-error-codes.ts';
import { fleeting, unknownWorld } from '../../src/spec/facts.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { proxyFaultNames } from '../../src/spec/proxy-faults.ts';
import { choicesOf, fixedChoice, questionIds } from '../../src/spec/questions.ts';
import type { Answers } from '../../src/spec/reading.ts';
import { type Edition, editions } from '../../src/spec/vocabulary.ts';
import { type WorldFile, worldOf } from '../../src/spec/world.ts';
import { ReferenceService, type ServiceOptions } from '../../src/wire/reference-service.ts';

const isExhaustive = process.env['SUITE'] === 'exhaustive';

describe('whatever serve can be told to do conforms', () => {
  it('where every answer rests on the present', () => {
    fc.assert(
      fc.property(told(false), requests(30, 60), (options, picks) => {
        expect(violationOf(options, picks, {})).toBeUndefined();
      }),
      { numRuns: isExhaustive ? 400 : 8, seed: 7 },
    );
  });

  it('where a read may be late', () => {
    fc.assert(
      fc.property(told(true), requests(8, isExhaustive ? 20 : 12), (options, picks) => {
        const { answers } = options.reading;
        expect(violationOf(options, picks, { consistency: 'eventual', staleness: 6, answers })).toBeUndefined();
      }),
      { numRuns: isExhaustive ? 30 : 6, seed: 7, interruptAfterTimeLimit: 60_000 },
    );
  });
});

// Helpers

const requests = (minLength: number, maxLength: number): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.nat({ max: 99_999 }), { minLength, maxLength });

/** Sends requests to a service that was told so, and gives the first answer that the oracle does not allow. */
function violationOf(options: ServiceOptions, picks: readonly number[], judge: OracleOptions) {
  let now = 1_700_000_000_000;
  const service = new ReferenceService({ ...options, now: () => now });
  const oracle = createOracle({
    edition: options.reading.edition,
    world: worldOf({ quota: options.world?.quota ?? {} }, unknownWorld), // a quota cannot be guessed
    worldIs: isSteady(options) ? 'steady' : 'changing',
    strict: true,
    ...judge,
  });
  for (const pick of picks) {
    now += (pick % 7) * 150;
    if (pick % 23 === 0) service.advance();
    const request = next(service, Math.floor(pick / 23));
    const event = { ...request, ...service.answer(request), start: now, end: now } as HistoryEvent;
    const { violation } = oracle.observe(event);
    if (violation !== undefined) return { event, allowed: violation.allowed, before: violation.before };
  }
  return undefined;
}

/** Only a world in which something breaks that was seen to work, and then stays so, is not steady. */
function isSteady({ failConnect }: ServiceOptions): boolean {
  if (failConnect === undefined || failConnect === 'INTERNAL_ERROR') return true;
  const cause = causeOf(failConnect);
  // A wrong password of kmsuser passes; a wrong credential of a proxy, which has the same code, lasts.
  return cause !== undefined && fleeting.has(cause) && failConnect !== 'INVALID_CREDENTIALS';
}

function told(staleReads: boolean): fc.Arbitrary<ServiceOptions> {
  return fc
    .record(
      {
        edition: fc.constantFrom(...editions),
        every: anyAnswers(),
        seed: fc.option(fc.nat(), { nil: undefined }),
        connectAfter: fc.constantFrom(0, 1, { calls: 3 }, { seconds: 0.3 }, { seconds: 2 }),
        failConnect: fc.option(fc.constantFrom(...connectionErrorCodeNames), { nil: undefined }),
        world: fc.option(anyWorld(), { nil: undefined }),
        throttle: fc.option(fc.constantFrom(1, 5), { nil: undefined }),
        internalErrors: fc.option(fc.constantFrom(0.1, 0.5), { nil: undefined }),
        staleReads: fc.constant(staleReads),
      },
      { noNullPrototype: true },
    )
    .map(({ edition, every, ...options }) => {
      const defined = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
      return { reading: { edition, answers: openIn(edition, every) }, ...defined } as ServiceOptions;
    });
}

/** The answers to the questions that the edition leaves open: an implementation of it has no choice in the others. */
const openIn = (edition: Edition, answers: Answers): Answers =>
  Object.fromEntries(
    Object.entries(answers).filter(([id]) => fixedChoice(id as (typeof questionIds)[number], edition) === undefined),
  );

/** Answers to about half of the questions. */
const anyAnswers = (): fc.Arbitrary<Answers> =>
  fc.record(Object.fromEntries(questionIds.map((id) => [id, fc.constantFrom(...choicesOf(id))])), {
    requiredKeys: [],
    noNullPrototype: true,
  }) as fc.Arbitrary<Answers>;

function anyWorld(): fc.Arbitrary<WorldFile> {
  const cluster = fc.record(
    {
      exists: fc.boolean(),
      active: fc.boolean(),
      configured: fc.boolean(),
      hsms: fc.nat({ max: 3 }),
      family: fc.constantFrom('one', 'two'),
      kmsuser: fc.constantFrom('ready', 'missing', 'locked', 'logged-in', 'other-password'),
      subnets: fc.constantFrom('ready', 'missing', 'full'),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  const proxy = fc.record({ fault: fc.constantFrom(null, null, ...proxyFaultNames) }, { noNullPrototype: true });
  const uris = endpoints.flatMap((endpoint) => paths.map((path) => endpoint + path));
  const all = <T>(names: readonly string[], value: fc.Arbitrary<T>) =>
    fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [], noNullPrototype: true });
  return fc.record(
    {
      clusters: all(clusters, cluster),
      proxies: all(uris, proxy),
      endpointServices: all(
        [service],
        fc.record({ exists: fc.boolean(), configured: fc.boolean() }, { noNullPrototype: true }),
      ),
      externalKeys: all(['external-key-1'], proxy),
      quota: fc.record({ customKeyStores: fc.nat({ max: 3 }) }, { noNullPrototype: true }),
      caller: fc.record({ denied: fc.subarray(['DeleteCustomKeyStore', 'CreateKey']) }, { noNullPrototype: true }),
    },
    { requiredKeys: [], noNullPrototype: true },
  ) as fc.Arbitrary<WorldFile>;
}

/** One request that is worth trying now. */
function next(service: ReferenceService, pick: number): Request {
  const { stores } = service.account;
  if (pick % 4 === 0) return everything;
  if (stores.length === 0 || pick % 5 === 0) return createRequests[pick % createRequests.length] as Request;
  const store = stores[pick % stores.length] as (typeof stores)[number];
  const keyId = store.keys[pick % Math.max(store.keys.length, 1)]?.id ?? 'none';
  const about = [...requestsAbout(store.id, store.type, keyId), ...moving(store.id), ...onKey(keyId)];
  return about[Math.floor(pick / 8) % about.length] as Request;
}

const everything: Request = { op: 'DescribeCustomKeyStores', input: {} };

const moving = (CustomKeyStoreId: string): readonly Request[] =>
  Array.from({ length: 8 }, () => ({ op: 'ConnectCustomKeyStore' as const, input: { CustomKeyStoreId } }));

const onKey = (KeyId: string): readonly Request[] => [
  { op: 'GenerateDataKey', input: { KeyId, KeySpec: 'AES_256' } },
  { op: 'Decrypt', input: { KeyId, CiphertextBlob: 'AAAA' } },
  { op: 'DescribeCustomKeyStores', input: { Limit: 1 } },
  { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: 'alpha' } },
  { op: 'DescribeCustomKeyStores', input: { Marker: 'nonsense' } },
];
