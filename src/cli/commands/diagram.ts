import { diagram, diagramFormats } from '../../render/diagram.ts';
import { oneOf } from '../options.ts';

/** Writes the machine in a format. */
export function run({ format }: { readonly format: string }): number {
  process.stdout.write(diagram(oneOf('format', format, diagramFormats)));
  return 0;
}
