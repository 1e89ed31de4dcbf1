import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';

const program = 'dist/cli/main.js';
const folder = mkdtempSync(join(tmpdir(), 'kms-cks-'));
const words = join(folder, 'words');
writeFileSync(words, 'aws_secret_access_key = topsecret');
const torn = join(folder, 'torn.ndjson');
writeFileSync(torn, '{"op":"Desc');
const taken = createServer().listen(0, '127.0.0.1');
await once(taken, 'listening');
const { port } = taken.address() as AddressInfo;
const running: ChildProcess[] = [];
afterAll(() => {
  taken.close();
  for (const child of running) child.kill('SIGKILL');
});

describe('bad input gets one line and exit code 2', () => {
  it.concurrent.each([
    [`serve --port ${port}`, 'in use'],
    ['serve --host 203.0.113.7', 'no address of this machine'],
    ['serve --connect-after soon', '--connect-after takes'],
    ['serve --connect-after 1.5calls', '--connect-after takes'],
    ['serve --internal-errors 2', '--internal-errors takes'],
    ['serve --throttle 0', '--throttle takes'],
    ['serve --seed x', '--seed takes'],
    [`serve --credentials ${words}`, 'no access keys'],
    ['serve --credentials /no/such/file', 'no such file'],
    [`serve --state ${words}`, 'not a state file'],
    [`serve --state ${folder}`, 'is a folder'],
    ['serve --state /no/such/folder/state', 'no such folder'],
    ['record', '--upstream'],
    ['record --upstream localhost', 'not the address of an endpoint'],
    ['record --upstream http://localhost:1/path', 'not the address of an endpoint'],
    [`record --upstream http://localhost:1 --port ${port}`, 'in use'],
    [`record --upstream http://localhost:1 --out ${torn}`, 'the last line does not end'],
    [`record --upstream http://localhost:1 --out ${folder}`, 'is a folder'],
    ['record --upstream http://localhost:1 --judge --edition 1999', 'unknown edition'],
  ])('%s', async (line, reason) => {
    const { code, stderr, stdout } = await failed(line);

    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain('topsecret');
  });
});

describe('serve and record', () => {
  it('say where they listen on the first line, and end when they are asked to', async () => {
    const out = join(folder, 'history.ndjson');
    const served = await started('serve', '--state', join(folder, 'state'), '--connect-after', '2s', '--stale-reads');
    const recorder = await started('record', '--upstream', served.url, '--out', out);
    const answer = await fetch(recorder.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'TrentService.DescribeCustomKeyStores' },
      body: '{}',
    });
    expect(await answer.json()).toEqual({ CustomKeyStores: [], Truncated: false });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ op: 'DescribeCustomKeyStores', status: 200 });
    expect(await recorder.stopped()).toBe(0);
    expect(await served.stopped()).toBe(0);
  });

  it('record writes events to stdout where no file is named', async () => {
    const recorder = spawn(process.execPath, [program, 'record', '--upstream', 'http://127.0.0.1:1']);
    running.push(recorder);
    const [said] = (await once(createInterface({ input: recorder.stderr }), 'line')) as [string];
    const headers = { 'x-amz-target': 'TrentService.DescribeCustomKeyStores' };
    await fetch(said.replace('listening on ', ''), { method: 'POST', headers, body: '{}' }).catch(() => {});
    const [line] = (await once(createInterface({ input: recorder.stdout }), 'line')) as [string];

    expect(JSON.parse(line)).toMatchObject({ op: 'DescribeCustomKeyStores', unknown: expect.any(String) });
  });
});

// Helpers

/** The built command, which is expected to fail. */
const failed = (line: string): Promise<{ code: unknown; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [program, ...line.split(' ')], (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    );
  });

async function started(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  expect(line).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/);
  const stopped = async () => {
    const exit = once(child, 'exit') as Promise<[number | null]>;
    child.kill('SIGTERM');
    return (await exit)[0];
  };
  return { url: line.replace('listening on ', ''), stopped };
}
