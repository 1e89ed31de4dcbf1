import { spawnSync } from 'node:child_process';
import { Window } from 'happy-dom';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Block, blocksOf, exchangesOf, generated, textOf, written } from './page.ts';

/** What has to be so of a block in each language, besides that test/long/docs runs it. */
const sound: Readonly<Record<string, (block: Block) => unknown>> = {
  console: ({ text }) => {
    const script = exchangesOf(text).map(({ command }) => command);
    expect(script).not.toEqual([]);
    expect(spawnSync('bash', ['-n'], { input: script.join('\n'), encoding: 'utf8' }).stderr).toBe('');
  },
  json: ({ text, notes }) =>
    notes['file']?.endsWith('.ndjson') ? text.split('\n').map((line) => JSON.parse(line)) : JSON.parse(text),
  yaml: ({ text }) => parse(text),
  mermaid: async ({ text }) => {
    const window = new Window();
    Object.assign(globalThis, { window, document: window.document, Element: window.Element });
    const { default: mermaid } = await import('mermaid');
    await mermaid.parse(text);
  },
  js: ({ text }) => parses('a.mjs', text),
  ts: ({ text }) => parses('a.ts', text),
  python: ({ text }) => {
    const { status, error } = spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], {
      input: text,
    });
    if (error === undefined) expect(status).toBe(0);
  },
};

describe('the blocks of', () => {
  it.each([...written, ...generated])('%s can be read, and are run or say why not', async (page) => {
    const blocks = blocksOf(textOf(page));
    for (const block of blocks) {
      const place = `${page}:${block.line}`;
      expect(Object.keys(sound), place).toContain(block.language);
      try {
        await sound[block.language]?.(block);
      } catch (error) {
        throw new Error(`${place}: ${error instanceof Error ? error.message : error}`);
      }
      expect(isSeenToWork(block, blocks), `${place} is neither run nor excused`).toBe(true);
    }
  });
});

// Helpers

/** Mermaid is drawn by the site, sessions are run, and a file has to be used by a session of the same page. */
function isSeenToWork({ language, notes }: Block, blocks: readonly Block[]): boolean {
  const { file, 'not run': excuse } = notes;
  if (excuse !== undefined) return excuse.length > 10;
  if (file === undefined) return ['console', 'mermaid'].includes(language);
  const name = file.split('/').at(-1) ?? '';
  return blocks.some((block) => block.notes['not run'] === undefined && uses(block, name));
}

const uses = ({ language, text, notes }: Block, name: string): boolean =>
  (language === 'console' || notes['file'] !== undefined) && text.includes(name);

function parses(name: string, text: string): void {
  expect(parseSync(name, text).errors.map(({ message }) => message)).toEqual([]);
}
