import type { HistoryEvent, ObservedOutcome } from '../../oracle/history.ts';
import { createOracle } from '../../oracle/oracle.ts';
import type { OracleOptions } from '../../oracle/oracle-options.ts';
import type { Violation } from '../../oracle/violation.ts';
import type { Request } from '../../spec/inputs.ts';
import type { ConnectionState } from '../../spec/vocabulary.ts';
import { movesForEver, Settled } from '../settled.ts';
import { eventLine, toldInFull } from '../told.ts';
import type { Scenario, ScenarioStep } from './scenario.ts';

/** An implementation: it takes a request, and says what came of it. */
export type Send = (request: Request) => Promise<ObservedOutcome>;

/** What the implementation offers beside answering requests. Everything may be left out. */
export interface Surroundings {
  /** Takes away every custom key store. Without it, they are disconnected and deleted by requests. */
  readonly reset?: () => Promise<void> | void;
  /** Lets so much time pass that every connection attempt and every disconnection ends; false if it cannot. */
  readonly settle?: () => unknown;
  /** Makes the next connection attempt fail. Without it, what begins in FAILED is skipped. */
  readonly failNextConnection?: () => Promise<void> | void;
  /** How often DescribeCustomKeyStores is asked for a state that is waited for; 50 times, if left out. */
  readonly patience?: number;
}

/** An answer that the specification does not allow. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
  /** What was sent and answered; the last event is the one that is not allowed. */
  readonly history: readonly HistoryEvent[];
  readonly violation: Violation;

  constructor(violation: Violation, history: readonly HistoryEvent[], why = toldInFull(violation, history)) {
    super(why);
    this.violation = violation;
    this.history = history;
  }
}

/** The situation did not come about, and nothing is wrong with that. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}

/** Takes a scenario through an implementation, on every way that leads there. Not reached means on none. */
export async function runScenario(
  { ways }: Scenario,
  send: Send,
  around: Surroundings,
  options: OracleOptions,
): Promise<void> {
  const failures: NotReached[] = [];
  for (const way of ways) {
    if (around.reset === undefined) await cleanUp(send);
    else await around.reset();
    try {
      await goes(way, send, around, options);
    } catch (error) {
      if (!(error instanceof NotReached)) throw error;
      failures.push(error);
    }
  }
  if (failures.length === ways.length) throw failures[0];
}

/** Goes one way, and judges every answer. */
async function goes(
  steps: readonly ScenarioStep[],
  send: Send,
  around: Surroundings,
  options: OracleOptions,
): Promise<void> {
  const judge = judged(send, options);
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    if ('until' in step) await waited(step.until, judge.real(step.storeId), judge.ask, judge.settled, around, isLast);
    else {
      const { request } = step;
      if (request.op === 'ConnectCustomKeyStore' && fails(steps[index + 1])) {
        if (around.failNextConnection === undefined)
          throw new NotReached('no connection attempt fails here: give failNextConnection');
        await around.failNextConnection();
      }
      const event = await judge.ask(request);
      if (!isLast && step.mayFail !== true && !('ok' in event))
        throw new NotReached(`${request.op} got ${'error' in event ? event.error : 'no answer'} on the way there`);
    }
  }
  await judge.ask({ op: 'DescribeCustomKeyStores', input: {} });
}

const fails = (step: ScenarioStep | undefined): boolean =>
  step !== undefined && 'until' in step && step.until === 'FAILED';

/** Sends requests whose IDs are symbols, and has every answer judged. */
function judged(send: Send, options: OracleOptions) {
  const oracle = createOracle(options);
  const settled = new Settled();
  const history: HistoryEvent[] = [];
  const names = new Map<string, string>();
  const made = { CreateCustomKeyStore: 0, CreateKey: 0 };
  const real = (name: string): string => names.get(name) ?? name;
  const ask = async (symbolic: Request): Promise<HistoryEvent> => {
    const request = { op: symbolic.op, input: withNames(symbolic.input, real) } as Request;
    const event = { ...request, ...(await send(request)) } as HistoryEvent;
    history.push(event);
    const { violation } = oracle.observe(event);
    if (violation !== undefined) throw new ConformanceError(violation, history);
    const moving = settled.observe(event);
    if (moving !== undefined) throw neverEnds(moving, event, history);
    if (event.op === 'CreateCustomKeyStore' || event.op === 'CreateKey') {
      const id = newId(event);
      if (id !== undefined) names.set(`${event.op === 'CreateKey' ? 'key' : 'store'}-${++made[event.op]}`, id);
    }
    return event;
  };
  return { ask, real, settled };
}

const neverEnds = (id: string, event: HistoryEvent, history: readonly HistoryEvent[]): ConformanceError =>
  new ConformanceError(
    { event, allowed: [], rules: [], nearest: [], mismatches: [], stores: [], before: [] },
    history,
    [movesForEver(id), ...history.map(eventLine)].join('\n'),
  );

async function waited(
  until: ConnectionState,
  storeId: string,
  ask: (request: Request) => Promise<HistoryEvent>,
  settled: Settled,
  { settle, patience = 50 }: Surroundings,
  isLast: boolean,
): Promise<void> {
  if (settle !== undefined && (await settle()) !== false) settled.settle();
  let state: unknown;
  for (let tries = 0; tries < patience; tries++) {
    state = stateIn(await ask({ op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: storeId } }));
    if (state === until) return;
    if (state !== 'CONNECTING' && state !== 'DISCONNECTING') break;
  }
  throw new NotReached(`the store is ${state}, not ${until}${isLast ? '' : ', on the way there'}`);
}

function stateIn(event: HistoryEvent): unknown {
  const list = 'ok' in event ? event.ok['CustomKeyStores'] : undefined;
  return Array.isArray(list) ? (list[0] as { ConnectionState?: unknown } | undefined)?.ConnectionState : undefined;
}

/** The ID that an answer gives to what came into being. */
export function newId(event: HistoryEvent): string | undefined {
  if (!('ok' in event)) return undefined;
  const { CustomKeyStoreId, KeyMetadata } = event.ok as { CustomKeyStoreId?: string; KeyMetadata?: { KeyId?: string } };
  return event.op === 'CreateCustomKeyStore' ? CustomKeyStoreId : KeyMetadata?.KeyId;
}

const withNames = (input: object, real: (name: string) => string): object =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, typeof value === 'string' ? real(value) : value]),
  );

/** Takes away by requests whatever an account holds. */
export async function cleanUp(send: Send): Promise<void> {
  const look = async () => {
    const { ok } = (await send({ op: 'DescribeCustomKeyStores', input: {} })) as { ok?: Record<string, unknown> };
    return (ok?.['CustomKeyStores'] ?? []) as readonly { CustomKeyStoreId: string }[];
  };
  for (let tries = 0; tries < 50; tries++) {
    const left = await look();
    if (left.length === 0) return;
    for (const { CustomKeyStoreId } of left) {
      const gone = await send({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId } });
      if (!('ok' in gone)) await send({ op: 'DisconnectCustomKeyStore', input: { CustomKeyStoreId } });
    }
  }
  throw new Error('custom key stores are left that cannot be deleted: give reset');
}
