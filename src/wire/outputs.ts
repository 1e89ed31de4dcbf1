import {
  anyValue,
  type Description,
  defaultPendingWindow,
  describedKey,
  describedStore,
  isShownList,
  keyKind,
} from '../spec/description.ts';
import type { Request } from '../spec/inputs.ts';
import { keyIdsOf, toldByCiphertext } from '../spec/key-id.ts';
import type { Account, Key, Store } from '../spec/model.ts';
import { given } from '../spec/properties.ts';
import type { Known } from '../spec/reading.ts';
import type { Answer } from './answer.ts';
import { decrypted, encrypted, keyIdOf } from './ciphertext.ts';
import type { Note } from './notes.ts';
import type { Scope } from './scope.ts';

/** What an answer is made of, beside the request. */
export interface Source {
  /** The account as the answer shows it. */
  readonly account: Account;
  readonly is: Known;
  readonly notes: ReadonlyMap<string, Note>;
  /** The store or key that came into being, or was there already. */
  readonly id: string | undefined;
  readonly scope: Scope;
  /** Bytes that look random. */
  readonly bytes: (count: number) => Buffer;
}

type Output = Readonly<Record<string, unknown>>;

/** How many stores a page shows where the request does not say. */
const defaultLimit = 100;

/** The answer to a request that succeeds. */
export function outputOf(request: Request, source: Source): Answer {
  switch (request.op) {
    case 'CreateCustomKeyStore':
      return { ok: { CustomKeyStoreId: source.id } };
    case 'DescribeCustomKeyStores':
      return { ok: page(request.input, source) };
    case 'CreateKey':
    case 'DescribeKey':
      return { ok: { KeyMetadata: metadata(source.id ?? keyIdsOf(request.input)[0], source) } };
    case 'ScheduleKeyDeletion': {
      const PendingWindowInDays = request.input.PendingWindowInDays ?? defaultPendingWindow;
      const [id] = keyIdsOf(request.input);
      const DeletionDate = noteOf(id, source)?.deletion;
      return { ok: { KeyId: arn(id, source), DeletionDate, KeyState: 'PendingDeletion', PendingWindowInDays } };
    }
    case 'CancelKeyDeletion':
      return { ok: { KeyId: arn(keyIdsOf(request.input)[0], source) } };
    case 'GenerateRandom':
      return { ok: { Plaintext: source.bytes(request.input.NumberOfBytes ?? 32).toString('base64') } };
    default:
      return cryptographic(request, source);
  }
}

function cryptographic(request: Request, source: Source): Answer {
  const [id = ''] = keyIdsOf(request.input);
  const algorithm = 'SYMMETRIC_DEFAULT';
  const seal = (plaintext: string, keyId: string, context: Readonly<Record<string, string>> | undefined) =>
    encrypted(plaintext, keyId, context, source.bytes(12));
  switch (request.op) {
    case 'Encrypt': {
      const { Plaintext, EncryptionContext } = request.input;
      const CiphertextBlob = seal(Plaintext, id, EncryptionContext);
      return { ok: { CiphertextBlob, KeyId: arn(id, source), EncryptionAlgorithm: algorithm } };
    }
    case 'Decrypt': {
      const { CiphertextBlob = '', EncryptionContext } = request.input;
      const Plaintext = decrypted(CiphertextBlob, id, EncryptionContext);
      if (Plaintext === undefined) return { error: 'InvalidCiphertextException' };
      return { ok: { Plaintext, KeyId: arn(id, source), EncryptionAlgorithm: algorithm } };
    }
    case 'ReEncrypt': {
      const { CiphertextBlob, SourceKeyId, DestinationKeyId, SourceEncryptionContext, DestinationEncryptionContext } =
        request.input;
      const [from = ''] = keyIdsOf({ KeyId: SourceKeyId ?? keyIdOf(CiphertextBlob ?? '') });
      const [to = ''] = keyIdsOf({ KeyId: DestinationKeyId });
      const plaintext = decrypted(CiphertextBlob ?? '', from, SourceEncryptionContext);
      if (plaintext === undefined) return { error: 'InvalidCiphertextException' };
      return {
        ok: {
          CiphertextBlob: seal(plaintext, to, DestinationEncryptionContext),
          SourceKeyId: arn(from, source),
          KeyId: arn(to, source),
          SourceEncryptionAlgorithm: algorithm,
          DestinationEncryptionAlgorithm: algorithm,
        },
      };
    }
    case 'GenerateDataKey':
    case 'GenerateDataKeyWithoutPlaintext': {
      const { NumberOfBytes, KeySpec, EncryptionContext } = request.input;
      const Plaintext = source.bytes(NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32)).toString('base64');
      const CiphertextBlob = seal(Plaintext, id, EncryptionContext);
      const shown = request.op === 'GenerateDataKey' ? { Plaintext } : {};
      return { ok: { CiphertextBlob, ...shown, KeyId: arn(id, source) } };
    }
    default:
      return { ok: {} };
  }
}

