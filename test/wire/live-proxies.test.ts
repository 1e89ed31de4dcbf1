import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { credentials, endpoints, paths, privateStore, publicStore } from '../../src/machine/alphabet.ts';
import type { Request } from '../../src/spec/inputs.ts';
import type { WorldFile } from '../../src/spec/world.ts';
import { Accounts } from '../../src/wire/accounts.ts';
import { LiveProxies } from '../../src/wire/live-proxies.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';
import { defaultScope } from '../../src/wire/scope.ts';
import { authenticated } from '../../src/wire/signature.ts';

const open: { close(): unknown }[] = [];
afterAll(() => {
  for (const each of open) each.close();
});

describe('a proxy that is really asked', () => {
  it('is asked by a signed GetHealthStatus when a public store is created and connected', async () => {
    const { accounts, asked } = await withProxy();
    const id = await create(accounts);
    expect(asked).toEqual([{ path: `${paths[0]}/health`, operation: 'CreateCustomKeyStore', signed: true }]);
    await send(accounts, 'UpdateCustomKeyStore', { CustomKeyStoreId: 'cks-nothing', NewCustomKeyStoreName: 'x' });
    await send(accounts, 'DescribeCustomKeyStores', {});
    expect(asked).toHaveLength(1);
    await send(accounts, 'ConnectCustomKeyStore', { CustomKeyStoreId: id });
    expect(asked.map(({ operation }) => operation)).toEqual(['CreateCustomKeyStore', 'ConnectCustomKeyStore']);
  });

  it.each([
    ['refuses the credential', 401, { errorName: 'AuthenticationFailedException' }, 'INVALID_CREDENTIALS'],
    ['does not know the path', 404, { errorName: 'InvalidUriPathException' }, 'XKS_PROXY_INVALID_CONFIGURATION'],
    ['talks nonsense', 200, 'hello', 'XKS_PROXY_INVALID_RESPONSE'],
    ['has no key manager left', 200, fleet('UNAVAILABLE', 'UNAVAILABLE'), 'XKS_PROXY_NOT_REACHABLE'],
  ])('that %s fails the attempt', async (_, status, body, code) => {
    const { accounts, answers } = await withProxy();
    const id = await create(accounts);
    answers.next = { status, body };
    await send(accounts, 'ConnectCustomKeyStore', { CustomKeyStoreId: id });
    await send(accounts, 'DescribeCustomKeyStores', {});

    expect(await state(accounts)).toMatchObject({ ConnectionState: 'FAILED', ConnectionErrorCode: code });
  });

  it.each([
    [503, { errorName: 'ThrottlingException' }, 'XksProxyUriUnreachableException'],
    [401, { errorName: 'AuthenticationFailedException' }, 'XksProxyIncorrectAuthenticationCredentialException'],
  ])('that answers %i lets no store be created', async (status, body, error) => {
    const { accounts, answers } = await withProxy();
    answers.next = { status, body };
    expect(await send(accounts, 'CreateCustomKeyStore', publicStore())).toMatchObject({ error });
    answers.next = { status: 200, body: fleet('UNAVAILABLE', 'ACTIVE') };
    expect(await create(accounts)).toMatch(/^cks-/);
  });

  it('that does not answer is late, and one that is not there cannot be reached', async () => {
    const { accounts, answers } = await withProxy({}, 100);
    answers.next = undefined;
    const late = await send(accounts, 'CreateCustomKeyStore', publicStore());
    expect(late).toMatchObject({ error: 'XksProxyUriUnreachableException' });
    expect((late as { message: string }).message).toContain('proxy/timed-out');
    const nowhere = new LiveProxies({ at: new Map([[endpoints[0], new URL('http://127.0.0.1:1')]]), timeout: 60_000 });
    const gone = await send(accountsWith(nowhere), 'CreateCustomKeyStore', publicStore());
    expect((gone as { message: string }).message).toContain('proxy/no-tcp-connection');
  });

  it('is not asked where the documents or the world decide without it', async () => {
    const declared = { proxies: { [endpoints[0] + paths[0]]: { fault: null } } };
    const { accounts, asked } = await withProxy(declared);
    await create(accounts);
    await send(accounts, 'CreateCustomKeyStore', privateStore('beta'));

    expect(asked).toEqual([]);
  });
});

// Helpers

function fleet(...states: readonly string[]) {
  return {
    xksProxyFleetSize: 1,
    xksProxyVendor: 'test',
    xksProxyModel: 'test',
    ekmVendor: 'test',
    ekmFleetDetails: states.map((healthStatus, index) => ({ id: `${index}`, model: 'test', healthStatus })),
  };
}

async function withProxy(world: WorldFile = {}, timeout = 60_000) {
  const asked: { path: string; operation: string; signed: boolean }[] = [];
  const answers: { next: { status: number; body: unknown } | undefined } = {
    next: { status: 200, body: fleet('ACTIVE') },
  };
  const server = createServer(async (request, response) => {
    const { body, signed } = await verified(request);
    asked.push({ path: request.url ?? '', operation: JSON.parse(body).requestMetadata.kmsOperation, signed });
    if (answers.next !== undefined) response.writeHead(answers.next.status).end(JSON.stringify(answers.next.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => server.close() }, { close: () => server.closeAllConnections() });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const proxies = new LiveProxies({
    at: new Map([
      [endpoints[0], url],
      [endpoints[2], url],
    ]),
    timeout,
  });
  return { accounts: accountsWith(proxies, world), asked, answers };
}

function accountsWith(proxies: LiveProxies, world: WorldFile = {}): Accounts {
  const reading = { edition: '2022-11', answers: {} } as const;
  return new Accounts({ make: (scope) => new ReferenceService({ reading, scope, world }), proxies });
}

/** Checks the signature as a proxy does: service kms-xks-proxy, headers host and x-amz-date. */
async function verified(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { method = '', url: path = '', headers } = request;
  const { AccessKeyId, RawSecretAccessKey: secretAccessKey } = credentials[0];
  const known = new Map([[AccessKeyId, { secretAccessKey }]]);
  const scope = await authenticated({ method, path, headers, body }, known, Date.now(), 'kms-xks-proxy');
  const covered = headers.authorization?.includes('SignedHeaders=host;x-amz-date,') === true;
  return { body: body.toString(), signed: !('error' in scope) && covered && headers.host === 'one.example' };
}

const send = (accounts: Accounts, op: Request['op'], input: object) =>
  accounts.answer(defaultScope, { op, input } as Request, 'test');

async function create(accounts: Accounts): Promise<string> {
  const answer = await send(accounts, 'CreateCustomKeyStore', publicStore());
  return 'ok' in answer ? String(answer.ok['CustomKeyStoreId']) : answer.error;
}

async function state(accounts: Accounts): Promise<unknown> {
  const answer = await send(accounts, 'DescribeCustomKeyStores', {});
  return 'ok' in answer ? (answer.ok['CustomKeyStores'] as unknown[])[0] : answer;
}
