import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as diagram from '../../src/cli/commands/diagram.ts';
import * as explorer from '../../src/cli/commands/explorer.ts';
import * as inspect from '../../src/cli/commands/inspect.ts';
import { readShown } from '../../src/cli/history-file.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { createOracle } from '../../src/oracle/oracle.ts';
import type { VerdictViolation } from '../../src/oracle/verdict.ts';
import { type ExplorerState, partsOf } from '../../src/render/explorer-state.ts';
import { withoutSecrets } from '../../src/suite/masked.ts';
import { tour } from '../../src/suite/tour.ts';
import type { VectorFile } from '../../src/suite/vectors/format.ts';

const commands = { diagram, explorer, inspect };
const folder = mkdtempSync(join(tmpdir(), 'kms-cks-'));
const secret = 'topsecret1';
const lines = tour.map((event) => JSON.stringify(event).replaceAll(/"standIn1"/g, JSON.stringify(secret)));
const file = join(folder, 'history.ndjson');
writeFileSync(file, `${lines.join('\n')}\n`);
const broken = join(folder, 'broken.ndjson');
writeFileSync(broken, `${lines[0]}\n{"op":"CreateCustomKeyStore","input":{"KeyStorePassword":"${secret}"}}\n`);
const violating = join(folder, 'violating.ndjson');
const opened = { CustomKeyStoreId: 'cks-a' };
const cluster = { CloudHsmClusterId: 'cluster-aaaaaaaaaaa', TrustAnchorCertificate: 'x' };
const wrong = [
  {
    op: 'CreateCustomKeyStore',
    input: { CustomKeyStoreName: 'a', ...cluster, KeyStorePassword: secret },
    ok: opened,
  },
  { op: 'DescribeCustomKeyStores', input: {}, error: 'ThrottlingException', status: 400 },
  { op: 'ConnectCustomKeyStore', input: opened, ok: {} },
  { op: 'UpdateCustomKeyStore', input: { ...opened, KeyStorePassword: `${secret}x` }, ok: {} },
];
writeFileSync(violating, wrong.map((event) => `${JSON.stringify(event)}\n`).join(''));
const empty = join(folder, 'empty.ndjson');
writeFileSync(empty, '\n');
const fine = join(folder, 'fine.json');
writeFileSync(fine, '{"verdict":"conforms"}');
const damaged = join(folder, 'damaged.json');
writeFileSync(damaged, '{"violation":{"history":[],"explorer":"history=zzz"}}');

