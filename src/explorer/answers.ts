import { hiddenOutcomesOf, outcomesOf } from '../machine/account.ts';
import { completed } from '../machine/types.ts';
import type { HistoryEvent, Output } from '../oracle/history.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { anyValue, type Description, describedKey, describedStore, isShownList } from '../spec/description.ts';
import { errors, isErrorName } from '../spec/errors.ts';
import { healthyWorld, unknownWorld } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import type { Account, Store } from '../spec/model.ts';
import { known, type Reading } from '../spec/reading.ts';
import type { Happening } from './happenings.ts';
import { accountsIn, learned } from './outlook.ts';

/** The event in which the request gets this result, with an answer that fits what is believed. */
export function eventOf(request: Request, result: string, oracle: Oracle, reading: Reading): HistoryEvent {
  if (result !== 'ok' && result !== 'anything') {
    const status = isErrorName(result) ? errors[result].status : 400;
    return { ...request, error: result, status };
  }
  const answers = learned(reading, oracle);
  const is = known({ ...reading, answers }, unknownWorld);
  const fresh = freshId(request, accountsIn(oracle));
  for (const account of movedAccounts(oracle, reading)) {
    for (const { result: each, next, id } of outcomesOf(account, request, is, fresh).outcomes) {
      if (each !== result) continue;
      const event = {
        ...request,
        ok: outputOf(request, next, id, { ...reading, answers }),
      } as HistoryEvent;
      if (oracle.fork().observe(event).verdict === 'conforms') return event;
    }
  }
  return { ...request, ok: {} } as HistoryEvent;
}

/** The accounts that are possible now, those before hidden steps first. */
function movedAccounts(oracle: Oracle, reading: Reading): readonly Account[] {
  const accounts = [...accountsIn(oracle)];
  const is = known(reading, unknownWorld);
  const looks = new Set(accounts.map((account) => JSON.stringify(account)));
  for (const account of accounts) {
    if (accounts.length > mostAccounts) break;
    for (const { step, when, next } of hiddenOutcomesOf(account, is)) {
      const look = JSON.stringify(next);
      if (when === false || ('code' in step && step.code !== 'INTERNAL_ERROR') || looks.has(look)) continue;
      looks.add(look);
      accounts.push(next);
    }
  }
  return accounts;
}
const mostAccounts = 60;

/** The event in which a hidden step shows: nobody sees it happen, only its consequence. */
export function eventShowing({ step, store }: Happening, oracle: Oracle, reading: Reading): HistoryEvent | undefined {
  if (step.step === 'key.deleted') {
    return { op: 'DescribeKey', input: { KeyId: step.keyId }, error: 'NotFoundException', status: 400 };
  }
  if (store === undefined) return undefined;
  const request = { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: store.id } } as const;
  const { connectionErrorCode: _, ...codeless } = store;
  const events = [store, codeless].map(
    (each): HistoryEvent => ({ ...request, ok: { CustomKeyStores: [entryFor(each, reading)], Truncated: false } }),
  );
  return events.find((event) => oracle.fork().observe(event).verdict === 'conforms');
}

/** A store as DescribeCustomKeyStores may show it. */
export const entryFor = (store: Store, reading: Reading): Output =>
  plain(describedStore(store, known(reading, healthyWorld)));

function outputOf(request: Request, after: Account, id: string | undefined, reading: Reading): Output {
  const is = known(completed(reading), healthyWorld);
  switch (request.op) {
    case 'CreateCustomKeyStore':
      return { CustomKeyStoreId: id };
    case 'DescribeCustomKeyStores': {
      const { CustomKeyStoreId } = request.input;
      const asked = after.stores.filter((store) => CustomKeyStoreId === undefined || store.id === CustomKeyStoreId);
      return { CustomKeyStores: asked.map((store) => entryFor(store, reading)), Truncated: false };
    }
    case 'CreateKey':
    case 'DescribeKey': {
      const keyId = id ?? keyIdsOf(request.input)[0];
      for (const store of after.stores) {
        const key = store.keys.find((each) => each.id === keyId);
        if (key !== undefined) return { KeyMetadata: plain(describedKey(key, store, is)) };
      }
      return { KeyMetadata: { KeyId: keyId } };
    }
    default:
      return {};
  }
}

/** The first value that every member may have; where it may be any, a plausible one. */
function plain(description: Description): Output {
  return Object.fromEntries(
    Object.entries(description).flatMap(([name, expected]): [string, unknown][] => {
      if (!isShownList(expected)) return [[name, plain(expected)]];
      const value = (expected.find(({ when }) => when === true) ?? expected.find(({ when }) => when !== false))?.value;
      if (value === undefined) return [];
      return [[name, value === anyValue ? (plausible[name] ?? 'unknown') : value]];
    }),
  );
}
const plausible: Readonly<Record<string, unknown>> = {
  CreationDate: 1667260800,
  ConnectionErrorCode: 'INTERNAL_ERROR',
};

/** An ID that nothing has yet. */
function freshId({ op }: Request, accounts: readonly Account[]): string {
  const stores = accounts.flatMap((account) => account.stores);
  const taken = new Set(stores.flatMap(({ id, keys }) => [id, ...keys.map((key) => key.id)]));
  const prefix = op === 'CreateKey' ? 'key' : 'cks';
  for (let number = 1; ; number++) if (!taken.has(`${prefix}-${number}`)) return `${prefix}-${number}`;
}
