import { pathToFileURL } from 'node:url';
import { explorerFile } from '../../render/explorer-page.ts';
import { editions } from '../../spec/vocabulary.ts';
import { writeExplorer } from '../explorer-file.ts';
import { readShown } from '../history-file.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { integer, oneOf, parseAnswers } from '../options.ts';
import { print } from '../output.ts';
import { UsageError } from '../usage-error.ts';

interface Options {
  readonly out?: string;
  readonly at?: string;
  readonly edition?: string;
  readonly answer: readonly string[];
  readonly initial?: string;
  readonly vector?: string;
}

/** Writes the explorer to a file, and opens it if somebody is there to see it. */
export async function run(options: Options, file?: string): Promise<number> {
  const { out, at, edition, vector } = options;
  const reading = {
    ...(options.answer.length > 0 && { answers: parseAnswers(options.answer) }),
    ...(options.initial !== undefined && {
      initial: oneOf('beginning', options.initial, ['empty', 'unknown'] as const),
    }),
    ...(edition === undefined ? {} : { edition: oneOf('edition', edition, editions) }),
  };
  if (file === undefined && at !== undefined) throw new UsageError('--at needs a history: give its file');
  const shown = file === undefined ? undefined : await readShown(file, vector);
  const path =
    shown === undefined && out === undefined
      ? explorerFile
      : writeExplorer(
          shown && {
            ...shown,
            ...reading,
            ...(at !== undefined && { at: integer('--at', at, 0, shown.history.length) }),
          },
          out,
        );
  print(path);
  openInBrowser(pathToFileURL(path).href);
  return 0;
}
