import { hiddenOutcomesOf, outcomesOf } from '../../machine/account.ts';
import { arrows } from '../../machine/chart.ts';
import { completed } from '../../machine/types.ts';
import { type RuleId, ruleIds } from '../../spec/catalogue.ts';
import { atomsOf } from '../../spec/condition.ts';
import { decide } from '../../spec/decide.ts';
import { facts, healthyWorld, unknownWorld } from '../../spec/facts.ts';
import { type Account, emptyAccount } from '../../spec/model.ts';
import { type Answers, type Known, known } from '../../spec/reading.ts';
import { type ConnectionState, type Edition, type StoreType, storeTypes } from '../../spec/vocabulary.ts';
import { type WorldFile, worldOf } from '../../spec/world.ts';
import { candidatesIn, stepsIn } from './candidates.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';
import { stateOf, waysIn } from './states.ts';

export interface ScenarioOptions {
  readonly edition: Edition;
  readonly answers: Answers;
  readonly world: WorldFile;
}

/** An account that can be reached, and the shortest way to it. */
interface Reached {
  readonly account: Account;
  readonly steps: readonly ScenarioStep[];
}

const mostSteps = 6;

/**
 * One scenario for every rule, and for every transition and type of store: the shortest way to a situation in which
 * the rule refuses (or else may refuse), or the transition happens. What takes a world that was not declared is
 * skipped, and says why. And one for every state of a store and its key: what is refused there, and what is done.
 */
export function scenariosOf(options: ScenarioOptions): readonly Scenario[] {
  const key = JSON.stringify(options);
  const scenarios = remembered.get(key) ?? searched(options);
  remembered.set(key, scenarios);
  return scenarios;
}

/** The search takes about a second, and one program may test several implementations. */
const remembered = new Map<string, readonly Scenario[]>();

function searched(options: ScenarioOptions): readonly Scenario[] {
  const found = new Map<string, Scenario>();
  const perhaps = new Map<string, Scenario>();
  const wanting = new Map<string, string>();
  const reading = completed(options);
  const is = known(reading, worldOf(options.world, healthyWorld));
  const byAnswer = known(options, worldOf(options.world, healthyWorld));
  const open = known(options, worldOf(options.world, unknownWorld));
  const moving = known(reading, worldOf(options.world, unknownWorld));
  // Accounts come in the order of their distance, so the first way that is found is a shortest one.
  const keep = (table: Map<string, Scenario>, kind: Scenario['kind'], id: string, way: readonly ScenarioStep[]) => {
    const ways = table.get(`${kind} ${id}`)?.ways ?? [];
    if (ways.length === 0 || (way.length > 1 && !ways.some((each) => firstType(each) === firstType(way))))
      table.set(`${kind} ${id}`, { kind, id, ways: [...ways, way] });
  };
  const states = new Map<string, Scenario>();
  for (const { account, steps } of reachable(is, moving)) {
    const id = stateOf(account);
    const isNew = !states.has(id);
    const candidates = candidatesIn(account, options.world);
    if (isNew) states.set(id, { kind: 'state', id, ways: waysIn(account, steps, candidates, open, is) });
    for (const request of candidates) {
      for (const { rule, when } of decide(account, request, byAnswer).refusals) {
        keep(when === true ? found : perhaps, 'rule', rule, [...steps, { request }]);
      }
      if (!isNew) continue;
      for (const { rule, when } of decide(account, request, open).refusals) {
        const [fact] = atomsOf(when).flatMap((atom) => ('fact' in atom ? [facts[atom.fact]] : []));
        if (fact !== undefined && !wanting.has(rule)) wanting.set(rule, fact);
      }
    }
    const [store, ...more] = account.stores;
    if (store === undefined || more.length > 0 || store.keys.length > 0) continue;
    const shortest = (event: string, last: ScenarioStep) =>
      keep(found, 'transition', transitionOf(store.connectionState, event, store.type), [...steps, last]);
    for (const request of stepsIn(account, options.world, true)) {
      if (!('CustomKeyStoreId' in request.input) || !isTransition(store.connectionState, request.op)) continue;
      if (outcomesOf(account, request, is, '').outcomes.some(({ result, when }) => result === 'ok' && when === true))
        shortest(request.op, { request });
    }
    for (const { step, next } of hiddenOutcomesOf(account, moving)) {
      const until = next.stores[0]?.connectionState;
      if (until !== undefined && isTransition(store.connectionState, step.step))
        shortest(step.step, { until, storeId: store.id });
    }
  }
  return [
    ...ruleIds.map(
      (id) => found.get(`rule ${id}`) ?? perhaps.get(`rule ${id}`) ?? skipped('rule', id, wanting.get(id)),
    ),
    ...transitions.flatMap(([from, event]) =>
      storeTypes.map((type) => {
        const id = transitionOf(from, event, type);
        return found.get(`transition ${id}`) ?? skipped('transition', id, undefined);
      }),
    ),
    ...states.values(),
  ];

  function* reachable(requests: Known, hidden: Known): Generator<Reached> {
    const seen = new Set<string>([JSON.stringify(emptyAccount)]);
    const queue: Reached[] = [{ account: emptyAccount, steps: [] }];
    for (const reached of queue) {
      yield reached;
      // Two stores are for collisions; they need not move.
      if (reached.steps.length >= mostSteps || reached.account.stores.length > 1) continue;
      for (const next of following(reached, options.world, requests, hidden)) {
        const key = JSON.stringify(next.account);
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push(next);
      }
    }
  }
}

