import { describe, expect, it } from 'vitest';
import { hiddenOutcomesOfStore, outcomesOf } from '../../src/machine/account.ts';
import * as alphabet from '../../src/machine/alphabet.ts';
import { describedKey, describedStore } from '../../src/spec/description.ts';
import { type FactKind, unknownWorld, type World } from '../../src/spec/facts.ts';
import type { Request } from '../../src/spec/inputs.ts';
import type { Account, Store } from '../../src/spec/model.ts';
import { propertiesOfNew } from '../../src/spec/properties.ts';
import { choicesOf, fixedChoice, type QuestionId, questionIds, questionOf } from '../../src/spec/questions.ts';
import { type Answers, known } from '../../src/spec/reading.ts';
import { editions } from '../../src/spec/vocabulary.ts';
import { accountsIn, requestsIn } from '../machine/decisions.ts';

/** The newest edition settles least, and knows every member. */
const edition = '2026-04';

/** Choices that the account cannot tell from each other, and why. */
const alike: Readonly<Partial<Record<QuestionId, readonly [pairs: readonly string[], because: string]>>> = {
  UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS: [
    ['ACCEPT_OMITTED ACCEPT_NULL', 'ACCEPT_OMITTED ACCEPT_EMPTY', 'ACCEPT_NULL ACCEPT_EMPTY'],
    'whoever accepts one way to clear the name does not say that the others are refused; two choices do say so',
  ],
  UPDATE_VPC_OWNER_DEFAULT_ON_SWITCH: [
    ['DEFAULT_CALLER_ACCOUNT CLEARED'],
    'the account of the caller is not known here, so both leave an owner that nobody gave; what shows is DESCRIBE_VPC_OWNER_SHOWN',
  ],
  HTTP_STATUS: [['MODEL_STATUS HTTP_400'], 'the status of an answer is judged with the answer, in src/spec/status.ts'],
  CONNECT_WHEN_CONNECTING: [['SUCCEED_NO_CHANGE SUCCEED_RESTART'], 'an attempt is running either way'],
  DISCONNECT_FAILURE: [
    ['DISCONNECTING_STAYS DISCONNECTED'],
    'a disconnection may run for any time and may end in DISCONNECTED, whether it failed or not',
  ],
};

const asked = questionIds.filter(
  (id) =>
    questionOf(id).unasked === undefined && choicesOf(id).length > 1 && editions.some((each) => !fixedChoice(id, each)),
);

/** Something that the specification says: the outcomes of a request, or what may happen or show by itself. */
type Saying = (answers: Answers) => string;

describe('every choice of a question says something else than every other', () => {
  const told = choicesToldApart();

  it.each(asked)('%s', (id) => {
    expect(pairsOf(id).filter((pair) => !told.has(`${id} ${pair}`))).toEqual(alike[id]?.[0] ?? []);
  });
});

// Helpers

const pairsOf = (id: QuestionId): readonly string[] =>
  choicesOf(id).flatMap((one, index) =>
    choicesOf(id)
      .slice(index + 1)
      .map((other) => `${one} ${other}`),
  );

/** For each question, the pairs of choices under which something is said in two ways. */
function choicesToldApart(): ReadonlySet<string> {
  const told = new Set<string>();
  const left = new Map(asked.map((id) => [id, pairsOf(id).filter((pair) => !alike[id]?.[0].includes(pair))]));
  for (const saying of sayings()) {
    if (left.size === 0) break;
    const open = saying({});
    for (const [id, pairs] of left) {
      if (!open.includes(`"${id}"`)) continue;
      const texts = new Map(choicesOf(id).map((choice) => [choice, saying({ [id]: choice })]));
      const still = pairs.filter((pair) => {
        const [one = '', other = ''] = pair.split(' ');
        if (texts.get(one) === texts.get(other)) return true;
        told.add(`${id} ${pair}`);
        return false;
      });
      if (still.length === 0) left.delete(id);
      else left.set(id, still);
    }
  }
  return told;
}

function* sayings(): Generator<Saying> {
  for (const [account, request, world] of special) yield outcomes(account, request, world);
  // Neighbours are much alike, so a few of every kind come first.
  const accounts = accountsIn(edition).map((account, index) => [index % 13, account] as const);
  for (const [, account] of accounts.sort(([a], [b]) => a - b)) {
    for (const request of requestsIn(account)) yield outcomes(account, request, unknownWorld);
    yield (answers) => alone(account, answers);
  }
}

