import { replaced } from '../machine/account.ts';
import { applicable, updated } from '../spec/properties.ts';
import type { ConnectionState } from '../spec/vocabulary.ts';
import type { Fault } from './reference-service.ts';

/** Faults to build into the reference endpoint, each wrong in one way. */
export const faults = {
  'update-while-connected': ({ request, before, answer, after }) => {
    const store = before.stores.find(
      ({ id }) => request.op === 'UpdateCustomKeyStore' && id === request.input.CustomKeyStoreId,
    );
    if (
      request.op !== 'UpdateCustomKeyStore' ||
      store?.connectionState !== 'CONNECTED' ||
      !refusedWith(answer, 'CustomKeyStoreInvalidStateException')
    )
      return { answer, after };
    const fields = applicable(request.input, store, '2026-04');
    return {
      answer: { ok: {} },
      after: replaced(before, { ...store, properties: updated(store.properties, request.input, fields) }),
    };
  },
  'disconnect-ignored': ({ request, answer, after }) => ({
    answer,
    after:
      request.op === 'DisconnectCustomKeyStore' && 'ok' in answer
        ? withStates(after, 'DISCONNECTING', 'CONNECTED')
        : after,
  }),
  'delete-while-connected': ({ request, before, answer, after }) =>
    request.op === 'DeleteCustomKeyStore' && refusedWith(answer, 'CustomKeyStoreInvalidStateException')
      ? {
          answer: { ok: {} },
          after: { stores: before.stores.filter(({ id }) => id !== request.input.CustomKeyStoreId) },
        }
      : { answer, after },
  'name-taken-twice': ({ request, before, answer, after }) =>
    request.op === 'UpdateCustomKeyStore' && refusedWith(answer, 'CustomKeyStoreNameInUseException')
      ? { answer: { ok: {} }, after: before }
      : { answer, after },
  'wrong-error': ({ answer, after }) => ({
    answer: refusedWith(answer, 'CustomKeyStoreInvalidStateException') ? { error: 'KMSInvalidStateException' } : answer,
    after,
  }),
  'update-forgotten': ({ request, before, answer, after }) => ({
    answer,
    after: request.op === 'UpdateCustomKeyStore' && 'ok' in answer ? before : after,
  }),
  'disconnect-refused': ({ request, before, answer, after }) => {
    const store = before.stores.find(
      ({ id }) => request.op === 'DisconnectCustomKeyStore' && id === request.input.CustomKeyStoreId,
    );
    return store?.connectionState === 'CONNECTED' && request.op === 'DisconnectCustomKeyStore'
      ? { answer: { error: 'CustomKeyStoreInvalidStateException' }, after: before }
      : { answer, after };
  },
  'code-not-shown': ({ request, answer, after }) => ({
    answer:
      request.op === 'DescribeCustomKeyStores' && 'ok' in answer
        ? {
            ok: { ...answer.ok, CustomKeyStores: (answer.ok['CustomKeyStores'] as readonly object[]).map(withoutCode) },
          }
        : answer,
    after,
  }),
} as const satisfies Record<string, Fault>;
export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as readonly FaultName[];

const refusedWith = (answer: Parameters<Fault>[0]['answer'], error: string): boolean =>
  'error' in answer && answer.error === error;

const withStates = ({ stores }: Parameters<Fault>[0]['after'], from: ConnectionState, to: ConnectionState) => ({
  stores: stores.map((store) => (store.connectionState === from ? { ...store, connectionState: to } : store)),
});

const withoutCode = (entry: object): object => ({ ...entry, ConnectionErrorCode: undefined });
