import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { coreFiles, fullFiles, textOf } from '../../suite/vectors/files.ts';
import { makeFolder } from '../folder.ts';
import { oneOf } from '../options.ts';
import { printJson, say } from '../output.ts';
import { UsageError } from '../usage-error.ts';

interface Options {
  readonly out: string;
  readonly suite: string;
  readonly json?: boolean;
}

/** Writes the suites of vectors, a file for each subject or operation. */
export function run({ out, suite, json = false }: Options): number {
  const wanted = oneOf('suite', suite, ['core', 'full', 'all']);
  intoFolder(out, () => makeFolder(out)); // before the work, which takes seconds
  const written: { readonly file: string; readonly vectors: number }[] = [];
  for (const files of [wanted === 'full' ? [] : coreFiles(), wanted === 'core' ? [] : fullFiles()]) {
    for (const [path, file] of files) {
      const to = join(out, path);
      write(to, textOf(file));
      written.push({ file: to, vectors: file.numberOfVectors });
      if (!json) say(`${to}: ${file.numberOfVectors} vectors`);
    }
  }
  if (json) printJson(written);
  return 0;
}

function write(path: string, text: string): void {
  intoFolder(path, () => {
    makeFolder(dirname(path));
    writeFileSync(path, text);
  });
}

function intoFolder(path: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path}: cannot be written (${code}). Give --out a folder that you may write to`);
  }
}
