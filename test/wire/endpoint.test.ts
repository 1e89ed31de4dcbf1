import { once } from 'node:events';
import { connect } from 'node:net';
import {
  ConnectCustomKeyStoreCommand,
  CreateCustomKeyStoreCommand,
  CreateKeyCommand,
  CustomKeyStoreInvalidStateException,
  CustomKeyStoreNotFoundException,
  DecryptCommand,
  DeleteCustomKeyStoreCommand,
  DescribeCustomKeyStoresCommand,
  DescribeKeyCommand,
  DisconnectCustomKeyStoreCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  NotFoundException,
  paginateDescribeCustomKeyStores,
  ScheduleKeyDeletionCommand,
  UpdateCustomKeyStoreCommand,
} from '@aws-sdk/client-kms';
import { afterAll, describe, expect, it } from 'vitest';
import { cloudHsmStore, clusters, publicStore } from '../../src/machine/alphabet.ts';
import { createOracle } from '../../src/oracle/oracle.ts';
import { Accounts } from '../../src/wire/accounts.ts';
import { type EndpointOptions, type Listening, serve } from '../../src/wire/endpoint.ts';
import { ReferenceService, type ServiceOptions } from '../../src/wire/reference-service.ts';

const open: { close(): unknown }[] = [];
afterAll(async () => {
  for (const each of open) await each.close();
});

describe('the SDK for JavaScript', () => {
  it('sees the whole life of a store', async () => {
    const { kms } = await endpoint({ connectAfter: 2 });
    const { CustomKeyStoreId } = await kms.send(new CreateCustomKeyStoreCommand(cloudHsmStore()));
    const states = async () => {
      const { CustomKeyStores = [] } = await kms.send(new DescribeCustomKeyStoresCommand({ CustomKeyStoreId }));
      return CustomKeyStores.map(({ ConnectionState }) => ConnectionState);
    };
    expect(CustomKeyStoreId).toMatch(/^cks-[0-9a-f]{17}$/);
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    expect([await states(), await states(), await states()].flat()).toEqual(['CONNECTING', 'CONNECTING', 'CONNECTED']);
    const refused = kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId, NewCustomKeyStoreName: 'beta' }));
    await expect(refused).rejects.toBeInstanceOf(CustomKeyStoreInvalidStateException);
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    expect([await states(), await states(), await states()].flat().at(-1)).toBe('DISCONNECTED');
    await kms.send(new UpdateCustomKeyStoreCommand({ CustomKeyStoreId, NewCustomKeyStoreName: 'beta' }));
    await kms.send(new DeleteCustomKeyStoreCommand({ CustomKeyStoreId }));
    await expect(states()).rejects.toBeInstanceOf(CustomKeyStoreNotFoundException);
  });

  it('pages through many stores', async () => {
    const { kms } = await endpoint({});
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      await kms.send(new CreateCustomKeyStoreCommand(publicStore(name, 'https://one.example', `/${name}/kms/xks/v1`)));
    }
    const names: (string | undefined)[] = [];
    for await (const { CustomKeyStores = [] } of paginateDescribeCustomKeyStores({ client: kms, pageSize: 2 }, {})) {
      expect(CustomKeyStores.length).toBeLessThanOrEqual(2);
      names.push(...CustomKeyStores.map(({ CustomKeyStoreName }) => CustomKeyStoreName));
    }
    expect(names).toEqual(['one', 'two', 'three', 'four', 'five']);
    const strange = kms.send(new DescribeCustomKeyStoresCommand({ Marker: 'mine' }));
    await expect(strange).rejects.toMatchObject({ name: 'InvalidMarkerException' });
  });

  it('makes keys, and uses them', async () => {
    const { kms } = await endpoint({ connectAfter: 0 });
    const { CustomKeyStoreId } = await kms.send(new CreateCustomKeyStoreCommand(publicStore()));
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    const made = { CustomKeyStoreId, Origin: 'EXTERNAL_KEY_STORE', XksKeyId: 'outside' } as const;
    const { KeyMetadata } = await kms.send(new CreateKeyCommand(made));
    const KeyId = KeyMetadata?.Arn;
    const EncryptionContext = { purpose: 'test' };
    const secret = Buffer.from('words');
    const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: secret, EncryptionContext }));
    const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    expect(Buffer.from(Plaintext ?? [])).toEqual(secret);
    const elsewhere = kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { purpose: 'other' } }));
    await expect(elsewhere).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    const dataKey = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }));
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: dataKey.CiphertextBlob }));
    expect(opened.Plaintext).toEqual(dataKey.Plaintext);
    const { DeletionDate } = await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(DeletionDate).toBeInstanceOf(Date);
    const { KeyMetadata: after } = await kms.send(new DescribeKeyCommand({ KeyId }));
    expect(after).toMatchObject({ KeyState: 'PendingDeletion', DeletionDate, XksKeyConfiguration: { Id: 'outside' } });
    await expect(kms.send(new DescribeKeyCommand({ KeyId: 'none' }))).rejects.toBeInstanceOf(NotFoundException);
  });

  it('belongs to the account of its access key, and to its Region', async () => {
    const { kms, url } = await endpoint({});
    await kms.send(new CreateCustomKeyStoreCommand(cloudHsmStore()));
    const count = async (accessKeyId: string, region: string) => {
      const { CustomKeyStores } = await clientOf(url, accessKeyId, region).send(new DescribeCustomKeyStoresCommand({}));
      return CustomKeyStores?.length;
    };
    expect(await count('embedded', 'us-east-1')).toBe(1);
    expect(await count('embedded', 'eu-west-1')).toBe(0);
    expect(await count('123456789012', 'us-east-1')).toBe(0);
  });
});

