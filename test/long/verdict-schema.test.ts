import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';

/** What the commands print as JSON is what the schemas of verdicts say. */
const ajv = new Ajv({ allowUnionTypes: true });
const schema = (name: string) => ajv.compile(JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')));
const takes = { judge: schema('verdict'), check: schema('check-verdict') };

const input = { CustomKeyStoreId: 'cks-1' };
const created = {
  op: 'CreateCustomKeyStore',
  input: {
    CustomKeyStoreName: 'a',
    CloudHsmClusterId: 'cluster-aaaaaaaaaaa',
    TrustAnchorCertificate: 'x',
    KeyStorePassword: 'password1',
  },
  ok: input,
};
const connected = { op: 'ConnectCustomKeyStore', input, ok: {} };
const deleted = { op: 'DeleteCustomKeyStore', input, ok: {} };
const refused = { op: 'DeleteCustomKeyStore', input, error: 'CustomKeyStoreInvalidStateException' };
const shown = {
  op: 'DescribeCustomKeyStores',
  input,
  ok: {
    CustomKeyStores: [
      {
        CustomKeyStoreId: 'cks-1',
        CustomKeyStoreName: 'a',
        CustomKeyStoreType: 'AWS_CLOUDHSM',
        CloudHsmClusterId: 'cluster-aaaaaaaaaaa',
        TrustAnchorCertificate: 'x',
        ConnectionState: 'CONNECTED',
        CreationDate: 1777600000,
      },
    ],
  },
};
const connectionRefused = { op: 'ConnectCustomKeyStore', input, error: 'CustomKeyStoreInvalidStateException' };

const record = (account: string) => ({
  eventVersion: '1.08',
  eventSource: 'kms.amazonaws.com',
  eventName: 'ConnectCustomKeyStore',
  eventTime: '2026-01-01T00:00:00Z',
  awsRegion: 'us-east-1',
  recipientAccountId: account,
  eventID: account,
  requestParameters: { customKeyStoreId: 'cks-1' },
  responseElements: null,
});

describe('judge --json', () => {
  it.each([
    ['conforms', [created, connected, shown, refused]],
    ['violates', [created, connected, deleted]],
    ['violates', [created, connected, refused, deleted, deleted]],
    ['undetermined', []],
  ])('keeps its schema: %s %#', (verdict, events) => {
    expect(judged(events.map((event) => JSON.stringify(event)).join('\n'))).toMatchObject({ verdict });
  });

  it('keeps its schema where a question was answered in two ways', () => {
    const events = [created, connected, shown, connected, shown, connectionRefused];

    expect(judged(events.map((event) => JSON.stringify(event)).join('\n'))).toHaveProperty('inconsistent');
  });

  it('keeps its schema where a log holds several accounts', () => {
    const found = judged(JSON.stringify({ Records: [record('111122223333'), record('444455556666')] }));

    expect(found).toMatchObject({ parts: [{ part: expect.any(String) }, { part: expect.any(String) }] });
  });
});

describe('check --json', () => {
  it.each([[], ['--endpoint-fault', 'delete-while-connected']])('keeps its schema %s', (...more) => {
    const { stdout } = kmsCks(['check', '--json', '--seed', '1', '--runs', '1', '--only', only, ...more]);
    const found = JSON.parse(stdout) as object;

    expect([takes.check(found), takes.check.errors]).toEqual([true, null]);
  });
});

// Helpers

const only = 'CreateCustomKeyStore,ConnectCustomKeyStore,DeleteCustomKeyStore,DescribeCustomKeyStores';

function judged(text: string): object {
  const { stdout } = kmsCks(['judge', '-', '--json'], text);
  const found = JSON.parse(stdout) as object;
  expect([takes.judge(found), takes.judge.errors]).toEqual([true, null]);
  return found;
}

const kmsCks = (words: readonly string[], given = '') =>
  spawnSync(process.execPath, ['dist/cli/main.js', ...words], { input: given, encoding: 'utf8' });
