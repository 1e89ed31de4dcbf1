import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
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
const brokenFile = join(folder, 'broken.json');
writeFileSync(brokenFile, '{"RawSecretAccessKey": "topsecret"');

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
    'diagram --format gif',
    'explore --stores 9',
    'serve --port 99999',
    'check ftp://localhost',
    'check https://kms.us-east-1.amazonaws.com',
    'check http://example.com',
    'check http://127.0.0.1:9',
    'update-input /no/such/file',
    `update-input ${brokenFile}`,
    `check --world ${brokenFile}`,
    `check --world ${proxyFile}`,
    'serve --world /no/such/file',
    'allowed --no-such-option',
  ])('%s', (line) => {
    const { status, stderr, stdout } = kmsCks(line);

    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('topsecret');
  });
});

describe('secrets', () => {
  it('are masked in what update-input prints', () => {
    const { stdout } = kmsCks(`update-input ${proxyFile}`);

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
