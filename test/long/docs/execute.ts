import { type Block, blocksOf, exchangesOf } from '../../docs/page.ts';
import { Shell } from './shell.ts';

/** Runs what a page has to run, from top to bottom, and gives the page with what was printed. */
export async function executed(text: string): Promise<string> {
  const lines = text.split('\n');
  const shell = new Shell();
  try {
    for (const block of blocksOf(text)) {
      const { file, 'not run': excuse } = block.notes;
      if (file !== undefined) await shell.write(file, block.text);
      else if (excuse === undefined && block.language === 'console') replace(lines, block, await session(block, shell));
    }
  } finally {
    await shell.close();
  }
  return lines.filter((line) => line !== gone).join('\n');
}

async function session({ text, notes }: Block, shell: Shell): Promise<string> {
  const shown: string[] = [];
  for (const { command, output } of exchangesOf(text)) {
    const printed = await shell.run(command);
    shown.push(`$ ${command}`);
    const kept = fits(output.trimEnd(), printed, notes['varies']) ? output.trimEnd() : printed;
    if (kept !== '') shown.push(kept);
  }
  return shown.join('\n');
}

/** Whether a command printed what the page shows: `…` alone on a line stands for any lines, and `varies` for any text. */
function fits(expected: string, printed: string, varies: string | undefined): boolean {
  const plain = (text: string) => (varies === undefined ? text : text.replace(new RegExp(varies, 'g'), '~'));
  const pattern = plain(expected)
    .split(/^…$/m)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^]*');
  return new RegExp(`^${pattern}$`).test(plain(printed));
}

/** Puts the session in the place of the block; the lines of the page keep their numbers until they are joined. */
function replace(lines: string[], { line, text }: Block, by: string): void {
  lines.fill(gone, line, line + text.split('\n').length);
  lines[line] = by;
}

const gone = '\u0000';