/** The request with the key that its ciphertext names, where it names none itself. */
export function withKeyOfCiphertext(request: Request): Request {
  const { op, input } = request;
  const name = toldByCiphertext[op];
  const { CiphertextBlob: blob, ...rest } = input as Output;
  if (name === undefined || typeof blob !== 'string' || given(rest[name])) return request;
  const id = keyIdOf(blob);
  return id === undefined ? request : ({ op, input: { ...input, [name]: id } } as Request);
}

function metadata(id: string | undefined, source: Source): Output {
  const found = owned(id, source.account);
  if (found === undefined) return { KeyId: id };
  const { key, store } = found;
  const { description = '', deletion } = noteOf(key.id, source) ?? {};
  const is = plain(describedKey(key, store, source.is), noteOf(key.id, source)?.created, source);
  return {
    AWSAccountId: source.scope.owner,
    Arn: arn(key.id, source),
    CreationDate: noteOf(key.id, source)?.created,
    Description: description,
    ...keyKind,
    KeyManager: 'CUSTOMER',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    ...(is['KeyState'] === 'PendingDeletion' ? { DeletionDate: deletion } : {}),
    ...is,
  };
}

function page(
  { CustomKeyStoreId, CustomKeyStoreName, Limit, Marker }: Extract<Request, { op: 'DescribeCustomKeyStores' }>['input'],
  source: Source,
): Output {
  const { account, is, notes } = source;
  const from = given(Marker) ? (placeIn(String(Marker)) ?? 0) : 0;
  const orderOf = ({ id }: Store) => notes.get(id)?.order ?? 0;
  const found = account.stores.filter(
    (store) =>
      (!given(CustomKeyStoreId) || store.id === CustomKeyStoreId) &&
      (!given(CustomKeyStoreName) || isNamed(store, String(CustomKeyStoreName), is)) &&
      orderOf(store) > from,
  );
  const shown = found.slice(0, Limit ?? defaultLimit);
  const last = shown.at(-1);
  return {
    CustomKeyStores: shown.map((store) => plain(describedStore(store, is), notes.get(store.id)?.created, source)),
    ...(shown.length < found.length && last !== undefined ? { NextMarker: markerAfter(orderOf(last)) } : {}),
    Truncated: shown.length < found.length,
  };
}

function isNamed({ properties: { CustomKeyStoreName: has } }: Store, name: string, { answered }: Known): boolean {
  if (has === name) return true;
  return answered('NAME_CASE', 'CASE_INSENSITIVE') === true && has?.toLowerCase() === name.toLowerCase();
}

/** A marker names the place of the last store that was shown, so that it survives the deletion of that store. */
const markerAfter = (order: number): string => Buffer.from(`after ${order}`).toString('base64url');

/** The place that a marker names; undefined if it is none of ours. */
export function placeIn(marker: string): number | undefined {
  const [, digits] = /^after (\d{1,15})$/.exec(Buffer.from(marker, 'base64url').toString()) ?? [];
  return digits === undefined || markerAfter(Number(digits)) !== marker ? undefined : Number(digits);
}

/** The first certain value of every member; where it may be any, a plausible one. */
function plain(description: Description, created: number | undefined, source: Source): Output {
  const members = Object.entries(description).flatMap(([name, expected]): [string, unknown][] => {
    if (!isShownList(expected)) return [[name, plain(expected, created, source)]];
    const value = expected.find(({ when }) => when === true)?.value;
    if (value === undefined) return [];
    if (value !== anyValue) return [[name, value]];
    return [[name, name === 'CreationDate' ? (created ?? 0) : source.scope.owner]];
  });
  return Object.fromEntries(members);
}

function owned(id: string | undefined, { stores }: Account): { key: Key; store: Store } | undefined {
  for (const store of stores) {
    const key = store.keys.find((each) => each.id === id);
    if (key !== undefined) return { key, store };
  }
  return undefined;
}

function noteOf(id: string | undefined, { notes, account }: Source) {
  const store = owned(id, account)?.store;
  return id === undefined || store === undefined ? undefined : notes.get(store.id)?.keys[id];
}

const arn = (id: string | undefined, { scope: { owner, region } }: Source): string =>
  `arn:aws:kms:${region}:${owner}:key/${id}`;
