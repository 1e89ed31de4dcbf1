import { type RuleId, rules } from '../spec/catalogue.ts';
import { atomsOf, type Condition } from '../spec/condition.ts';
import { defaultEdition } from '../spec/editions.ts';
import { accepting, cellOf, type UpdateField, updateFields } from '../spec/eligibility.ts';
import type { ErrorName } from '../spec/errors.ts';
import { healthyWorld } from '../spec/facts.ts';
import { groundsOfOperation, groundsOfUpdate, readingsFor } from '../spec/grounds.ts';
import type { InputOf, Request } from '../spec/inputs.ts';
import type { Key, Store } from '../spec/model.ts';
import { fieldsGiven, propertiesOfNew } from '../spec/properties.ts';
import type { QuestionId } from '../spec/questions.ts';
import { type Answers, known } from '../spec/reading.ts';
import { isMember, membersOf } from '../spec/shapes.ts';
import type { Source } from '../spec/source.ts';
import type { ConnectionState, Edition, Operation, StoreType } from '../spec/vocabulary.ts';
import { outcomesOf } from './account.ts';
import * as alphabet from './alphabet.ts';

/** A store of some type in some state, and what somebody would like to do with it. */
export interface Wish {
  readonly type: StoreType;
  readonly state: ConnectionState;
  readonly operation: Operation;
  /** For UpdateCustomKeyStore: the members to change. */
  readonly update?: readonly UpdateField[];
  readonly edition: Edition;
  readonly answers: Answers;
  readonly keys?: number;
}

/** One allowed outcome, for people and for programs. */
export interface AllowedOutcome {
  readonly ok?: true;
  readonly error?: ErrorName;
  readonly rules?: readonly RuleId[];
  /** The questions that this outcome depends on. */
  readonly questions: readonly QuestionId[];
  /** Asked of every edition: those that allow it. */
  readonly editions?: readonly Edition[];
  /** What speaks for it: why this succeeds, or is refused, in this state of a store of this type. */
  readonly sources: readonly Source[];
}

/**
 * What may come of a wish when nothing else is wrong: the world is healthy, values are new and well formed, and
 * members that have to come together do.
 *
 * @throws {RangeError} if a member is not in the edition
 */
export function allowed(wish: Wish): readonly AllowedOutcome[] {
  const later = laterThan(wish);
  if (later !== undefined) throw new RangeError(later);
  const account = { stores: [storeFor(wish)] };
  const request = requestFor(wish);
  const outcomes = (answers: Answers) =>
    outcomesOf(account, request, known({ edition: wish.edition, answers }, healthyWorld), 'new').outcomes;
  const seen = new Map<string, AllowedOutcome>();
  for (const { result, rules: ids, when } of outcomes({
    VALIDATION_ERROR_NAME: 'ValidationException',
    ...wish.answers,
  })) {
    if (result === 'anything') continue;
    const questions = [
      ...new Set([...atomsOf(when).flatMap((atom) => ('question' in atom ? [atom.question] : [])), ...settledBy(wish)]),
    ];
    const outcome: AllowedOutcome =
      result === 'ok'
        ? { ok: true, questions, sources: distinct([...stateGrounds(wish, true), ...openGrounds(wish, when)]) }
        : { error: result.error, rules: ids, questions, sources: distinct(ids.flatMap((id) => groundsOf(wish, id))) };
    const key = result === 'ok' ? 'ok' : result.error;
    if (!seen.has(key)) seen.set(key, outcome);
  }
  return [...seen.values()];
}

/** Why the connection state lets the wish come true, or does not: it is not the same for every store and member. */
function stateGrounds(wish: Wish, ok: boolean): readonly Source[] {
  const { type, state, operation, edition } = wish;
  if (operation !== 'UpdateCustomKeyStore') return groundsOfOperation(operation, state, edition, ok);
  return fieldsGiven(requestFor(wish).input as InputOf<typeof operation>, edition).flatMap((field) =>
    groundsOfUpdate(type, field, state, edition, ok),
  );
}

const groundsOf = (wish: Wish, id: RuleId): readonly Source[] =>
  id.endsWith('/in-state') ? stateGrounds(wish, false) : rules[id].sources;

/** What the documents say to the questions, other than those of the state, that have to be answered for it. */
function openGrounds(wish: Wish, when: Condition): readonly Source[] {
  const ofState = settledBy(wish) as readonly QuestionId[];
  return atomsOf(when).flatMap((atom) =>
    'question' in atom && !ofState.includes(atom.question) ? readingsFor(atom.question, wish.edition, atom.among) : [],
  );
}

const distinct = (sources: readonly Source[]): readonly Source[] => [
  ...new Map(sources.map(({ page, says }) => [`${page} ${says}`, { page, says }])).values(),
];

/** The questions that the state of the store raises, even where the edition has settled them. */
function settledBy({ type, state, operation, update = [] }: Wish): readonly QuestionId[] {
  const cells =
    operation === 'UpdateCustomKeyStore'
      ? update.map((field) => cellOf(type, field, state))
      : [operation in accepting ? accepting[operation as keyof typeof accepting][state] : undefined];
  return cells.filter(
    (cell): cell is Exclude<typeof cell, 'allow' | 'reject' | undefined> =>
      cell !== undefined && cell !== 'allow' && cell !== 'reject',
  );
}