function following({ account, steps }: Reached, world: WorldFile, is: Known, moving: Known): readonly Reached[] {
  const requested = stepsIn(account, world, false).flatMap((request): readonly Reached[] => {
    const fresh = request.op === 'CreateKey' ? keyIds : storeIds;
    const taken = JSON.stringify(account);
    const id = fresh.find((each) => !taken.includes(`"${each}"`)) ?? '';
    const next = outcomesOf(account, request, is, id).outcomes.find(
      ({ result, when }) => result === 'ok' && when === true,
    );
    return next === undefined || next.next === account ? [] : [{ account: next.next, steps: [...steps, { request }] }];
  });
  const moved = hiddenOutcomesOf(account, moving).flatMap(({ step, storeId, next, when }): readonly Reached[] => {
    const until = next.stores.find(({ id }) => id === storeId)?.connectionState;
    const usual = step.step === 'connection.succeeds' || step.step === 'disconnection.ends' || isPlainFailure(step);
    return when === false || !usual || until === undefined
      ? []
      : [{ account: next, steps: [...steps, { until, storeId }] }];
  });
  return [...requested, ...moved];
}

/** One code is enough: what follows does not depend on it. */
const isPlainFailure = (step: object): boolean => 'code' in step && step.code === 'INTERNAL_ERROR';

const storeIds = ['store-1', 'store-2'] as const;
const keyIds = ['key-1', 'key-2'] as const;

/** The transitions of the chart, each with the state that it leaves. */
const transitions: readonly (readonly [ConnectionState, string])[] = [
  ...new Map(
    arrows.flatMap(({ transition, from, event }) =>
      transition === undefined || from === undefined || from === 'DELETED'
        ? []
        : [[`${from} ${event}`, [from, event] as const] as const],
    ),
  ).values(),
];
const isTransition = (state: ConnectionState, event: string): boolean =>
  transitions.some(([from, each]) => from === state && each === event);

const transitionOf = (from: ConnectionState, event: string, type: StoreType): string => `${from} ${event} ${type}`;

/** The type of the store that a way begins with. */
function firstType([first]: readonly ScenarioStep[]): StoreType | undefined {
  if (first === undefined || !('request' in first) || first.request.op !== 'CreateCustomKeyStore') return undefined;
  return first.request.input.CustomKeyStoreType ?? 'AWS_CLOUDHSM';
}

export const unreachable = 'no sequence of requests leads there for certain';
export const takesWorld = 'it takes a world that declares that this is not so';

const skipped = (kind: Scenario['kind'], id: RuleId | string, fact: string | undefined): Scenario => ({
  kind,
  id,
  ways: [],
  skip: fact === undefined ? unreachable : `${takesWorld}: ${fact}`,
});
