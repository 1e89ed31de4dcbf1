import { arrows, arrowsFor } from '../machine/chart.ts';
import type { Request } from '../spec/inputs.ts';
import type { Store } from '../spec/model.ts';
import { type ConnectionState, connectionStates } from '../spec/vocabulary.ts';
import { type Goal, goalsOf, theKey, theStore, type Variant, variants } from './goals.ts';
import type { Run } from './run.ts';

/** What is still to be tried, by the kind of store and its connection state. */
export class Agenda {
  readonly #left = new Map<string, Goal[]>();

  /** @param mine which of the goals, by their number, are for this run: several runs may share the work */
  constructor(mine: (number: number, goal: Goal) => boolean) {
    let number = 0;
    for (const variant of variants) {
      const goals = goalsOf(variant);
      for (const state of connectionStates) {
        const here = goals
          .filter(({ onlyDisconnected }) => !onlyDisconnected || state === 'DISCONNECTED')
          .filter((goal) => mine(number++, goal));
        // What moves the store comes last, and its deletion last of all.
        here.sort((a, b) => rank(a, state) - rank(b, state));
        this.#left.set(`${variant} ${state}`, here);
      }
    }
  }

  has = (variant: Variant, state: ConnectionState): boolean => (this.#left.get(`${variant} ${state}`)?.length ?? 0) > 0;

  /** The next goal in a state; `staying` leaves those that move the store. */
  take(variant: Variant, state: ConnectionState, staying = false): Goal | undefined {
    const left = this.#left.get(`${variant} ${state}`) ?? [];
    return staying && left[0] !== undefined && rank(left[0], state) > 0 ? undefined : left.shift();
  }

  /** Gives up on a state that the implementation does not reach. */
  drop(variant: Variant, state: ConnectionState): void {
    this.#left.set(`${variant} ${state}`, []);
  }

  get size(): number {
    return [...this.#left.values()].reduce((sum, goals) => sum + goals.length, 0);
  }
}

/** Does the request move the store in this state, now or later? What was believed of the state is vague from then on. */
const moves = ({ request: { op, input } }: Goal, state: ConnectionState): boolean =>
  'CustomKeyStoreId' in input &&
  input.CustomKeyStoreId === theStore &&
  (op === 'ConnectCustomKeyStore' || op === 'DisconnectCustomKeyStore' || op === 'DeleteCustomKeyStore') &&
  arrowsFor(state, op).some(({ actions }) => !actions.includes('refuse'));

const rank = (goal: Goal, state: ConnectionState): number =>
  !moves(goal, state) ? 0 : goal.request.op === 'DeleteCustomKeyStore' ? 2 : 1;

/** The kind of a store, now. */
export const variantOf = ({ type, properties }: Store): Variant =>
  type === 'AWS_CLOUDHSM' ? type : (properties.XksProxyConnectivity ?? 'PUBLIC_ENDPOINT');

/** So many requests go out while a store is connecting before anybody looks: to look may be what ends the attempt. */
const blindly = 12;
const longest = 70;

/** Goes from state to state with one new store, and tries on the way what is left to try. False if nothing could be. */
export async function walk(run: Run, creation: object, agenda: Agenda): Promise<boolean> {
  const symbol = await run.create(creation);
  if (symbol === undefined) return false;
  await run.look(symbol);
  let tried = 0;
  let unseen = 0;
  let refused = 0;
  for (let moved = 0; run.steps.length < longest && moved < 16 && run.stuck.size === 0 && !run.isLost; ) {
    const store = run.store(symbol);
    if (store === undefined) break;
    const { connectionState: state } = store;
    const variant = variantOf(store);
    const running = state === 'CONNECTING' || state === 'DISCONNECTING';
    if (running && unseen >= blindly) {
      await run.look(symbol);
      unseen = 0;
      continue;
    }
    const goal = agenda.take(variant, state);
    if (goal !== undefined) {
      tried += 1;
      unseen += 1;
      const event = await run.send(about(goal.request, symbol));
      if (event === undefined || running || event.op.startsWith('Describe')) continue;
      // Of a refused request with several members a part may have been done; of others it is enough to look at times.
      refused = 'error' in event && Object.keys(event.input).length < 3 ? refused + 1 : 0;
      if (refused % 4 === 0) await run.look(symbol);
      continue;
    }
    const event = wayTo((target) => agenda.has(variant, target), state);
    if (event === undefined) break;
    moved += 1;
    unseen = 0;
    if (refused % 4 > 0 && !running) await run.look(symbol);
    refused = 0;
    if (event === 'ConnectCustomKeyStore' || event === 'DisconnectCustomKeyStore') {
      if ((await run.send({ op: event, input: { CustomKeyStoreId: symbol } })) === undefined) break;
    } else await run.settle(symbol);
  }
  if (run.store(symbol) === undefined) await afterlife(run, symbol, creation);
  return tried > 0;
}

/** A store that is gone answers to nothing, and its name and place are free. */
export async function afterlife(run: Run, symbol: string, creation: object): Promise<void> {
  await run.look(symbol);
  for (const op of ['ConnectCustomKeyStore', 'DisconnectCustomKeyStore', 'DeleteCustomKeyStore'] as const)
    await run.send({ op, input: { CustomKeyStoreId: symbol } });
  await run.send({ op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: symbol, NewCustomKeyStoreName: 'beta' } });
  const again = await run.create(creation);
  if (again !== undefined) await run.look(again);
}

/** The request, about this store and key. */
export function about({ op, input }: Request, store: string, key?: string): Request {
  return {
    op,
    input: Object.fromEntries(
      Object.entries(input).map(([name, value]) => [
        name,
        value === theStore ? store : value === theKey && key !== undefined ? key : value,
      ]),
    ),
  } as Request;
}

/** The first event on the shortest way to a state in which there is something to do. */
export function wayTo(isGoal: (state: ConnectionState) => boolean, from: ConnectionState): string | undefined {
  const ways: { readonly state: string; readonly first: string | undefined }[] = [{ state: from, first: undefined }];
  const seen = new Set<string>([from]);
  for (const { state, first } of ways) {
    if (first !== undefined && isGoal(state as ConnectionState)) return first;
    for (const { from: source, event, target, actions } of arrows) {
      if (
        source !== state ||
        target === undefined ||
        target === 'DELETED' ||
        actions.includes('refuse') ||
        seen.has(target)
      )
        continue;
      seen.add(target);
      ways.push({ state: target, first: first ?? event });
    }
  }
  return undefined;
}
