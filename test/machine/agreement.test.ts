import { describe, expect, it } from 'vitest';
import { transition } from 'xstate';
import { hiddenOutcomesOfStore, outcomesOf } from '../../src/machine/account.ts';
import { arrows, chart, chartStates, shownState } from '../../src/machine/chart.ts';
import { customKeyStoreMachine } from '../../src/machine/custom-key-store.machine.ts';
import { alphabetOf, explore } from '../../src/machine/explore.ts';
import type { ChangeableFields } from '../../src/machine/guards.ts';
import { completed, type MachineEvent } from '../../src/machine/types.ts';
import { updatable } from '../../src/spec/eligibility.ts';
import { healthyWorld, unknownWorld } from '../../src/spec/facts.ts';
import type { Request } from '../../src/spec/inputs.ts';
import type { Account, Store } from '../../src/spec/model.ts';
import { choicesOf, questionIds } from '../../src/spec/questions.ts';
import { type Answers, known } from '../../src/spec/reading.ts';
import { connectionStates, editions, operations, storeTypes } from '../../src/spec/vocabulary.ts';
import { askedIn } from '../asked-in.ts';

/** Where it is written what an arrow of the chart, or a cell of the table, does. */
const followed = [
  'src/machine/',
  'src/spec/eligibility.ts',
  'src/spec/properties.ts',
  'src/spec/key-state.ts',
  'src/spec/rules/update.ts',
];

/** The questions whose answers change that. */
const asked = questionIds.filter((id) => askedIn(id).some((file) => followed.some((start) => file.startsWith(start))));
const isExhaustive = process.env['SUITE'] === 'exhaustive';

/** Every edition with its defaults; in the exhaustive suite, with every other answer to each of the questions, too. */
const readings = editions.flatMap((edition) => {
  const plain = [`${edition}, defaults`, completed({ edition, answers: {} })] as const;
  if (!isExhaustive) return [plain];
  const answered = asked.flatMap((question) =>
    choicesOf(question)
      .filter((choice) => (plain[1].answers as Readonly<Record<string, string>>)[question] !== choice)
      .map((choice) => {
        const answers = { [question]: choice } as Answers;
        return [`${edition} ${question}=${choice}`, completed({ edition, answers })] as const;
      }),
  );
  return [plain, ...answered];
});

describe('chart and rules', () => {
  it('are asked the questions that the table of eligibility names', () => {
    const cells = Object.values(updatable).flatMap((rows) => Object.values(rows).flatMap((row) => Object.values(row)));

    expect(asked).toEqual(expect.arrayContaining(cells.filter((cell) => cell !== 'allow' && cell !== 'reject')));
  });

  it.each(readings)('agree in every reachable state: %s', (_, reading) => {
    const { states } = explore({ reading, stores: 1, codes: ['INTERNAL_ERROR'], requests: moves });
    const disagreements = states.flatMap(({ stores: [store] }) =>
      store === undefined ? [] : someRequests({ stores: [store] }).filter((request) => !agree(store, request, reading)),
    );

    expect(disagreements).toEqual([]);
    expect(states.length).toBeGreaterThan(50);
  });

  it('agree on the hidden steps of every reachable state', () => {
    const reading = completed({
      edition: '2022-11',
      answers: { DISCONNECT_WHILE_CONNECTING: 'CONNECTED_OR_FAILED_FIRST' },
    });
    const hidden = known(reading, unknownWorld);
    const { states } = explore({ reading, stores: 1, codes: ['INTERNAL_ERROR'], requests: moves });

    for (const store of states.flatMap(({ stores }) => stores)) {
      for (const { step: occasion, store: after } of hiddenOutcomesOfStore(store, hidden)) {
        const { step: type, ...rest } = occasion;
        expect(reached(store, { type, ...rest } as MachineEvent, reading).store).toEqual(after);
      }
    }
  });
});

describe('a hidden step that cannot happen', () => {
  const reading = completed({ edition: '2022-11', answers: {} });

  it.each([
    ['CONNECTED', 'disconnection.begins'],
    ['FAILED', 'disconnection.begins'],
    ['DISCONNECTING', 'disconnection.fails'],
    ['DISCONNECTED', 'connection.succeeds'],
    ['CONNECTED', 'disconnection.ends'],
  ] as const)('leaves a %s store where it is: %s', (connectionState, type) => {
    const store: Store = {
      id: 's',
      type: 'AWS_CLOUDHSM',
      connectionState,
      properties: { CustomKeyStoreName: 'a' },
      keys: [],
    };

    expect(reached(store, { type }, reading).value).toBe(connectionState);
  });
});

