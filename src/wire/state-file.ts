import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { WorldFile } from '../spec/world.ts';
import { type Lock, lockFor } from './file-lock.ts';
import type { Changes, Noted } from './notes.ts';
import type { Scope } from './scope.ts';

/** A line of a state file: what changed in an account and Region, or what the world is from now on. */
export type Saved = (Scope & Changes) | { readonly world: WorldFile };

/** A state file that cannot be used. The message is one line for people. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}

const header = JSON.stringify({ format: 'kms-cks state', version: 1 });

/** A file that grew by so many bytes since it was last written anew is written anew. */
const mostGrowth = 64 * 1024 * 1024;

/**
 * A file to which every change is appended, and with fsync made safe, before anybody is told of it. After a crash its
 * lines give back all that was answered; a last line that was torn was not answered.
 */
export class StateFile {
  /** What the file held when it was opened. */
  readonly found: readonly (Scope & Changes)[];
  readonly world: WorldFile | undefined;
  readonly #path: string;
  readonly #lock: Lock;
  #file: FileHandle;
  #pending: string[] = [];
  #isQueued = false;
  #done: Promise<void> = Promise.resolve();
  readonly #mostGrowth: number;
  #grown: number;
  #describe: () => readonly Saved[] = () => [];
  #failed: (error: Error) => void = () => {};

  private constructor(path: string, lock: Lock, file: FileHandle, content: Content, most: number) {
    this.#mostGrowth = most;
    this.#path = path;
    this.#lock = lock;
    this.#file = file;
    this.#grown = content.length;
    this.found = content.scopes;
    this.world = content.world;
  }

  /** Opens the file, or makes it. Only one process at a time may have it open. */
  static async open(path: string, most = mostGrowth): Promise<StateFile> {
    let lock: Lock | undefined;
    try {
      closeSync(openSync(path, 'a', 0o600));
      lock = await lockFor(path);
      if (lock === undefined) throw new StateFileError(`${path}: another process uses it. Stop that one first`);
      const content = parsed(path, readFileSync(path));
      prepare(path, content.length);
      return new StateFile(path, lock, await open(path, 'a'), content, most);
    } catch (error) {
      lock?.release();
      if (error instanceof StateFileError) throw error;
      const { code } = error as NodeJS.ErrnoException;
      const reasons: Readonly<Record<string, string>> = { ENOENT: 'no such folder', EISDIR: 'is a folder' };
      throw new StateFileError(
        `${path}: ${reasons[code ?? ''] ?? `cannot be opened (${code})`}. Give the path of a file that can be written`,
      );
    }
  }

  /** Who tells everything there is, when the file is written anew. */
  describes(describe: () => readonly Saved[]): void {
    this.#describe = describe;
  }

  /** Who is told that the file can no longer be written. */
  onFailure(failed: (error: Error) => void): void {
    this.#failed = failed;
  }

  /** Takes a line; it is safe when `kept` says so. */
  append(saved: Saved): void {
    this.#pending.push(`${JSON.stringify(saved)}\n`);
    if (this.#isQueued) return;
    this.#isQueued = true;
    this.#done = this.#done.then(() => this.#write());
    this.#done.catch(this.#failed);
  }

  /** When everything that was appended until now is safe. */
  kept(): Promise<void> {
    return this.#done;
  }

  async close(): Promise<void> {
    await this.#done.catch(() => {});
    await this.#file.close();
    this.#lock.release();
  }

  /** Lines that arrive while others are written go together: one fsync serves them all. */
  async #write(): Promise<void> {
    this.#isQueued = false;
    if (this.#grown > this.#mostGrowth && (await this.#anew())) return;
    const text = this.#pending.splice(0).join('');
    await this.#file.appendFile(text);
    await this.#file.datasync();
    this.#grown += text.length;
  }

  /**
   * Writes everything there is into a file beside, and puts it in place of this one. The pending lines are part of what
   * there is, so they need not be written too. Where a file cannot be replaced, this one grows on.
   */
  async #anew(): Promise<boolean> {
    const beside = `${this.#path}.new`;
    const taken = this.#pending.splice(0);
    const text = `${[header, ...this.#describe().map((saved) => JSON.stringify(saved))].join('\n')}\n`;
    this.#grown = 0;
    try {
      const file = await open(beside, 'w', 0o600);
      await file.appendFile(text);
      await file.sync();
      await file.close();
      renameSync(beside, this.#path);
    } catch {
      this.#pending.unshift(...taken);
      return false;
    }
    syncFolder(this.#path);
    await this.#file.close();
    this.#file = await open(this.#path, 'a');
    return true;
  }
}

interface Content {
  readonly scopes: readonly (Scope & Changes)[];
  readonly world: WorldFile | undefined;
  /** The length in bytes of what can be used. */
  readonly length: number;
}

function parsed(path: string, bytes: Buffer): Content {
  const end = bytes.lastIndexOf(0x0a) + 1;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  const torn = bytes.subarray(end).toString('utf8');
  if (end === 0 ? !header.startsWith(torn) : first !== header) {
    throw new StateFileError(`${path}: not a state file of serve. Give another path`);
  }
  const scopes = new Map<string, { scope: Scope; made: number; stores: Map<string, Noted> }>();
  let world: WorldFile | undefined;
  for (const [index, line] of lines.entries()) {
    const saved = lineOf(path, line, index + 2);
    if ('world' in saved) {
      world = saved.world;
      continue;
    }
    const { owner, region, made, put, gone } = saved;
    const key = `${owner} ${region}`;
    const found = scopes.get(key) ?? { scope: { owner, region }, made, stores: new Map<string, Noted>() };
    for (const noted of put) found.stores.set(noted.store.id, noted);
    for (const id of gone) found.stores.delete(id);
    scopes.set(key, { ...found, made });
  }
  const found = [...scopes.values()].map(({ scope, made, stores }) => ({
    ...scope,
    made,
    put: [...stores.values()],
    gone: [],
  }));
  return { scopes: found, world, length: end };
}

function lineOf(path: string, line: string, number: number): Saved {
  try {
    const saved = JSON.parse(line) as Partial<Scope & Changes & { world: WorldFile }>;
    if (typeof saved.world === 'object' || (Array.isArray(saved.put) && Array.isArray(saved.gone))) {
      return saved as Saved;
    }
  } catch {
    // told below
  }
  throw new StateFileError(`${path}: line ${number} is damaged. Take it out, or give another path`);
}

/** Cuts off a torn line, writes the header of a new file, and makes both safe. */
function prepare(path: string, length: number): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, length);
    if (length === 0) writeSync(file, `${header}\n`, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolder(path);
}

/** A new name in a folder is safe only when the folder is; some systems cannot do that, and need not. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(dirname(path), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // not on this system
  }
}
