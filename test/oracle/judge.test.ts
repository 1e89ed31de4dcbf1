import { describe, expect, it } from 'vitest';
import { cloudHsmStore, clusters, publicStore } from '../../src/machine/alphabet.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Judge } from '../../src/oracle/judge.ts';
import type { OracleOptions } from '../../src/oracle/oracle-options.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';
import * as r from './recorded.ts';

const id = 'cks-1';
const created: HistoryEvent = { op: 'CreateCustomKeyStore', input: cloudHsmStore(), ok: { CustomKeyStoreId: id } };
const connected: HistoryEvent = { op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: id }, ok: {} };
const recluster: HistoryEvent = {
  op: 'UpdateCustomKeyStore',
  input: { CustomKeyStoreId: id, CloudHsmClusterId: clusters[1] },
  ok: {},
};

describe('a violation', () => {
  it('names what was allowed, the rule, its source, the states before and why', () => {
    const { violation } = judged([created, listed(), connected, recluster]);

    expect(violation?.event).toBe(3);
    expect(violation?.rules).toEqual(['update/in-state']);
    expect(violation?.sources?.[0]?.address).toMatch(/^https:\/\/docs\.aws/);
    expect(violation?.before).toEqual([
      {
        store: id,
        types: ['AWS_CLOUDHSM'],
        states: ['CONNECTING', 'CONNECTED', 'FAILED'],
        codes: [null],
        because: [0, 2],
      },
    ]);
    expect(violation?.allowed.map((each) => 'error' in each && each.error)).toContain(
      'CustomKeyStoreInvalidStateException',
    );
  });

  it('is an error of a client with the status of a fault of the service', () => {
    const refusal = { op: recluster.op, input: recluster.input, error: 'CustomKeyStoreInvalidStateException' } as const;

    expect(judged([created, connected, { ...refusal, status: 400 }]).verdict).toBe('conforms');
    expect(judged([created, connected, { ...refusal, status: 500 }]).verdict).toBe('violates');
    expect(judged([created, connected, { ...refusal, error: 'InternalFailure', status: 500 }]).verdict).not.toBe(
      'violates',
    );
  });

  it('comes with the shortest history that shows it', () => {
    const noise = Array.from({ length: 50 }, () => [listed(), throttled]).flat();
    const { violation } = judged([
      created,
      ...noise,
      connected,
      ...noise.filter((event) => event === throttled),
      recluster,
    ]);

    expect(violation?.history.map(({ op }) => op)).toEqual([
      'CreateCustomKeyStore',
      'ConnectCustomKeyStore',
      'UpdateCustomKeyStore',
    ]);
    expect(violation?.places).toEqual([0, 101, 152]);
  });

  it('shows which member of an answer is wrong, and what leads there', () => {
    const { violation } = judged([created, connected, listed()]);

    expect(violation?.mismatches).toEqual([
      { about: id, member: 'ConnectionState', observed: 'DISCONNECTED', expected: ['CONNECTING', 'CONNECTED'] },
    ]);
    expect(violation?.requirements).toContain('T13');
  });

  it('names the rule that comes nearest to an error that nothing allows', () => {
    const refused = { ...connected, ok: undefined, error: 'CustomKeyStoreInvalidStateException' };
    const { violation } = judged([created, without(refused, 'ok')]);

    expect(violation?.nearest?.map(({ rule }) => rule)).toEqual(['connect/in-state']);
    expect(violation?.nearest?.[0]?.inStates).not.toContain('DISCONNECTED');
  });

  it('says which edition would have allowed it', () => {
    const renamed: HistoryEvent = {
      op: 'UpdateCustomKeyStore',
      input: { CustomKeyStoreId: id, NewCustomKeyStoreName: 'other' },
      ok: {},
    };
    const history = [created, connected, listed('CONNECTED'), renamed];

    expect(judged(history).verdict).toBe('conforms');
    expect(judged(history).editions).toEqual({ '2022-11': 'violates', '2025-10': 'violates', '2026-04': 'conforms' });
    const { violation, editions } = judged(history, { edition: '2022-11' });
    expect(violation?.allowedIf).toEqual([{ edition: '2026-04' }]);
    expect(editions['2026-04']).toBe('conforms');
  });

  it('says which answer would have allowed it', () => {
    const again = { ...connected };
    const history = [created, connected, listed('CONNECTED'), again];
    const { violation } = judged(history, { answers: { CONNECT_WHEN_CONNECTED: 'REJECT_INVALID_STATE' } as never });

    expect(violation?.allowedIf?.length).toBeGreaterThan(0);
  });

  it('says that a disconnection may have failed, and takes that for an answer', () => {
    const disconnected: HistoryEvent = { op: 'DisconnectCustomKeyStore', input: { CustomKeyStoreId: id }, ok: {} };
    const history = [created, connected, listed('CONNECTED'), disconnected, listed('CONNECTED')];
    const { violation } = judged(history);

    expect(violation?.allowedIf).toContainEqual({ question: 'DISCONNECT_FAILURE', choice: 'STATE_UNCHANGED' });
    expect(judged(history, { answers: { DISCONNECT_FAILURE: 'STATE_UNCHANGED' } }).verdict).toBe('conforms');
    expect(judged(history, { answers: { DISCONNECT_FAILURE: 'DISCONNECTED' } }).verdict).toBe('violates');
  });

  it('never shows a secret', () => {
    const text = JSON.stringify(judged([created, connected, recluster]));

    expect(text).not.toContain('password1');
  });
});