const outcomes =
  (account: Account, request: Request, world: World): Saying =>
  (answers) =>
    text(outcomesOf(account, request, known({ edition, answers }, world), 'fresh').outcomes);

function alone({ stores }: Account, answers: Answers): string {
  const world: World = (fact) => (fact === 'disconnection.works' ? false : undefined);
  const is = known({ edition, answers }, world);
  return text(
    stores.map((store) => [
      hiddenOutcomesOfStore(store, is),
      describedStore(store, is),
      store.keys.map((key) => describedKey(key, store, is)),
    ]),
  );
}

/** JSON that tells a member with any value from one that is absent. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    typeof each === 'symbol'
      ? 'any value'
      : each !== null && typeof each === 'object' && 'value' in each
        ? { ...each, value: each.value ?? 'absent' }
        : each,
  );

const storeOf = (id: string, input: (typeof alphabet.creations)[number], more: Partial<Store> = {}): Store => ({
  id,
  type: input.CustomKeyStoreType ?? 'AWS_CLOUDHSM',
  connectionState: 'DISCONNECTED',
  properties: propertiesOfNew(input, edition),
  keys: [],
  ...more,
});

const create = (input: (typeof alphabet.creations)[number]): Request => ({ op: 'CreateCustomKeyStore', input });
const worldIn =
  (said: Readonly<Partial<Record<FactKind, boolean>>>): World =>
  (fact, about) =>
    Object.hasOwn(said, fact) ? said[fact] : unknownWorld(fact, about);
const hsm = alphabet.cloudHsmStore();
const xks = alphabet.publicStore();

/** A public store that had an endpoint service before, and the request that gives it one again. */
const onceVpc = storeOf('cks-1', xks);
const toVpc: Request = {
  op: 'UpdateCustomKeyStore',
  input: {
    CustomKeyStoreId: 'cks-1',
    XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
    XksProxyUriEndpoint: alphabet.endpoints[2],
    XksProxyVpcEndpointServiceName: alphabet.service,
  },
};

const sameNameOtherPassword: Request = {
  op: 'UpdateCustomKeyStore',
  input: {
    CustomKeyStoreId: 'cks-1',
    NewCustomKeyStoreName: hsm.CustomKeyStoreName,
    KeyStorePassword: 'another-password',
  },
};

/** Situations that the decisions which are written down do not have. */
const special: readonly (readonly [Account, Request, World])[] = [
  [
    { stores: [storeOf('cks-1', hsm)] },
    create(alphabet.cloudHsmStore(alphabet.names[0], alphabet.clusters[1])),
    worldIn({ 'quota.free': false }),
  ],
  [
    {
      stores: [{ ...onceVpc, properties: { ...onceVpc.properties, XksProxyVpcEndpointServiceOwner: '999988887777' } }],
    },
    toVpc,
    unknownWorld,
  ],
  [{ stores: [] }, create({ ...hsm, CustomKeyStoreName: 7 } as never), worldIn({ 'caller.permitted': false })],
  [{ stores: [storeOf('cks-1', hsm)] }, create(hsm), worldIn({ 'quota.free': false })],
  [{ stores: [storeOf('cks-1', xks)] }, create(xks), worldIn({ 'quota.free': false })],
  [{ stores: [storeOf('cks-1', hsm, { connectionState: 'CONNECTED', rotated: true })] }, create(hsm), unknownWorld],
  [{ stores: [storeOf('cks-1', hsm, { connectionState: 'FAILED' })] }, create(hsm), unknownWorld],
  [{ stores: [storeOf('cks-1', hsm)] }, create({ ...hsm, KeyStorePassword: 'another-password' }), unknownWorld],
  [{ stores: [storeOf('cks-1', hsm)] }, create(alphabet.cloudHsmStore('ALPHA', alphabet.clusters[1])), unknownWorld],
  [
    { stores: [storeOf('cks-1', xks)] },
    create(alphabet.publicStore('new', alphabet.endpoints[0].replace('one', 'ONE'))),
    unknownWorld,
  ],
  [{ stores: [] }, create(alphabet.cloudHsmStore('new', 'cluster-1a23b4cdefg')), unknownWorld],
  [{ stores: [storeOf('cks-1', hsm)] }, sameNameOtherPassword, unknownWorld],
];
