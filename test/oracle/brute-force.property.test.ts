import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudHsmStore, clusters, createRequests, publicStore, requestsAbout } from '../../src/machine/alphabet.ts';
import type { HistoryEvent, Output } from '../../src/oracle/history.ts';
import { Oracle } from '../../src/oracle/oracle.ts';
import { healthyWorld, type World } from '../../src/spec/facts.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { choicesOf, questionIds, questionOf } from '../../src/spec/questions.ts';
import type { Answers } from '../../src/spec/reading.ts';
import { connectionStates, editions } from '../../src/spec/vocabulary.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';
import { isAllowed, type Openness } from './brute-force.ts';

const isExhaustive = process.env['SUITE'] === 'exhaustive';
const histories = isExhaustive ? 100_000 : 400;

describe('the oracle', () => {
  it('says what trying everything says', () => {
    const counts = { conforming: 0, violating: 0 };
    fc.assert(
      fc.property(recordings(), ({ history, open }) => {
        const allowed = isAllowed(history, open);
        counts[allowed ? 'conforming' : 'violating'] += 1;
        const oracle = new Oracle({
          edition: open.editions,
          answers: open.answers,
          world: (fact, about) => (open.facts.includes(`${fact} ${about}`) ? undefined : open.world(fact, about)),
          strict: true,
        });
        const judged = history.every((event) => oracle.observe(event).verdict !== 'violates');

        expect(judged).toBe(allowed);
      }),
      { numRuns: histories, seed: 11 },
    );

    expect(counts.conforming).toBeGreaterThan(histories / 5);
    expect(counts.violating).toBeGreaterThan(histories / 5);
  });
});

// Helpers

const once = questionIds.filter((id) => questionOf(id).answered !== 'each time' && choicesOf(id).length > 1);

/** Facts that may be left open: of a steady world, and about what the requests name. */
const factsLeftOpen = clusters.flatMap((cluster) => [`cluster.active ${cluster}`, `cluster.exists ${cluster}`]);

/** A short history that the reference endpoint answered, with at most one answer changed, and what is left open. */
function recordings() {
  return fc
    .record({
      editions: fc.subarray([...editions], { minLength: 1 }),
      every: fc.nat(),
      questions: fc.subarray(once, { minLength: 0, maxLength: 3 }),
      facts: fc.subarray(factsLeftOpen, { maxLength: 2 }),
      picks: fc.array(fc.nat(9999), { minLength: 1, maxLength: 7, size: 'max' }),
      fault: fc.option(fc.record({ place: fc.nat(6), kind: fc.nat(5) }), { nil: undefined }),
      fails: fc.boolean(),
    })
    .map(({ editions: among, every: seed, questions, facts, picks, fault, fails }) => {
      const [edition = '2022-11'] = among;
      const every = answersFrom(seed);
      const answers = every as Answers;
      const service = new ReferenceService({
        reading: { edition, answers },
        ...(fails ? { failConnect: 'INTERNAL_ERROR' as const } : {}),
      });
      const events = picks.map((pick) => asked(service, pick));
      const history = fault === undefined ? events : withFault(events, fault.place % events.length, fault.kind);
      const rest = Object.fromEntries(Object.entries(every).filter(([id]) => !(questions as string[]).includes(id)));
      const open: Openness = { editions: among, answers: rest as Answers, questions, world, facts };
      return { history, open };
    });
}

/** An answer to every question, the same for the same number; to draw each on its own would take longer than to judge. */
function answersFrom(seed: number): Readonly<Record<string, string>> {
  let state = seed;
  return Object.fromEntries(
    questionIds.map((id) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const choices = choicesOf(id);
      return [id, choices[Math.floor((state / 2 ** 32) * choices.length)] as string];
    }),
  );
}

const world: World = (fact, about) => (fact === 'quota.free' ? true : healthyWorld(fact, about));

/** Two creations, and what may be asked about the first stores. */
function asked(service: ReferenceService, pick: number): HistoryEvent {
  const { stores } = service.account;
  const store = stores[pick % 2] ?? stores[0];
  const create = createRequests[Math.floor(pick / 4) % createRequests.length] as Request;
  const first: Request = { op: 'CreateCustomKeyStore', input: pick % 3 === 0 ? publicStore() : cloudHsmStore() };
  const about = store === undefined ? [] : requestsAbout(store.id, store.type, store.keys[0]?.id ?? 'no-key');
  const plain = about.filter(({ op, input }) => Object.keys(input).length === 1 && op !== 'DeleteCustomKeyStore');
  const kind = pick % 7;
  const among = store === undefined ? [first] : kind === 0 ? [create] : kind < 4 ? plain : about;
  const request = among[Math.floor(pick / 28) % among.length] as Request;
  return { ...request, ...service.answer(request) } as HistoryEvent;
}

function withFault(events: readonly HistoryEvent[], place: number, kind: number): readonly HistoryEvent[] {
  return events.map((event, each) => (each === place ? faulty(event, kind) : event));
}

const errors = ['CustomKeyStoreInvalidStateException', 'CustomKeyStoreNotFoundException', 'ValidationException'];

function faulty(event: HistoryEvent, kind: number): HistoryEvent {
  const { op, input } = event;
  if (kind === 0) return { op, input, unknown: 'lost' } as HistoryEvent;
  if (
    'error' in event &&
    kind < 3 &&
    op !== 'CreateCustomKeyStore' &&
    op !== 'DescribeCustomKeyStores' &&
    !op.endsWith('Key')
  ) {
    return { op, input, ok: {} } as HistoryEvent;
  }
  if (op === 'DescribeCustomKeyStores' && 'ok' in event && Array.isArray(event.ok['CustomKeyStores'])) {
    const CustomKeyStores = (event.ok['CustomKeyStores'] as readonly Output[]).map((entry) => ({
      ...entry,
      ConnectionState: connectionStates[kind % connectionStates.length],
    }));
    return { op, input, ok: { ...event.ok, CustomKeyStores } } as HistoryEvent;
  }
  return { op, input, error: errors[kind % errors.length] } as HistoryEvent;
}
