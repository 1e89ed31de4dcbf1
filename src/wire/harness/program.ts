import { type ChildProcess, spawn } from 'node:child_process';
import { Lines, type overlong } from '../lines.ts';

/** The program cannot be used as a harness: one line says what, and what to do. */
export class HarnessFault extends Error {
  override readonly name = 'HarnessFault';
}

/** A line longer than this is no answer. */
const longestLine = 4 << 20;
/** The end of a program that ends is told so soon after that of its stdout, in milliseconds. */
const whileEnding = 500;
/** So much of what the program says on stderr is kept, for when it dies. */
const longestWords = 2000;

/** A program that is spoken to in lines. What it writes to stderr is kept for reports. */
export class Program {
  readonly #child: ChildProcess;
  readonly #lines = new Lines(longestLine);
  readonly #waiting: ((line: string | typeof overlong | undefined) => void)[] = [];
  readonly #arrived: (string | typeof overlong)[] = [];
  #words = '';
  #end: string | undefined;

  constructor(command: readonly string[]) {
    const [file = '', ...args] = command;
    this.#child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stdout?.on('data', (piece: Buffer) => this.#arrive(this.#lines.push(piece)));
    // Who ends closes it as well; who runs on without it will never answer.
    this.#child.stdout?.on('end', () => setTimeout(() => this.#ended('it closed its stdout'), whileEnding).unref());
    this.#child.stderr?.on('data', (piece: Buffer) => {
      this.#words = (this.#words + piece.toString('utf8')).slice(-longestWords);
    });
    this.#child.stdin?.on('error', () => {}); // The end of the program is told by 'close'.
    this.#child.on('error', (error: NodeJS.ErrnoException) => {
      this.#ended(error.code === 'ENOENT' ? 'there is no such program' : `it cannot be started (${error.code})`);
    });
    this.#child.on('close', (code, signal) => {
      this.#arrive(this.#lines.finish());
      this.#ended(signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`);
    });
  }

  /** Why the program does not run any more; undefined as long as it does. */
  get end(): string | undefined {
    return this.#end;
  }

  /** Has the program begun a line that it has not ended? */
  get begun(): boolean {
    return this.#lines.begun;
  }

  /** What the program said on stderr at last: the last line that speaks of an error, or else the last one. */
  get lastWords(): string {
    const lines = this.#words.trim().split('\n');
    const telling = lines.filter((line) => /error|exception|panic|fatal/i.test(line));
    return (telling.at(-1) ?? lines.at(-1) ?? '').trim();
  }

  write(line: string): void {
    if (this.#end === undefined) this.#child.stdin?.write(`${line}\n`);
  }

  /** Nothing more will be written. */
  close(): void {
    this.#child.stdin?.end();
  }

  /** The next line; `late` if none comes in time, undefined if none will ever come. */
  async read(milliseconds: number): Promise<string | typeof overlong | 'late' | undefined> {
    const there = this.#arrived.shift();
    if (there !== undefined) return there;
    if (this.#end !== undefined) return undefined;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        resolve('late');
      }, milliseconds);
      const take = (line: string | typeof overlong | undefined) => {
        clearTimeout(timer);
        resolve(line);
      };
      this.#waiting.push(take);
    });
  }

  /** Lines that came without being waited for. */
  unread(): number {
    return this.#arrived.length;
  }

  /** Waits for the program to end by itself. */
  async ends(milliseconds: number): Promise<boolean> {
    for (;;) {
      const line = await this.read(milliseconds);
      if (line === undefined) return true;
      if (line === 'late') return false;
    }
  }

  kill(): void {
    this.#child.kill('SIGKILL');
    this.#child.stdin?.destroy();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    this.#ended('it was ended');
  }

  #arrive(lines: ReturnType<Lines['push']>): void {
    for (const line of lines) {
      const take = this.#waiting.shift();
      if (take === undefined) this.#arrived.push(line);
      else take(line);
    }
  }

  #ended(why: string): void {
    this.#end ??= why;
    for (const take of this.#waiting.splice(0)) take(undefined);
  }
}
