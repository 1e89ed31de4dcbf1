import { diagram, diagramFormats } from '../../render/diagram.ts';
import { traceOf } from '../../render/itf.ts';
import { historyIn, traceIn } from '../history-file.ts';
import { oneOf, readText } from '../options.ts';
import { print, printJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';

/** Writes the machine in a format; or a history as an ITF trace, and an ITF trace as a history. */
export function run({ format }: { readonly format: string }, file?: string): number {
  const wanted = oneOf('format', format, [...diagramFormats, 'itf'] as const);
  if (wanted !== 'itf') {
    if (file !== undefined) throw new UsageError(`${file}: only --format itf takes a file`);
    process.stdout.write(diagram(wanted));
    return 0;
  }
  if (file === undefined) throw new UsageError('--format itf needs a file: a history, or an ITF trace');
  const text = readText(file);
  const trace = traceIn(text);
  const history = historyIn(file, trace ?? text);
  if (trace === undefined) printJson(traceOf(history));
  else for (const event of history) print(JSON.stringify(event));
  return 0;
}
