import * as alphabet from '../../../machine/alphabet.ts';
import type { Request } from '../../../spec/inputs.ts';
import type { WorldFile } from '../../../spec/world.ts';
import { plain } from '../../key-inputs.ts';
import { kept, type Script, type ScriptStep } from '../script.ts';
import {
  attempted,
  connect,
  created,
  describe,
  describeAll,
  disconnect,
  failing,
  ok,
  other,
  remove,
  update,
  wait,
} from './common.ts';
import { createKey, keyInput, onKey, withKey } from './key-steps.ts';

const third = 'https://three.example';
const stores: readonly ScriptStep[] = [
  created(alphabet.publicStore()),
  created(alphabet.publicStore('beta', alphabet.endpoints[1]), 'other'),
];

/** What a third store may not have, since the first or the second has it. */
const taken: Script = {
  id: 'several/taken',
  says: 'A third store is to have a name, or an address, of the first or of the second',
  steps: [
    ...stores,
    attempted(alphabet.publicStore('alpha', third), 'third'),
    attempted(alphabet.publicStore('beta', third), 'third'),
    attempted(alphabet.publicStore('gamma', alphabet.endpoints[1]), 'third'),
    update({ XksProxyUriEndpoint: alphabet.endpoints[0] }, other),
    update({ NewCustomKeyStoreName: 'alpha' }, other),
    describeAll,
  ],
};

/** A FAILED store holds its name, and counts for the quota. */
const held = (id: string, says: string, world: WorldFile): Script => ({
  id: `several/${id}`,
  says,
  steps: [
    created(alphabet.cloudHsmStore()),
    ok(connect()),
    wait('FAILED'),
    attempted(alphabet.cloudHsmStore('alpha', alphabet.clusters[1]), 'other'),
    attempted(alphabet.publicStore('beta'), 'another'),
    describeAll,
  ],
  world: { ...failing('cloudhsm'), ...world },
});
const quota: WorldFile = { quota: { customKeyStores: 1 } };
const full: Script = {
  id: 'several/quota-external',
  says: 'An external key store fills the account',
  steps: [created(alphabet.publicStore()), attempted(alphabet.publicStore('beta', third)), describeAll],
  world: quota,
};

/** One external key in two stores, and what the keys of one store mean for the other. */
const apart: Script = {
  id: 'several/keys-apart',
  says: 'Two stores have keys with the same external key, and one of the stores is deleted',
  steps: [
    ...stores,
    created(alphabet.publicStore('gamma', third), 'third'),
    ok(connect()),
    wait('CONNECTED'),
    ok(connect(other)),
    wait('CONNECTED', other),
    ok(createKey(keyInput('public'))),
    createKey({ ...keyInput('public'), CustomKeyStoreId: other }, 'key2'),
    ok(disconnect(other)),
    wait('DISCONNECTED', other),
    remove(other),
    remove(kept('third')),
    describeAll,
  ],
};

/** External keys that differ, or whose key is to be deleted. */
const externalKeys: Script = {
  id: 'several/external-keys',
  says: 'External keys that differ in their letters, and one whose key is to be deleted',
  steps: [
    ...withKey('public'),
    createKey(keyInput('public', 'External.Key_1'), 'key2'),
    createKey(keyInput('public', 'external.key_1'), 'key3'),
    ok(onKey('ScheduleKeyDeletion')),
    createKey(keyInput('public'), 'key4'),
    describe(),
  ],
};

const [one, two] = [kept('key'), kept('second')];
const reEncrypt = (SourceKeyId: string, DestinationKeyId: string, ciphertext: string): ScriptStep => ({
  request: {
    op: 'ReEncrypt',
    input: { SourceKeyId, DestinationKeyId, CiphertextBlob: kept(ciphertext) },
  } as Request,
});

/** Two keys of a store; what is done to the second one leaves the first as it is. */
const besides = (id: string, says: string, change: ScriptStep): Script => ({
  id: `several/key-${id}`,
  says,
  steps: [
    ...withKey('cloudhsm'),
    ok(createKey(keyInput('cloudhsm'), 'second')),
    { ...ok(onKey('Encrypt', { Plaintext: plain }, two)), keepToo: { sealed: 'CiphertextBlob' } },
    reEncrypt(one, two, 'ciphertext'),
    ok(change),
    onKey('DescribeKey', {}, one),
    onKey('DescribeKey', {}, two),
    reEncrypt(one, two, 'ciphertext'),
    reEncrypt(two, one, 'sealed'),
    ok(disconnect()),
    wait('DISCONNECTED'),
    remove(),
    ok(connect()),
    wait('CONNECTED'),
    onKey('DescribeKey', {}, two),
    onKey('DescribeKey', {}, one),
  ],
});

/** The only key of a store keeps it, whatever state it is in. */
const onlyKey: Script = {
  id: 'several/only-key-disabled',
  says: 'A store is deleted whose only key is disabled',
  steps: [
    ...withKey('cloudhsm'),
    ok(onKey('DisableKey')),
    ok(disconnect()),
    wait('DISCONNECTED'),
    remove(),
    describe(),
  ],
};

export const several: readonly Script[] = [
  taken,
  held('failed', 'A store that FAILED has a name that another is to have', {}),
  held('quota-failed', 'A store that FAILED fills the account', quota),
  full,
  apart,
  externalKeys,
  besides('disabled', 'One of two keys is disabled', onKey('DisableKey', {}, two)),
  besides('pending', 'One of two keys is to be deleted', onKey('ScheduleKeyDeletion', { PendingWindowInDays: 7 }, two)),
  onlyKey,
];
