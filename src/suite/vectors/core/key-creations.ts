import * as alphabet from '../../../machine/alphabet.ts';
import type { WorldFile } from '../../../spec/world.ts';
import type { Script } from '../script.ts';
import { describe, type Kind, leadingTo } from './common.ts';

import { createKey, external, keyInput, otherExternal } from './key-steps.ts';

const creation = (id: string, says: string, kind: Kind, inputs: readonly object[], world?: WorldFile): Script => ({
  id: `key/${id}`,
  says,
  steps: [
    ...leadingTo('CONNECTED', kind),
    ...inputs.map((input, index) => createKey(input, `key${index}`)),
    describe(),
  ],
  ...(world === undefined ? {} : { world }),
});

export const keyCreations: readonly Script[] = [
  creation('origin-cloudhsm', 'A key of another origin is made in an AWS CloudHSM key store', 'cloudhsm', [
    { ...keyInput('cloudhsm'), Origin: 'EXTERNAL_KEY_STORE' },
    { ...keyInput('cloudhsm'), Origin: 'AWS_KMS' },
    { ...keyInput('cloudhsm'), XksKeyId: external },
    keyInput('cloudhsm'),
  ]),
  creation('origin-public', 'A key of another origin is made in an external key store', 'public', [
    { ...keyInput('public'), Origin: 'AWS_CLOUDHSM' },
    { ...keyInput('public'), XksKeyId: null },
    keyInput('public'),
  ]),
  creation(
    'unsupported-cloudhsm',
    'A key that is not symmetric, or of several Regions, is made in a store',
    'cloudhsm',
    [
      { ...keyInput('cloudhsm'), KeySpec: 'RSA_2048' },
      { ...keyInput('cloudhsm'), CustomerMasterKeySpec: 'RSA_2048' },
      { ...keyInput('cloudhsm'), KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
      { ...keyInput('cloudhsm'), KeyUsage: 'SIGN_VERIFY' },
      { ...keyInput('cloudhsm'), MultiRegion: true },
      { ...keyInput('cloudhsm'), KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT', MultiRegion: false },
    ],
  ),
  creation('external-key-in-use', 'Two keys of a store have one external key', 'public', [
    keyInput('public'),
    keyInput('public'),
    keyInput('public', otherExternal),
  ]),
  creation(
    'external-key-not-found',
    'A key is made with an external key that does not exist',
    'public',
    [keyInput('public'), keyInput('public', otherExternal)],
    { externalKeys: { [external]: { fault: 'KEY_NOT_FOUND' } } },
  ),
  creation(
    'external-key-unusable',
    'A key is made with an external key that cannot be used',
    'public',
    [keyInput('public'), keyInput('public', otherExternal)],
    { externalKeys: { [external]: { fault: 'KEY_UNUSABLE' } } },
  ),
];

export const oneHsm: Script = {
  ...creation('one-hsm', 'A key is made in a store whose cluster has one HSM', 'cloudhsm', [keyInput('cloudhsm')]),
  world: { clusters: { [alphabet.clusters[0]]: { hsms: 1 } } },
};