describe('the chart', () => {
  it('has the five connection states, and the end', () => {
    expect(chartStates).toEqual([...connectionStates, 'DELETED']);
  });

  it.each(connectionStates)('shows %s while it is there', (state) => {
    expect(shownState(state)).toBe(state);
  });

  it.each(connectionStates)(
    'states on the UpdateCustomKeyStore arrow of %s what the table of eligibility has',
    (state) => {
      const [arrow, ...more] = arrows.filter(({ from, event }) => from === state && event === 'UpdateCustomKeyStore');
      const stated = arrow?.guard?.params as unknown as ChangeableFields;
      const cells = storeTypes.map((type) => [
        type,
        Object.fromEntries(
          Object.entries(updatable[type]).flatMap(([field, row]) =>
            row[state] === 'reject' ? [] : [[field, row[state]]],
          ),
        ),
      ]);

      expect(more).toEqual([]);
      expect(stated).toEqual(Object.fromEntries(cells));
    },
  );

  it('answers every operation but the creation of the store, in every state', () => {
    const answered = new Set(arrows.filter(({ from }) => from === undefined).map(({ event }) => event));
    const missing = operations.filter((op) => !answered.has(op));

    expect(missing).toEqual(['CreateCustomKeyStore']);
  });

  it('is a static literal: it survives JSON', () => {
    const { context: _, ...literal } = customKeyStoreMachine.config;

    expect(JSON.parse(JSON.stringify(literal))).toEqual(literal);
  });

  it('describes every state, and every arrow has a guard, a target or an action', () => {
    expect(chartStates.filter((state) => !chart.states[state].description)).toEqual([]);
    expect(arrows.filter(({ guard, target, actions }) => !guard && !target && actions.length === 0)).toEqual([]);
  });
});

// Helpers

/** One value for each member is enough here: what collides is for verify.test.ts. */
function someRequests(account: Account): readonly Request[] {
  const boring = ['beta', 'cluster-b', 'two.example', 'password2', 'BBBB', 'other/kms'];
  return alphabetOf(account, 1)
    .filter((request) => {
      const text = JSON.stringify(request.input);
      const isUpdate = request.op === 'UpdateCustomKeyStore' && Object.keys(request.input).length === 2;
      return request.op !== 'CreateCustomKeyStore' || !boring.some((part) => text.includes(part)) || isUpdate;
    })
    .filter(
      ({ op, input }) =>
        op !== 'UpdateCustomKeyStore' || !('XksProxyUriEndpoint' in input) || Object.keys(input).length > 2,
    );
}

/** Those that lead to unlike states: other values of a property do not, so nothing is looked for behind them. */
const moves = (account: Account): readonly Request[] =>
  someRequests(account).filter(({ op, input }) => op !== 'UpdateCustomKeyStore' || 'XksProxyConnectivity' in input);

function agree(store: Store, request: Request, reading: ReturnType<typeof completed>): boolean {
  const fresh = `key-of-${store.id}`;
  const { outcomes } = outcomesOf({ stores: [store] }, request, known(reading, healthyWorld), fresh);
  const {
    store: next,
    value,
    error,
  } = reached(store, { type: request.op, input: request.input, fresh } as MachineEvent, reading);
  const certain = outcomes.filter(({ when }) => when === true);
  return certain.some(({ result, next: { stores } }) => {
    const [after] = stores;
    if (typeof result === 'object') return result.error === error && JSON.stringify(next) === JSON.stringify(store);
    const isDeleted = after === undefined;
    return error === undefined && (isDeleted ? value === 'DELETED' : JSON.stringify(after) === JSON.stringify(next));
  });
}

/** Where XState itself goes, from a store in its state, on an event. */
function reached(store: Store, event: MachineEvent, reading: ReturnType<typeof completed>) {
  const before = customKeyStoreMachine.resolveState({ value: store.connectionState, context: { store, reading } });
  const [after, actions] = transition(customKeyStoreMachine, before, event);
  const answer = (actions as readonly { readonly type: string; readonly params?: unknown }[]).find(
    ({ type }) => type === 'xstate.emit',
  )?.params as { event?: { error?: string } } | undefined;
  return { value: after.value, store: after.context.store, error: answer?.event?.error };
}
