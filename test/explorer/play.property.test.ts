import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventOf, eventShowing } from '../../src/explorer/answers.ts';
import { everyField } from '../../src/explorer/eligible.ts';
import { hiddenStepsOf } from '../../src/explorer/happenings.ts';
import { Judged } from '../../src/explorer/judged.ts';
import { prospectsOf, usualOf } from '../../src/explorer/outlook.ts';
import { storesIn } from '../../src/explorer/possible.ts';
import { creationsFor, requestAbout, updateOf } from '../../src/explorer/requests.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import type { Request } from '../../src/spec/inputs.ts';
import type { Store } from '../../src/spec/model.ts';
import { type Edition, editions, type Operation, operations } from '../../src/spec/vocabulary.ts';
import { Replay } from '../../src/suite/replay.ts';

const pick = fc.record({ about: fc.nat(), what: fc.nat(), outcome: fc.nat() });

describe('whatever is pressed in the explorer', () => {
  it('conforms, under the edition it was pressed under', () => {
    fc.assert(
      fc.property(fc.constantFrom(...editions), fc.array(pick, { maxLength: 14 }), (edition, picks) => {
        const judged = new Judged({ edition });
        let history: readonly HistoryEvent[] = [];
        for (const each of picks) {
          const event = pressed(judged, history, edition, each);
          if (event === undefined) continue;
          history = [...history, event];
          expect(judged.of(history).at(history.length - 1).observation.verdict, JSON.stringify(event)).toBe('conforms');
        }
        replaysAs(judged, history, edition);
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['2022-11', 0],
    ['2026-04', 2],
  ] as const)('conforms in every state, whatever comes of it: edition %s, creation %i', (edition, kind) => {
    const reading = { edition, answers: {} };
    const wrong: string[] = [];
    for (const history of walks(edition, kind)) {
      const oracle = new Judged({ edition }).of(history).after(history.length);
      const [view] = storesIn(oracle, reading);
      if (view === undefined) throw new Error('no store');
      const asked = requestsOn(view.store, edition, history.length + 1);
      const events = [
        ...asked.flatMap((request) =>
          prospectsOf(oracle, request, reading).map(({ result }) => eventOf(request, result, oracle, reading)),
        ),
        ...hiddenStepsOf(view.store, reading).flatMap((step) => eventShowing(step, oracle, reading) ?? []),
      ];
      for (const event of events) {
        if (oracle.fork().observe(event).verdict === 'conforms') continue;
        wrong.push(`${view.state}: ${JSON.stringify(event)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is told from what takes an answer, where every answer comes to the same', () => {
    const reading = { edition: '2022-11', answers: {} } as const;
    const [, connecting] = walks('2022-11', 1) as [readonly HistoryEvent[], readonly HistoryEvent[]];
    const oracle = new Judged({ edition: '2022-11' }).of(connecting).after(connecting.length);
    const taken = (op: Operation) =>
      prospectsOf(oracle, requestAbout(op, storesIn(oracle, reading)[0]?.store as Store, undefined, '2022-11'), reading)
        .filter(({ takes }) => takes !== 'a fault')
        .map(({ result, takes }) => [result, takes]);
    expect(taken('DisconnectCustomKeyStore')).toEqual([['ok', 'nothing']]);
    expect(taken('ConnectCustomKeyStore')).toEqual([
      ['ok', 'an answer'],
      ['CustomKeyStoreInvalidStateException', 'an answer'],
    ]);
  });

  it('is never without an outcome', () => {
    const judged = new Judged({ edition: '2022-11' });
    const [creation] = creationsFor(1);
    const request = creation?.request as Request;
    const oracle = judged.after(0);
    const prospects = prospectsOf(oracle, request, { edition: '2022-11', answers: {} });
    expect(usualOf(oracle, request, { edition: '2022-11', answers: {} }, prospects)?.result).toBe('ok');
  });
});

/** The actors of a replay end in states that are possible. */
function replaysAs(judged: Judged, history: readonly HistoryEvent[], edition: Edition): void {
  const replay = new Replay(history, { edition });
  while (replay.step());
  const views = storesIn(judged.of(history).after(history.length), { edition, answers: {} });
  expect(replay.stores().map(({ id }) => id)).toEqual(views.map(({ store }) => store.id));
  for (const { id, connectionState, keys } of replay.stores()) {
    const view = views.find(({ store }) => store.id === id);
    expect(view?.possible, JSON.stringify(history)).toContain(connectionState);
    expect(keys.map((key) => key.id)).toEqual(view?.store.keys.map((key) => key.id));
  }
  replay.account.stop();
}

const requestsOn = (store: Store, edition: Edition, number: number): readonly Request[] => [
  ...operations
    .filter((op) => op !== 'CreateCustomKeyStore' && op !== 'UpdateCustomKeyStore')
    .map((op) => requestAbout(op, store, store.keys[0]?.id, edition)),
  ...everyField.map((field) => updateOf(store, [field], edition, number)),
];

/** Presses, after a creation, that lead into every connection state, without keys and with one. */
const ways: readonly (readonly string[])[] = [
  [],
  ['ConnectCustomKeyStore'],
  ['ConnectCustomKeyStore', 'connection.fails'],
  ['ConnectCustomKeyStore', 'connection.succeeds'],
  ['ConnectCustomKeyStore', 'connection.succeeds', 'CreateKey'],
  ['ConnectCustomKeyStore', 'connection.succeeds', 'CreateKey', 'ScheduleKeyDeletion'],
  ['ConnectCustomKeyStore', 'connection.succeeds', 'CreateKey', 'DisconnectCustomKeyStore'],
  ['ConnectCustomKeyStore', 'connection.succeeds', 'CreateKey', 'DisconnectCustomKeyStore', 'disconnection.ends'],
];

/** The histories of those presses. */
function walks(edition: Edition, kind: number): readonly (readonly HistoryEvent[])[] {
  const reading = { edition, answers: {} };
  return ways.map((way) => {
    let history: readonly HistoryEvent[] = [];
    for (const press of ['CreateCustomKeyStore', ...way]) {
      const oracle = new Judged({ edition }).of(history).after(history.length);
      const [view] = storesIn(oracle, reading);
      const step = view && hiddenStepsOf(view.store, reading).find((each) => each.step.step === press);
      const request =
        view === undefined
          ? (creationsFor(1)[kind]?.request as Request)
          : requestAbout(press as Operation, view.store, view.store.keys[0]?.id, edition);
      const shown = step && eventShowing(step, oracle, reading);
      history = [...history, shown ?? eventOf(request, 'ok', oracle, reading)];
    }
    return history;
  });
}

type Pick = typeof pick extends fc.Arbitrary<infer T> ? T : never;

/** The event of the button that a pick falls on. */
function pressed(judged: Judged, history: readonly HistoryEvent[], edition: Edition, { about, what, outcome }: Pick) {
  const reading = { edition, answers: {} };
  const oracle = judged.of(history).after(history.length);
  const stores = storesIn(oracle, reading);
  const view = stores[about % Math.max(1, stores.length)];
  if (view !== undefined && what % 4 === 0) {
    const steps = hiddenStepsOf(view.store, reading);
    const step = steps[outcome % Math.max(1, steps.length)];
    return step && eventShowing(step, oracle, reading);
  }
  const creations = creationsFor(history.length + 1).map(({ request }) => request);
  const requests: readonly Request[] =
    view === undefined || what % 7 === 1 ? creations : requestsOn(view.store, edition, history.length + 1);
  const request = requests[what % requests.length] as Request;
  const prospects = prospectsOf(oracle, request, reading);
  const chosen =
    outcome % 3 === 0 ? prospects[outcome % prospects.length] : usualOf(oracle, request, reading, prospects);
  return chosen && eventOf(request, chosen.result, oracle, reading);
}
