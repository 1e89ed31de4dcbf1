import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckVerdict } from '../../src/oracle/verdict.ts';
import { ruleIds } from '../../src/spec/catalogue.ts';
import { type Spawned, spawned } from './spawned.ts';

let folder: string;
let served: Spawned;
const fault = ['--endpoint-fault', 'delete-while-connected'];
/** So much of the work as shows the fault soon. */
const deletions = ['--only', 'DeleteCustomKeyStore', '--runs', '0', '--no-keys', '--seed', '1'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kms-cks-'));
});
afterEach(() => served.stop('SIGKILL'));

describe('what check writes of a fault', () => {
  it('are programs that show it, however slow the endpoint connects', async () => {
    served = await spawned('serve', ...fault, '--connect-after', '3calls');
    const { status } = await check(served.url, ...deletions, '--out', join(folder, 'out'));
    expect(status).toBe(1);

    for (const [extension, program] of Object.entries(programs)) {
      const files = readdirSync(join(folder, 'out')).filter(
        (name) => name.slice(name.indexOf('.') + 1) === extension && name !== 'check.txt',
      );
      expect(files.length, extension).toBeGreaterThan(1);
      for (const file of files) {
        await fetch(`${served.url}/_kms-cks/reset`, { method: 'POST' });
        const text = readFileSync(join(folder, 'out', file), 'utf8');
        expect(text).not.toContain('password1');
        const { status: ended, stdout, stderr } = await program(text, file);
        // The last answer is the one that may not be: the store is gone, though it was never DISCONNECTED again.
        expect(await operations(served.url), file).toEqual(
          expect.arrayContaining(['ConnectCustomKeyStore ok', 'DeleteCustomKeyStore ok']),
        );
        expect(await stores(served.url), `${file}\n${text}\n${stdout}\n${stderr}`).toEqual([]);
        expect(ended, file).toBe(0);
      }
    }
  });

  it('are reports that their readers take', async () => {
    served = await spawned('serve', ...fault);
    const out = join(folder, 'out');
    await check(served.url, ...deletions, '--out', out, '--reporter', 'sarif,junit,github,json,html');
    const verdict = JSON.parse(readFileSync(join(out, 'check.json'), 'utf8')) as CheckVerdict;
    const prints = verdict.violations.map(({ fingerprint }) => fingerprint);
    expect(prints.length).toBeGreaterThan(1);

    const sarif = JSON.parse(readFileSync(join(out, 'check.sarif'), 'utf8'));
    expect(sarif).toMatchObject({ $schema: expect.stringMatching(/^https:.*sarif.*2\.1\.0/), version: '2.1.0' });
    const [{ tool, results }] = sarif.runs;
    expect(tool.driver).toMatchObject({ name: 'kms-cks', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    const described = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(new Set(described).size).toBe(described.length);
    for (const rule of tool.driver.rules) {
      expect([...ruleIds, 'answer/allowed']).toContain(rule.id);
      expect(rule.shortDescription.text).toMatch(/\.$/);
      expect(new URL(rule.helpUri).protocol).toBe('https:');
    }
    expect(results.map((result: SarifResult) => result.partialFingerprints['kms-cks/v1'])).toEqual(prints);
    for (const result of results as readonly SarifResult[]) {
      expect(described).toContain(result.ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      expect(result.locations[0]?.logicalLocations[0]?.fullyQualifiedName).toContain(served.url);
    }

    const junit = readFileSync(join(out, 'check.junit.xml'), 'utf8');
    const count = (pattern: RegExp): number => (junit.match(pattern) ?? []).length;
    expect(count(/<failure /g)).toBe(prints.length);
    expect(junit).toContain(`tests="${count(/<testcase /g)}" failures="${prints.length}"`);

    const annotations = readFileSync(join(out, 'check.github.txt'), 'utf8').trim().split('\n');
    expect(annotations).toHaveLength(prints.length + 1);
    for (const line of annotations) expect(line).toMatch(/^::(error|notice|warning) title=[^:,\n]+::[^\n]+$/);
  });
});

describe('check, again', () => {
  it('accepts a baseline, and fails where something is new or gone', async () => {
    served = await spawned('serve', ...fault);
    const { violations } = JSON.parse((await check(served.url, ...deletions, '--json')).stdout) as CheckVerdict;
    const [{ replay, fingerprint }] = violations as [CheckVerdict['violations'][number]];
    const baseline = async (content: unknown) => {
      const path = join(folder, 'baseline.json');
      writeFileSync(path, JSON.stringify(content));
      const again = await check(served.url, '--replay', replay, '--baseline', path, '--json');
      return { status: again.status, ...(JSON.parse(again.stdout) as CheckVerdict).baseline };
    };

    expect(await baseline([fingerprint])).toMatchObject({ status: 0, known: [fingerprint], new: [], gone: [] });
    expect(await baseline({ violations: [{ fingerprint }] })).toMatchObject({ status: 0 });
    expect(await baseline([])).toMatchObject({ status: 1, new: [fingerprint], gone: [] });
    expect(await baseline([fingerprint, '000000000000'])).toMatchObject({ status: 1, new: [], gone: ['000000000000'] });
  });

  it('sends one sequence again for its token', async () => {
    served = await spawned('serve', ...fault);
    const { violations } = JSON.parse((await check(served.url, ...deletions, '--json')).stdout) as CheckVerdict;
    for (const { replay, fingerprint } of violations) {
      const { status, stdout } = await check(served.url, '--replay', replay, '--json');
      const again = JSON.parse(stdout) as CheckVerdict;
      expect(status).toBe(1);
      expect(again.violations.map((violation) => violation.fingerprint)).toEqual([fingerprint]);
    }
    await served.stop();
    served = await spawned('serve');
    const [{ replay = '' } = {}] = violations;
    expect((await check(served.url, '--replay', replay)).status).toBe(0);
  });

  it('shares the work among shards, and merge joins what they found', async () => {
    served = await spawned('serve', ...fault);
    const whole = JSON.parse((await check(served.url, ...deletions, '--json')).stdout) as CheckVerdict;
    const files: string[] = [];
    for (const part of ['1/2', '2/2']) {
      const file = join(folder, `${part.replace('/', '-')}.json`);
      writeFileSync(file, (await check(served.url, ...deletions, '--shard', part, '--json')).stdout);
      files.push(file);
    }
    const merged = await command('merge', ...files, '--json');
    const joined = JSON.parse(merged.stdout) as CheckVerdict;
    expect(merged.status).toBe(1);
    expect(titles(joined)).toEqual(titles(whole));
    for (const member of ['states', 'cells'] as const) expect(joined.coverage[member]).toEqual(whole.coverage[member]);
  });

  it('never sends what is to be skipped', async () => {
    served = await spawned('serve', ...fault);
    const { stdout } = await check(served.url, '--skip', 'DisconnectCustomKeyStore', ...deletions, '--json');
    const { notes, violations } = JSON.parse(stdout) as CheckVerdict;
    expect(JSON.stringify(violations.map(({ history }) => history))).not.toContain('DisconnectCustomKeyStore');
    expect(notes.join()).not.toContain('DisconnectCustomKeyStore');
  });
});

describe('check that is ended before its end', () => {
  it('deletes what it created when it is interrupted', async () => {
    served = await spawned('serve');
    const child = started('check', served.url, '--runs', '50');
    await until(async () => (await stores(served.url)).length > 0);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');

    expect(code).toBe(130);
    expect(await stores(served.url)).toEqual([]);
  });

  it('deletes it later, when it was killed', async () => {
    served = await spawned('serve', '--connect-after', '2calls');
    const child = started('check', served.url, '--runs', '50');
    await until(async () => (await stores(served.url)).length > 0);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await stores(served.url)).length).toBeGreaterThan(0);

    expect((await check(served.url, '--cleanup')).status).toBe(0);
    expect(await stores(served.url)).toEqual([]);
  });
});

// Helpers

interface SarifResult {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly { readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[] }[];
}

const titles = ({ violations }: CheckVerdict): readonly string[] => violations.map(({ title }) => title).sort();

const environment = () => ({
  ...process.env,
  XDG_STATE_HOME: join(folder, 'state'),
  AWS_ACCESS_KEY_ID: 'anybody',
  AWS_SECRET_ACCESS_KEY: 'anything',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  KEY_STORE_PASSWORD: 'password1',
  RAW_SECRET_ACCESS_KEY: 'a'.repeat(43),
});

const started = (...args: readonly string[]) =>
  spawn(process.execPath, ['dist/cli/main.js', ...args], { env: environment(), stdio: 'ignore' });

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function ran(program: string, args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(program, args, { env: environment() });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (data) => {
      said[name] += data;
    });
  child.stdin.end(input);
  const [status] = await once(child, 'close');
  return { status, ...said };
}

