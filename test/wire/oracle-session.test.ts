import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/spec/inputs.ts';
import { editions, operations } from '../../src/spec/vocabulary.ts';
import { faults } from '../../src/wire/faults.ts';
import { Lines, overlong } from '../../src/wire/lines.ts';
import type { OracleLine, OracleMessage, OracleReply } from '../../src/wire/oracle/protocol.ts';
import { OracleSession } from '../../src/wire/oracle/session.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

describe('a client that lets the oracle choose the requests', () => {
  it.each(editions)('hears that the reference service conforms in edition %s', (edition) => {
    const ask = session();
    const service = new ReferenceService({ reading: { edition, answers: {} } });
    ask({ kind: 'start', edition });

    expect(
      Array.from({ length: 150 }, () => driven(ask, service)).filter(({ verdict }) => verdict !== 'conforms'),
    ).toEqual([]);
    const { coverage } = ask({ kind: 'coverage' }) as Extract<OracleReply, { kind: 'coverage' }>;
    expect(coverage['states']?.seen).toBeGreaterThan(3);
    expect(coverage['rules']?.seen).toBeGreaterThan(5);
  });

  it('hears of a fault, with its rule and its page', () => {
    const ask = session();
    const service = new ReferenceService({
      reading: { edition: '2022-11', answers: {} },
      fault: faults['delete-while-connected'],
    });
    ask({ kind: 'start', edition: '2022-11' });
    const found = Array.from({ length: 300 }, () => driven(ask, service)).find(({ verdict }) => verdict === 'violates');

    expect(found?.violation?.explanation).toMatch(/^DeleteCustomKeyStore got ok, which is not allowed here/);
    expect(found?.violation?.allowed).toContainEqual({
      error: 'CustomKeyStoreInvalidStateException',
      rules: ['delete/in-state'],
    });
    expect(found?.violation?.rules[0]?.sources[0]?.address).toMatch(/^https:/);
  });

  it('is given the same requests for the same seed', () => {
    const requests = (seed: number) => {
      const ask = session();
      const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
      ask({ kind: 'start', seed });
      return Array.from({ length: 30 }, () => JSON.stringify(driven(ask, service).request));
    };

    expect(requests(5)).toEqual(requests(5));
    expect(requests(5)).not.toEqual(requests(6));
  });
});

describe('several oracles', () => {
  it('know nothing of each other, and a fork goes its own way', () => {
    const ask = session();
    ask({ kind: 'start', oracle: 'a' });
    ask({ kind: 'start', oracle: 'b' });
    ask({ kind: 'observe', oracle: 'a', request: create, outcome: { ok: { CustomKeyStoreId: id } } });
    ask({ kind: 'fork', oracle: 'a', as: 'c' });
    ask({ kind: 'observe', oracle: 'a', request: remove, outcome: { ok: {} } });
    const verdicts = ['a', 'b', 'c'].map((oracle) =>
      ask({ kind: 'observe', oracle, request: connect, outcome: { ok: {} }, seq: oracle }),
    );

    expect(verdicts).toMatchObject([
      { verdict: 'violates', oracle: 'a', seq: 'a' },
      { verdict: 'violates', oracle: 'b', seq: 'b' },
      { verdict: 'conforms', oracle: 'c', seq: 'c' },
    ]);
  });

  it('are forgotten one by one, or all at once', () => {
    const ask = session();
    ask({ kind: 'start', oracle: 'a' });
    ask({ kind: 'start', oracle: 'b' });

    expect(ask({ kind: 'stop', oracle: 'a' })).toEqual({ kind: 'stopped', oracle: 'a' });
    expect(ask({ kind: 'next', oracle: 'a' })).toMatchObject({ error: 'no-such-oracle' });
    expect(ask({ kind: 'next', oracle: 'b' })).toMatchObject({ kind: 'request' });
    expect(ask({ kind: 'stop' })).toEqual({ kind: 'stopped' });
    expect(ask({ kind: 'next', oracle: 'b' })).toMatchObject({ error: 'no-such-oracle' });
  });
});

