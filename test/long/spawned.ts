import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A command of the built package that listens. */
export interface Spawned {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it, politely or not, and gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `kms-cks` and waits until it says where it listens. */
export async function spawned(...args: readonly string[]): Promise<Spawned> {
  const child = spawn(process.execPath, ['dist/cli/main.js', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), exit])) as [unknown];
  const [, url] = /^listening on (http:\S+)$/.exec(String(line)) ?? [];
  if (url === undefined) throw new Error(`kms-cks ${args.join(' ')} did not listen: ${String(line)}`);
  return {
    url,
    child,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const [code] = await exit;
      return code;
    },
  };
}
