import * as alphabet from '../../../machine/alphabet.ts';
import type { Request } from '../../../spec/inputs.ts';
import { cryptographicOperations, type Operation, unsupportedKeyOperations } from '../../../spec/vocabulary.ts';
import { keyInputs } from '../../key-inputs.ts';
import { kept, type ScriptStep } from '../script.ts';
import { type Kind, leadingTo, ok, typeOf } from './common.ts';

export const [external, otherExternal] = alphabet.externalKeys;
export const kinds = ['cloudhsm', 'public'] as const satisfies readonly Kind[];

export const keyInput = (kind: Kind, xksKeyId: string = external): object => ({
  CustomKeyStoreId: kept('store'),
  Origin: typeOf(kind),
  ...(kind === 'cloudhsm' ? {} : { XksKeyId: xksKeyId }),
});

export const createKey = (input: object, keep = 'key'): ScriptStep => ({
  request: { op: 'CreateKey', input } as Request,
  keep,
});

/** The members that an operation on a key needs besides its ID. */
export const members: Readonly<Partial<Record<Operation, object>>> = {
  ...keyInputs,
  Decrypt: { CiphertextBlob: kept('ciphertext') },
};

export const onKey = (op: Operation, more: object = members[op] ?? {}, KeyId: string = kept('key')): ScriptStep => {
  const input =
    op === 'ReEncrypt'
      ? { SourceKeyId: KeyId, DestinationKeyId: KeyId, CiphertextBlob: kept('ciphertext'), ...more }
      : { KeyId, ...more };
  return { request: { op, input } as unknown as Request };
};

/** A key in a CONNECTED store, and a ciphertext that it made. */
export const withKey = (kind: Kind): readonly ScriptStep[] => [
  ...leadingTo('CONNECTED', kind),
  ok(createKey(keyInput(kind))),
  { ...ok(onKey('Encrypt')), keepToo: { ciphertext: 'CiphertextBlob' } },
];

/** A ciphertext tells which key it is of. */
export const decryptUnnamed: ScriptStep = { request: { op: 'Decrypt', input: { CiphertextBlob: kept('ciphertext') } } };

export const uses = cryptographicOperations.map((op) => onKey(op));
export const unsupported = unsupportedKeyOperations.map((op) => onKey(op));
export const describeKey = onKey('DescribeKey');

export const storeRequest = (op: 'GenerateRandom', more: object): ScriptStep => ({
  request: { op, input: { CustomKeyStoreId: kept('store'), ...more } } as Request,
});
