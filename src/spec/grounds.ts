import { catalogue } from './catalogue.ts';
import { accepting, type Cell, cellOf, type UpdateField } from './eligibility.ts';
import { type QuestionId, questionOf } from './questions.ts';
import type { Source } from './source.ts';
import {
  type ConnectionState,
  cryptographicOperations,
  type Edition,
  type Operation,
  type StoreType,
} from './vocabulary.ts';

/** Which documents let a member of UpdateCustomKeyStore change, or do not, in this state of a store of this type. */
export function groundsOfUpdate(
  type: StoreType,
  field: UpdateField,
  state: ConnectionState,
  edition: Edition,
  ok: boolean,
): readonly Source[] {
  const cell = cellOf(type, field, state);
  if (cell === undefined || cell === (ok ? 'reject' : 'allow')) return [];
  return groundsOfCell(cell, edition, ok) ?? [ok ? changes(type, field, state) : stays(type, edition)];
}

/** Which documents let an operation succeed, or refuse it, for the connection state of the store. */
export function groundsOfOperation(
  op: Operation,
  state: ConnectionState,
  edition: Edition,
  ok: boolean,
): readonly Source[] {
  const cell = op in accepting ? accepting[op as keyof typeof accepting][state] : undefined;
  const asked = cell && groundsOfCell(cell, edition, ok);
  if (asked !== undefined) return asked;
  const rule = catalogue[op].find(({ id }) => id.endsWith('/in-state') || id === 'key/store-not-connected');
  const needsStore = cell !== undefined || (cryptographicOperations as readonly string[]).includes(op);
  if (rule !== undefined && needsStore) return rule.rule.sources;
  return ok ? [otherwise[op as keyof typeof otherwise] ?? ofKeys] : [];
}

/** What speaks for one of these choices; where nothing is marked, everything that the documents say to the question. */
export function readingsFor(id: QuestionId, edition: Edition, choices: readonly string[]): readonly Source[] {
  const readings = questionOf(id).readings.filter(({ editions }) => editions?.includes(edition) !== false);
  if (readings.every(({ supports }) => supports === undefined)) return readings;
  return readings.filter(({ supports = [] }) => supports.some((choice) => choices.includes(choice)));
}

function groundsOfCell(cell: Cell, edition: Edition, ok: boolean): readonly Source[] | undefined {
  if (cell === 'allow' || cell === 'reject') return undefined;
  const choices = Object.keys(questionOf(cell).choices);
  return readingsFor(
    cell,
    edition,
    choices.filter((choice) => (choice !== 'REJECT_INVALID_STATE') === ok),
  );
}

const ofKeys: Source = { page: 'G:key-state', says: 'lists what the operation does in each state of the key' };
const otherwise: Readonly<Partial<Record<Operation, Source>>> = {
  CreateCustomKeyStore: {
    page: 'API:CreateCustomKeyStore',
    says: 'names no connection state of another store that matters',
  },
  DescribeCustomKeyStores: { page: 'API:DescribeCustomKeyStores', says: 'shows a store in every connection state' },
};

function changes(type: StoreType, field: UpdateField, state: ConnectionState): Source {
  if (field === 'XksProxyVpcEndpointServiceOwner') {
    return {
      page: 'API:UpdateCustomKeyStore',
      says: 'the owner of the endpoint service changes while the store is DISCONNECTED',
    };
  }
  if (type === 'AWS_CLOUDHSM') {
    return { page: 'SEED', says: 'a DISCONNECTED AWS CloudHSM key store may change its name, password and cluster' };
  }
  return state === 'CONNECTED'
    ? { page: 'SEED', says: 'name, credential and path of an external key store change while CONNECTED too' }
    : { page: 'SEED', says: 'every property of an external key store changes while it is DISCONNECTED' };
}

function stays(type: StoreType, edition: Edition): Source {
  if (type === 'EXTERNAL_KEY_STORE') {
    return {
      page: 'SEED',
      says: 'an external key store has to be DISCONNECTED to change anything but its name, credential and path',
    };
  }
  return edition === '2026-04'
    ? {
        page: 'API:UpdateCustomKeyStore',
        says: 'an AWS CloudHSM key store has to be DISCONNECTED to change anything but its name',
      }
    : { page: 'SEED', says: 'an AWS CloudHSM key store has to be DISCONNECTED to change at all' };
}
