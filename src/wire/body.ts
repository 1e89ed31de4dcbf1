import type { IncomingMessage } from 'node:http';

/** The longest body that is read; AWS's own limit is of this order. */
const longestBody = 1 << 20;

/** What `bodyOf` gives for a body that is too long. */
export const tooLong = Symbol('too long');

/**
 * The body of a message. Of one that is too long the rest is thrown away, so that its sender comes to read the answer;
 * but not without end.
 */
export function bodyOf(message: IncomingMessage, longest = longestBody): Promise<Buffer | typeof tooLong> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= longest) chunks.push(chunk);
      else if (chunks.length > 0 || size - chunk.length <= longest) {
        chunks.length = 0;
        resolve(tooLong);
      }
      if (size > 64 * longest) message.destroy();
    });
    message.on('end', () => resolve(size > longest ? tooLong : Buffer.concat(chunks, size)));
    message.on('error', reject);
    message.on('close', () => reject(new Error('the message broke off')));
  });
}