describe('settle', () => {
  const shown = (ConnectionState: string) => ({
    ok: {
      CustomKeyStores: [{ ...described, ConnectionState }],
      Truncated: false,
    },
  });
  const look = { op: 'DescribeCustomKeyStores', input: {} } as const;

  it('makes a store that is on its way for ever a violation, and only such a store', () => {
    const ask = session();
    ask({ kind: 'start' });
    ask({ kind: 'observe', request: create, outcome: { ok: { CustomKeyStoreId: id } } });
    ask({ kind: 'observe', request: connect, outcome: { ok: {} } });

    expect(ask({ kind: 'observe', request: look, outcome: shown('CONNECTING') })).toMatchObject({
      verdict: 'conforms',
    });
    expect(ask({ kind: 'settle' })).toEqual({ kind: 'settled', moved: [id] });
    ask({ kind: 'fork', as: 'other' });
    expect(ask({ kind: 'observe', request: look, outcome: shown('CONNECTING') })).toMatchObject({
      verdict: 'violates',
    });
    expect(ask({ kind: 'observe', oracle: 'other', request: look, outcome: shown('CONNECTED') })).toMatchObject({
      verdict: 'conforms',
    });
    ask({
      kind: 'observe',
      oracle: 'other',
      request: { ...connect, op: 'DisconnectCustomKeyStore' },
      outcome: { ok: {} },
    });
    expect(ask({ kind: 'observe', oracle: 'other', request: look, outcome: shown('DISCONNECTING') })).toMatchObject({
      verdict: 'conforms',
    });
  });
});

describe('whatever a client sends', () => {
  it('gets one line that fits the schema, and never an internal fault', () => {
    fc.assert(
      fc.property(fc.array(anyLine(), { maxLength: 12 }), (lines) => {
        const oracles = new OracleSession();
        for (const line of ['{"kind":"start"}', ...lines]) {
          const reply = oracles.answer(line);

          expect(reply).not.toContain('\n');
          expect(fits(JSON.parse(reply)) || reply).toBe(true);
          expect(reply).not.toContain('"internal"');
          expect(reply).not.toContain(secret);
        }
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it.each([
    ['not-json', 'start'],
    ['bad-message', '[]'],
    ['unknown-kind', '{}'],
    ['unknown-kind', '{"kind":"toString"}'],
    ['bad-message', '{"kind":"start","editon":"any"}'],
    ['bad-message', '{"kind":"start","answers":{"NAME_CASE":"X"}}'],
    ['bad-message', '{"kind":"start","world":{"clusters":{"a":null}}}'],
    ['bad-message', '{"kind":"observe","request":{"op":"X","input":{}},"outcome":{"ok":{}}}'],
    ['bad-message', '{"kind":"observe","request":{"op":"CreateKey","input":{}},"outcome":{"ok":{},"error":"E"}}'],
    ['no-such-oracle', '{"kind":"next","oracle":"nobody"}'],
  ])('%s: %s', (error, line) => {
    expect(JSON.parse(new OracleSession().answer(line))).toMatchObject({ kind: 'error', error });
  });
});

describe('lines', () => {
  it('come out as they were sent, however the pipe cuts them', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 })), fc.nat({ max: 9 }), (texts, size) => {
        const sent = texts.map((text) => JSON.stringify(text));
        const bytes = Buffer.from(sent.map((text) => `${text}\n`).join(''));
        const lines = new Lines(1000);
        const pieces = Array.from({ length: Math.ceil(bytes.length / (size + 1)) }, (_, index) =>
          bytes.subarray(index * (size + 1), (index + 1) * (size + 1)),
        );

        expect([...pieces.flatMap((piece) => lines.push(piece)), ...lines.finish()]).toEqual(sent);
      }),
      { seed: 3 },
    );
  });

  it('that are too long are dropped, and the next one is read', () => {
    const lines = new Lines(5);

    expect([...lines.push(Buffer.from('123456')), ...lines.push(Buffer.from('7\nok\n')), ...lines.finish()]).toEqual([
      overlong,
      'ok',
    ]);
  });
});

describe('kms-cks oracle', () => {
  it('answers every line of standard input, in order, and ends with it', () => {
    const lines = [
      { kind: 'start', seq: 1 },
      { kind: 'next', seq: 2 },
      { kind: 'nothing', seq: 3 },
    ];
    const { status, stdout } = spawnSync(process.execPath, ['dist/cli/main.js', 'oracle'], {
      input: lines.map((line) => JSON.stringify(line)).join('\n'),
      encoding: 'utf8',
    });

    expect(status).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as OracleReply).seq),
    ).toEqual([1, 2, 3]);
  });
});