describe('signatures', () => {
  it('are checked if credentials are given', async () => {
    const credentials = new Map([['AKIDEXAMPLE', { secretAccessKey: 'known', account: '123456789012' }]]);
    const { url } = await endpoint({}, { credentials });
    const describe = (id: string, secret: string, at = 0) =>
      clientOf(url, id, 'us-east-1', secret, at).send(new DescribeCustomKeyStoresCommand({}));

    expect((await describe('AKIDEXAMPLE', 'known')).CustomKeyStores).toEqual([]);
    await expect(describe('AKIDEXAMPLE', 'guessed')).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    await expect(describe('AKIDOTHER', 'known')).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    expect(await post(url, '{}')).toMatchObject({ status: 400, type: 'MissingAuthenticationTokenException' });
  });

  it('are of now, and of a session with its token', async () => {
    const credentials = new Map([['ASIDEXAMPLE', { secretAccessKey: 'known', sessionToken: 'token' }]]);
    const { url } = await endpoint({}, { credentials });
    const describe = (sessionToken: string | undefined, minutes: number) =>
      new KMSClient({
        endpoint: url,
        region: 'us-east-1',
        credentials: { accessKeyId: 'ASIDEXAMPLE', secretAccessKey: 'known', ...(sessionToken && { sessionToken }) },
        systemClockOffset: minutes * 60_000,
        maxAttempts: 1,
      }).send(new DescribeCustomKeyStoresCommand({}));

    expect((await describe('token', 0)).CustomKeyStores).toEqual([]);
    await expect(describe('token', -6)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    await expect(describe('token', 6)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    await expect(describe('other', 0)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    await expect(describe(undefined, 0)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it.each([
    ['no header for what it signs', 'SignedHeaders=host;x-amz-date;x-nothing'],
    ['the date unsigned', 'SignedHeaders=host'],
    ['a signature that is no number', 'SignedHeaders=host;x-amz-date;x-amz-target', `${'0'.repeat(63)}\u00e9`],
  ])('with %s are wrong', async (_, signedHeaders, signature = '0'.repeat(64)) => {
    const credentials = new Map([['AKIDEXAMPLE', { secretAccessKey: 'known' }]]);
    const { url } = await endpoint({}, { credentials });
    const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'TrentService.DescribeCustomKeyStores',
        'x-amz-date': date,
        authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${date.slice(0, 8)}/us-east-1/kms/aws4_request, ${signedHeaders}, Signature=${signature}`,
      },
      body: '{}',
    });

    expect(await response.json()).toMatchObject({ __type: 'InvalidSignatureException' });
  });

  it('cover the body', async () => {
    const credentials = new Map([['AKIDEXAMPLE', { secretAccessKey: 'known' }]]);
    const { url } = await endpoint({}, { credentials });
    const kms = clientOf(url, 'AKIDEXAMPLE', 'us-east-1', 'known');
    kms.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body: string }).body = '{"Limit":1}';
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    const changed = kms.send(new DescribeCustomKeyStoresCommand({ Limit: 2 }));
    await expect(changed).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });
});

describe('what no client would send', () => {
  it.each([
    ['no JSON', { body: '{' }, 400, 'SerializationException'],
    ['a list', { body: '[]' }, 400, 'SerializationException'],
    ['a number for a name', { body: '{"CustomKeyStoreName":5}' }, 400, 'SerializationException'],
    ['an unknown operation', { target: 'TrentService.ListKeys' }, 400, 'UnknownOperationException'],
    ['no operation', { target: '' }, 400, 'UnknownOperationException'],
    ['GET', { method: 'GET' }, 405, 'UnknownOperationException'],
    ['another path', { path: '/keys' }, 404, 'UnknownOperationException'],
    ['a body of two MiB', { body: `{"Marker":"${'x'.repeat(2 << 20)}"}` }, 413, 'SerializationException'],
  ])('%s is refused', async (_, request, status, type) => {
    const { url } = await endpoint({});

    expect(await post(url, '{}', request)).toMatchObject({
      status,
      type,
      contentType: 'application/x-amz-json-1.1',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('garbage ends its own connection only', async () => {
    const { url, kms } = await endpoint({});
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('\x16\x03\x01 garbage\r\n\r\n');
    socket.resume();
    await once(socket, 'close');

    expect((await kms.send(new DescribeCustomKeyStoresCommand({}))).CustomKeyStores).toEqual([]);
  });
});

describe('the control API', () => {
  it('resets, advances, sets the world, and shows what there is', async () => {
    const { kms, url } = await endpoint({ connectAfter: { seconds: 3600 } });
    const control = async (method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${url}/_kms-cks${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
      return { status: answer.status, text: await answer.text() };
    };
    const { CustomKeyStoreId } = await kms.send(new CreateCustomKeyStoreCommand(cloudHsmStore()));
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    expect(JSON.parse((await control('POST', '/advance')).text)).toMatchObject([
      { CustomKeyStoreId, step: 'connection.succeeds', ConnectionState: 'CONNECTED' },
    ]);
    await kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    await control('POST', '/advance');
    const world = { clusters: { [clusters[0]]: { kmsuser: 'locked' } } };
    expect((await control('PUT', '/world', world)).status).toBe(200);
    expect(JSON.parse((await control('GET', '/world')).text)).toEqual(world);
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    expect((await control('POST', '/advance')).text).toContain('USER_LOCKED_OUT');
    expect((await control('GET', '/state')).text).toContain('FAILED');
    await kms.send(new DescribeCustomKeyStoresCommand({}));

    const { text } = await control('GET', '/history');
    expect(text).not.toContain('password1');
    const oracle = createOracle({ edition: '2022-11', worldIs: 'changing' });
    const events = text.trim().split('\n');
    expect(events.map((line) => oracle.observe(JSON.parse(line)).verdict)).toEqual(Array(5).fill('conforms'));

    await control('POST', '/reset');
    expect((await kms.send(new DescribeCustomKeyStoresCommand({}))).CustomKeyStores).toEqual([]);
    expect((await control('POST', '/nonsense')).status).toBe(404);
    expect((await control('POST', '/advance', { stpe: 'x' })).status).toBe(400);
    const page = await fetch(`${url}/_kms-cks/reset`, { method: 'POST', headers: { origin: 'http://example.com' } });
    expect(page.status).toBe(403);
  });
});

// Helpers

async function endpoint(options: Partial<ServiceOptions>, more: Partial<EndpointOptions> = {}) {
  const reading = { edition: '2022-11', answers: {} } as const;
  const accounts = new Accounts({ make: (scope) => new ReferenceService({ reading, ...options, scope }) });
  const listening: Listening = await serve({ accounts, ...more });
  open.unshift(listening);
  return { url: listening.url, kms: clientOf(listening.url) };
}

function clientOf(url: string, accessKeyId = 'embedded', region = 'us-east-1', secretAccessKey = 'x', offset = 0) {
  const kms = new KMSClient({
    endpoint: url,
    region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
    systemClockOffset: offset,
  });
  open.unshift({ close: () => kms.destroy() });
  return kms;
}

interface Raw {
  readonly target?: string;
  readonly body?: string;
  readonly method?: string;
  readonly path?: string;
}

async function post(
  url: string,
  otherwise: string,
  { target, body = otherwise, method = 'POST', path = '/' }: Raw = {},
) {
  const response = await fetch(url + path, {
    method,
    headers: { 'x-amz-target': target ?? 'TrentService.DescribeCustomKeyStores' },
    ...(method === 'GET' ? {} : { body }),
  });
  const { __type: type } = (await response.json()) as { __type: string };
  const { status, headers } = response;
  return { status, type, contentType: headers.get('content-type'), id: headers.get('x-amzn-requestid') };
}
