import type { OperationShape } from '../shape.ts';

/** The operations that use a key. */
export const cryptographicShapes = {
  Encrypt: {
    says: 'Encrypts with a key.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      Plaintext: { type: 'blob', min: 1, max: 4096, required: true, sensitive: true },
      EncryptionContext: { type: 'map' },
      GrantTokens: { type: 'list', min: 0, max: 10, of: { type: 'string', min: 1, max: 8192 } },
      EncryptionAlgorithm: {
        type: 'string',
        values: ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'],
      },
      DryRun: { type: 'boolean' },
    },
    output: ['CiphertextBlob', 'KeyId', 'EncryptionAlgorithm'],
    errors: ['NotFoundException', 'DisabledException', 'KeyUnavailableException', 'DependencyTimeoutException', 'InvalidKeyUsageException', 'InvalidGrantTokenException', 'KMSInternalException', 'KMSInvalidStateException', 'DryRunOperationException'],
  },
  Decrypt: {
    says: 'Decrypts with a key.',
    input: {
      CiphertextBlob: { type: 'blob', min: 1, max: 6144 },
      EncryptionContext: { type: 'map' },
      GrantTokens: { type: 'list', min: 0, max: 10, of: { type: 'string', min: 1, max: 8192 } },
      KeyId: { type: 'string', min: 1, max: 2048 },
      EncryptionAlgorithm: {
        type: 'string',
        values: ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'],
      },
      Recipient: {
        type: 'structure',
        members: {
          KeyEncryptionAlgorithm: { type: 'string', values: ['RSAES_OAEP_SHA_256'] },
          AttestationDocument: { type: 'blob', min: 1, max: 262144 },
        },
      },
      DryRun: { type: 'boolean' },
      DryRunModifiers: { type: 'list', of: { type: 'string', values: ['IGNORE_CIPHERTEXT'] } },
    },
    output: ['KeyId', 'Plaintext', 'EncryptionAlgorithm', 'CiphertextForRecipient', 'KeyMaterialId'],
    errors: ['NotFoundException', 'DisabledException', 'InvalidCiphertextException', 'KeyUnavailableException', 'IncorrectKeyException', 'InvalidKeyUsageException', 'DependencyTimeoutException', 'InvalidGrantTokenException', 'KMSInternalException', 'KMSInvalidStateException', 'DryRunOperationException'],
  },
  ReEncrypt: {
    says: 'Decrypts with one key and encrypts with another.',
    input: {
      CiphertextBlob: { type: 'blob', min: 1, max: 6144 },
      SourceEncryptionContext: { type: 'map' },
      SourceKeyId: { type: 'string', min: 1, max: 2048 },
      DestinationKeyId: { type: 'string', min: 1, max: 2048, required: true },
      DestinationEncryptionContext: { type: 'map' },
      SourceEncryptionAlgorithm: {
        type: 'string',
        values: ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'],
      },
      DestinationEncryptionAlgorithm: {
        type: 'string',
        values: ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'],
      },
      GrantTokens: { type: 'list', min: 0, max: 10, of: { type: 'string', min: 1, max: 8192 } },
      DryRun: { type: 'boolean' },
      DryRunModifiers: { type: 'list', of: { type: 'string', values: ['IGNORE_CIPHERTEXT'] } },
    },
    output: ['CiphertextBlob', 'SourceKeyId', 'KeyId', 'SourceEncryptionAlgorithm', 'DestinationEncryptionAlgorithm', 'SourceKeyMaterialId', 'DestinationKeyMaterialId'],
    errors: ['NotFoundException', 'DisabledException', 'InvalidCiphertextException', 'KeyUnavailableException', 'IncorrectKeyException', 'DependencyTimeoutException', 'InvalidKeyUsageException', 'InvalidGrantTokenException', 'KMSInternalException', 'KMSInvalidStateException', 'DryRunOperationException'],
  },
  GenerateDataKey: {
    says: 'Makes a data key.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      EncryptionContext: { type: 'map' },
      NumberOfBytes: { type: 'integer', min: 1, max: 1024 },
      KeySpec: { type: 'string', values: ['AES_256', 'AES_128'] },
      GrantTokens: { type: 'list', min: 0, max: 10, of: { type: 'string', min: 1, max: 8192 } },
      Recipient: {
        type: 'structure',
        members: {
          KeyEncryptionAlgorithm: { type: 'string', values: ['RSAES_OAEP_SHA_256'] },
          AttestationDocument: { type: 'blob', min: 1, max: 262144 },
        },
      },
      DryRun: { type: 'boolean' },
    },
    output: ['CiphertextBlob', 'Plaintext', 'KeyId', 'CiphertextForRecipient', 'KeyMaterialId'],
    errors: ['NotFoundException', 'DisabledException', 'KeyUnavailableException', 'DependencyTimeoutException', 'InvalidKeyUsageException', 'InvalidGrantTokenException', 'KMSInternalException', 'KMSInvalidStateException', 'DryRunOperationException'],
  },
  GenerateDataKeyWithoutPlaintext: {
    says: 'Makes a data key and returns it only encrypted.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      EncryptionContext: { type: 'map' },
      KeySpec: { type: 'string', values: ['AES_256', 'AES_128'] },
      NumberOfBytes: { type: 'integer', min: 1, max: 1024 },
      GrantTokens: { type: 'list', min: 0, max: 10, of: { type: 'string', min: 1, max: 8192 } },
      DryRun: { type: 'boolean' },
    },
    output: ['CiphertextBlob', 'KeyId', 'KeyMaterialId'],
    errors: ['NotFoundException', 'DisabledException', 'KeyUnavailableException', 'DependencyTimeoutException', 'InvalidKeyUsageException', 'InvalidGrantTokenException', 'KMSInternalException', 'KMSInvalidStateException', 'DryRunOperationException'],
  },
} as const satisfies Record<string, OperationShape>;