describe('kms-cks explorer', () => {
  it('writes one file with the history in it, and no secret', () => {
    const out = join(folder, 'out.html');
    const { status, stdout } = kmsCks(`explorer ${file} --at 5 --edition 2025-10 --out ${out}`);
    const page = readFileSync(out, 'utf8');
    expect([status, stdout]).toEqual([0, `${out}\n`]);
    expect(page).toContain('"at":5');
    expect(page).toContain('KeyStorePassword":"standIn');
    expect(page).not.toContain(secret);
  });

  it('prints where it wrote, if nobody said where', () => {
    const { stdout } = kmsCks('explorer');
    expect(readFileSync(stdout.trim(), 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('opens the counterexample of a verdict at its last event, with secrets that differ as they did', async () => {
    const verdict = join(folder, 'verdict.json');
    writeFileSync(verdict, kmsCks(`judge ${violating} --json`).stdout);
    const { history, at, edition } = await readShown(verdict);
    expect([history.length, at, edition]).toEqual([3, 3, '2022-11']);
    expect(violatesAt(history, edition)).toBe(2);
  });

  it('opens one vector of a file, as the specification answers it', async () => {
    const vectors = 'vectors/core/lifecycle.json';
    const { vectors: [first] = [] } = JSON.parse(readFileSync(vectors, 'utf8')) as VectorFile;
    const { history } = await readShown(vectors, first?.id);
    expect(history.map(({ op }) => op)).toEqual(expect.arrayContaining(first?.steps.map(({ op }) => op) ?? []));
    expect(violatesAt(history, first?.editions[0])).toBe(-1);
    await expect(readShown(vectors)).rejects.toThrow(`--vector ${first?.id}`);
  });

  it('reads standard input', () => {
    const { status, stdout } = kmsCks('explorer -', lines.join('\n'));
    expect(status).toBe(0);
    expect(readFileSync(stdout.trim(), 'utf8')).toContain('USER_LOCKED_OUT');
  });
});

describe('kms-cks judge', () => {
  it('names a link that opens the explorer at the failing step, without a secret', async () => {
    const { stdout, status } = kmsCks(`judge ${violating}`);
    const [, page = '', hash = ''] = /^See it: (file:\S+explorer\.html)#(\S+)$/m.exec(stdout) ?? [];
    const { history, at, edition } = (await partsOf(hash)) as unknown as ExplorerState;
    expect(status).toBe(1);
    expect(readFileSync(new URL(page), 'utf8')).toMatch(/^<!doctype html>/);
    expect(at).toBe(history.length);
    expect(violatesAt(history, edition)).toBe(history.length - 1);
    expect(JSON.stringify(history)).not.toContain(secret);
  });

  it('keeps in the link how it judged', async () => {
    const world = join(folder, 'world.json');
    writeFileSync(world, JSON.stringify({ clusters: { 'cluster-aaaaaaaaaaa': { hsms: 2 } } }));
    const verdict = kmsCks(`judge ${violating} --json --world ${world} --world-is changing`).stdout;
    const { violation } = JSON.parse(verdict) as { violation?: VerdictViolation };
    expect(await partsOf(violation?.explorer ?? '')).toMatchObject({
      worldIs: 'changing',
      world: { clusters: { 'cluster-aaaaaaaaaaa': { hsms: 2 } } },
    });
  });
});

describe('kms-cks diagram --format itf', () => {
  it('writes a history as a trace, and the trace as the history', () => {
    const trace = kmsCks(`diagram --format itf ${file}`).stdout;
    const back = kmsCks('diagram --format itf -', trace).stdout;
    expect(
      back
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(withoutSecrets(lines.map((line) => JSON.parse(line) as HistoryEvent)));
    expect(trace).not.toContain(secret);
  });
});

describe('kms-cks inspect', () => {
  it('says where it listens, steps through the history, and ends when it is told to', async () => {
    const child = spawn(process.execPath, ['dist/cli/main.js', 'inspect', file, '--no-open', '--speed', '0']);
    let text = '';
    for await (const chunk of child.stdout) {
      text += String(chunk);
      if (text.includes(`${tour.length}. `)) break;
    }
    child.kill('SIGTERM');
    const [status] = await once(child, 'exit');
    expect(status).toBe(0);
    expect(text).toMatch(/^inspector on http:\/\/127\.0\.0\.1:\d+\n1\. CreateCustomKeyStore: cks-hsm DISCONNECTED\n/);
    expect(text).toContain('5. DescribeCustomKeyStores: cks-hsm FAILED, cks-xks CONNECTED');
  });
});

describe('a history that is none', () => {
  it.each([
    ['explorer', broken, {}],
    ['explorer', empty, {}],
    ['explorer', 'no-such-file', {}],
    ['explorer', file, { at: '99' }],
    ['explorer', undefined, { at: '1' }],
    ['explorer', file, { out: '/no/such/folder/x.html' }],
    ['explorer', file, { edition: '2030-01' }],
    ['explorer', file, { initial: 'full' }],
    ['diagram', undefined, { format: 'itf' }],
    ['diagram', broken, { format: 'itf' }],
    ['diagram', file, { format: 'dot' }],
    ['inspect', broken, {}],
    ['inspect', file, { speed: 'fast' }],
    ['inspect', file, { port: '99999' }],
    ['explorer', file, { vector: 'x' }],
    ['explorer', 'vectors/core/update.json', {}],
    ['inspect', 'vectors/core/update.json', { vector: 'no-such-vector' }],
    ['explorer', fine, {}],
    ['explorer', damaged, {}],
  ] as const)('%s %s %j', async (command, path, options) => {
    const { run } = commands[command];
    const defaults = { answer: [], port: '0', edition: command === 'inspect' ? 'any' : undefined };
    const error = await Promise.resolve()
      .then(() => run({ ...defaults, ...options } as never, path))
      .catch((each: unknown) => each);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).not.toContain('\n');
    expect((error as UsageError).message).not.toContain(secret);
  });

  it('gets one line and exit code 2', () => {
    const { status, stdout, stderr } = kmsCks(`explorer ${broken}`);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

// Helpers

/** The place of the first event that violates, or -1. */
function violatesAt(history: readonly HistoryEvent[], edition: ExplorerState['edition']): number {
  const oracle = createOracle(edition === undefined ? {} : { edition });
  return history.findIndex((event) => oracle.observe(event).verdict === 'violates');
}

/** The built command, as `npm ci` leaves it. */
function kmsCks(line: string, input = '') {
  return spawnSync(process.execPath, ['dist/cli/main.js', ...line.split(' ')], { encoding: 'utf8', input });
}
