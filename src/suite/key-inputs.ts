import type { KeyOperation } from '../spec/vocabulary.ts';

/** Some bytes to encrypt, and to pass for anything else that is encrypted. */
export const plain = 'cGxhaW4gdGV4dA==';

/** The members that an operation on a key needs besides keys and ciphertexts; the others need none. */
export const keyInputs: Readonly<Partial<Record<KeyOperation, object>>> = {
  Encrypt: { Plaintext: plain },
  GenerateDataKey: { KeySpec: 'AES_256' },
  GenerateDataKeyWithoutPlaintext: { KeySpec: 'AES_256' },
  GenerateDataKeyPair: { KeyPairSpec: 'RSA_2048' },
  GenerateDataKeyPairWithoutPlaintext: { KeyPairSpec: 'RSA_2048' },
  GetParametersForImport: { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' },
  ImportKeyMaterial: { ImportToken: plain, EncryptedKeyMaterial: plain },
};
