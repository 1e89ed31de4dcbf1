import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { completed } from '../../src/machine/types.ts';
import { explored, histories, pinned } from './table/cases.ts';

/** The interpreters of table/custom-key-store-spec.json: each has to say what the specification says. */
const table = 'table/custom-key-store-spec.json';
const folder = mkdtempSync(join(tmpdir(), 'table-'));
const inGo = ['oracle.go', 'values.go', 'shortcuts.go'];
const interpreters = {
  Python: ['python3', 'test/exhaustive/table/verify.py', table, 'examples/table'],
  Go: [join(folder, 'verify'), table],
} as const;
const hour = 3_600_000;

beforeAll(async () => {
  mkdirSync(join(folder, 'oracle'));
  for (const file of inGo) copyFileSync(join('examples/table', file), join(folder, 'oracle', file));
  copyFileSync('test/exhaustive/table/verify.go', join(folder, 'main.go'));
  writeFileSync(join(folder, 'go.mod'), 'module verify\n\ngo 1.19\n');
  await built('verify');
}, hour);

describe('the interpreters in Python and in Go', () => {
  it('decide like the specification wherever its decisions are pinned', { timeout: hour }, async () => {
    expect(await compared(pinned())).toEqual(alike(82_785));
  });

  it('take every transition of one store', { timeout: hour }, async () => {
    const reading = completed({ edition: '2022-11', answers: {} });
    const codes = ['INTERNAL_ERROR', 'INVALID_CREDENTIALS'] as const;

    expect(await compared(explored({ reading, stores: 1, codes }))).toEqual(alike(100_134));
  });

  it('go along random histories, in random readings and worlds', { timeout: 2 * hour }, async () => {
    const count = Number(process.env['HISTORIES'] ?? 100_000);
    const { Python, Go } = await compared(histories(count, 1));

    expect(Python).toEqual(Go);
    expect(Python).toMatchObject({ different: 0 });
    expect(Python?.compared).toBeGreaterThan(4 * count);
  });

  it('need none of their shortcuts', { timeout: hour }, async () => {
    // Without them Python and Go evaluate what the table itself says of `map`, `merge` and the like.
    for (const file of inGo.slice(0, 2)) copyFileSync(join('examples/table', file), join(folder, 'oracle', file));
    writeFileSync(join(folder, 'oracle', 'shortcuts.go'), 'package oracle\n');
    await built('plain');
    const plain = { Python: [...interpreters.Python, 'plain'], Go: [join(folder, 'plain'), table] };
    const { Python, Go } = await compared(histories(100, 2), plain);

    expect(Python).toEqual(Go);
    expect(Python).toMatchObject({ different: 0 });
    expect(Python?.compared).toBeGreaterThan(400);
  });

  it.each(['oracle.py', 'oracle.go'])('are small: %s', (name) => {
    expect(readFileSync(join('examples/table', name), 'utf8').split('\n').length).toBeLessThanOrEqual(301);
  });
});

// Helpers

interface Result {
  readonly compared: number;
  readonly different: number;
}

const alike = (compared: number) => ({ Python: { compared, different: 0 }, Go: { compared, different: 0 } });

/** Works the cases out once, and hands each to every interpreter. */
async function compared(
  cases: Iterable<unknown>,
  programs: Readonly<Record<string, readonly string[]>> = interpreters,
): Promise<Readonly<Record<string, Result>>> {
  const running = Object.entries(programs).map(([name, [program = '', ...args]]) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, GOGC: '400' } });
    // What is written to one that died gets lost; that it died is what counts.
    child.stdin.on('error', () => {});
    const died = once(child, 'close').then(([code]) => {
      if (code !== 0) throw new Error(`the interpreter in ${name} ended with ${code}`);
    });
    died.catch(() => {});
    return { name, input: child.stdin, output: text(child.stdout), died };
  });
  for (const each of cases) {
    const line = `${JSON.stringify(each)}\n`;
    const drained = running.map(({ input, died }) => input.write(line) || Promise.race([once(input, 'drain'), died]));
    await Promise.all(drained);
  }
  const results = running.map(async ({ name, input, output, died }) => {
    input.end();
    await died;
    const lines = (await output).trim().split('\n');
    if (lines.length > 1) console.error(name, lines.slice(0, -1).join('\n'));
    return [name, JSON.parse(lines.at(-1) ?? '{}')] as const;
  });
  return Object.fromEntries(await Promise.all(results));
}

async function built(program: string): Promise<void> {
  const [code] = await once(spawn('go', ['build', '-o', program, '.'], { cwd: folder, stdio: 'inherit' }), 'close');
  if (code !== 0) throw new Error('examples/table/oracle.go does not compile');
}