// Helpers

const schema = JSON.parse(readFileSync('schemas/oracle-protocol.schema.json', 'utf8')) as object;
const fits = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(schema);

/** A session that keeps the schema in both directions. */
function session() {
  const oracles = new OracleSession();
  return (message: OracleMessage): OracleReply => {
    const reply = JSON.parse(oracles.answer(JSON.stringify(message))) as OracleReply;
    const lines: readonly OracleLine[] = [message, reply];
    expect(lines.filter((line) => !fits(line))).toEqual([]);
    return reply;
  };
}

function driven(ask: ReturnType<typeof session>, service: ReferenceService) {
  const { request } = ask({ kind: 'next' }) as Extract<OracleReply, { kind: 'request' }>;
  const outcome = JSON.parse(JSON.stringify(service.answer(request as unknown as Request)));
  return { request, ...(ask({ kind: 'observe', request, outcome }) as Extract<OracleReply, { kind: 'verdict' }>) };
}

const id = 'cks-1';
const secret = 'topsecret';
const connect = { op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: id } } as const;
const remove = { op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: id } } as const;
const input = {
  CustomKeyStoreName: 'alpha',
  CloudHsmClusterId: 'cluster-aaaaaaaaaaa',
  TrustAnchorCertificate: 'customerCA.crt',
};
const create = { op: 'CreateCustomKeyStore', input: { ...input, KeyStorePassword: secret } } as const;
const described = { ...input, CustomKeyStoreId: id, CustomKeyStoreType: 'AWS_CLOUDHSM', CreationDate: 1 };

/** A line that is a message, or nearly one, or nothing like it. */
function anyLine(): fc.Arbitrary<string> {
  const request = fc.record({
    op: fc.oneof(fc.constantFrom(...operations), fc.string()),
    input: fc.oneof(fc.constantFrom<object>(create.input, connect.input, {}), fc.object()),
  });
  const outcome = fc.oneof(
    fc.record({ ok: fc.oneof(fc.constantFrom<object>({}, { CustomKeyStoreId: id }), fc.object()) }),
    fc.record({ error: fc.oneof(fc.constant('CustomKeyStoreNotFoundException'), fc.string()) }),
    fc.record({ unknown: fc.string() }),
    fc.object(),
  );
  const message = fc.record(
    {
      kind: fc.oneof(
        fc.constantFrom('start', 'next', 'observe', 'allowed', 'settle', 'coverage', 'profile', 'fork', 'stop'),
        fc.string(),
      ),
      oracle: fc.constantFrom<unknown>('main', 'a', 1),
      seq: fc.jsonValue(),
      request: fc.oneof({ weight: 3, arbitrary: request }, { weight: 1, arbitrary: fc.jsonValue() }),
      outcome: fc.oneof({ weight: 3, arbitrary: outcome }, { weight: 1, arbitrary: fc.jsonValue() }),
      as: fc.constantFrom<unknown>('a', 'b', '', null),
      edition: fc.constantFrom<unknown>('any', '2022-11', ['2026-04'], [], 'x'),
      world: fc.oneof(fc.constant({ clusters: { 'cluster-aaaaaaaaaaa': { active: false } } }), fc.jsonValue()),
      seed: fc.oneof(fc.nat(), fc.jsonValue()),
      start: fc.oneof(fc.nat(), fc.jsonValue()),
    },
    { requiredKeys: ['kind'] },
  );
  return fc.oneof(
    { weight: 4, arbitrary: message.map(sensible).map((line) => JSON.stringify(line)) },
    { weight: 1, arbitrary: message.map((line) => JSON.stringify(line)) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string() },
  );
}

/** Only the members that the kind has, so that many messages come through. */
function sensible({ kind, oracle, request, outcome, as, edition, world, seed }: Partial<Record<string, unknown>>) {
  if (kind === 'observe') return { kind, oracle, request, outcome };
  if (kind === 'allowed') return { kind, oracle, request };
  if (kind === 'fork') return { kind, oracle, as };
  if (kind === 'start') return { kind, oracle, edition, world, seed };
  return { kind, oracle };
}
