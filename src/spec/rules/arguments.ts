import { type Condition, not } from '../condition.ts';
import { keyIdsOf } from '../key-id.ts';
import { given } from '../properties.ts';
import type { RulesOf, Situation } from '../rule.ts';

// Key operations take members that say nothing of custom key stores. What is wrong with them is no concern of this
// specification, but it may be why a request is refused: so where they are given, their errors are allowed.

/** The members that are looked at; no operation has all of them. */
interface Arguments {
  readonly CiphertextBlob?: unknown;
  readonly CustomerMasterKeySpec?: unknown;
  readonly DestinationEncryptionAlgorithm?: unknown;
  readonly DryRun?: unknown;
  readonly EncryptionAlgorithm?: unknown;
  readonly GrantTokens?: unknown;
  readonly KeySpec?: unknown;
  readonly NumberOfBytes?: unknown;
  readonly Policy?: unknown;
  readonly Recipient?: unknown;
  readonly SourceEncryptionAlgorithm?: unknown;
  readonly Tags?: unknown;
}

/** May something be wrong with the members, if they are given like this? Nobody knows, and one time says nothing of the next. */
export function inDoubt({ op, holds }: Situation, isGiven: boolean): Condition {
  return isGiven && not(holds('arguments.valid', op));
}

const argumentsOf = ({ input }: Situation): Arguments => input as Arguments;

/** Operations that use a key, and GenerateRandom. */
export const argumentRules = {
  'arguments/incomplete': {
    says: 'What is asked for, and how it is to be returned, is given in full and once.',
    error: 'ValidationException',
    sources: [
      { page: 'API:GenerateDataKey', says: 'a request has KeySpec or NumberOfBytes, and not both' },
      { page: 'API:GenerateRandom', says: 'the number of bytes is required, though the model does not say so' },
    ],
    rejects: (situation) => inDoubt(situation, given(argumentsOf(situation).Recipient) || !isComplete(situation)),
  },
  'arguments/algorithm': {
    says: 'The encryption algorithm is that of a symmetric key.',
    error: ['InvalidKeyUsageException', 'ValidationException'],
    sources: [{ page: 'MODEL', says: 'lists the exception for a key that is not for this use' }],
    rejects: (situation) => {
      const { EncryptionAlgorithm, SourceEncryptionAlgorithm, DestinationEncryptionAlgorithm } = argumentsOf(situation);
      const named = [EncryptionAlgorithm, SourceEncryptionAlgorithm, DestinationEncryptionAlgorithm].filter(given);
      return inDoubt(
        situation,
        named.some((each) => each !== 'SYMMETRIC_DEFAULT'),
      );
    },
  },
  'arguments/grant-token': {
    says: 'Grant tokens, if any are given, are valid.',
    error: 'InvalidGrantTokenException',
    sources: [{ page: 'MODEL', says: 'lists the exception for operations that take grant tokens' }],
    rejects: (situation) => inDoubt(situation, given(argumentsOf(situation).GrantTokens)),
  },
  'arguments/dry-run': {
    says: 'The request is meant, and does not only ask whether it would succeed.',
    error: 'DryRunOperationException',
    sources: [{ page: 'MODEL', says: 'lists the exception for operations that take DryRun' }],
    rejects: (situation) => inDoubt(situation, argumentsOf(situation).DryRun === true),
  },
  'arguments/other-key': {
    says: 'The other key of the request, which is in no custom key store, can be used.',
    error: [
      'NotFoundException',
      'InvalidArnException',
      'DisabledException',
      'KMSInvalidStateException',
      'InvalidKeyUsageException',
      'IncorrectKeyException',
    ],
    sources: [{ page: 'MODEL', says: 'lists the errors of keys for ReEncrypt, which takes two' }],
    rejects: (situation) =>
      situation.op === 'ReEncrypt' && situation.keys.length > 0 && inDoubt(situation, namesAnother(situation)),
  },
} as const satisfies RulesOf<never>;

/** CreateKey. */
export const createKeyArgumentRules = {
  'arguments/policy': {
    says: 'The key policy, if one is given, is valid.',
    error: ['MalformedPolicyDocumentException', 'InvalidArnException'],
    sources: [{ page: 'MODEL', says: 'lists both for CreateKey' }],
    rejects: (situation) => inDoubt(situation, given(argumentsOf(situation).Policy)),
  },
  'arguments/tags': {
    says: 'The tags, if any are given, are valid.',
    error: 'TagException',
    sources: [{ page: 'MODEL', says: 'lists it for CreateKey' }],
    rejects: (situation) => inDoubt(situation, given(argumentsOf(situation).Tags)),
  },
  'arguments/two-specs': {
    says: 'KeySpec and CustomerMasterKeySpec, its older name, are not given together.',
    error: 'ValidationException',
    sources: [{ page: 'API:CreateKey', says: 'the two work the same way; nothing is said of both' }],
    rejects: (situation) => {
      const { KeySpec, CustomerMasterKeySpec } = argumentsOf(situation);
      return inDoubt(situation, given(KeySpec) && given(CustomerMasterKeySpec));
    },
  },
} as const satisfies RulesOf<never>;

/** Is a rule about members that say nothing of stores? */
export const isAboutArguments = (rule: string): boolean =>
  Object.hasOwn(argumentRules, rule) || Object.hasOwn(createKeyArgumentRules, rule);

/** Operations that need room for a key. */
export const keyQuotaRules = {
  'key/quota': {
    says: 'The account may hold one more KMS key.',
    error: 'LimitExceededException',
    sources: [{ page: 'MODEL', says: 'lists the exception for CreateKey and EnableKey' }],
    rejects: ({ op, holds }) => not(holds('keyQuota.free', op)),
  },
} as const satisfies RulesOf<'CreateKey' | 'EnableKey'>;

function isComplete(situation: Situation): boolean {
  const { op } = situation;
  const { NumberOfBytes, KeySpec, CiphertextBlob } = argumentsOf(situation);
  if (op === 'GenerateRandom') return given(NumberOfBytes);
  if (op === 'Decrypt' || op === 'ReEncrypt') return given(CiphertextBlob);
  const hasLength = op === 'GenerateDataKey' || op === 'GenerateDataKeyWithoutPlaintext';
  return !hasLength || given(KeySpec) !== given(NumberOfBytes);
}

/** Does ReEncrypt name a key that is none of ours, or leave it to the ciphertext which key it was made with? */
function namesAnother({ input, keys }: Situation): boolean {
  const ids = keyIdsOf(input);
  return ids.length < 2 || ids.some((id) => !keys.some(({ key }) => key.id === id));
}