const command = (...args: readonly string[]): Promise<Ended> => ran(process.execPath, ['dist/cli/main.js', ...args]);
const check = (...args: readonly string[]): Promise<Ended> => command('check', ...args);

/** How the programs of a violation are run, by their extension. JavaScript has to find the SDK from where it is. */
const programs: Readonly<Record<string, (text: string, file: string) => Promise<Ended>>> = {
  'curl.sh': (_, file) => ran('sh', [join(folder, 'out', file)]),
  sh: (_, file) => ran('sh', [join(folder, 'out', file)]),
  py: (_, file) => ran('/usr/bin/python3', [join(folder, 'out', file)]),
  mjs: (text) => ran(process.execPath, ['--input-type=module', '-'], text),
};

async function stores(url: string): Promise<readonly unknown[]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'x-amz-target': 'TrentService.DescribeCustomKeyStores',
      authorization:
        'AWS4-HMAC-SHA256 Credential=anybody/20260101/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: '{}',
  });
  return ((await response.json()) as { CustomKeyStores: readonly unknown[] }).CustomKeyStores;
}

/** What the endpoint was asked since it was reset, and how that went. */
async function operations(url: string): Promise<readonly string[]> {
  const lines = (await (await fetch(`${url}/_kms-cks/history`)).text()).trim().split('\n');
  return lines.map((line) => {
    const { op, ok, error } = JSON.parse(line);
    return `${op} ${ok === undefined ? error : 'ok'}`;
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(setImmediate);
}
