import { outcomesOf } from '../../machine/account.ts';
import type { Request } from '../../spec/inputs.ts';
import type { Account, Key, Store } from '../../spec/model.ts';
import type { Known } from '../../spec/reading.ts';
import type { ScenarioStep } from './scenario.ts';

/** What tells accounts apart here: the types and states of their stores, and of the first key of each. */
export const stateOf = ({ stores }: Account): string =>
  stores.length === 0
    ? 'no store'
    : stores.map((store) => [store.type, store.connectionState, ...keyIn(store)].join(' ')).join(' and ');

const keyIn = ({ keys: [key] }: Store): readonly string[] =>
  key === undefined ? [] : [`with a key that is ${key.state}`];

/**
 * What an account in one state is asked: on one way everything that changes nothing there, on others whatever changes
 * something, each alone, and at last its key after another connection.
 *
 * @param open what is known if nobody has declared a world
 * @param is what is known in a healthy world
 */
export function waysIn(
  account: Account,
  steps: readonly ScenarioStep[],
  requests: readonly Request[],
  open: Known,
  is: Known,
): readonly (readonly ScenarioStep[])[] {
  const [store, ...more] = account.stores;
  const [key] = store?.keys ?? [];
  const changesNothing = (request: Request): boolean =>
    outcomesOf(account, request, open, '').outcomes.every(
      ({ result, next }) => result !== 'anything' && next === account,
    );
  const still = requests.filter(changesNothing);
  const looks = key === undefined ? [] : [look(key)];
  const changes = requests.filter(
    (request) =>
      !still.includes(request) &&
      'CustomKeyStoreId' in request.input === (key === undefined) &&
      outcomesOf(account, request, is, '').outcomes.some(({ result, when }) => result === 'ok' && when === true),
  );
  return [
    [...steps, ...still.map((request) => ({ request, mayFail: true }) as const)],
    ...(more.length > 0 || store === undefined ? [] : changes.map((request) => [...steps, { request }, ...looks])),
    ...(store?.connectionState === 'CONNECTED' && key !== undefined ? [[...steps, ...again(store), ...looks]] : []),
  ];
}

const look = ({ id }: Key): ScenarioStep => ({ request: { op: 'DescribeKey', input: { KeyId: id } }, mayFail: true });

/** The store is disconnected, and connected again. */
function again({ id }: Store): readonly ScenarioStep[] {
  const CustomKeyStoreId = id;
  return [
    { request: { op: 'DisconnectCustomKeyStore', input: { CustomKeyStoreId } } },
    { until: 'DISCONNECTED', storeId: id },
    { request: { op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId } } },
    { until: 'CONNECTED', storeId: id },
  ];
}
