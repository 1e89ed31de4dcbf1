import type { Request } from '../../../spec/inputs.ts';
import { membersOf } from '../../../spec/shapes.ts';
import { keyOperations, type Operation, operations } from '../../../spec/vocabulary.ts';
import { plain } from '../../key-inputs.ts';
import type { Script } from '../script.ts';
import { describe, disconnect, leadingTo, ok } from './common.ts';
import { keyCreations, oneHsm } from './key-creations.ts';
import { keyProxies } from './key-proxies.ts';
import { keyStates } from './key-states.ts';
import { createKey, describeKey, keyInput, members, onKey, storeRequest, withKey } from './key-steps.ts';

const missingKey = '99999999-9999-4999-8999-999999999999';

const notFound: Script = {
  id: 'key/not-found',
  says: 'No key has the ID',
  steps: keyOperations
    .filter((op) => op !== 'CreateKey' && op !== 'GenerateRandom')
    .map((op) => {
      const step = onKey(op, op === 'Decrypt' ? { CiphertextBlob: plain } : members[op], missingKey);
      const input = op === 'ReEncrypt' ? { ...step.request.input, CiphertextBlob: plain } : step.request.input;
      return { request: { ...step.request, input } as Request };
    }),
  world: {},
};

const symmetric = 'SYMMETRIC_DEFAULT';

const anywhere: Script = {
  id: 'key/cloudhsm-anywhere',
  says: 'A key is made and used, also with members that do not concern stores, in a world of which nothing is known',
  steps: [
    ...withKey('cloudhsm'),
    describeKey,
    onKey('Decrypt'),
    createKey({ ...keyInput('cloudhsm'), Policy: '{}' }, 'second'),
    createKey({ ...keyInput('cloudhsm'), Tags: [{ TagKey: 'purpose', TagValue: 'test' }] }, 'third'),
    createKey({ ...keyInput('cloudhsm'), KeySpec: symmetric, CustomerMasterKeySpec: symmetric }, 'fourth'),
    onKey('Encrypt', { Plaintext: plain, GrantTokens: ['no-such-grant'] }),
    onKey('Encrypt', { Plaintext: plain, DryRun: true }),
    onKey('Encrypt', { Plaintext: plain, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }),
    onKey('GenerateDataKey', {}),
    onKey('ReEncrypt', { SourceKeyId: null, CiphertextBlob: plain }),
    describe(),
  ],
  world: 'none',
};

/** Everything but what it takes to come to a key is denied. */
const permitted: readonly Operation[] = [
  'CreateCustomKeyStore',
  'ConnectCustomKeyStore',
  'DescribeCustomKeyStores',
  'CreateKey',
  'Encrypt',
];
const denied: Script = {
  id: 'key/denied',
  says: 'The caller may make a key and encrypt with it, and nothing else',
  steps: [
    ...withKey('cloudhsm'),
    ...keyOperations
      .filter((op) => op !== 'CreateKey' && op !== 'GenerateRandom' && op !== 'Encrypt')
      .map((op) => onKey(op)),
    storeRequest('GenerateRandom', { NumberOfBytes: 32 }),
    disconnect(),
    describe(),
  ],
  world: { caller: { denied: operations.filter((op) => !permitted.includes(op)) } },
};
const deniedToCreate: Script = {
  id: 'key/denied-to-create',
  says: 'The caller may connect a store, and not make keys in it',
  steps: [...leadingTo('CONNECTED', 'cloudhsm'), createKey(keyInput('cloudhsm')), describe()],
  world: { caller: { denied: ['CreateKey'] } },
};
const deniedToEncrypt: Script = {
  id: 'key/denied-to-encrypt',
  says: 'The caller may make a key and delete it, and neither encrypt with it nor take the deletion back',
  steps: [
    ...leadingTo('CONNECTED', 'cloudhsm'),
    ok(createKey(keyInput('cloudhsm'))),
    onKey('Encrypt'),
    ok(onKey('ScheduleKeyDeletion')),
    onKey('CancelKeyDeletion'),
    onKey('DescribeKey'),
  ],
  world: { caller: { denied: ['Encrypt', 'CancelKeyDeletion'] } },
};

/** Requests of which one member is wrong, and nothing else. */
const oneWrong: Script = {
  id: 'key/one-wrong-member',
  says: 'Requests about a key and its store have one member that is wrong, and nothing else is',
  steps: [
    ...withKey('cloudhsm'),
    createKey({ ...keyInput('cloudhsm'), MultiRegion: 'no' }, 'second'),
    createKey({ ...keyInput('cloudhsm'), Description: 'x'.repeat(8193) }, 'second'),
    storeRequest('GenerateRandom', { NumberOfBytes: 'many' }),
    storeRequest('GenerateRandom', { NumberOfBytes: 1025 }),
    ...keyOperations
      .filter((op) => membersOf(op)['GrantTokens'] !== undefined)
      .flatMap((op) =>
        ['none', Array.from({ length: 11 }, () => 'x')].map((GrantTokens) =>
          onKey(op, { ...members[op], GrantTokens }),
        ),
      ),
    describeKey,
  ],
};

export const keys: readonly Script[] = [
  ...keyStates,
  ...keyCreations,
  notFound,
  keyProxies,
  anywhere,
  oneHsm,
  denied,
  deniedToCreate,
  deniedToEncrypt,
  oneWrong,
];
