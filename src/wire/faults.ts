import { replaced } from '../machine/account.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account, Store } from '../spec/model.ts';
import { applicable, updated } from '../spec/properties.ts';
import type { ConnectionState } from '../spec/vocabulary.ts';
import type { Answer } from './answer.ts';
import type { Fault } from './reference-service.ts';

type Step = Parameters<Fault>[0];
type Result = ReturnType<Fault>;
type Named<Op extends Request['op']> = Extract<Request, { readonly op: Op }>['input'];

const asUsual = ({ answer, after }: Step): Result => ({ answer, after });
const failedWith = (answer: Answer, error?: string): boolean =>
  'error' in answer && (error === undefined || answer.error === error);
const storeOf = ({ request, before }: Step): Store | undefined =>
  before.stores.find(({ id, keys }) => {
    const { CustomKeyStoreId, KeyId } = request.input as { CustomKeyStoreId?: string; KeyId?: string };
    return id === CustomKeyStoreId || keys.some((key) => key.id === KeyId);
  });

/** A fault of one operation; every other is as usual. */
const of =
  <Op extends Request['op']>(
    op: Op,
    wrong: (step: Step, input: Named<Op>, store: Store | undefined) => Result | undefined,
  ): Fault =>
  (step) =>
    (step.request.op === op ? wrong(step, step.request.input as Named<Op>, storeOf(step)) : undefined) ?? asUsual(step);

/** A refusal that is a success instead. */
const accepted = <Op extends Request['op']>(
  op: Op,
  error: string,
  then: (step: Step, input: Named<Op>, store: Store | undefined) => Account = ({ before }) => before,
  ok: Record<string, unknown> = {},
): Fault =>
  of(op, (step, input, store) =>
    failedWith(step.answer, error) ? { answer: { ok }, after: then(step, input, store) } : undefined,
  );

/** An answer that shows other stores, or other things about them. */
const shown = (change: (entries: readonly Entry[], step: Step) => readonly object[]): Fault =>
  of('DescribeCustomKeyStores', (step) =>
    'ok' in step.answer
      ? {
          answer: {
            ok: {
              ...step.answer.ok,
              CustomKeyStores: change(step.answer.ok['CustomKeyStores'] as readonly Entry[], step),
            },
          },
          after: step.after,
        }
      : undefined,
  );
interface Entry {
  readonly CustomKeyStoreId: string;
  readonly CustomKeyStoreName: string;
  readonly CreationDate: number;
  readonly XksProxyConfiguration?: object;
}

const withUpdate = ({ before }: Step, input: Named<'UpdateCustomKeyStore'>, store: Store | undefined): Account => {
  if (store === undefined) return before;
  const fields = applicable(input, store, '2026-04');
  return replaced(before, { ...store, properties: updated(store.properties, input, fields) });
};
const withoutStore = ({ before }: Step, { CustomKeyStoreId }: { readonly CustomKeyStoreId: string }): Account => ({
  stores: before.stores.filter(({ id }) => id !== CustomKeyStoreId),
});
const inState = ({ before }: Step, store: Store | undefined, connectionState: ConnectionState): Account =>
  store === undefined ? before : replaced(before, { ...store, connectionState });

/** How often each store was connected. */
function counting(wrong: (step: Step, times: number) => Result | undefined): Fault {
  const times = new Map<string, number>();
  return (step) => {
    const id = storeOf(step)?.id ?? '';
    if (step.request.op === 'ConnectCustomKeyStore' && 'ok' in step.answer) times.set(id, (times.get(id) ?? 0) + 1);
    return wrong(step, times.get(id) ?? 0) ?? asUsual(step);
  };
}

/** Names that stores had, and that are never free again. */
function keeping(given: (step: Step) => string | undefined): Fault {
  const kept = new Set<string>();
  return (step) => {
    const { request, answer, before } = step;
    const name = given(step);
    if (name !== undefined && 'ok' in answer) kept.add(name);
    const wanted = request.op === 'CreateCustomKeyStore' ? request.input.CustomKeyStoreName : undefined;
    return wanted !== undefined && kept.has(wanted) && 'ok' in answer
      ? { answer: { error: 'CustomKeyStoreNameInUseException' }, after: before }
      : asUsual(step);
  };
}

