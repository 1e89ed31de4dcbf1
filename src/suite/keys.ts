import { endpoints, publicStore } from '../machine/alphabet.ts';
import type { Request } from '../spec/inputs.ts';
import {
  cryptographicOperations,
  type KeyOperation,
  keyStateOperations,
  unsupportedKeyOperations,
} from '../spec/vocabulary.ts';
import { creationOf, typeOfVariant, type Variant } from './goals.ts';
import { keyInputs, plain } from './key-inputs.ts';
import type { Run } from './run.ts';

const keyStateOps: readonly KeyOperation[] = keyStateOperations;

/** What is tried with every key; what takes a ciphertext is another matter. */
const tried: readonly KeyOperation[] = [
  ...cryptographicOperations.filter((op) => op !== 'Decrypt' && op !== 'ReEncrypt'),
  ...unsupportedKeyOperations,
];

/** Data keys at the limits of their length, and beyond. */
const dataKeys: readonly object[] = [
  { KeySpec: 'AES_128' },
  ...[1, 1024, 0, 1025].map((NumberOfBytes) => ({ NumberOfBytes })),
];

/** As long as it may be, with all kinds of characters. */
const oddExternalKey = 'Key_0.z-'.padEnd(128, '9');

/** A key, and something that was encrypted with it while it could be used. */
interface Sealed {
  readonly KeyId: string;
  readonly CiphertextBlob?: string;
}

/** The requests about one key that leave it as it is; `other` is the key that it is used together with. */
const uses = ({ KeyId, CiphertextBlob }: Sealed, other: Sealed): readonly Request[] =>
  [
    { op: 'DescribeKey', input: { KeyId } },
    ...tried.map((op) => ({ op, input: { KeyId, ...keyInputs[op] } })),
    ...(CiphertextBlob === undefined
      ? []
      : [
          { op: 'Decrypt', input: { KeyId, CiphertextBlob } },
          { op: 'Decrypt', input: { CiphertextBlob } },
          reEncrypt(CiphertextBlob, KeyId, other.KeyId),
          { op: 'ReEncrypt', input: { CiphertextBlob, DestinationKeyId: other.KeyId } },
          ...(other.CiphertextBlob === undefined ? [] : [reEncrypt(other.CiphertextBlob, other.KeyId, KeyId)]),
        ]),
  ] as Request[];

const reEncrypt = (CiphertextBlob: string, SourceKeyId: string, DestinationKeyId: string) => ({
  op: 'ReEncrypt',
  input: { CiphertextBlob, SourceKeyId, DestinationKeyId },
});

/**
 * Keys in each of their states, in a store that goes through all of its own, twice. The store stays behind with its
 * keys: a key waits seven days for its deletion.
 */
