import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Unreadable } from './unreadable.ts';

/** A line of a history is a few hundred characters; what is longer than this is something else. */
const longest = 16 * 1024 * 1024;

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes of a file (`-` is standard input), unpacked if its name ends in .gz. */
export async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const raw = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 17 });
  const stream = path.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  let failed: NodeJS.ErrnoException | undefined;
  raw.on('error', (error: NodeJS.ErrnoException) => {
    failed = error;
    stream.destroy(error);
  });
  try {
    let isFirst = true;
    for await (const chunk of stream) {
      // Some editors and shells begin a file with a byte order mark.
      yield isFirst && byteOrderMark.equals((chunk as Buffer).subarray(0, 3))
        ? (chunk as Buffer).subarray(3)
        : (chunk as Buffer);
      isFirst = false;
    }
  } catch (error) {
    throw new Unreadable(`${path.slice(0, 200)}: ${reasonFor(failed ?? (error as NodeJS.ErrnoException))}`);
  }
}

const reasonFor = ({ code }: NodeJS.ErrnoException): string =>
  code === 'ENOENT'
    ? 'no such file. Give the path of a file, or - for standard input'
    : code === 'EISDIR'
      ? 'is a folder. Give the path of a file in it'
      : code?.startsWith('Z_')
        ? 'is not a whole gzip file. Unpack it, or fetch it again'
        : `cannot be read (${code}). Give the path of a file, or - for standard input`;

/** Lines of a stream of bytes, many at a time: to wait for each of a million lines alone would take longer than to read it. */
export async function* linesOf(path: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  let rest: Buffer[] = [];
  let waiting = 0;
  let count = 0;
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(10);
    if (end < 0) {
      rest.push(chunk);
      waiting += chunk.length;
      if (waiting > longest) throw tooLong(path, count + 1);
      continue;
    }
    const whole = Buffer.concat([...rest, chunk.subarray(0, end)]).toString('utf8');
    rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    waiting = chunk.length - end - 1;
    const lines = whole.split('\n');
    const long = lines.findIndex(({ length }) => length > longest);
    if (long >= 0) throw tooLong(path, count + long + 1);
    count += lines.length;
    yield lines;
  }
  if (waiting > 0) yield [Buffer.concat(rest).toString('utf8')];
}

const tooLong = (path: string, line: number): Unreadable =>
  new Unreadable(`${path}:${line}: the line is longer than 16 MiB. A history has one event a line`);

/** All of it, for documents that are one JSON value. */
export async function textOf(path: string, bytes: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > largest)
      throw new Unreadable(`${path}: is larger than 150 MB. Split it by time, or give a folder of log files`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
const largest = 150_000_000;
