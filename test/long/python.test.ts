import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

/** The runner in Python, which was written from docs/vectors.md, against the built command. */
const runner = 'examples/vectors/run_vectors.py';
const serve = `${process.execPath} dist/cli/main.js serve`;
const files = readdirSync('vectors/core').map((file) => `vectors/core/${file}`);
const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('the runner in Python', () => {
  // Every vector has an endpoint of its own here, which takes time: those that need no faults share one, below.
  it.each([
    ['2022-11', files],
    ['2025-10', ['vectors/core/lifecycle.json']],
    ['2026-04', ['vectors/core/cells.json']],
  ])('passes the vectors of edition %s against the reference', (edition, vectors) => {
    const start = `${serve} --world {world} --edition {edition} {answers}`;
    const { stdout, status } = run(['--start', start, '--edition', edition, '--needs', 'faults'], vectors);

    expect(stdout.trim().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed, \d+ skipped, 0 disturbed$/);
    expect(status).toBe(0);
  });

  it.each(['2022-11', '2025-10', '2026-04'])(
    'runs against an endpoint of edition %s that is there already, and leaves it empty',
    async (edition) => {
      await listening(['--edition', edition], (url) => {
        const { stdout, status } = run(['--url', url, '--edition', edition]);

        expect(stdout).toContain(' 0 failed');
        expect(status).toBe(0);
        expect(run(['--url', url, '--edition', edition]).stdout).toBe(stdout);
      });
    },
  );

  it('skips what the endpoint does not have, and names it', async () => {
    await listening([], async (endpoint) => {
      const lacking = createServer((request, response) => {
        const { 'x-amz-target': target, 'content-type': type } = request.headers;
        if (target === 'TrentService.UpdateCustomKeyStore') return response.writeHead(501).end('no such thing here');
        const forward = async () => {
          const headers = { 'x-amz-target': String(target), 'content-type': String(type) };
          const answer = await fetch(endpoint, { method: 'POST', headers, body: await text(request) });
          response.writeHead(answer.status).end(await answer.text());
        };
        forward().catch(() => response.destroy());
        return;
      });
      lacking.listen(0, '127.0.0.1');
      await once(lacking, 'listening');
      const { port } = lacking.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}`;
      const child = spawn('python3', [runner, '--url', url, 'vectors/core/requests.json']);
      const [stdout] = await Promise.all([text(child.stdout), once(child, 'close')]);
      lacking.close();

      expect(stdout).toContain(`${url} has no UpdateCustomKeyStore: vectors that need that are skipped`);
      expect(stdout).toMatch(/ 0 failed, \d+ skipped/);
      expect(child.exitCode).toBe(0);
    });
  });

  it.each([
    ['update-forgotten', 'cells'],
    ['wrong-error', 'cells'],
    ['code-not-shown', 'codes'],
  ])('finds the fault %s', async (fault, file) => {
    const start = `${serve} --endpoint-fault ${fault} --world {world} --edition {edition} {answers}`;
    const { stdout, status } = run(
      ['--start', start, '--needs', 'healthy,faults', '--patience', '2'],
      [`vectors/core/${file}.json`],
    );

    expect(stdout).toContain('which is not allowed');
    expect(status).toBe(1);
  });
});

// Helpers

function run(options: readonly string[], vectors: readonly string[] = files) {
  return spawnSync('python3', [runner, ...options, ...vectors], { encoding: 'utf8' });
}

async function listening(options: readonly string[], use: (url: string) => void | Promise<void>): Promise<void> {
  const endpoint = spawn(process.execPath, ['dist/cli/main.js', 'serve', ...options]);
  try {
    const url = await new Promise<string>((resolve) => {
      endpoint.stdout.once('data', (data: Buffer) => resolve(data.toString().trim().split(' ').at(-1) ?? ''));
    });
    await use(url);
  } finally {
    endpoint.kill();
  }
}
