/** Every page of the reference begins so. */
export const generatedNote = '<!-- Generated from src by `npm run generate`. Do not edit. -->';

/** A page of the reference. */
export const page = (title: string, ...parts: readonly string[]): string =>
  `${[generatedNote, `# ${title}`, ...parts].join('\n\n')}\n`;

/** A table with a heading row. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

export const code = (text: string): string => `\`${text}\``;
export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');
