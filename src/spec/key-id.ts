import type { Request } from './inputs.ts';

/** The member that may be left out, because the ciphertext tells which key it is of. */
export const toldByCiphertext: Readonly<Partial<Record<Request['op'], string>>> = {
  Decrypt: 'KeyId',
  ReEncrypt: 'SourceKeyId',
};

/** The keys that a request names, as it does. */
const keysIn = (input: object): readonly string[] => {
  const { KeyId, SourceKeyId, DestinationKeyId } = input as Readonly<Record<string, unknown>>;
  return [KeyId, SourceKeyId, DestinationKeyId].filter((id): id is string => typeof id === 'string');
};

/** The ARNs among them. */
export const keyArnsOf = (input: object): readonly string[] => keysIn(input).filter((id) => id.startsWith('arn:'));

/** The IDs of the keys that a request names, without the ARN around them. */
export const keyIdsOf = (input: object): readonly string[] => keysIn(input).map(bareKeyId);

/** The ID of a key, without the ARN around it. */
export const bareKeyId = (id: string): string =>
  id.startsWith('arn:') ? id.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:key\//, '') : id;

/**
 * Members of a request or an answer, with the IDs of keys where it has their ARNs. Of an ARN that is not one of a key
 * (of an alias, or shortened by whoever recorded it) nothing is left: it does not tell which key it is.
 */
export const withBareKeys = (members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (!name.endsWith('KeyId') || typeof value !== 'string') return [name, value];
      const id = bareKeyId(value);
      return [name, id.includes(':') ? undefined : id];
    }),
  );
