import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloudHsmStore, clusters, createRequests, publicStore, requestsAbout } from '../../src/machine/alphabet.ts';
import type { Assumptions } from '../../src/oracle/assumptions.ts';
import type { Belief } from '../../src/oracle/belief.ts';
import type { Branch } from '../../src/oracle/branch.ts';
import { afterEach } from '../../src/oracle/by-edition.ts';
import { CoverageRecorder, covered } from '../../src/oracle/coverage.ts';
import { closure } from '../../src/oracle/hidden-steps.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Oracle } from '../../src/oracle/oracle.ts';
import type { OracleOptions } from '../../src/oracle/oracle-options.ts';
import { atomsIn, mostAtoms, simplified } from '../../src/oracle/simplify.ts';
import type { State } from '../../src/oracle/states.ts';
import { tablesFor } from '../../src/oracle/tables.ts';
import { allowedIn } from '../../src/oracle/violation.ts';
import { all, any, type Condition, not } from '../../src/spec/condition.ts';
import type { Request } from '../../src/spec/inputs.ts';
import type { Known } from '../../src/spec/reading.ts';
import { connectionStates } from '../../src/spec/vocabulary.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

const isExhaustive = process.env['SUITE'] === 'exhaustive';
const runs = isExhaustive ? 10 : 1;
const length = isExhaustive ? 200 : 160;

