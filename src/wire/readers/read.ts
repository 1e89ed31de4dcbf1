import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { batchesOf, cloudTrail, recordsIn } from './cloudtrail.ts';
import { history } from './history.ts';
import { bytesOf, textOf } from './lines.ts';
import type { Batch, Reader, ReadOptions } from './reader.ts';
import { Unreadable } from './unreadable.ts';

/** Every format that histories are read in. A new reader needs a line here, and nothing else. */
export const readers = { history, cloudtrail: cloudTrail } as const satisfies Readonly<Record<string, Reader>>;
export type Format = keyof typeof readers;

/** A history in whatever format it was recorded: its reader, and its events in batches. */
export async function read(path: string, format: Format | 'auto', options: ReadOptions) {
  if (path !== '-' && isFolder(path)) return { format: 'cloudtrail' as const, batches: folder(path, options) };
  const { beginning, bytes } = await peeked(bytesOf(path));
  const found = format === 'auto' ? recognized(path, beginning) : format;
  return { format: found, batches: readers[found].read(path, bytes, options) };
}

function recognized(path: string, beginning: string): Format {
  if (beginning.trim() === '') return 'history';
  for (const [name, { recognizes }] of Object.entries(readers)) if (recognizes(beginning)) return name as Format;
  // It is JSON of another kind, or no JSON at all: read as a history, it is told by line.
  if (/^\s*\{/.test(beginning)) return 'history';
  throw new Unreadable(
    `${path}: neither a history nor a CloudTrail log. Say which with --format history or cloudtrail`,
  );
}

/** The log files of a folder, and of the folders in it, as one trail. */
async function* folder(path: string, { lenient }: ReadOptions): AsyncGenerator<Batch> {
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .map((name) => join(path, name))
    .sort();
  if (files.length === 0)
    throw new Unreadable(`${path}: holds no .json or .json.gz file. Give a folder of CloudTrail logs`);
  const records: unknown[] = [];
  for (const file of files)
    for (const record of recordsIn(file, await textOf(file, bytesOf(file)))) records.push(record);
  yield* batchesOf(records, path, lenient);
}

/** A path that cannot be looked at is none of a folder; reading it tells what is wrong. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The first characters of a stream, and the stream from its beginning. */
async function peeked(source: AsyncGenerator<Buffer>) {
  const first: Buffer[] = [];
  let size = 0;
  let done = false;
  while (!done && size < beginningSize) {
    const next = await source.next();
    done = next.done === true;
    if (next.done) break;
    first.push(next.value);
    size += next.value.length;
  }
  async function* bytes(): AsyncGenerator<Buffer> {
    yield* first;
    if (!done) yield* source;
  }
  return { beginning: Buffer.concat(first).toString('utf8', 0, beginningSize), bytes: bytes() };
}
const beginningSize = 4096;
