import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { inspectorPackages, type Relay, startRelay } from '../../src/cli/inspector.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Replay } from '../../src/suite/replay.ts';
import { tour } from '../../src/suite/tour.ts';

interface Message {
  readonly type: string;
  readonly sessionId: string;
  readonly parentId?: string;
  readonly name?: string;
  readonly event?: { readonly type: string };
  readonly snapshot?: { readonly value?: string; readonly context?: { readonly store?: { readonly id: string } } };
}

/** Everything that a page hears of a history, until `enough`. */
async function heard(history: readonly HistoryEvent[], enough: (messages: readonly Message[]) => boolean) {
  const packages = await inspectorPackages();
  const relay: Relay = await startRelay(packages, 0);
  const inspector = packages.inspect.createWebSocketInspector({ url: relay.socket, serializationDepthLimit: 20 });
  const replay = new Replay(history, { inspect: inspector.inspect });
  while (replay.step()) await new Promise((resolve) => setImmediate(resolve));
  const page = new WebSocket(relay.socket);
  const texts: string[] = [];
  for await (const [data] of on(page)) {
    texts.push(String(data));
    if (enough(texts.map((text) => JSON.parse(text) as Message))) break;
  }
  inspector.stop();
  await relay.close();
  return { texts, messages: texts.map((text) => JSON.parse(text) as Message), replay };
}

async function* on(page: WebSocket): AsyncGenerator<readonly unknown[]> {
  const waiting: unknown[][] = [];
  page.on('message', (...given) => waiting.push(given));
  while (true) {
    const next = waiting.shift();
    if (next === undefined) await once(page, 'message');
    else yield next;
  }
}

const secret = 'hunter2hunter2';
const history: readonly HistoryEvent[] = tour.map((event) =>
  event.op === 'CreateCustomKeyStore' && event.input.KeyStorePassword !== undefined
    ? { ...event, input: { ...event.input, KeyStorePassword: secret } }
    : event,
);

describe('what the Stately inspector hears of a history', () => {
  let stream: Awaited<ReturnType<typeof heard>>;
  beforeAll(async () => {
    stream = await heard(history, (messages) =>
      messages.some(({ type, event }) => type === '@xstate.snapshot' && event?.type === 'xstate.done.actor.cks-hsm'),
    );
  });
  afterAll(() => stream?.replay.account.stop());

  const ofType = (type: string) => stream.messages.filter((message) => message.type === type);

  it('has the account as the parent of one actor for each store', () => {
    const [account, ...stores] = ofType('@xstate.actor');
    expect(account?.name).toBe('account');
    expect(stores.map(({ name }) => name)).toEqual(['cks-hsm', 'cks-xks']);
    for (const store of stores) expect(store.parentId).toBe(account?.sessionId);
  });

  it('tells the account every request, in order', () => {
    const account = ofType('@xstate.actor')[0]?.sessionId;
    const told = ofType('@xstate.event').filter(({ sessionId }) => sessionId === account);
    const requests = told.map(({ event }) => event?.type).filter((type) => !type?.startsWith('xstate.'));
    expect(requests).toEqual(history.map(({ op }) => op));
  });

  it('shows the states that the history shows, hidden steps included', () => {
    const statesOf = (id: string) => {
      const store = ofType('@xstate.actor').find(({ name }) => name === id)?.sessionId;
      const values = ofType('@xstate.snapshot')
        .filter(({ sessionId }) => sessionId === store)
        .map(({ snapshot }) => snapshot?.value);
      return values.filter((value, index) => value !== values[index - 1]);
    };
    expect(statesOf('cks-hsm')).toEqual([
      'DISCONNECTED',
      'CONNECTING',
      'FAILED',
      'DISCONNECTING',
      'DISCONNECTED',
      'DELETED',
    ]);
    expect(statesOf('cks-xks')).toEqual(['DISCONNECTED', 'CONNECTING', 'CONNECTED']);
  });

  it('never holds a secret', () => {
    expect(stream.texts.join('\n')).toContain('KeyStorePassword');
    for (const text of stream.texts) expect(text).not.toContain(secret);
  });
});

describe('a port that is in use', () => {
  it('is told in one line', async () => {
    const packages = await inspectorPackages();
    const relay = await startRelay(packages, 0);
    await expect(startRelay(packages, Number(new URL(relay.url).port))).rejects.toThrow(/^port \d+ cannot be opened/);
    await relay.close();
  });
});

describe('a replay', () => {
  it('lets what nobody knew have happened, when a later answer shows it', () => {
    const replay = new Replay(
      tour
        .slice(0, 5)
        .map((event, index) =>
          index === 2 ? ({ ...event, ok: undefined, unknown: 'timeout' } as unknown as HistoryEvent) : event,
        )
        .map((event) => JSON.parse(JSON.stringify(event)) as HistoryEvent),
    );
    for (let step = 0; step < 4; step++) replay.step();
    expect(replay.stores()[0]?.connectionState).toBe('DISCONNECTED');
    replay.step();
    expect(replay.stores()[0]?.connectionState).toBe('FAILED');
  });
});