describe('a step that was taken before', () => {
  it.each<[string, OracleOptions]>([
    ['any edition', {}],
    ['one edition', { edition: '2025-10' }],
    ['a changing world', { worldIs: 'changing' }],
    [
      'a world that tells values apart',
      { world: (fact, about) => (fact.startsWith('cluster.') ? !about.includes('b') : undefined) },
    ],
  ])('ends where it ends when it is worked out: %s', (_, options) => {
    const few = options.world !== undefined;
    const familiar = { all: 0, creations: 0, lessons: 0, composed: 0 };
    fc.assert(
      fc.property(fc.array(fc.nat(99_999), { minLength: length, maxLength: length }), (picks) => {
        const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
        const oracle = new Oracle(options);
        // It is not asked what it believes until the end, so that what was learned gathers.
        const unasked = new Oracle(options);
        const coverage = new CoverageRecorder();
        let isConsistent = true;
        for (const [index, pick] of picks.entries()) {
          const event = faulty(asked(service, pick, index), pick);
          const now = { at: index, number: index + 1 };
          const before = oracle.beliefs;
          if (pick % 5 === 0) {
            const request = requestIn(event);
            const { outcomes } = allowedIn(request, before, now);
            expect(oracle.allowed(request), JSON.stringify(request)).toEqual(outcomes);
          }
          const changes = oracle.step(event);
          const verdict = changes === undefined ? oracle.observe(event).verdict : 'conforms';
          isConsistent &&= verdict !== 'inconsistent';
          unasked.observe(event);
          const worked = afterEach(before, event, now);
          if (worked.length === 0) expect(changes).toBeUndefined();
          else coverage.look(event, before, worked);
          if (changes === undefined) continue;
          familiar.all += 1;
          familiar.creations += Number(event.op === 'CreateCustomKeyStore');
          familiar.lessons += Number(changes.some(({ isLesson }) => isLesson));
          familiar.composed += Number(changes.some(({ isNew }) => isNew !== undefined));
          expect(difference(oracle.beliefs, worked), JSON.stringify(event)).toBeUndefined();
        }

        expect(difference(unasked.beliefs, oracle.beliefs)).toBeUndefined();
        expect(covered(unasked.coverage())).toEqual(covered(oracle.coverage()));
        // What an inconsistent answer touches is not looked at, but by whoever looks at all stores later.
        if (isConsistent) expect(covered(oracle.coverage())).toEqual(covered(coverage));
      }),
      { numRuns: runs, seed: 5, endOnFailure: true },
    );

    // A changing world teaches nothing of facts, and where values are told apart by more than equality, less is alike.
    const share = (runs * length) / 200;
    const lessons = options.worldIs === 'changing' ? 0 : share;
    const least = few ? { all: share * 5 } : { all: share * 50, creations: share * 3, composed: share * 5, lessons };
    for (const [what, count] of Object.entries(least)) {
      expect(familiar[what as keyof typeof familiar], what).toBeGreaterThanOrEqual(count);
    }
  });

  it('is none where another store has the name by now', () => {
    const oracle = new Oracle();
    const creation = (id: string, name: string, cluster: number): HistoryEvent => ({
      op: 'CreateCustomKeyStore',
      input: cloudHsmStore(name, clusters[cluster] as string),
      ok: { CustomKeyStoreId: id },
    });
    const renaming = (id: string, name: string): HistoryEvent => ({
      op: 'UpdateCustomKeyStore',
      input: { CustomKeyStoreId: id, NewCustomKeyStoreName: name },
      ok: {},
    });
    oracle.observe(creation('cks-1', 'one', 0));
    oracle.observe(creation('cks-2', 'two', 1));
    for (let round = 0; round < 3; round++) {
      for (const name of ['free', 'one']) oracle.observe(renaming('cks-1', name));
      for (const name of ['free', 'two']) oracle.observe(renaming('cks-2', name));
    }

    expect(oracle.fork().observe(renaming('cks-1', 'free')).verdict).toBe('conforms');
    expect(oracle.step(renaming('cks-2', 'free'))).toBeDefined();
    expect(oracle.observe(renaming('cks-1', 'free')).verdict).toBe('violates');
    expect(oracle.observe(renaming('cks-1', 'FREE')).verdict).toBe('conforms');
  });

  it('allows whatever there is to ask, in any order, for long', () => {
    const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
    const oracle = new Oracle();
    let state = 1;
    const below = (bound: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * bound);
    };
    for (let index = 0; index < (isExhaustive ? 10_000 : 400); index++) {
      const { stores } = service.account;
      const store = stores[below(stores.length + 1)];
      const about = store && requestsAbout(store.id, store.type, store.keys[0]?.id ?? 'no-key');
      const among = about ?? createRequests;
      const list: Request = { op: 'DescribeCustomKeyStores', input: {} };
      const request = below(12) === 0 ? list : (among[below(among.length)] as Request);
      const event = { ...request, ...service.answer(request) } as HistoryEvent;

      expect(oracle.observe(event).verdict, `${index}: ${JSON.stringify(event)}`).toBe('conforms');
    }
  });

  it('is one of each store, where all of them are listed', () => {
    const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
    const oracle = new Oracle();
    const answered = (request: Request): HistoryEvent => ({ ...request, ...service.answer(request) }) as HistoryEvent;
    for (const index of [0, 2, 4]) oracle.observe(answered(first(index, index)));
    const list: Request = { op: 'DescribeCustomKeyStores', input: {} };
    const connect: Request = {
      op: 'ConnectCustomKeyStore',
      input: { CustomKeyStoreId: service.account.stores[0]?.id ?? '' },
    };
    for (let round = 0; round < 3; round++) for (const each of [list, connect]) oracle.observe(answered(each));
    const whole = answered(list) as HistoryEvent & { readonly ok: { readonly CustomKeyStores: readonly object[] } };
    const { CustomKeyStores: entries } = whole.ok;
    const of = (shown: readonly object[], input = {}) =>
      ({ ...whole, input, ok: { CustomKeyStores: shown } }) as HistoryEvent;

    expect(oracle.step(whole)?.length).toBe(3);
    expect(oracle.step(of([...entries].reverse()))?.length).toBe(3);
    // One that is missing, one that is shown twice, one in a state that it cannot be in, and one that nobody made.
    for (const wrong of [
      of(entries.slice(1)),
      of([...entries.slice(1), ...entries.slice(2)]),
      of(entries.map((entry) => ({ ...entry, ConnectionState: 'DISCONNECTING' }))),
      of([...entries, { ...entries[0], CustomKeyStoreId: 'cks-another' }]),
    ]) {
      expect(oracle.step(wrong)).toBeUndefined();
      expect(oracle.fork().observe(wrong).verdict).toBe('violates');
    }
    // What is filtered, or cut, is worked out.
    expect(oracle.step(of(entries, { Limit: 9 }))).toBeUndefined();
    expect(oracle.observe(of(entries, { Limit: 9 })).verdict).toBe('conforms');
  });

  it('is taken by the next oracle under the same answers in the same world, and by no other', () => {
    const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
    const picks = Array.from({ length: 60 }, (_, index) => index * 7919);
    const history = picks.map((pick, index) => asked(service, pick, index));
    const world = () => undefined;
    const taken = (options: OracleOptions): readonly [steps: number, oracle: Oracle] => {
      const oracle = new Oracle(options);
      let steps = 0;
      for (const event of history) {
        if (oracle.step(event) !== undefined) steps += 1;
        else expect(oracle.observe(event).verdict).toBe('conforms');
      }
      return [steps, oracle];
    };
    const [few, first] = taken({ world });
    const [more, next] = taken({ world });

    expect(more).toBeGreaterThan(few);
    expect(covered(next.coverage())).toEqual(covered(first.coverage()));
    expect(difference(next.beliefs, first.beliefs)).toBeUndefined();
    const answers = { CONNECT_WHEN_CONNECTED: 'SUCCEED_NO_CHANGE', HSM_COUNT: 'TWO_FOR_CREATEKEY_ONLY' } as const;
    const other = { HSM_COUNT: answers.HSM_COUNT, CONNECT_WHEN_CONNECTED: answers.CONNECT_WHEN_CONNECTED } as const;
    expect(tablesFor({ world, answers, edition: '2022-11' })).toBe(tablesFor({ world, answers: other }));
    const settings: OracleOptions[] = [{}, { world }, { world, answers }, { world, worldIs: 'changing' }];
    expect(new Set(settings.map(tablesFor)).size).toBe(settings.length);
  });

  it('is none where a store that is there has what a creation gives', () => {
    const oracle = new Oracle();
    const creation = (id: string, name: string, endpoint: string): HistoryEvent => ({
      op: 'CreateCustomKeyStore',
      input: { ...publicStore(name), CustomKeyStoreName: name, XksProxyUriEndpoint: `https://${endpoint}.example` },
      ok: { CustomKeyStoreId: id },
    });
    oracle.observe(creation('cks-1', 'one', 'one'));
    for (let round = 0; round < 5; round++) {
      oracle.observe(creation(`cks-a${round}`, `name-${round}`, `endpoint-${round}`));
      oracle.observe({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: `cks-a${round}` }, ok: {} });
    }

    for (const [name, endpoint] of [
      ['one', 'two'],
      ['ONE', 'two'],
      ['two', 'one'],
    ] as const) {
      expect(oracle.step(creation('cks-2', name, endpoint))).toBeUndefined();
    }
    expect(oracle.fork().observe(creation('cks-2', 'one', 'two')).verdict).toBe('violates');
    expect(oracle.step(creation('cks-2', 'two', 'two'))).toBeDefined();
  });
});

