import { readSync, writeSync } from 'node:fs';
import { Lines, overlong } from '../../wire/lines.ts';
import { OracleSession, tooLong } from '../../wire/oracle/session.ts';

const longestLine = 16 << 20;
const [stdin, stdout] = [0, 1];

/**
 * Oracles over stdin and stdout, until stdin ends or a message says stop. Reads and writes block, which is several
 * times faster than events where every line waits for the reply to the one before. The replies to all lines that came
 * at once are written at once, and always before the next read.
 */
export async function run(): Promise<number> {
  const session = new OracleSession();
  const lines = new Lines(longestLine);
  const piece = Buffer.allocUnsafe(1 << 16);
  for (;;) {
    const size = read(piece);
    if (size === 'would block') return later(session, lines);
    reply(session, size === 0 ? lines.finish() : lines.push(piece.subarray(0, size)));
    if (size === 0 || session.ended) return 0;
  }
}

/** The same with events, where standard input was set not to block. */
async function later(session: OracleSession, lines: Lines): Promise<number> {
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    reply(session, lines.push(piece));
    if (session.ended) return 0;
  }
  reply(session, lines.finish());
  return 0;
}

function reply(session: OracleSession, lines: ReturnType<Lines['push']>): void {
  let text = '';
  for (const line of lines) {
    text += `${line === overlong ? tooLong(longestLine) : session.answer(line)}\n`;
    if (text.length > 1 << 16) {
      write(text);
      text = '';
    }
    if (session.ended) break;
  }
  if (text !== '') write(text);
}

function read(into: Buffer): number | 'would block' {
  try {
    return readSync(stdin, into);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return 'would block';
    if (code === 'EOF') return 0;
    throw error;
  }
}

function write(text: string): void {
  let left = Buffer.from(text);
  while (left.length > 0) {
    try {
      left = left.subarray(writeSync(stdout, left));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0); // The client is gone; there is nobody to tell.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); // The pipe is full.
    }
  }
}
