/** The keys that a request names, as it does. */
const keysIn = (input: object): readonly string[] => {
  const { KeyId, SourceKeyId, DestinationKeyId } = input as Readonly<Record<string, unknown>>;
  return [KeyId, SourceKeyId, DestinationKeyId].filter((id): id is string => typeof id === 'string');
};

/** The ARNs among them. */
export const keyArnsOf = (input: object): readonly string[] => keysIn(input).filter((id) => id.startsWith('arn:'));

/** The IDs of the keys that a request names, without the ARN around them. */
export const keyIdsOf = (input: object): readonly string[] =>
  keysIn(input).map((id) => id.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:key\//, ''));
