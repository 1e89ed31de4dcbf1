import { createHash } from 'node:crypto';
import { hiddenOutcomesOfStore, outcomesOf } from '../../src/machine/account.ts';
import * as alphabet from '../../src/machine/alphabet.ts';
import { arrows } from '../../src/machine/chart.ts';
import { guards } from '../../src/machine/guards.ts';
import { codesOf } from '../../src/spec/connection-error-codes.ts';
import { describedKey, describedStore } from '../../src/spec/description.ts';
import { unknownWorld, type World } from '../../src/spec/facts.ts';
import type { Request } from '../../src/spec/inputs.ts';
import type { Account, Store } from '../../src/spec/model.ts';
import { propertiesOfNew } from '../../src/spec/properties.ts';
import { known } from '../../src/spec/reading.ts';
import { connectionStates, type Edition, keyStates, operations } from '../../src/spec/vocabulary.ts';

/** A group of answers, by what they are about. */
type Answers = readonly (readonly [group: string, answer: string])[];

const storeId = 'cks-1';
const keyId = 'key-of-cks-1';

/** The specification's decisions in one edition, with everything open that can be: each group as one short hash. */
export function decisionsOf(edition: Edition): ReadonlyMap<string, string> {
  const groups = new Map<string, string[]>();
  for (const account of accountsIn(edition)) {
    for (const [group, answer] of answersIn(account, edition)) {
      const told = groups.get(group);
      if (told === undefined) groups.set(group, [answer]);
      else told.push(answer);
    }
  }
  return new Map([...groups].map(([group, answers]) => [`${edition} ${group}`, hash(answers.join('\n'))]));
}

/** What the specification says to the requests of these operations in one account, and of its hidden steps. */
export function answersIn(account: Account, edition: Edition, only?: ReadonlySet<string>): Answers {
  const open = known({ edition, answers: {} }, unknownWorld);
  const [store, other] = account.stores;
  const place = store === undefined ? 'no store' : `${store.type} ${store.connectionState}`;
  const requests = requestsIn(account).filter(({ op }) => only?.has(op) !== false);
  const answers = requests.map((request) => {
    const outcomes = outcomesOf(account, request, open, 'fresh').outcomes.map(({ next, ...rest }) =>
      next === account ? rest : { ...rest, next },
    );
    return [`${place} ${request.op}`, JSON.stringify(outcomes)] as const;
  });
  return store === undefined || other !== undefined ? answers : [...answers, ...hiddenAnswers(store, place, edition)];
}

