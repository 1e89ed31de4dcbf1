const end = 0x0a;
const none = Buffer.alloc(0);

/** A line that was too long to be kept. */
export const overlong = Symbol('overlong');

/** Cuts what a pipe gives into lines. A character that two pieces share is put together again. */
export class Lines {
  #rest: Buffer = none;
  #skipping = false;
  readonly #longest: number;

  /** @param longest the longest line that is kept, in bytes */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The lines that end in this piece, without their ends. Empty lines are left out. */
  push(piece: Buffer): readonly (string | typeof overlong)[] {
    const lines: (string | typeof overlong)[] = [];
    let from = 0;
    for (let at = piece.indexOf(end); at >= 0; at = piece.indexOf(end, from)) {
      this.#take(piece.subarray(from, at), lines);
      from = at + 1;
    }
    if (from < piece.length) this.#keep(piece.subarray(from), lines);
    return lines;
  }

  /** Has a line begun that has not ended yet? */
  get begun(): boolean {
    return this.#rest.length > 0;
  }

  /** What is left when nothing more comes: a last line without an end. */
  finish(): readonly (string | typeof overlong)[] {
    const lines: (string | typeof overlong)[] = [];
    this.#take(none, lines);
    return lines;
  }

  #take(last: Buffer, lines: (string | typeof overlong)[]): void {
    const whole = this.#rest.length === 0 ? last : Buffer.concat([this.#rest, last]);
    if (whole.length > this.#longest) lines.push(overlong);
    else if (!this.#skipping) {
      const text = whole.toString('utf8');
      if (text.trim() !== '') lines.push(text);
    }
    this.#rest = none;
    this.#skipping = false;
  }

  /** A line that becomes too long is told at once: its end may never come. */
  #keep(begun: Buffer, lines: (string | typeof overlong)[]): void {
    if (this.#skipping) return;
    if (this.#rest.length + begun.length > this.#longest) {
      this.#skipping = true;
      this.#rest = none;
      lines.push(overlong);
    } else this.#rest = Buffer.concat([this.#rest, begun]);
  }
}