// Helpers

const requestIn = ({ op, input }: HistoryEvent): Request => ({ op, input }) as Request;

/** Where the one believes something else than the other; nothing, if they say the same. */
function difference(one: readonly Belief[], other: readonly Belief[]): string | undefined {
  if (one.length !== other.length) return 'other editions';
  for (const [place, { branches, setting }] of one.entries()) {
    const others = other[place]?.branches ?? [];
    if (branches.length !== others.length) return 'another number of branches';
    for (const [index, branch] of branches.entries()) {
      const found = differenceOf(branch, others[index] as Branch, setting.known);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function differenceOf({ assumed, stores }: Branch, other: Branch, known: Known): string | undefined {
  if (!includes(assumed, other.assumed) || !includes(other.assumed, assumed)) {
    console.log(
      JSON.stringify([
        [...assumed.choices],
        [...other.assumed.choices],
        [...assumed.facts].filter(([n, i]) => other.assumed.facts.get(n) !== i),
        [...other.assumed.facts].filter(([n, i]) => assumed.facts.get(n) !== i),
        assumed.clauses.filter((c) => other.assumed.with(not(c)) !== undefined),
        other.assumed.clauses.filter((c) => assumed.with(not(c)) !== undefined),
      ]),
    );
    return 'other assumptions';
  }
  if ([...stores.keys()].join() !== [...other.stores.keys()].join()) return 'other stores';
  for (const [id, { states }] of stores) {
    const [here, there] = [reached(states, known), reached(other.stores.get(id)?.states ?? [], known)];
    for (const key of new Set([...here.keys(), ...there.keys()])) {
      const [owed, otherwise] = [here.get(key) ?? false, there.get(key) ?? false];
      if (!isSame(assumed, owed, otherwise)) return `${key}: ${JSON.stringify(owed)}, not ${JSON.stringify(otherwise)}`;
    }
  }
  return undefined;
}

/** What the store may be, hidden steps included, and what that takes: states that come of others need not be kept. */
function reached(states: readonly State[], known: Known): ReadonlyMap<string, Condition> {
  const found = new Map<string, Condition>();
  for (const { key, owed } of states.flatMap((state) => closure(state, known))) {
    found.set(key, simplified(any(found.get(key) ?? false, owed)));
  }
  return found;
}

/** Does all hold that the other takes for granted? The words may differ. */
const includes = (assumed: Assumptions, { facts, choices, clauses }: Assumptions): boolean =>
  [...facts].every(([name, is]) => assumed.facts.get(name) === is) &&
  [...choices].every(([question, left]) => assumed.choices.get(question)?.join() === left.join()) &&
  clauses.every((clause) => isLarge(clause) || assumed.with(not(clause)) === undefined);

/** Of conditions as large as this not all may be kept, and what is left depends on the way: it allows more, never less. */
const isLarge = (condition: Condition): boolean => atomsIn(condition).length > mostAtoms / 4;

const isSame = (assumed: Assumptions, one: Condition, other: Condition): boolean =>
  JSON.stringify(one) === JSON.stringify(other) ||
  isLarge(one) ||
  isLarge(other) ||
  (assumed.residue(all(one, not(other))) === false && assumed.residue(all(other, not(one))) === false);

/** Few kinds of requests, again and again, so that most of them have been there before; every store has its own names. */
function asked(service: ReferenceService, pick: number, index: number): HistoryEvent {
  const { stores } = service.account;
  const store = stores[pick % 3];
  const about = store === undefined ? [] : requestsAbout(store.id, store.type, store.keys[0]?.id ?? 'no-key');
  const usual = about.filter(
    ({ op, input }) => Object.keys(input).length < 3 && (op !== 'DeleteCustomKeyStore' || pick % 5 === 0),
  );
  let request = usual[Math.floor(pick / 7) % Math.min(usual.length, 8)] ?? first(pick, index);
  // In the second half, stores come and go.
  const isBusy = index > 100 && pick % 3 > 0;
  const fresh = stores.find(({ keys, connectionState }) => keys.length === 0 && connectionState === 'DISCONNECTED');
  if (isBusy && fresh === undefined && stores.length < 9) request = first(pick, index);
  else if (isBusy && fresh !== undefined) {
    request = { op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: fresh.id } };
  } else if (request.op === 'DescribeCustomKeyStores' && store !== undefined && pick % 2 === 0) {
    const other = stores[(pick + 1) % 3]?.properties.CustomKeyStoreName;
    // A name of its own, one that another store has, or has but for the case of its letters, or one it had before.
    const name = [`fresh-${index}`, other, other?.toUpperCase(), `again-${pick % 4}`][Math.floor(pick / 16) % 4];
    request = {
      op: 'UpdateCustomKeyStore',
      input: { CustomKeyStoreId: store.id, NewCustomKeyStoreName: name ?? `fresh-${index}` },
    };
  }
  if (pick % 9 === 0) request = { op: 'DescribeCustomKeyStores', input: {} };
  return { ...request, ...service.answer(request) } as HistoryEvent;
}

/** A creation, of which half collide with nothing for sure. */
function first(pick: number, index: number): Request {
  const letters = [...`${index}`].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const isNew = pick % 2 === 0;
  const endpoint = isNew ? `https://q${index}.example` : `https://p${pick % 5}.example`;
  const cluster = isNew ? `cluster-${letters.padEnd(11, 'z')}` : (clusters[pick % clusters.length] as string);
  return {
    op: 'CreateCustomKeyStore',
    input:
      pick % 8 < 4
        ? { ...publicStore('beta'), CustomKeyStoreName: `beta-${index}`, XksProxyUriEndpoint: endpoint }
        : { ...cloudHsmStore('alpha', cluster), CustomKeyStoreName: `alpha-${index}` },
  };
}

/** Now and then another answer: what violates has to leave everything as it was. */
function faulty(event: HistoryEvent, pick: number): HistoryEvent {
  if (
    (pick % 11 !== 0 && !('NewCustomKeyStoreName' in event.input && pick % 3 === 0)) ||
    event.op === 'CreateCustomKeyStore'
  )
    return event;
  const { op, input } = event;
  if ('NewCustomKeyStoreName' in input) {
    const isTaken = 'error' in event && event.error === 'CustomKeyStoreNameInUseException';
    return { op, input, ...(isTaken ? { ok: {} } : { error: 'CustomKeyStoreNameInUseException' }) } as HistoryEvent;
  }
  if (op !== 'DescribeCustomKeyStores' || !('ok' in event)) {
    return { op, input, error: 'CustomKeyStoreInvalidStateException' } as HistoryEvent;
  }
  const [entry, ...others] = event.ok['CustomKeyStores'] as readonly object[];
  const ConnectionState = connectionStates[pick % connectionStates.length];
  return { op, input, ok: { CustomKeyStores: [{ ...entry, ConnectionState }, ...others] } } as HistoryEvent;
}
