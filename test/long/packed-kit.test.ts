import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

/** The test kit as its users get it: from the packed package, in projects that hold nothing else. */
const folder = mkdtempSync(join(tmpdir(), 'kms-cks-packed-'));
let tarball = '';

beforeAll(() => {
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]);
  tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
}, 120_000);

/** A fake that answers like the example in examples/python, and has the same fault. */
const fake = `
  let store;
  export const reset = () => { store = undefined; };
  export const send = async ({ op, input }) => {
    if (op === 'CreateCustomKeyStore' && store === undefined && input.XksProxyConnectivity === 'PUBLIC_ENDPOINT'
      && input.XksProxyUriPath === '/kms/xks/v1' && input.CustomKeyStoreName.length <= 256) {
      store = { ...input, state: 'DISCONNECTED' };
      return { ok: { CustomKeyStoreId: 'cks-1' } };
    }
    if (!['ConnectCustomKeyStore', 'DisconnectCustomKeyStore', 'DeleteCustomKeyStore'].includes(op) || !('CustomKeyStoreId' in input))
      return { error: 'ThrottlingException' };
    if (store === undefined || input.CustomKeyStoreId !== 'cks-1') return { error: 'CustomKeyStoreNotFoundException' };
    if (op === 'DisconnectCustomKeyStore' && store.state === 'DISCONNECTED') return { error: 'CustomKeyStoreInvalidStateException' };
    if (op === 'DeleteCustomKeyStore' && (FAULT || store.state === 'DISCONNECTED')) store = undefined;
    else if (op === 'DeleteCustomKeyStore') return { error: 'CustomKeyStoreInvalidStateException' };
    else store.state = op === 'ConnectCustomKeyStore' ? 'CONNECTED' : 'DISCONNECTED';
    return { ok: {} };
  };`;

/** A project with the package, this fake and this test. */
function project(name: string, test: string, fault: boolean, ...packages: readonly string[]): string {
  const place = mkdtempSync(join(folder, `${name}-`));
  writeFileSync(join(place, 'package.json'), '{"type":"module","private":true}');
  writeFileSync(join(place, 'fake.js'), fake.replace('FAULT', String(fault)));
  writeFileSync(join(place, 'kms.test.js'), test);
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', tarball, ...packages], { cwd: place });
  return place;
}

const registers = (entry: string) => `
  import { conformance } from 'kms-custom-key-store-spec/${entry}';
  import { reset, send } from './fake.js';
  conformance(send, { reset, runs: 5, withKeys: false });`;

describe.each([
  ['vitest 3', 'vitest', ['npx', 'vitest', 'run', '--reporter=verbose'], ['vitest@3']],
  ['vitest 4', 'vitest', ['npx', 'vitest', 'run', '--reporter=verbose'], ['vitest@4']],
  ['node:test', 'node-test', ['node', '--test'], []],
])('the test kit in %s', (name, entry, command, packages) => {
  it.each([
    [false, 0],
    [true, 1],
  ])('with a fault (%s) ends with %i', (fault, status) => {
    const place = project(name.replace(/\W/g, ''), registers(entry), fault, ...packages);
    const [program = '', ...words] = command;
    const ended = spawnSync(program, words, { cwd: place, encoding: 'utf8' });
    const said = ended.stdout + ended.stderr;

    expect({ status: ended.status, said: ended.status === status ? '' : said }).toEqual({ status, said: '' });
    expect(said.includes('DeleteCustomKeyStore got ok, which is not allowed here')).toBe(fault);
    expect(said).toContain('delete/in-state');
  });
});

describe('without any framework', () => {
  it('the plain runner, the arbitraries and the commands work', () => {
    const place = project(
      'plain',
      `
      import { checkConformance, commandModel, requestCommands } from 'kms-custom-key-store-spec/testing';
      import fc from 'fast-check';
      import { reset, send } from './fake.js';
      const results = await checkConformance(send, { reset, runs: 5, withKeys: false });
      const found = await fc.check(
        fc.asyncProperty(fc.commands(requestCommands({ withKeys: false }), { size: '+2' }), async (commands) => {
          reset();
          await fc.asyncModelRun(() => ({ model: commandModel(), real: { send } }), commands);
        }),
        { seed: 1, numRuns: 300 },
      );
      console.log(JSON.stringify({ failed: results.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name), commands: found.failed }));
      `,
      true,
      'fast-check',
    );
    const { stdout } = spawnSync('node', ['kms.test.js'], { cwd: place, encoding: 'utf8' });
    const { failed, commands } = JSON.parse(stdout) as { failed: readonly string[]; commands: boolean };

    expect(failed.some((name) => name.startsWith('rule delete/in-state'))).toBe(true);
    expect(commands).toBe(true);
  });
});
