/** Which of them have which word. */
export class Holders<T> {
  readonly #under = new Map<string, Set<T>>();

  of(word: string): ReadonlySet<T> | undefined {
    return this.#under.get(word);
  }

  /** Does one of them have the word that is not this one? */
  hasOther(word: string, but: T | undefined): boolean {
    const holders = this.#under.get(word);
    return holders !== undefined && holders.size > (but !== undefined && holders.has(but) ? 1 : 0);
  }

  /** What had these words has others now. */
  exchange(holder: T, before: readonly string[], now: readonly string[]): void {
    if (before === now) return;
    for (const word of before) {
      const left = this.#under.get(word);
      left?.delete(holder);
      if (left?.size === 0) this.#under.delete(word);
    }
    for (const word of now) {
      const same = this.#under.get(word);
      if (same === undefined) this.#under.set(word, new Set([holder]));
      else same.add(holder);
    }
  }

  clear(): void {
    this.#under.clear();
  }
}
