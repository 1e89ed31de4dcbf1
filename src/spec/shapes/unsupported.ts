import type { OperationShape } from '../shape.ts';

/** Operations that keys in custom key stores never support; their members still have to be well formed. */
export const unsupportedShapes = {
  GenerateDataKeyPair: {
    says: 'Makes a data key pair; not with keys in custom key stores.',
    input: {
      EncryptionContext: { type: 'map' },
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      KeyPairSpec: {
        type: 'string',
        values: ['RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1', 'SM2', 'ECC_NIST_EDWARDS25519'],
        required: true,
      },
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
    output: ['PrivateKeyCiphertextBlob', 'PrivateKeyPlaintext', 'PublicKey', 'KeyId', 'KeyPairSpec', 'CiphertextForRecipient', 'KeyMaterialId'],
    errors: ['NotFoundException', 'DisabledException', 'KeyUnavailableException', 'DependencyTimeoutException', 'InvalidKeyUsageException', 'InvalidGrantTokenException', 'KMSInternalException', 'KMSInvalidStateException', 'UnsupportedOperationException', 'DryRunOperationException'],
  },
  GenerateDataKeyPairWithoutPlaintext: {
    says: 'Makes a data key pair without its plain private key; not with keys in custom key stores.',
    input: {
      EncryptionContext: { type: 'map' },
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      KeyPairSpec: {
        type: 'string',
        values: ['RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1', 'SM2', 'ECC_NIST_EDWARDS25519'],
        required: true,
      },
      GrantTokens: { type: 'list', min: 0, max: 10, of: { type: 'string', min: 1, max: 8192 } },
      DryRun: { type: 'boolean' },
    },
    output: ['PrivateKeyCiphertextBlob', 'PublicKey', 'KeyId', 'KeyPairSpec', 'KeyMaterialId'],
    errors: ['NotFoundException', 'DisabledException', 'KeyUnavailableException', 'DependencyTimeoutException', 'InvalidKeyUsageException', 'InvalidGrantTokenException', 'KMSInternalException', 'KMSInvalidStateException', 'UnsupportedOperationException', 'DryRunOperationException'],
  },
  EnableKeyRotation: {
    says: 'Turns automatic rotation on; not for keys in custom key stores.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      RotationPeriodInDays: { type: 'integer', min: 90, max: 2560 },
    },
    output: [],
    errors: ['NotFoundException', 'DisabledException', 'InvalidArnException', 'DependencyTimeoutException', 'KMSInternalException', 'KMSInvalidStateException', 'UnsupportedOperationException'],
  },
  DisableKeyRotation: {
    says: 'Turns automatic rotation off; not for keys in custom key stores.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
    },
    output: [],
    errors: ['NotFoundException', 'DisabledException', 'InvalidArnException', 'DependencyTimeoutException', 'KMSInternalException', 'KMSInvalidStateException', 'UnsupportedOperationException'],
  },
  GetKeyRotationStatus: {
    says: 'Tells whether a key rotates; not for keys in custom key stores.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
    },
    output: ['KeyRotationEnabled', 'KeyId', 'RotationPeriodInDays', 'NextRotationDate', 'OnDemandRotationStartDate'],
    errors: ['NotFoundException', 'InvalidArnException', 'DependencyTimeoutException', 'KMSInternalException', 'KMSInvalidStateException', 'UnsupportedOperationException'],
  },
  RotateKeyOnDemand: {
    says: 'Rotates a key now; not for keys in custom key stores.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
    },
    output: ['KeyId'],
    errors: ['NotFoundException', 'DisabledException', 'InvalidArnException', 'DependencyTimeoutException', 'KMSInternalException', 'KMSInvalidStateException', 'UnsupportedOperationException', 'LimitExceededException', 'ConflictException'],
  },
  GetParametersForImport: {
    says: 'Begins an import of key material; not for keys in custom key stores.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      WrappingAlgorithm: {
        type: 'string',
        values: ['RSAES_PKCS1_V1_5', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256', 'SM2PKE'],
        required: true,
      },
      WrappingKeySpec: { type: 'string', values: ['RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2'], required: true },
    },
    output: ['KeyId', 'ImportToken', 'PublicKey', 'ParametersValidTo'],
    errors: ['InvalidArnException', 'UnsupportedOperationException', 'DependencyTimeoutException', 'NotFoundException', 'KMSInternalException', 'KMSInvalidStateException'],
  },
  ImportKeyMaterial: {
    says: 'Imports key material; not for keys in custom key stores.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      ImportToken: { type: 'blob', min: 1, max: 6144, required: true },
      EncryptedKeyMaterial: { type: 'blob', min: 1, max: 6144, required: true },
      ValidTo: { type: 'timestamp' },
      ExpirationModel: { type: 'string', values: ['KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE'] },
      ImportType: { type: 'string', values: ['NEW_KEY_MATERIAL', 'EXISTING_KEY_MATERIAL'] },
      KeyMaterialDescription: { type: 'string', min: 0, max: 256, pattern: String.raw`^[a-zA-Z0-9:/_\s.-]+$` },
      KeyMaterialId: { type: 'string', min: 64, max: 64, pattern: '^[a-f0-9]+$' },
    },
    output: ['KeyId', 'KeyMaterialId'],
    errors: ['InvalidArnException', 'UnsupportedOperationException', 'DependencyTimeoutException', 'NotFoundException', 'KMSInternalException', 'KMSInvalidStateException', 'InvalidCiphertextException', 'IncorrectKeyMaterialException', 'ExpiredImportTokenException', 'InvalidImportTokenException'],
  },
  DeleteImportedKeyMaterial: {
    says: 'Deletes imported key material; not for keys in custom key stores.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      KeyMaterialId: { type: 'string', min: 64, max: 64, pattern: '^[a-f0-9]+$' },
    },
    output: ['KeyId', 'KeyMaterialId'],
    errors: ['InvalidArnException', 'UnsupportedOperationException', 'DependencyTimeoutException', 'NotFoundException', 'KMSInternalException', 'KMSInvalidStateException'],
  },
} as const satisfies Record<string, OperationShape>;
