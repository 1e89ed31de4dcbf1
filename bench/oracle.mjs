// Messages a second through `kms-cks oracle`, lock-step: each line is sent when the reply to the one before has come.
// Beside it, in the same run, a program that only sends each line back: more than that no program can do here.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'kms-cks-bench-'));
const main = new URL('../dist/cli/main.js', import.meta.url).pathname;
const echo = `
const fs = require('node:fs');
const piece = Buffer.allocUnsafe(1 << 16);
for (let size; (size = fs.readSync(0, piece)) > 0; ) fs.writeSync(1, piece, 0, size);
`;
const oracle = running('oracle', [main, 'oracle']);
const bare = running('echo', ['-e', echo]);
const reply = Buffer.allocUnsafe(1 << 16);

const CustomKeyStoreId = 'cks-1';
const create = {
  CustomKeyStoreName: 'alpha',
  CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
  XksProxyConnectivity: 'PUBLIC_ENDPOINT',
  XksProxyUriEndpoint: 'https://one.example',
  XksProxyUriPath: '/kms/xks/v1',
  XksProxyAuthenticationCredential: { AccessKeyId: 'A'.repeat(20), RawSecretAccessKey: 'a'.repeat(43) },
};
const observe = (op, given, outcome) => ({ kind: 'observe', request: { op, input: given }, outcome });
const rename = { CustomKeyStoreId, XksProxyUriPath: '/other/kms/xks/v1' };
const history = [
  observe('ConnectCustomKeyStore', { CustomKeyStoreId }, { ok: {} }),
  observe('UpdateCustomKeyStore', rename, { error: 'CustomKeyStoreInvalidStateException' }),
  observe('DisconnectCustomKeyStore', { CustomKeyStoreId }, { ok: {} }),
];
const stranger = observe(
  'ConnectCustomKeyStore',
  { CustomKeyStoreId: 'cks-2' },
  { error: 'CustomKeyStoreNotFoundException' },
);
const ask = { kind: 'allowed', request: { op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId } } };

send({ kind: 'start' });
send(observe('CreateCustomKeyStore', create, { ok: { CustomKeyStoreId } }));
for (const [name, messages] of [
  ['observe', history],
  ['observe, of a store that nobody made', [stranger]],
  ['allowed', [ask]],
  ['profile', [{ kind: 'profile' }]],
]) {
  const texts = messages.map((message) => `${JSON.stringify(message)}\n`);
  // One after the other, so that a machine that is busy for a moment is so for both.
  const pairs = [1, 2, 3].map(() => [rate(oracle, texts), rate(bare, texts)]);
  const [best, most] = [0, 1].map((which) => Math.round(Math.max(...pairs.map((pair) => pair[which]))));
  console.log(`${name}: ${best} messages a second, lock-step; a bare echo: ${most}; ratio ${(best / most).toFixed(2)}`);
}
send({ kind: 'stop' });
bare.child.kill();
oracle.child.on('exit', () => rmSync(folder, { recursive: true }));

/** A program with a pipe to it and one from it. */
function running(name, args) {
  const [to, from] = [join(folder, `to-${name}`), join(folder, `from-${name}`)];
  execFileSync('mkfifo', [to, from]);
  const script = 'node=$1 to=$2 from=$3; shift 3; exec "$node" "$@" <"$to" >"$from"';
  const child = spawn('sh', ['-c', script, 'sh', process.execPath, to, from, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { child, out: openSync(to, 'w'), input: openSync(from, 'r') };
}

/** Sends a message, waits for its reply, and looks whether it is a good one. */
function send(message) {
  line(oracle, `${JSON.stringify(message)}\n`);
}

function line({ out, input }, text) {
  writeSync(out, text);
  let size = 0;
  do size += readSync(input, reply, size, reply.length - size, null);
  while (reply[size - 1] !== 0x0a);
  const begin = reply.latin1Slice(0, 40);
  if (begin.includes('violates') || begin.includes('"kind":"error"')) throw new Error(reply.toString('utf8', 0, size));
}

/** How many messages a second, over about a second. */
function rate(program, texts) {
  const begin = performance.now();
  let count = 0;
  while (performance.now() - begin < 1000) {
    for (const text of texts) line(program, text);
    count += texts.length;
  }
  return (count * 1000) / (performance.now() - begin);
}
