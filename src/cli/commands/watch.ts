import { existsSync, statSync, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Changes of files, as they come. */
export interface Changes {
  /** Waits for the next change; false if the user wants to end. */
  next(): Promise<boolean>;
}

/** The folders of the files that a command line names; where it names none, the current folder. */
export function foldersOf(command: readonly string[]): readonly string[] {
  const files = command.slice(1).filter((word) => existsSync(word));
  const folders = files.map((file) => resolve(statSync(file).isDirectory() ? file : dirname(file)));
  return folders.length === 0 ? [process.cwd()] : [...new Set(folders)];
}

/** What programs write beside their sources. */
const unimportant = /(^|\/)(node_modules|__pycache__|\.[^/]+|[^/]*~)(\/|$)/;

/** Watches folders. Changes that come while nobody waits count as one. */
export function changes(folders: readonly string[]): Changes {
  let changed = false;
  let ended = false;
  let wake = () => {};
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_, file) => {
      if (file !== null && unimportant.test(file.replaceAll('\\', '/'))) return;
      changed = true;
      wake();
    }),
  );
  const end = () => {
    ended = true;
    for (const watcher of watchers) watcher.close();
    wake();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  return {
    async next() {
      while (!changed && !ended)
        await new Promise<void>((done) => {
          wake = done;
        });
      // An editor writes a file in several steps.
      await new Promise((done) => setTimeout(done, ended ? 0 : 50));
      changed = false;
      return !ended;
    },
  };
}
