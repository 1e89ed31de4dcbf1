import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { selfTest } from '../../src/wire/harness/self-test.ts';

const script = 'test/wire/fixtures/harness.mjs';
const harness = (...mistake: readonly string[]) => [process.execPath, script, ...mistake];

describe('the self-test of harnesses', () => {
  it('finds nothing in a good one', async () => {
    const findings = await selfTest({ command: harness(), timeout: 20_000 });

    expect(findings.filter(({ problem }) => problem !== undefined)).toEqual([]);
    expect(findings).toHaveLength(8);
  });

  it.each([
    ['buffers', 6000, 'only when stdin was closed'],
    ['miscounts', 20_000, 'has seq 2, not 1'],
    ['unnumbered', 20_000, 'has no seq'],
    ['talks', 20_000, 'is not JSON: "ready"'],
    ['dies-at-once', 20_000, 'it ended with exit code 1'],
    ['reverses', 20_000, 'were answered in the order'],
    ['doubles', 20_000, 'were answered with seq'],
    ['keeps', 20_000, 'still there after it'],
    ['ascii', 20_000, 'with other letters'],
    ['hurries', 20_000, 'let it end before the answer'],
    ['drops', 20_000, 'a list in CustomKeyStores'],
    ['swallows', 20_000, 'do not swallow it'],
    ['throws', 20_000, 'told as errored'],
    ['renames', 20_000, 'is no AWS error'],
    ['stays', 6000, 'runs on after stop'],
  ])('finds one that %s', async (mistake, timeout, says) => {
    const findings = await selfTest({ command: harness(mistake), timeout });

    expect(findings.at(-1)?.problem).toContain(says);
  });
});

describe('kms-cks consume', () => {
  const short = ['--runs', '2', '--seed', '1', '--no-keys'];

  it.each([
    [0, undefined, 'conforms'],
    [1, 'swallows', 'violates'],
    [1, 'fails', 'conforms'],
  ])('ends with %i for a harness that %s', async (status, mistake, says) => {
    const ended = await consume([...short, '--', ...harness(...(mistake === undefined ? [] : [mistake]))]);

    expect(ended).toMatchObject({ status });
    expect(ended.stdout).toContain(says);
    expect(ended.stdout).not.toMatch(/password1|a{43}/);
  });

  it.each([
    ['dies', 'it ended with exit code 3. It said: Traceback: the fake broke'],
    ['hangs', 'no answer to ConnectCustomKeyStore within 6000 ms'],
    ['closes', 'no answer to ConnectCustomKeyStore: it closed its stdout'],
    ['joins', 'had no end after 6000 ms. End every answer with a newline'],
    ['miscounts', 'has seq 2, not 1. Answer each message once, in order'],
    ['endless', 'is a line of more than 4 MB'],
    ['talks', 'is not JSON'],
  ])('tells in one line that the program %s', async (mistake, says) => {
    const { status, stderr, stdout } = await consume([...short, '--timeout', '6000', '--', ...harness(mistake)]);

    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(says);
  });

  it.each([[], ['--', '/no/such/program'], ['--timeout', '0', '--', 'true'], ['--seed', 'x', '--', 'true']])(
    'refuses %s in one line',
    async (...words) => {
      const { status, stderr } = await consume(words);

      expect(status).toBe(2);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
  );

  it('prints JSON that says what was skipped, and what failed', async () => {
    const { stdout } = await consume([...short, '--json', '--', ...harness('fails')]);

    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'undetermined',
      errored: expect.arrayContaining(['GenerateRandom: not written yet']),
    });
  });

  it('with --watch starts again when a file changes, with what failed first', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kms-cks-'));
    const copy = join(folder, 'harness.mjs');
    const service = resolve('dist/wire/reference-service.js');
    const write = (mistake: string) =>
      writeFileSync(
        copy,
        readFileSync(script, 'utf8')
          .replace('../../../dist/wire/reference-service.js', service)
          .replace('process.argv[2]', JSON.stringify(mistake)),
      );
    write('swallows');
    const child = spawn(process.execPath, [
      'dist/cli/main.js',
      'consume',
      ...short,
      '--watch',
      '--',
      process.execPath,
      copy,
    ]);
    const said: string[] = [];
    const wait = async (lines: AsyncIterable<string>, what: RegExp) => {
      for await (const line of lines) {
        said.push(line);
        if (what.test(line)) return;
      }
    };
    const [out, words] = [child.stdout, child.stderr].map((input) =>
      createInterface({ input })[Symbol.asyncIterator](),
    );
    const iterable = (lines: AsyncIterator<string> | undefined) =>
      ({
        [Symbol.asyncIterator]: () => ({ next: () => (lines as AsyncIterator<string>).next() }),
      }) as AsyncIterable<string>;
    await wait(iterable(out), /^violates/);
    await wait(iterable(words), /waiting for a file/);
    write('');
    await wait(iterable(out), /^conforms/);
    await wait(iterable(words), /waiting for a file/);
    child.kill('SIGTERM');
    const status = await new Promise((done) => child.once('close', done));

    expect(said.filter((line) => /^(violates|conforms)/.test(line))).toHaveLength(2);
    expect(status).toBe(0);
  });
});

// Helpers

/** The built command, as `npm ci` leaves it. */
function consume(words: readonly string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['dist/cli/main.js', 'consume', ...words]);
    const ended = { status: null as number | null, stdout: '', stderr: '' };
    child.stdout.on('data', (piece) => {
      ended.stdout += piece;
    });
    child.stderr.on('data', (piece) => {
      ended.stderr += piece;
    });
    child.on('close', (status) => done({ ...ended, status }));
  });
}