/** Faults to build into the reference endpoint, each wrong in one way; those that remember are made anew each time. */
export const faults = {
  'update-while-connected': of('UpdateCustomKeyStore', (step, input, store) =>
    store?.connectionState === 'CONNECTED' && failedWith(step.answer, 'CustomKeyStoreInvalidStateException')
      ? { answer: { ok: {} }, after: withUpdate(step, input, store) }
      : undefined,
  ),
  'update-while-connecting': of('UpdateCustomKeyStore', (step, input, store) =>
    store?.connectionState === 'CONNECTING' &&
    input.KeyStorePassword !== undefined &&
    failedWith(step.answer, 'CustomKeyStoreInvalidStateException')
      ? { answer: { ok: {} }, after: withUpdate(step, input, store) }
      : undefined,
  ),
  'external-name-refused': of('UpdateCustomKeyStore', (step, input, store) =>
    store?.type === 'EXTERNAL_KEY_STORE' &&
    store.connectionState === 'CONNECTED' &&
    input.NewCustomKeyStoreName !== undefined &&
    'ok' in step.answer
      ? { answer: { error: 'CustomKeyStoreInvalidStateException' }, after: step.before }
      : undefined,
  ),
  'refused-update-applied-in-part': of(
    'UpdateCustomKeyStore',
    (step, { CustomKeyStoreId, NewCustomKeyStoreName }, store) =>
      NewCustomKeyStoreName !== undefined &&
      store?.connectionState === 'CONNECTED' &&
      failedWith(step.answer, 'CustomKeyStoreInvalidStateException')
        ? { answer: step.answer, after: withUpdate(step, { CustomKeyStoreId, NewCustomKeyStoreName }, store) }
        : undefined,
  ),
  'update-forgotten': of('UpdateCustomKeyStore', ({ answer, before }) =>
    'ok' in answer ? { answer, after: before } : undefined,
  ),
  'update-of-another-store': of('UpdateCustomKeyStore', (step, input) => {
    const [first] = step.before.stores;
    return 'ok' in step.answer && input.NewCustomKeyStoreName !== undefined && first !== undefined
      ? {
          answer: step.answer,
          after: withUpdate(
            step,
            { CustomKeyStoreId: first.id, NewCustomKeyStoreName: input.NewCustomKeyStoreName },
            first,
          ),
        }
      : undefined;
  }),
  'long-name-accepted': of('UpdateCustomKeyStore', (step, input, store) =>
    (input.NewCustomKeyStoreName?.length ?? 0) > 256 && failedWith(step.answer)
      ? { answer: { ok: {} }, after: withUpdate(step, input, store) }
      : undefined,
  ),
  'switch-keeps-service': shown((entries, { before }) =>
    entries.map((entry) => {
      const { properties } = before.stores.find(({ id }) => id === entry.CustomKeyStoreId) ?? {};
      if (properties?.XksProxyConnectivity !== 'PUBLIC_ENDPOINT' || properties.XksProxyUriEndpoint === undefined)
        return entry;
      return {
        ...entry,
        XksProxyConfiguration: {
          ...entry.XksProxyConfiguration,
          VpcEndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0',
        },
      };
    }),
  ),
  'connect-forgotten': of('ConnectCustomKeyStore', ({ answer, before }) =>
    'ok' in answer ? { answer, after: before } : undefined,
  ),
  'connect-while-failed': of('ConnectCustomKeyStore', (step, _, store) =>
    store?.connectionState === 'FAILED' && failedWith(step.answer)
      ? { answer: { ok: {} }, after: inState(step, store, 'CONNECTING') }
      : undefined,
  ),
  'disconnect-ignored': of('DisconnectCustomKeyStore', ({ answer, before }) =>
    'ok' in answer ? { answer, after: before } : undefined,
  ),
  'disconnect-refused': of('DisconnectCustomKeyStore', ({ before }, _, store) =>
    store?.connectionState === 'CONNECTED'
      ? { answer: { error: 'CustomKeyStoreInvalidStateException' }, after: before }
      : undefined,
  ),
  'disconnect-of-nothing': accepted('DisconnectCustomKeyStore', 'CustomKeyStoreNotFoundException'),
  'delete-while-connected': accepted('DeleteCustomKeyStore', 'CustomKeyStoreInvalidStateException', withoutStore),
  'delete-with-keys': accepted('DeleteCustomKeyStore', 'CustomKeyStoreHasCMKsException', withoutStore),
  'delete-with-keys-that-are-to-be-deleted': of('DeleteCustomKeyStore', (step, input, store) =>
    failedWith(step.answer, 'CustomKeyStoreHasCMKsException') &&
    store?.keys.every(({ state }) => state === 'PendingDeletion')
      ? { answer: { ok: {} }, after: withoutStore(step, input) }
      : undefined,
  ),
  'delete-forgotten': of('DeleteCustomKeyStore', ({ answer, before }) =>
    'ok' in answer ? { answer, after: before } : undefined,
  ),
  'delete-takes-another': of('DeleteCustomKeyStore', ({ answer, after }) =>
    'ok' in answer
      ? { answer, after: { stores: after.stores.filter(({ connectionState }) => connectionState !== 'CONNECTED') } }
      : undefined,
  ),
  'name-taken-twice': accepted('UpdateCustomKeyStore', 'CustomKeyStoreNameInUseException'),
  get 'name-not-freed-by-deletion'(): Fault {
    return keeping((step) =>
      step.request.op === 'DeleteCustomKeyStore'
        ? (storeOf(step)?.properties.CustomKeyStoreName ?? undefined)
        : undefined,
    );
  },
  get 'name-not-freed-by-update'(): Fault {
    return keeping((step) => {
      const name = storeOf(step)?.properties.CustomKeyStoreName ?? undefined;
      return step.request.op === 'UpdateCustomKeyStore' && step.request.input.NewCustomKeyStoreName !== name
        ? name
        : undefined;
    });
  },
  'proxy-shared': accepted('CreateCustomKeyStore', 'XksProxyUriInUseException', undefined, {
    CustomKeyStoreId: 'cks-0123456789abcdef0',
  }),
  'cluster-shared': accepted('CreateCustomKeyStore', 'CloudHsmClusterInUseException', undefined, {
    CustomKeyStoreId: 'cks-0123456789abcdef0',
  }),
  'wrong-error': ({ answer, after }) => ({
    answer: failedWith(answer, 'CustomKeyStoreInvalidStateException') ? { error: 'KMSInvalidStateException' } : answer,
    after,
  }),
  'unknown-store-is-nothing': accepted('DescribeCustomKeyStores', 'CustomKeyStoreNotFoundException', undefined, {
    CustomKeyStores: [],
    Truncated: false,
  }),
  'code-not-shown': shown((entries) => entries.map((entry) => ({ ...entry, ConnectionErrorCode: undefined }))),
  'dates-in-milliseconds': shown((entries) =>
    entries.map((entry) => ({ ...entry, CreationDate: entry.CreationDate * 1000 })),
  ),
  'secret-shown': shown((entries) =>
    entries.map((entry) =>
      entry.XksProxyConfiguration === undefined
        ? entry
        : { ...entry, XksProxyConfiguration: { ...entry.XksProxyConfiguration, RawSecretAccessKey: '***' } },
    ),
  ),
  get 'page-repeats-a-store'(): Fault {
    let first: unknown;
    return of('DescribeCustomKeyStores', ({ answer, after }, { Limit, Marker }) => {
      if (!('ok' in answer) || Limit !== 1) return undefined;
      if (Marker === undefined) [first] = answer.ok['CustomKeyStores'] as readonly Entry[];
      return { answer: { ok: { ...answer.ok, CustomKeyStores: [first] } }, after };
    });
  },
  'page-ends-the-list': of('DescribeCustomKeyStores', ({ answer, after }, { Limit, Marker }) =>
    'ok' in answer && Limit !== undefined && Marker !== undefined
      ? { answer: { ok: { CustomKeyStores: answer.ok['CustomKeyStores'], Truncated: false } }, after }
      : undefined,
  ),
  'any-marker-accepted': accepted('DescribeCustomKeyStores', 'InvalidMarkerException', undefined, {
    CustomKeyStores: [],
    Truncated: false,
  }),
  'name-filter-ignored': of('DescribeCustomKeyStores', (step, { CustomKeyStoreName }) =>
    'ok' in step.answer && typeof CustomKeyStoreName === 'string' && step.before.stores.length > 1
      ? { answer: { ok: { ...step.answer.ok, CustomKeyStores: [] } }, after: step.after }
      : undefined,
  ),
  get 'name-filter-by-beginning'(): Fault {
    let all: readonly Entry[] = [];
    return of('DescribeCustomKeyStores', ({ answer, after }, { CustomKeyStoreId, CustomKeyStoreName }) => {
      if ('ok' in answer && !CustomKeyStoreId && !CustomKeyStoreName)
        all = answer.ok['CustomKeyStores'] as readonly Entry[];
      const found = all.filter(
        (entry) => CustomKeyStoreName && entry.CustomKeyStoreName.startsWith(CustomKeyStoreName),
      );
      return failedWith(answer, 'CustomKeyStoreNotFoundException') && found.length > 0
        ? { answer: { ok: { CustomKeyStores: found, Truncated: false } }, after }
        : undefined;
    });
  },
  get 'access-key-lost-by-second-connection'(): Fault {
    const lost = new Set<string>();
    const count = counting((step, times) => {
      if (times > 1 && step.request.op === 'ConnectCustomKeyStore') lost.add(storeOf(step)?.id ?? '');
      return undefined;
    });
    const wrong = shown((entries) =>
      entries.map((entry) =>
        lost.has(entry.CustomKeyStoreId) && entry.XksProxyConfiguration
          ? { ...entry, XksProxyConfiguration: { ...entry.XksProxyConfiguration, AccessKeyId: 'CCCCCCCCCCCCCCCCCCCC' } }
          : entry,
      ),
    );
    return (step) => wrong({ ...step, ...count(step) });
  },
  get 'key-disabled-after-second-connection'(): Fault {
    return counting((step, times) => {
      const { answer, after, request } = step;
      if (request.op !== 'DescribeKey' || !('ok' in answer) || times < 2) return undefined;
      const metadata = answer.ok['KeyMetadata'] as { KeyState: string };
      return metadata.KeyState === 'Enabled'
        ? { answer: { ok: { KeyMetadata: { ...metadata, KeyState: 'Disabled', Enabled: false } } }, after }
        : undefined;
    });
  },
  'key-used-while-disconnected': of('Encrypt', ({ answer, after }, { KeyId }, store) =>
    store?.connectionState === 'DISCONNECTED' && failedWith(answer, 'KMSInvalidStateException')
      ? { answer: { ok: { KeyId, CiphertextBlob: 'AAAA' } }, after }
      : undefined,
  ),
  'ciphertext-opened-while-disconnected': of('Decrypt', ({ answer, after }, { KeyId }) =>
    KeyId === undefined && failedWith(answer, 'KMSInvalidStateException')
      ? { answer: { ok: { Plaintext: 'AAAA' } }, after }
      : undefined,
  ),
  'disabled-key-used': of('GenerateDataKey', ({ answer, after }, { KeyId }) =>
    failedWith(answer, 'DisabledException')
      ? { answer: { ok: { KeyId, CiphertextBlob: 'AAAA', Plaintext: 'AAAA' } }, after }
      : undefined,
  ),
  'key-deletion-forgotten': of('ScheduleKeyDeletion', ({ answer, before }) =>
    'ok' in answer ? { answer, after: before } : undefined,
  ),
  'data-key-in-the-clear': of('GenerateDataKeyWithoutPlaintext', ({ answer, after }) =>
    'ok' in answer ? { answer: { ok: { ...answer.ok, Plaintext: 'AAAA' } }, after } : undefined,
  ),
  'waiting-period-of-seven-days': of('ScheduleKeyDeletion', ({ answer, after }, { PendingWindowInDays }) =>
    'ok' in answer && PendingWindowInDays === undefined
      ? { answer: { ok: { ...answer.ok, PendingWindowInDays: 7 } }, after }
      : undefined,
  ),
  'key-enabled-after-cancellation': of('CancelKeyDeletion', ({ answer, after }, { KeyId }) =>
    'ok' in answer
      ? {
          answer,
          after: {
            stores: after.stores.map((store) => ({
              ...store,
              keys: store.keys.map((key) => (key.id === KeyId ? { ...key, state: 'Enabled' as const } : key)),
            })),
          },
        }
      : undefined,
  ),
  'random-bytes-of-external-store': accepted('GenerateRandom', 'UnsupportedOperationException', undefined, {
    Plaintext: 'AAAA',
  }),
} as const satisfies Record<string, Fault>;
export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as readonly FaultName[];
