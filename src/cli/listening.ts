import { UsageError } from './usage-error.ts';

/** When somebody ends the process: Ctrl-C, or a polite kill. */
export const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });

/** Says in one line why a port could not be opened. */
export const portTaken =
  (host: string, port: number) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code === 'EADDRINUSE') {
      throw new UsageError(`port ${port} is in use. Choose another with --port, or 0 for a free one`);
    }
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
      throw new UsageError(`--host ${JSON.stringify(host.slice(0, 60))} is no address of this machine. Try 127.0.0.1`);
    }
    throw new UsageError(
      `port ${port} cannot be opened (${error.code}). Choose another with --port, or 0 for a free one`,
    );
  };
