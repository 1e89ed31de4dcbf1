/** The IDs of the keys that a request names, without the ARN around them. */
export function keyIdsOf(input: object): readonly string[] {
  const { KeyId, SourceKeyId, DestinationKeyId } = input as Readonly<Record<string, unknown>>;
  return [KeyId, SourceKeyId, DestinationKeyId]
    .filter((id): id is string => typeof id === 'string')
    .map((id) => id.replace(/^arn:[^:]*:kms:[^:]*:[^:]*:key\//, ''));
}
