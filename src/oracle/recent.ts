/**
 * Keeps what was worked out, as long as it is asked for: when there is too much, what was not asked for lately goes.
 * So memory stays flat, and what is in use is never worked out twice.
 */
export class Recent<K, V> {
  #young = new Map<K, V>();
  #old = new Map<K, V>();
  readonly #most: number;

  /** At most twice as many are kept as `most` says. */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** What is kept under the key; where nothing is, it is worked out. */
  get(key: K, compute: () => V): V {
    return this.find(key) ?? this.set(key, compute());
  }

  find(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): V {
    if (this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }
}