export async function keyTour(run: Run, variant: Variant): Promise<void> {
  const store = await run.create(creationOf[variant]());
  if (store === undefined) return;
  const Origin = typeOfVariant(variant);
  const external = (number: number) => (variant === 'AWS_CLOUDHSM' ? {} : { XksKeyId: `external-key-${number}` });
  const createKey = (more: object): Request =>
    ({ op: 'CreateKey', input: { CustomKeyStoreId: store, Origin, ...more } }) as Request;
  let made = 0;
  const newKey = async (): Promise<string | undefined> => {
    const event = await run.send(createKey(external(++made)));
    const { KeyId } = ((event !== undefined && 'ok' in event ? event.ok['KeyMetadata'] : undefined) ?? {}) as {
      KeyId?: string;
    };
    return KeyId === undefined ? undefined : run.symbolOf(KeyId);
  };
  const refused: readonly Request[] = [
    createKey({ ...external(100), Origin: variant === 'AWS_CLOUDHSM' ? 'EXTERNAL_KEY_STORE' : 'AWS_CLOUDHSM' }),
    createKey({ ...external(101), KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }),
    createKey({ ...external(102), MultiRegion: true }),
    { op: 'CreateKey', input: { CustomKeyStoreId: store, ...external(104) } },
    ...(variant === 'AWS_CLOUDHSM'
      ? [createKey({ XksKeyId: 'external-key-103' })]
      : [createKey({}), createKey(external(1))]),
    ...[32, 0, 1025].map(
      (NumberOfBytes): Request => ({ op: 'GenerateRandom', input: { CustomKeyStoreId: store, NumberOfBytes } }),
    ),
    { op: 'DescribeKey', input: { KeyId: '00000000-0000-0000-0000-000000000000' } },
  ];
  const go = async (op: 'ConnectCustomKeyStore' | 'DisconnectCustomKeyStore') => {
    await run.send({ op, input: { CustomKeyStoreId: store } });
  };

  /** A key that is disabled is a key all the same: the store is not deleted. */
  const keepsItsStore = async (KeyId: string) => {
    await run.send({ op: 'DisableKey', input: { KeyId } });
    await go('DisconnectCustomKeyStore');
    await run.settle(store);
    await run.send({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: store } });
    await go('ConnectCustomKeyStore');
    await run.settle(store);
    await run.send({ op: 'EnableKey', input: { KeyId } });
  };

  /** What is decided of a key while it is Unavailable shows when its store is connected again. */
  const isDecidedOffline = async (KeyId: string) => {
    for (const op of ['DisableKey', 'EnableKey'] as const) {
      await go('DisconnectCustomKeyStore');
      await run.settle(store);
      await run.send({ op, input: { KeyId } });
      await run.send(createKey(external(105)));
      await go('ConnectCustomKeyStore');
      await run.settle(store);
      await run.send({ op: 'DescribeKey', input: { KeyId } });
    }
  };

  /** A key that nobody touches is what it was when its store is connected again. */
  const outlivesItsConnection = async (KeyId: string) => {
    await go('DisconnectCustomKeyStore');
    await run.settle(store);
    await run.send({ op: 'DescribeKey', input: { KeyId } });
    await go('ConnectCustomKeyStore');
    await run.settle(store);
    await run.send({ op: 'DescribeKey', input: { KeyId } });
  };

  for (const request of refused) await run.send(request);
  await newKey();
  await go('ConnectCustomKeyStore');
  await run.settle(store);
  const keys: string[] = [];
  for (let i = 0; i < 4; i++) {
    const key = await newKey();
    if (key === undefined) break;
    keys.push(key);
    if (i === 0) await keepsItsStore(key);
    if (i === 1) await outlivesItsConnection(key);
    if (i === 2) await isDecidedOffline(key);
  }
  if (variant !== 'AWS_CLOUDHSM') await run.send(createKey({ XksKeyId: oddExternalKey }));
  const [enabled, disabled, pending, cancelled] = keys;
  if (enabled === undefined || disabled === undefined || pending === undefined || cancelled === undefined) return;
  const sealed: Sealed[] = [];
  for (const KeyId of keys) {
    const event = await run.send({ op: 'Encrypt', input: { KeyId, Plaintext: plain } });
    const CiphertextBlob = event && run.latest;
    sealed.push({ KeyId, ...(CiphertextBlob === undefined ? {} : { CiphertextBlob }) });
  }
  const [first] = sealed as [Sealed];
  const change = async (op: string, KeyId: string, more: object = {}) => {
    await run.send({ op, input: { KeyId, ...more } } as Request);
    await run.send({ op: 'DescribeKey', input: { KeyId } });
  };
  for (const more of dataKeys) await run.send({ op: 'GenerateDataKey', input: { KeyId: enabled, ...more } } as Request);
  await change('DisableKey', disabled);
  await change('ScheduleKeyDeletion', pending, { PendingWindowInDays: 7 });
  // A key that is to be deleted holds its external key until it is gone.
  if (variant !== 'AWS_CLOUDHSM')
    for (let number = 1; number <= made; number++) await run.send(createKey(external(number)));
  for (const days of [6, 31]) await change('ScheduleKeyDeletion', cancelled, { PendingWindowInDays: days });
  await change('ScheduleKeyDeletion', cancelled, { PendingWindowInDays: 30 });
  await change('CancelKeyDeletion', cancelled);
  await run.send({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: store } });
  const round = async (settled: boolean) => {
    for (const each of sealed) for (const request of uses(each, first)) await run.send(request);
    for (const request of refused) await run.send(request);
    if (!settled) return;
    for (const KeyId of keys) {
      for (const op of keyStateOps) if (op !== 'DescribeKey' && op !== 'ScheduleKeyDeletion') await change(op, KeyId);
      // One key is never to be deleted: of the others it may always be said that they are gone by now.
      if (KeyId === enabled) continue;
      await change('ScheduleKeyDeletion', KeyId);
      await change('CancelKeyDeletion', KeyId);
    }
    // Back to one key in each state.
    await change('EnableKey', enabled);
    await change('DisableKey', disabled);
    await change('ScheduleKeyDeletion', pending);
    await run.send({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: store } });
    await run.look(store);
  };
  await round(true);
  for (let cycle = 0; cycle < 2; cycle++) {
    await go('DisconnectCustomKeyStore');
    await round(false);
    await run.settle(store);
    await round(true);
    await go('ConnectCustomKeyStore');
    await round(false);
    await run.settle(store);
    await round(true);
  }
  await go('DisconnectCustomKeyStore');
  await run.settle(store);
  for (const KeyId of keys) await change('ScheduleKeyDeletion', KeyId, { PendingWindowInDays: 7 });
  await run.send({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: store } });
}

/** An external key belongs to one key of a store; another store may have one of its own with it. */
export async function sharedExternalKey(run: Run): Promise<void> {
  for (const endpoint of endpoints.slice(0, 2)) {
    const store = await run.create(publicStore(`shared ${endpoints.indexOf(endpoint)}`, endpoint));
    if (store === undefined) return;
    await run.send({ op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: store } });
    await run.settle(store);
    const event = await run.send({
      op: 'CreateKey',
      input: { CustomKeyStoreId: store, Origin: 'EXTERNAL_KEY_STORE', XksKeyId: 'external-key-shared' },
    });
    if (event !== undefined && 'ok' in event && endpoint === endpoints[1]) await holdsItsStore(run, store);
  }
}

/** The key that was made last holds its store, though it is to be deleted. */
async function holdsItsStore(run: Run, store: string): Promise<void> {
  const KeyId = run.latest;
  if (KeyId === undefined) return;
  await run.send({ op: 'ScheduleKeyDeletion', input: { KeyId, PendingWindowInDays: 7 } });
  await run.send({ op: 'DisconnectCustomKeyStore', input: { CustomKeyStoreId: store } });
  await run.settle(store);
  await run.send({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: store } });
}
