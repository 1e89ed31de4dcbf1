import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder } from '../folder.ts';

interface Remembered {
  readonly url: string;
  /** The marks that end the names of what was created. */
  readonly tags: readonly string[];
  /** The stores, with the keys in them, that were created and are still there as far as anybody knows. */
  readonly stores: readonly string[];
  readonly keys: readonly string[];
}

/** What was created at an endpoint, in a small file: so that it can be deleted even after a crash. */
export class StateFile {
  readonly path: string;
  readonly #url: string;
  readonly #tags: Set<string>;
  readonly #stores: Set<string>;
  readonly #keys: Set<string>;

  constructor(url: string) {
    const folder = join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'kms-cks');
    this.#url = url;
    this.path = join(folder, `${createHash('sha256').update(url).digest('hex').slice(0, 12)}.json`);
    const { tags = [], stores = [], keys = [] } = read(this.path) ?? {};
    this.#tags = new Set(tags);
    this.#stores = new Set(stores);
    this.#keys = new Set(keys);
  }

  get stores(): readonly string[] {
    return [...this.#stores];
  }

  get keys(): readonly string[] {
    return [...this.#keys];
  }

  /** Did a run that is remembered give this name? */
  hasNamed = (name: string): boolean => [...this.#tags].some((tag) => new RegExp(`\\.${tag}[a-z2-7]{3}$`).test(name));

  begin(tag: string): void {
    this.#tags.add(tag);
    this.#write();
  }

  created(id: string, kind: 'store' | 'key'): void {
    (kind === 'store' ? this.#stores : this.#keys).add(id);
    this.#write();
  }

  gone(id: string): void {
    if (this.#stores.delete(id)) this.#write();
  }

  /** Everything that is not left any more is forgotten; the file goes when nothing is left. */
  end(): void {
    if (this.#stores.size > 0) {
      this.#write();
      return;
    }
    this.#tags.clear();
    this.#keys.clear();
    rmSync(this.path, { force: true });
  }

  #write(): void {
    const state: Remembered = { url: this.#url, tags: [...this.#tags], stores: this.stores, keys: this.keys };
    try {
      makeFolder(dirname(this.path));
      writeFileSync(this.path, JSON.stringify(state));
    } catch {
      // A folder that cannot be written to costs the way back after a crash, not the check.
    }
  }
}

function read(path: string): Partial<Remembered> | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Remembered;
  } catch {
    return undefined;
  }
}