/** In a world where a disconnection fails, since it fails nowhere else. */
function hiddenAnswers(store: Store, place: string, edition: Edition): Answers {
  const world: World = (fact) => (fact === 'disconnection.works' ? false : undefined);
  const open = known({ edition, answers: {} }, world);
  const occasion = { step: 'key.deleted', keyId } as const;
  const guarded = arrows
    .filter(
      ({ event, from }) =>
        !(operations as readonly string[]).includes(event) && (from ?? store.connectionState) === store.connectionState,
    )
    .map(({ event, guard }) => [
      event,
      guard && guards[guard.type]({ store, occasion, known: open, accepted: () => true }, guard.params),
    ]);
  return [
    [`${place} hidden steps`, JSON.stringify(hiddenOutcomesOfStore(store, open))],
    [`${place} guards of hidden steps`, JSON.stringify(guarded)],
    [
      `${place} shown`,
      JSON.stringify([describedStore(store, open), store.keys.map((key) => describedKey(key, store, open))]),
    ],
  ];
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Accounts that differ in whatever a rule may look at: one store in every state, and two that may collide. */
export function accountsIn(edition: Edition): readonly Account[] {
  const kinds = [alphabet.cloudHsmStore(), alphabet.publicStore(), alphabet.privateStore()];
  const single = kinds.flatMap((input) => inEveryState(newStore(storeId, input, edition)));
  const pairs = kinds.flatMap((input) =>
    alphabet.creations.map((other) => [newStore(storeId, input, edition), newStore('cks-2', other, edition)]),
  );
  const full = Array.from({ length: 10 }, (_, i) =>
    newStore(`cks-${i + 1}`, alphabet.publicStore(`name-${i}`, `https://${i}.example`), edition),
  );
  return [[], ...single.map((store) => [store]), ...pairs, full].map((stores) => ({ stores }));
}

function newStore(id: string, input: (typeof alphabet.creations)[number], edition: Edition): Store {
  return {
    id,
    type: input.CustomKeyStoreType ?? 'AWS_CLOUDHSM',
    connectionState: 'DISCONNECTED',
    properties: propertiesOfNew(input, edition),
    keys: [],
  };
}

/** A store in every state, then in each of them with a key in every state. */
function inEveryState(store: Store): readonly Store[] {
  return connectionStates.flatMap((connectionState) => {
    const shown = { ...store, connectionState };
    const keys = keyStates.flatMap((state) => [
      { id: keyId, state },
      { id: keyId, state, cancelledOffline: true as const },
      { id: keyId, state, xksKeyId: alphabet.externalKeys[0] },
    ]);
    return [...variants(shown), ...keys.map((key) => ({ ...shown, keys: [key] }))];
  });
}

/** What else may be so of a store in a state; the first is the plain one. */
function variants(shown: Store): readonly Store[] {
  switch (shown.connectionState) {
    case 'CONNECTING':
      return [shown, { ...shown, disconnectPending: true }];
    case 'FAILED':
      return [
        ...codesOf(shown.type).map((connectionErrorCode) => ({ ...shown, connectionErrorCode })),
        { ...shown, disconnectPending: true },
      ];
    case 'DISCONNECTING':
      return connectionStates.map((disconnectingFrom) => ({ ...shown, disconnectingFrom }));
    default:
      return [
        shown,
        { ...shown, rotated: true },
        { ...shown, disconnectPending: true },
        { ...shown, connectionErrorCode: 'INTERNAL_ERROR' },
      ];
  }
}

const everyOperation = operations.flatMap((op) =>
  [
    {},
    { CustomKeyStoreId: storeId },
    { KeyId: keyId },
    { KeyId: keyId, CiphertextBlob: 'AAAA', DestinationKeyId: keyId },
  ].map((input) => ({ op, input }) as unknown as Request),
);

/** Requests that break the rules that no request of the alphabet breaks. */
const odd = [
  { op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: 'cks-none' } },
  { op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: 7 } },
  { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: 'cks-none' } },
  { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: 'nobody' } },
  { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: storeId, CustomKeyStoreName: 'alpha' } },
  { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: storeId, CustomKeyStoreName: 'nobody' } },
  { op: 'DescribeCustomKeyStores', input: { Marker: 'marker' } },
  { op: 'CreateCustomKeyStore', input: { ...alphabet.cloudHsmStore('x'.repeat(257)) } },
  { op: 'CreateCustomKeyStore', input: { ...alphabet.cloudHsmStore('new'), XksProxyUriPath: alphabet.paths[0] } },
  { op: 'CreateCustomKeyStore', input: { ...alphabet.cloudHsmStore('new'), KeyStorePassword: 'pass-word!' } },
  { op: 'CreateCustomKeyStore', input: { ...alphabet.publicStore('new'), XksProxyUriPath: '/kms/xks/v2' } },
  ...[
    { KeySpec: 'RSA_2048' },
    { Policy: '{}' },
    { Tags: [{ TagKey: 'purpose', TagValue: 'test' }] },
    { KeySpec: 'SYMMETRIC_DEFAULT', CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT' },
  ].map((more) => ({ op: 'CreateKey', input: { CustomKeyStoreId: storeId, Origin: 'AWS_CLOUDHSM', ...more } })),
  ...[{ EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }, { GrantTokens: ['token'] }, { DryRun: true }].map((more) => ({
    op: 'Encrypt',
    input: { KeyId: keyId, Plaintext: 'AAAA', ...more },
  })),
  { op: 'ScheduleKeyDeletion', input: { KeyId: keyId, PendingWindowInDays: 3 } },
  ...alphabet.endpoints.flatMap((XksProxyUriEndpoint) =>
    [
      { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyVpcEndpointServiceName: '' },
      { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyVpcEndpointServiceName: alphabet.service },
      { XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', XksProxyVpcEndpointServiceName: alphabet.service },
    ].map((member) => ({
      op: 'UpdateCustomKeyStore',
      input: { CustomKeyStoreId: storeId, XksProxyUriEndpoint, ...member },
    })),
  ),
] as unknown as readonly Request[];

export function requestsIn({ stores: [store, other] }: Account): readonly Request[] {
  if (store === undefined) return alphabet.createRequests;
  const about = alphabet.requestsAbout(storeId, store.type, keyId);
  if (other !== undefined) {
    return [...alphabet.createRequests, ...about.filter(({ op }) => op === 'UpdateCustomKeyStore')];
  }
  const { disconnectPending, rotated, disconnectingFrom, keys } = store;
  const plain = !disconnectPending && !rotated && disconnectingFrom !== 'FAILED' && keys[0]?.xksKeyId === undefined;
  return plain ? [...about, ...everyOperation, ...odd] : about;
}
