import type { OperationShape } from '../shape.ts';

/** The key operations that name a store. */
export const createKeyShapes = {
  CreateKey: {
    says: 'Makes a KMS key, in a custom key store if the request names one.',
    input: {
      Policy: { type: 'string', min: 1, max: 131072, pattern: String.raw`[\u0009\u000A\u000D\u0020-\u00FF]+` },
      Description: { type: 'string', min: 0, max: 8192 },
      KeyUsage: { type: 'string', values: ['SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'] },
      CustomerMasterKeySpec: {
        type: 'string',
        values: ['RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1', 'SYMMETRIC_DEFAULT', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512', 'SM2'],
      },
      KeySpec: {
        type: 'string',
        values: ['RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1', 'SYMMETRIC_DEFAULT', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512', 'SM2', 'ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87', 'ECC_NIST_EDWARDS25519'],
        says: 'SYMMETRIC_DEFAULT in a custom key store.',
      },
      Origin: {
        type: 'string',
        values: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
        says: 'AWS_CLOUDHSM or EXTERNAL_KEY_STORE for a key in a custom key store.',
      },
      CustomKeyStoreId: {
        type: 'string',
        min: 1,
        max: 64,
        says: 'The store that holds the key; without it the key is no concern of this specification.',
      },
      BypassPolicyLockoutSafetyCheck: { type: 'boolean' },
      Tags: {
        type: 'list',
        of: { type: 'structure',
        members: {
          TagKey: { type: 'string', min: 1, max: 128, required: true },
          TagValue: { type: 'string', min: 0, max: 256, required: true },
        }, },
      },
      MultiRegion: { type: 'boolean', says: 'Not in a custom key store.' },
      XksKeyId: {
        type: 'string',
        min: 1,
        max: 128,
        pattern: '^[a-zA-Z0-9-_.]+$',
        says: 'The external key behind a key in an external key store.',
      },
    },
    output: ['KeyMetadata'],
    errors: ['MalformedPolicyDocumentException', 'DependencyTimeoutException', 'InvalidArnException', 'UnsupportedOperationException', 'KMSInternalException', 'LimitExceededException', 'TagException', 'CustomKeyStoreNotFoundException', 'CustomKeyStoreInvalidStateException', 'CloudHsmClusterInvalidConfigurationException', 'XksKeyInvalidConfigurationException', 'XksKeyAlreadyInUseException', 'XksKeyNotFoundException'],
  },
  GenerateRandom: {
    says: 'Makes random bytes, in the cluster of a store if the request names one.',
    input: {
      NumberOfBytes: { type: 'integer', min: 1, max: 1024 },
      CustomKeyStoreId: {
        type: 'string',
        min: 1,
        max: 64,
        says: 'An AWS CloudHSM key store whose cluster makes the bytes.',
      },
      Recipient: {
        type: 'structure',
        members: {
          KeyEncryptionAlgorithm: { type: 'string', values: ['RSAES_OAEP_SHA_256'] },
          AttestationDocument: { type: 'blob', min: 1, max: 262144 },
        },
      },
    },
    output: ['Plaintext', 'CiphertextForRecipient'],
    errors: ['DependencyTimeoutException', 'KMSInternalException', 'UnsupportedOperationException', 'CustomKeyStoreNotFoundException', 'CustomKeyStoreInvalidStateException'],
  },
} as const satisfies Record<string, OperationShape>;
