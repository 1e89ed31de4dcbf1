import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';

/** Something that one process at a time can hold. */
export interface Lock {
  release(): void;
}

/**
 * A lock for a file; undefined if another process has it. It is a name that the kernel takes back when the process
 * ends, however it ends, so a lock never outlives a crash. Where there are no such names there is no lock.
 */
export async function lockFor(path: string): Promise<Lock | undefined> {
  const name = `kms-cks-${createHash('sha256').update(realpathSync(path)).digest('hex').slice(0, 32)}`;
  const address =
    process.platform === 'linux' ? `\0${name}` : process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : undefined;
  if (address === undefined) return { release: () => {} };
  const server = createServer((socket) => socket.destroy());
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'EADDRINUSE'));
    server.listen(address, () => resolve(true));
  });
  server.unref();
  return isFree ? { release: () => server.close() } : undefined;
}