describe('what a violation tells', () => {
  it('of a caller who may not, is that', () => {
    const judge = new Judge({ world: (fact) => (fact === 'caller.permitted' ? false : undefined) });
    judge.take(r.createHsm());

    expect(judge.verdict().violation?.rules).toEqual(['request/access-denied']);
  });

  it('of two members that do not go together, is one of them', () => {
    const judge = new Judge();
    for (const event of [...r.withHsmKey, r.describeHsmKey('Enabled', { Enabled: false })]) judge.take(event);

    expect(judge.verdict().violation?.mismatches).toMatchObject([
      { member: 'Enabled', observed: false, expected: [true] },
    ]);
  });
});

describe('a verdict', () => {
  it('is undetermined where nothing could have been wrong', () => {
    const verdict = judged([throttled, throttled], {});

    expect(verdict.verdict).toBe('undetermined');
    expect(verdict.common).toBe(2);
    expect(verdict.observeNext?.length).toBeGreaterThan(0);
  });

  it('is undetermined for refusals that an unknown world explains', () => {
    const refused: HistoryEvent = {
      op: 'CreateCustomKeyStore',
      input: publicStore(),
      error: 'XksProxyUriUnreachableException',
    };

    expect(judged([refused]).verdict).toBe('undetermined');
  });

  it('conforms for what the reference endpoint does', () => {
    const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
    const ask = (request: Request) => ({ ...request, ...service.answer(request) }) as HistoryEvent;
    const first = ask({ op: 'CreateCustomKeyStore', input: cloudHsmStore() });
    const store = { CustomKeyStoreId: ('ok' in first ? first.ok['CustomKeyStoreId'] : '') as string };
    const rest = [
      ask({ op: 'ConnectCustomKeyStore', input: store }),
      ask({ op: 'DescribeCustomKeyStores', input: store }),
      ask({ op: 'UpdateCustomKeyStore', input: { ...store, CloudHsmClusterId: clusters[1] } }),
      ask({ op: 'DisconnectCustomKeyStore', input: store }),
      ask({ op: 'DescribeCustomKeyStores', input: store }),
      ask({ op: 'DeleteCustomKeyStore', input: store }),
    ];

    const verdict = judged([first, ...rest]);

    expect(verdict.verdict).toBe('conforms');
    expect(verdict.coverage['states']?.seen).toBeGreaterThan(2);
  });

  it('tells an inconsistency from a violation, unless it is strict', () => {
    const { verdict, inconsistent } = judged(twoWays);

    expect(verdict).toBe('conforms');
    expect(inconsistent?.map(({ question }) => question)).toEqual(['CONNECT_WHEN_CONNECTED']);
    expect(judged(twoWays, { strict: true }).verdict).toBe('violates');
  });

  it('leaves open what was answered in two ways', () => {
    const left = (history: readonly HistoryEvent[]) => judged(history).profile['CONNECT_WHEN_CONNECTED'];

    expect(left(twoWays.slice(0, -1))).not.toContain('REJECT_INVALID_STATE');
    expect(left(twoWays)).toEqual(['REJECT_INVALID_STATE', ...(left(twoWays.slice(0, -1)) ?? [])].sort());
  });
});

