import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kms-cks-'));
const proxyFile = join(folder, 'proxy.json');
writeFileSync(
  proxyFile,
  JSON.stringify({
    XksProxyUriPath: '/kms/xks/v1',
    XksProxyAuthenticationCredential: { AccessKeyId: 'A'.repeat(20), RawSecretAccessKey: 'topsecret'.repeat(5) },
  }),
);
const bomFile = join(folder, 'bom.json');
writeFileSync(bomFile, '\ufeff{"XksProxyConnectivity":"PUBLIC_ENDPOINT","XksProxyVpcEndpointServiceName":""}');
const worldFile = join(folder, 'world.json');
writeFileSync(worldFile, '{"clusters":{"cluster-aaaaaaaaaaa":{"actve":false}}}');
const brokenFile = join(folder, 'broken.json');
writeFileSync(brokenFile, '{"RawSecretAccessKey": "topsecret"');

mkdirSync(join(folder, 'empty-folder'));

describe('exit codes', () => {
  it.each([
    [0, 'allowed --type EXTERNAL_KEY_STORE --state CONNECTED --update XksProxyUriPath'],
    [1, 'allowed --type AWS_CLOUDHSM --state CONNECTED --update NewCustomKeyStoreName'],
    [0, 'allowed --type AWS_CLOUDHSM --state CONNECTED --update NewCustomKeyStoreName --edition 2026-04'],
    [0, 'allowed --type AWS_CLOUDHSM --state DISCONNECTED --op DeleteCustomKeyStore'],
    [0, 'rules --json'],
    [0, 'explain update/in-state'],
    [0, 'explain CONNECT_WHEN_CONNECTED'],
    [0, 'explain USER_LOCKED_OUT'],
    [0, 'explain ThrottlingException'],
    [0, 'explain CONNECTED'],
    [0, 'explain T12'],
    [0, 'explain S11'],
    [0, 'explain UpdateCustomKeyStore'],
    [0, `update-input ${bomFile} --id cks-1234567890abcdef0`],
    [0, 'allowed --type EXTERNAL_KEY_STORE --state CONNECTED --update XksProxyUriPath --edition 2026-04'],
    [0, 'diagram --format dot'],
    [0, `update-input ${proxyFile}`],
    [0, '--help'],
  ])('%i: %s', (status, line) => {
    expect(kmsCks(line).status).toBe(status);
  });
});

describe('bad input gets one line and exit code 2', () => {
  it.each([
    'nothing-like-this',
    'allowed',
    'allowed --type EXTERNAL --state CONNECTED --update XksProxyUriPath',
    'allowed --type EXTERNAL_KEY_STORE --state CONECTED --update XksProxyUriPath',
    'allowed --type EXTERNAL_KEY_STORE --state CONNECTED --update XksUriPath',
    'allowed --type EXTERNAL_KEY_STORE --state CONNECTED --op Connect',
    'allowed --type EXTERNAL_KEY_STORE --state CONNECTED --update XksProxyUriPath --edition 2023-01',
    'allowed --type EXTERNAL_KEY_STORE --state CONNECTED --update XksProxyVpcEndpointServiceOwner',
    'allowed --type EXTERNAL_KEY_STORE --state CONNECTED --update XksProxyUriPath --answer NO_QUESTION=X',
    'allowed --type EXTERNAL_KEY_STORE --state CONNECTED --update XksProxyUriPath --answer NAME_CASE=X',
    'explain no/such-rule',
    'explain nope',
    'rules extra',
    'allowed --type AWS_CLOUDHSM --state CONNECTED --op CreateKey --answer NAME_CASE=CASE_SENSITIVE --answer NAME_CASE=CASE_INSENSITIVE',
    `update-input ${proxyFile} --id=`,
    `update-input ${proxyFile} --id my-store`,
    `serve --world ${worldFile}`,
    'diagram --format gif',
    'explore --stores 9',
    'serve --port 99999',
    'check ftp://localhost',
    'check https://kms.us-east-1.amazonaws.com',
    'check http://example.com',
    'check http://127.0.0.1:9',
    'update-input /no/such/file',
    'judge /no/such/file',
    `judge ${brokenFile}`,
    `judge ${proxyFile}`,
    `judge ${folder}/empty-folder`,
    `judge ${proxyFile} --format csv`,
    `judge ${proxyFile} --edition 2021-01`,
    `judge ${proxyFile} --initial full`,
    `judge ${proxyFile} --staleness soon`,
    `update-input ${brokenFile}`,
    `check --world ${brokenFile}`,
    `check --world ${proxyFile}`,
    'serve --world /no/such/file',
    'vectors --suite tiny',
    'vectors --suite core --out /dev/null/vectors',
    'vectors --suite core --out /proc/no/folder',
    'check --out /proc/no/folder',
    'check --out /dev/null/reports',
    'allowed --no-such-option',
  ])('%s', (line) => {
    const { status, stderr, stdout } = kmsCks(line);

    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('topsecret');
    expect(stderr.length).toBeLessThan(700);
    expect(stderr).not.toContain('..');
  });
});

describe('allowed begins with the answer', () => {
  it.each([
    ['yes: ', 'DISCONNECTED', '2022-11'],
    ['no: ', 'FAILED', '2022-11'],
    ['the documents leave it open: ', 'FAILED', '2026-04'],
  ])('%s', (answer, state, edition) => {
    const line = `allowed --type EXTERNAL_KEY_STORE --state ${state} --update XksProxyUriPath --edition ${edition}`;

    expect(kmsCks(line).stdout.startsWith(answer)).toBe(true);
  });
});

describe('secrets', () => {
  it('are masked in what update-input prints', () => {
    const { stdout, stderr } = kmsCks(`update-input ${proxyFile}`);

    expect(stderr).toContain('put RawSecretAccessKey in the place of ***');

    expect(JSON.parse(stdout)).toEqual({
      CustomKeyStoreId: 'cks-REPLACE-WITH-THE-ID',
      XksProxyUriPath: '/kms/xks/v1',
      XksProxyAuthenticationCredential: { AccessKeyId: 'A'.repeat(20), RawSecretAccessKey: '***' },
    });
  });
});

// Helpers

/** The built command, as `npm ci` leaves it. */
function kmsCks(line: string) {
  return spawnSync(process.execPath, ['dist/cli/main.js', ...line.split(' ')], { encoding: 'utf8' });
}
