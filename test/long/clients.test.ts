import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Spawned, spawned } from './spawned.ts';

const exec = promisify(execFile);
const history = join(mkdtempSync(join(tmpdir(), 'kms-cks-')), 'history.ndjson');
let served: Spawned;
let recorder: Spawned;

beforeAll(async () => {
  served = await spawned(
    'serve',
    '--connect-after',
    '2calls',
    '--credentials',
    '123456789012:secret',
    '--credentials',
    '210987654321:anything',
  );
  recorder = await spawned('record', '--upstream', served.url, '--out', history, '--judge', '--initial', 'empty');
});
afterAll(async () => {
  const conforms = await recorder.stop();
  await served.stop();
  expect(conforms).toBe(0);
  expect(readFileSync(history, 'utf8').trim().split('\n').length).toBeGreaterThan(50);
  for (const secret of ['"password"', 's'.repeat(43)]) expect(readFileSync(history, 'utf8')).not.toContain(secret);
});

describe('boto3', () => {
  it('sees pages, states, keys, and errors of its own classes', async () => {
    const { stdout } = await exec(debian('python3'), ['test/long/clients.py'], {
      env: { ...process.env, KMS_URL: recorder.url },
    });

    expect(JSON.parse(stdout)).toEqual({
      pages: [['hsm'], ['outside']],
      connecting: ['CONNECTED'],
      decrypted: 'words',
      errors: {
        CustomKeyStoreNotFoundException: 400,
        CustomKeyStoreInvalidStateException: 400,
        CustomKeyStoreNameInUseException: 400,
        XksKeyAlreadyInUseException: 400,
        NotFoundException: 404,
        KMSInvalidStateException: 409,
        CustomKeyStoreHasCMKsException: 400,
      },
      key: 'Unavailable',
      left: ['outside'],
    });
  });
});

describe('the AWS CLI', () => {
  it('sees the whole life of a store of each type', async () => {
    const hsm = await create(
      '--cloud-hsm-cluster-id=cluster-kakakakakak',
      '--trust-anchor-certificate=certificate',
      '--key-store-password=password',
    );
    const outside = await create(
      '--custom-key-store-type=EXTERNAL_KEY_STORE',
      '--xks-proxy-connectivity=PUBLIC_ENDPOINT',
      '--xks-proxy-uri-endpoint=https://proxy.example',
      '--xks-proxy-uri-path=/kms/xks/v1',
      `--xks-proxy-authentication-credential=AccessKeyId=${'A'.repeat(20)},RawSecretAccessKey=${'s'.repeat(43)}`,
    );
    const paged = await aws('describe-custom-key-stores', '--page-size=1');
    expect((paged['CustomKeyStores'] as unknown[]).length).toBe(2);
    const first = await aws('describe-custom-key-stores', '--max-items=1');
    expect(first).toMatchObject({ CustomKeyStores: [{ CustomKeyStoreId: hsm }], NextToken: expect.any(String) });
    for (const id of [hsm, outside]) {
      await aws('connect-custom-key-store', `--custom-key-store-id=${id}`);
      await settled(id, 'CONNECTED');
    }
    const { KeyMetadata } = await aws('create-key', `--custom-key-store-id=${hsm}`, '--origin=AWS_CLOUDHSM');
    expect(KeyMetadata).toMatchObject({ KeyState: 'Enabled', CustomKeyStoreId: hsm });
    await aws('update-custom-key-store', `--custom-key-store-id=${outside}`, '--new-custom-key-store-name=renamed');
    const refused = aws('update-custom-key-store', `--custom-key-store-id=${hsm}`, '--new-custom-key-store-name=x');
    await expect(refused).rejects.toThrow('(CustomKeyStoreInvalidStateException)');
    for (const id of [hsm, outside]) {
      await aws('disconnect-custom-key-store', `--custom-key-store-id=${id}`);
      await settled(id, 'DISCONNECTED');
    }
    await aws('delete-custom-key-store', `--custom-key-store-id=${outside}`);
    const gone = aws('describe-custom-key-stores', `--custom-key-store-id=${outside}`);
    await expect(gone).rejects.toThrow('(CustomKeyStoreNotFoundException)');
    const full = aws('delete-custom-key-store', `--custom-key-store-id=${hsm}`);
    await expect(full).rejects.toThrow('(CustomKeyStoreHasCMKsException)');
  });

  it('is told that its secret is wrong', async () => {
    const guessed = aws('describe-custom-key-stores', { AWS_SECRET_ACCESS_KEY: 'guessed' });
    await expect(guessed).rejects.toThrow('(InvalidSignatureException)');
  });
});

// Helpers

let counter = 0;

async function create(...args: readonly string[]): Promise<string> {
  counter += 1;
  const { CustomKeyStoreId } = await aws(
    'create-custom-key-store',
    `--custom-key-store-name=store-${counter}`,
    ...args,
  );
  return String(CustomKeyStoreId);
}

async function settled(id: string, wanted: string): Promise<void> {
  for (let look = 0; look < 5; look++) {
    const { CustomKeyStores } = await aws('describe-custom-key-stores', `--custom-key-store-id=${id}`);
    const [{ ConnectionState } = {}] = CustomKeyStores as { ConnectionState?: string }[];
    if (ConnectionState === wanted) return;
  }
  throw new Error(`${id} is never ${wanted}`);
}

async function aws(
  operation: string,
  ...args: readonly (string | NodeJS.ProcessEnv)[]
): Promise<Record<string, unknown>> {
  const given = args.filter((arg) => typeof arg === 'string');
  const env = Object.assign({}, ...args.filter((arg) => typeof arg === 'object')) as NodeJS.ProcessEnv;
  const { stdout } = await exec(debian('aws'), ['--endpoint-url', recorder.url, 'kms', operation, ...given], {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: '123456789012',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_MAX_ATTEMPTS: '1',
      AWS_PAGER: '',
      ...env,
    },
  });
  return stdout.trim() === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>);
}

/** Debian's own program, where there is one: another of the same name may come first in the path. */
function debian(name: string): string {
  return existsSync(`/usr/bin/${name}`) ? `/usr/bin/${name}` : name;
}