describe('a store', () => {
  it('may have as long a name as it likes, and be created again under another ID', () => {
    const create = (CustomKeyStoreId: string): HistoryEvent => ({
      op: 'CreateCustomKeyStore',
      input: cloudHsmStore('a'.repeat(256)),
      ok: { CustomKeyStoreId },
    });
    const remove = (CustomKeyStoreId: string): HistoryEvent => ({
      op: 'DeleteCustomKeyStore',
      input: { CustomKeyStoreId },
      ok: {},
    });

    expect(judged([create('cks-1'), remove('cks-1'), create('cks-2'), remove('cks-2')]).verdict).toBe('conforms');
    expect(judged([create('cks-1'), remove('cks-1'), create('cks-2'), remove('cks-1')]).verdict).toBe('violates');
  });
});

describe('a creation that nobody saw', () => {
  it('is known by the ID that turns up later, also where the repeated creation gives it', () => {
    const lost = without({ ...created, unknown: 'cancelled' }, 'ok');
    const taken: HistoryEvent = {
      op: 'CreateCustomKeyStore',
      input: cloudHsmStore('alpha', clusters[1]),
      error: 'CustomKeyStoreNameInUseException',
    };

    expect(judged([lost, listed(), created, taken]).verdict).toBe('conforms');
    expect(judged([lost, taken, created, created, created]).verdict).not.toBe('violates');
    expect(judged([lost, without({ ...connected, error: 'CustomKeyStoreNotFoundException' }, 'ok')]).verdict).not.toBe(
      'violates',
    );
  });
});

describe('what a record leaves out', () => {
  it('may have been given', () => {
    const { KeyStorePassword: _, ...input } = cloudHsmStore();
    const bare: HistoryEvent = { op: 'CreateCustomKeyStore', input, ok: { CustomKeyStoreId: id } };

    expect(judged([bare]).verdict).toBe('violates');
    expect(judged([{ ...bare, withheld: ['KeyStorePassword'] }, listed()]).verdict).toBe('conforms');
  });

  it('teaches nothing but that the request was accepted', () => {
    const unseen: HistoryEvent = {
      op: 'CreateCustomKeyStore',
      input: {} as never,
      ok: { CustomKeyStoreId: id },
      incomplete: true,
    };

    expect(judged([unseen, connected, listed('CONNECTED')], { initial: 'unknown' }).verdict).not.toBe('violates');
    expect(judged([unseen, connected, listed('DISCONNECTED')], { initial: 'unknown' }).verdict).toBe('violates');
  });
});

describe('events of which nobody knows the order', () => {
  const updated: HistoryEvent = {
    op: 'UpdateCustomKeyStore',
    input: { CustomKeyStoreId: id, CloudHsmClusterId: clusters[1] },
    ok: {},
  };

  it('are taken in every order', () => {
    const judge = new Judge({ edition: '2022-11' });
    judge.take(created);
    judge.takeTogether([connected, updated]);

    expect(judge.verdict().verdict).not.toBe('violates');
    expect(judged([created, connected, updated], { edition: '2022-11' }).verdict).toBe('violates');
  });
});

// Helpers

function judged(history: readonly HistoryEvent[], options: OracleOptions = {}) {
  const judge = new Judge(options);
  for (const event of history) judge.take(event);
  return judge.verdict();
}

function listed(ConnectionState = 'DISCONNECTED'): HistoryEvent {
  const { KeyStorePassword: _, ...shown } = cloudHsmStore();
  const entry = {
    ...shown,
    CustomKeyStoreId: id,
    CustomKeyStoreType: 'AWS_CLOUDHSM',
    ConnectionState,
    CreationDate: 1,
  };
  return { op: 'DescribeCustomKeyStores', input: {}, ok: { CustomKeyStores: [entry] } };
}

const throttled: HistoryEvent = {
  op: 'DeleteCustomKeyStore',
  input: { CustomKeyStoreId: id },
  error: 'ThrottlingException',
};

const twoWays: readonly HistoryEvent[] = [
  created,
  connected,
  listed('CONNECTED'),
  connected,
  listed('CONNECTED'),
  without({ ...connected, error: 'CustomKeyStoreInvalidStateException' }, 'ok'),
];

function without(event: object, name: string): HistoryEvent {
  return Object.fromEntries(Object.entries(event).filter(([each]) => each !== name)) as HistoryEvent;
}
