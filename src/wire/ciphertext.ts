import { createCipheriv, createDecipheriv } from 'node:crypto';
import { bytesFor } from './chance.ts';

/** The context of an encryption; who decrypts has to give the same. */
type Context = Readonly<Record<string, string>> | undefined;

const version = 1;
const keyIdBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + keyIdBytes + nonceBytes + tagBytes;

/**
 * A ciphertext that only `decrypted` with the same key and context opens. It hides nothing: everything that is needed
 * to open it follows from the ID of the key.
 */
export function encrypted(plaintext: string, keyId: string, context: Context, nonce: Buffer): string {
  const cipher = createCipheriv('aes-256-gcm', materialOf(keyId), nonce.subarray(0, nonceBytes));
  cipher.setAAD(Buffer.from(canonical(context)));
  const body = Buffer.concat([cipher.update(Buffer.from(plaintext, 'base64')), cipher.final()]);
  const id = Buffer.from(keyId.replaceAll('-', ''), 'hex');
  return Buffer.concat([Buffer.of(version), id, nonce.subarray(0, nonceBytes), cipher.getAuthTag(), body]).toString(
    'base64',
  );
}

/** The plaintext (base64); undefined if the key or the context is another, or the ciphertext none of ours. */
export function decrypted(ciphertext: string, keyId: string, context: Context): string | undefined {
  if (keyIdOf(ciphertext) !== keyId) return undefined;
  const blob = Buffer.from(ciphertext, 'base64');
  const nonce = blob.subarray(1 + keyIdBytes, 1 + keyIdBytes + nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', materialOf(keyId), nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(canonical(context)));
  decipher.setAuthTag(blob.subarray(headBytes - tagBytes, headBytes));
  try {
    return Buffer.concat([decipher.update(blob.subarray(headBytes)), decipher.final()]).toString('base64');
  } catch {
    return undefined;
  }
}

/** The key that made a ciphertext; undefined if it is none of ours. */
export function keyIdOf(ciphertext: string): string | undefined {
  const blob = Buffer.from(ciphertext, 'base64');
  if (blob.length < headBytes || blob[0] !== version) return undefined;
  const hex = blob.subarray(1, 1 + keyIdBytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const materialOf = (keyId: string): Buffer => bytesFor(32, 0, 'key material', keyId);

const canonical = (context: Context): string =>
  JSON.stringify(Object.entries(context ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
