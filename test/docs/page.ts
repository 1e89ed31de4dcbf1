import { readdirSync, readFileSync } from 'node:fs';

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  /** What the comments right before it say of it, as in `<!-- file: world.json -->`. */
  readonly notes: Readonly<Record<string, string>>;
}

/** The pages that people wrote. */
export const written: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'table/README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.startsWith('reference/') && !path.includes('.vitepress'))
    .map((path) => `docs/${path}`)
    .sort(),
];

/** The pages that are generated. */
export const generated: readonly string[] = readdirSync('docs/reference', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => `docs/reference/${path}`)
  .sort();

export const textOf = (page: string): string => readFileSync(page, 'utf8');

/** The fenced blocks of a text. */
export function blocksOf(text: string): readonly Block[] {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let notes: Record<string, string> = {};
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, name, value] = /^<!-- ([a-z ]+): (.*) -->$/.exec(line) ?? [];
    const [, language] = /^```(.*)$/.exec(line) ?? [];
    if (name !== undefined) notes = { ...notes, [name]: value ?? '' };
    else if (language !== undefined) {
      const end = lines.indexOf('```', at + 1);
      blocks.push({ language, text: lines.slice(at + 1, end).join('\n'), line: at + 1, notes });
      notes = {};
      at = end;
    } else if (line !== '') notes = {};
  }
  return blocks;
}

/** A text without its fenced blocks, line for line. */
export function proseOf(text: string): string {
  const lines = text.split('\n');
  for (const { line, text: inner } of blocksOf(text)) lines.fill('', line - 1, line + inner.split('\n').length + 1);
  return lines.join('\n');
}

/** A command of a console session, with what it printed. */
export interface Exchange {
  readonly command: string;
  readonly output: string;
}

/** A console session: commands behind `$`, and below each what it prints. */
export function exchangesOf(session: string): readonly Exchange[] {
  const exchanges: { command: string; output: string }[] = [];
  let goesOn = false;
  for (const line of session.split('\n')) {
    const last = exchanges.at(-1);
    if (goesOn && last !== undefined) last.command += `\n${line}`;
    else if (line.startsWith('$ ')) exchanges.push({ command: line.slice(2), output: '' });
    else if (last !== undefined) last.output += `${line}\n`;
    goesOn = (goesOn || line.startsWith('$ ')) && line.endsWith('\\');
  }
  return exchanges;
}
