/** So many requests a second for each operation: a bucket that fills as time passes. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #buckets = new Map<string, { readonly left: number; readonly at: number }>();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Is there room for one more? If so, it is taken. */
  admits(op: string, now: number): boolean {
    const most = Math.max(this.#perSecond, 1);
    const { left, at } = this.#buckets.get(op) ?? { left: most, at: now };
    const room = Math.min(most, left + (Math.max(now - at, 0) * this.#perSecond) / 1000);
    const admitted = room >= 1;
    this.#buckets.set(op, { left: admitted ? room - 1 : room, at: now });
    return admitted;
  }
}