/** The request that a wish stands for. Its values differ from those of the store, and companions come along. */
export function requestFor({ type, operation, update = [], edition }: Wish): Request {
  const CustomKeyStoreId = 'cks-of-the-wish';
  if (operation === 'UpdateCustomKeyStore') {
    const companions = update.includes('XksProxyConnectivity');
    const fields = companions ? [...new Set([...update, ...companionsIn(edition)])] : update;
    return { op: operation, input: { CustomKeyStoreId, ...valuesFor(fields) } };
  }
  const key = { KeyId: 'key-of-the-wish' };
  const inputs: Partial<Record<Operation, object>> = {
    CreateCustomKeyStore:
      type === 'AWS_CLOUDHSM'
        ? alphabet.cloudHsmStore('another', alphabet.clusters[1])
        : alphabet.publicStore('another', alphabet.endpoints[1]),
    DescribeCustomKeyStores: { CustomKeyStoreId },
    ConnectCustomKeyStore: { CustomKeyStoreId },
    DisconnectCustomKeyStore: { CustomKeyStoreId },
    DeleteCustomKeyStore: { CustomKeyStoreId },
    GenerateRandom: { CustomKeyStoreId, NumberOfBytes: 32 },
    CreateKey: {
      CustomKeyStoreId,
      Origin: type,
      ...(type === 'AWS_CLOUDHSM' ? {} : { XksKeyId: alphabet.externalKeys[1] }),
    },
    Encrypt: { ...key, Plaintext: 'AAAA' },
    Decrypt: { ...key, CiphertextBlob: 'AAAA' },
    ReEncrypt: { SourceKeyId: key.KeyId, DestinationKeyId: key.KeyId, CiphertextBlob: 'AAAA' },
    GenerateDataKey: { ...key, KeySpec: 'AES_256' },
    GenerateDataKeyWithoutPlaintext: { ...key, KeySpec: 'AES_256' },
    GenerateDataKeyPair: { ...key, KeyPairSpec: 'RSA_2048' },
    GenerateDataKeyPairWithoutPlaintext: { ...key, KeyPairSpec: 'RSA_2048' },
    GetParametersForImport: { ...key, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' },
    ImportKeyMaterial: { ...key, ImportToken: 'AAAA', EncryptedKeyMaterial: 'AAAA' },
  };
  return { op: operation, input: inputs[operation] ?? key } as Request;
}

/** What has to come along when the connectivity switches, or may have to. */
const companionsIn = (edition: Edition): readonly UpdateField[] =>
  fieldsIn(edition).filter((field) => field === 'XksProxyUriEndpoint' || field.startsWith('XksProxyVpc'));

function storeFor({ type, state, update = [], edition, operation, keys = 0 }: Wish): Store {
  const wantsPrivate =
    update.some((field) => field.startsWith('XksProxyVpc')) || update.includes('XksProxyConnectivity');
  const create =
    type === 'AWS_CLOUDHSM'
      ? alphabet.cloudHsmStore()
      : wantsPrivate
        ? alphabet.privateStore()
        : alphabet.publicStore();
  const input = update.includes('XksProxyConnectivity') && type !== 'AWS_CLOUDHSM' ? alphabet.publicStore() : create;
  const onKey =
    'KeyId' in requestFor({ type, state, operation, edition, answers: {}, update }).input || operation === 'ReEncrypt';
  const key: Key = { id: 'key-of-the-wish', state: operation === 'CancelKeyDeletion' ? 'PendingDeletion' : 'Enabled' };
  return {
    id: 'cks-of-the-wish',
    type,
    connectionState: state,
    ...(state === 'FAILED' ? { connectionErrorCode: 'INTERNAL_ERROR' as const } : {}),
    properties: propertiesOfNew(input, edition),
    keys: onKey || keys > 0 ? [key] : [],
  };
}

function valuesFor(fields: readonly UpdateField[]): Omit<InputOf<'UpdateCustomKeyStore'>, 'CustomKeyStoreId'> {
  const values: Required<Omit<InputOf<'UpdateCustomKeyStore'>, 'CustomKeyStoreId'>> = {
    NewCustomKeyStoreName: alphabet.names[1],
    KeyStorePassword: alphabet.passwords[1],
    CloudHsmClusterId: alphabet.clusters[1],
    XksProxyAuthenticationCredential: alphabet.credentials[1],
    XksProxyUriPath: alphabet.paths[1],
    XksProxyUriEndpoint: fields.includes('XksProxyConnectivity') ? alphabet.endpoints[2] : alphabet.endpoints[1],
    XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
    XksProxyVpcEndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-fedcba98765432100',
    XksProxyVpcEndpointServiceOwner: alphabet.owner,
  };
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}

/** What is wrong with a wish for a member that its edition does not have yet. */
export function laterThan({ update = [], edition }: Pick<Wish, 'update' | 'edition'>): string | undefined {
  const later = update.find((field) => !fieldsIn(edition).includes(field));
  return later && `${later} is not in edition ${edition}: it came with ${cameWith(later)}`;
}

/** The members that may be asked for in an edition. */
export const fieldsIn = (edition: Edition): readonly UpdateField[] =>
  updateFields.filter((field) => isMember('UpdateCustomKeyStore', field, edition));

/** The edition that a member of UpdateCustomKeyStore came with. */
export const cameWith = (field: UpdateField): Edition =>
  membersOf('UpdateCustomKeyStore')[field]?.since ?? defaultEdition;
