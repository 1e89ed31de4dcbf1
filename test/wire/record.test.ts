import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { CreateCustomKeyStoreCommand, DescribeCustomKeyStoresCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterAll, describe, expect, it } from 'vitest';
import { cloudHsmStore, credentials, passwords, publicStore } from '../../src/machine/alphabet.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { createOracle } from '../../src/oracle/oracle.ts';
import { listen } from '../../src/wire/endpoint.ts';
import { LiveJudge } from '../../src/wire/live-judge.ts';
import { eventOf } from '../../src/wire/recorded.ts';
import { proxy } from '../../src/wire/recording-proxy.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

const open: { close(): unknown }[] = [];
afterAll(async () => {
  for (const each of open) await each.close();
});

describe('a recording', () => {
  it('is a history without secrets, which can be judged', async () => {
    const upstream = await reference();
    const { kms, events } = await recorded(upstream);
    await kms.send(new CreateCustomKeyStoreCommand(cloudHsmStore()));
    const tooShort = { ...cloudHsmStore('beta'), KeyStorePassword: 'short' };
    await expect(kms.send(new CreateCustomKeyStoreCommand(tooShort))).rejects.toThrow();
    await kms.send(new CreateCustomKeyStoreCommand(publicStore('gamma')));
    await kms.send(new DescribeCustomKeyStoresCommand({}));

    expect(events).toHaveLength(4);
    const oracle = createOracle({ edition: '2022-11' });
    expect(events.map((event) => oracle.observe(event as HistoryEvent).verdict)).toEqual(Array(4).fill('conforms'));
    const text = JSON.stringify(events);
    for (const secret of [passwords[0], credentials[0].RawSecretAccessKey, '"short"'])
      expect(text).not.toContain(secret);
    expect(text).toContain(credentials[0].AccessKeyId);
    expect(events[0]).toMatchObject({
      op: 'CreateCustomKeyStore',
      input: { KeyStorePassword: '***' },
      status: 200,
      start: expect.any(Number),
      end: expect.any(Number),
      client: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    });
    expect(events[1]).toMatchObject({
      error: 'ValidationException',
      status: 400,
      input: { KeyStorePassword: '*****' },
    });
  });

  it('passes on requests and answers untouched', async () => {
    const seen: { headers: readonly string[]; body: string }[] = [];
    const upstream = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk;
      });
      request.on('end', () => {
        seen.push({ headers: request.rawHeaders, body });
        response.writeHead(418, 'Short and stout', ['X-Odd', 'a', 'X-Odd', 'b', 'Content-Length', '5']);
        response.end('\xffwhat', 'latin1');
      });
    });
    const { url, events, skipped } = await recorded(await listening(upstream));
    const answer = await fetch(`${url}/any/path?x=1`, {
      method: 'PUT',
      body: 'anything',
      headers: { 'X-Mine': 'yes' },
    });
    expect(answer).toMatchObject({ status: 418, statusText: 'Short and stout' });
    expect(answer.headers.get('x-odd')).toBe('a, b');
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toBe('\xffwhat');
    expect(seen[0]?.body).toBe('anything');
    expect(seen[0]?.headers.join('\n').toLowerCase()).toContain('x-mine\nyes');
    expect(seen[0]?.headers.join('\n')).toContain(new URL(url).host);
    expect(events).toEqual([]);
    expect(skipped).toEqual(['a request without X-Amz-Target']);
  });

  it('says unknown where the upstream broke off', async () => {
    const upstream = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"Custom'));
    });
    const { kms, events } = await recorded(await listening(upstream));
    await expect(kms.send(new CreateCustomKeyStoreCommand(cloudHsmStore()))).rejects.toThrow();

    expect(events).toMatchObject([{ op: 'CreateCustomKeyStore', unknown: expect.any(String) }]);
  });

  it('says unknown where there is no upstream', async () => {
    const { kms, events } = await recorded('http://127.0.0.1:1');
    await expect(kms.send(new DescribeCustomKeyStoresCommand({}))).rejects.toThrow();

    expect(events).toMatchObject([{ op: 'DescribeCustomKeyStores', unknown: expect.stringContaining('ECONNREFUSED') }]);
  });

  it('blots out a secret that an answer repeats', () => {
    const body = Buffer.from(JSON.stringify({ KeyStorePassword: 'topsecret' }));
    const told = Buffer.from(JSON.stringify({ __type: 'x#Bad', message: 'no topsecret here' }));
    const answer = { status: 400, id: 'id', errorType: undefined, body: told };
    const target = 'TrentService.UpdateCustomKeyStore';
    const event = eventOf({ target, body, start: 1, end: 2, client: 'c', answer });

    expect(event).toMatchObject({ error: 'Bad', message: 'no *** here' });
  });
});

describe('judging as it goes', () => {
  const describing = (ok: object) => ({ op: 'DescribeCustomKeyStores', input: {}, ok }) as unknown as HistoryEvent;
  const created = { op: 'CreateCustomKeyStore', input: cloudHsmStore(), ok: { CustomKeyStoreId: 'cks-1' } } as const;
  const none = describing({ CustomKeyStores: [], Truncated: false });

  it('lets requests that overlap take effect in any order', () => {
    const judge = new LiveJudge({ edition: '2022-11' }, () => {});
    const creating = judge.began();
    const looking = judge.began();
    creating(created);
    looking(none);

    expect(judge).toMatchObject({ judged: 2, violations: 0 });
  });

  it('knows what was over before something else began', () => {
    const judge = new LiveJudge({ edition: '2022-11' }, () => {});
    judge.began()(created);
    judge.began()(none);

    expect(judge).toMatchObject({ judged: 2, violations: 1 });
  });
});

// Helpers

async function reference(): Promise<string> {
  const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
  const endpoint = await listen(service);
  open.push(endpoint);
  return endpoint.url;
}

async function recorded(upstream: string) {
  const events: unknown[] = [];
  const skipped: string[] = [];
  const began = () => (exchange: Parameters<typeof eventOf>[0]) => {
    const event = eventOf(exchange);
    if ('skipped' in event) skipped.push(event.skipped);
    else events.push(event);
  };
  const recorder = await proxy({ upstream: new URL(upstream), began });
  const kms = new KMSClient({
    endpoint: recorder.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  open.unshift({ close: () => kms.destroy() }, recorder);
  return { url: recorder.url, kms, events, skipped };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => server.close() });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
