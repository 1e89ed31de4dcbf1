import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Judge } from '../../src/oracle/judge.ts';
import { Oracle } from '../../src/oracle/oracle.ts';
import { operations } from '../../src/spec/vocabulary.ts';
import { batchesOf } from '../../src/wire/readers/cloudtrail.ts';
import { read, readers } from '../../src/wire/readers/read.ts';
import { Unreadable } from '../../src/wire/readers/unreadable.ts';

const folder = mkdtempSync(join(tmpdir(), 'readers-'));
const good = '{"op":"ConnectCustomKeyStore","input":{"CustomKeyStoreId":"cks-1"},"ok":{}}';

describe('a history', () => {
  it('is read line by line, empty lines passed over', async () => {
    const { events } = await all(file('good.ndjson', `${good}\n\n${good}`));

    expect(events).toHaveLength(2);
  });

  it.each([
    ['truncated JSON', `${good}\n{"op":"Conn`, ':2: is not JSON'],
    ['an event without outcome', '{"op":"ConnectCustomKeyStore","input":{}}', ':1: has no outcome'],
    ['two outcomes', good.replace('"ok":{}', '"ok":{},"error":"X"'), ':1: has two outcomes (ok and error)'],
    ['an unknown operation', good.replace('Connect', 'Konnect'), ':1: has the operation "KonnectCustomKeyStore"'],
    ['an unknown member', good.replace('"ok"', '"color":1,"ok"'), ':1: has the member "color"'],
    ['an unknown member of the input', good.replace('"cks-1"', '"cks-1","Id":1'), ':1: has the member "input.Id"'],
    ['__proto__', good.replace('"ok"', '"__proto__":{"x":1},"ok"'), ':1: has the member "__proto__"'],
    ['an input that is no object', '{"op":"ConnectCustomKeyStore","input":[],"ok":{}}', ':1: has no input object'],
    ['a list', `{"op":1}\n[1]`, ':1: has no op'],
    ['a start after the end', good.replace('"ok"', '"start":2,"end":1,"ok"'), ':1: ends before it starts'],
    [
      'times running backwards',
      [5, 4].map((at) => good.replace('"ok"', `"start":${at},"ok"`)).join('\n'),
      ':2: starts before',
    ],
    ['deep nesting', good.replace('{}', `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`), ':1: is nested more than 64'],
    ['a long line', `{"op":"${'x'.repeat(17 * 1024 * 1024)}"}\n`, ':1: the line is longer than 16 MiB'],
  ])('with %s is refused in one line that says where', async (name, text, says) => {
    const path = file(`${name.replaceAll(' ', '-')}.ndjson`, text);

    await expect(all(path, { format: 'history' })).rejects.toThrow(`${path}${says}`);
  });

  it('with faults is read all the same if that is wanted, and they are counted', async () => {
    const text = [good, '{"op":', good.replace('Connect', 'Konnect'), good.replace('"ok"', '"color":1,"ok"')].join(
      '\n',
    );
    const { events, skipped } = await all(file('lenient.ndjson', text), { lenient: true });

    expect(events).toHaveLength(2);
    expect(skipped).toBe(2);
    expect(events.some((event) => 'color' in event)).toBe(false);
  });

  it('whatever its bytes are, is read or refused in one line', async () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json(), broken());
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 5 }), fc.boolean(), async (lines, lenient) => {
        const path = file('fuzz.ndjson', lines.join('\n'));
        try {
          const { events } = await all(path, { format: 'history', lenient });
          const judge = new Judge({ initial: 'unknown' });
          for (const event of events) judge.take(event);
          judge.verdict();
        } catch (error) {
          expect(error).toBeInstanceOf(Unreadable);
          expect(String((error as Error).message).split('\n')).toHaveLength(1);
        }
      }),
      { numRuns: process.env['SUITE'] === 'exhaustive' ? 2000 : 60, seed: 1 },
    );
  });

  it('that leaves secrets out may have had them, until one shows', async () => {
    const create = (more: string) =>
      `{"op":"CreateCustomKeyStore","input":{"CustomKeyStoreName":"a"${more}},"ok":{"CustomKeyStoreId":"cks-1"}}`;
    const { events } = await all(
      file('secrets.ndjson', [create(''), create(',"KeyStorePassword":"***"'), create('')].join('\n')),
    );

    expect(events.map(({ withheld }) => withheld)).toEqual([['KeyStorePassword'], undefined, undefined]);
  });

  it('that keeps one secret keeps the others, unless one is missing that there must have been', async () => {
    const credential = '"XksProxyAuthenticationCredential":{"AccessKeyId":"A","RawSecretAccessKey":"***"}';
    const external = `{"op":"CreateCustomKeyStore","input":{${credential}},"ok":{"CustomKeyStoreId":"cks-1"}}`;
    const other =
      '{"op":"CreateCustomKeyStore","input":{"CloudHsmClusterId":"cluster-1"},"ok":{"CustomKeyStoreId":"cks-2"}}';
    const rename = '{"op":"UpdateCustomKeyStore","input":{"CustomKeyStoreId":"cks-1"},"ok":{}}';
    const { events } = await all(file('kept.ndjson', [external, rename, other, rename].join('\n')));

    const left = ['KeyStorePassword'];
    expect(events.map(({ withheld }) => withheld)).toEqual([undefined, undefined, left, left]);
  });
});

describe('a CloudTrail log', () => {
  const records = [
    record('DescribeCustomKeyStores', '2026-01-01T00:00:09Z', { customKeyStoreId: 'cks-1' }, null),
    record(
      'CreateCustomKeyStore',
      '2026-01-01T00:00:01Z',
      { customKeyStoreName: 'a', clusterId: 'cluster-aaaaaaaaaaa' },
      { customKeyStoreId: 'cks-1' },
    ),
    record('ConnectCustomKeyStore', '2026-01-01T00:00:05Z', { customKeyStoreId: 'cks-1' }, null),
    {
      ...record('DeleteCustomKeyStore', '2026-01-01T00:00:07Z', { customKeyStoreId: 'cks-1' }, null),
      errorCode: 'CustomKeyStoreInvalidStateException',
    },
    { ...record('ListKeys', '2026-01-01T00:00:06Z', {}, null) },
    { eventSource: 's3.amazonaws.com', eventName: 'PutObject', eventTime: '2026-01-01T00:00:06Z' },
  ];
  const forms: readonly (readonly [string, string | Buffer])[] = [
    ['log.json', JSON.stringify({ Records: records })],
    ['log.json.gz', gzipSync(JSON.stringify({ Records: records }))],
    ['list.json', JSON.stringify(records, null, 2)],
    ['lookup.json', JSON.stringify({ Events: records.map((each) => ({ CloudTrailEvent: JSON.stringify(each) })) })],
    ['lines.json', records.map((each) => JSON.stringify(each)).join('\n')],
  ];

  it.each(forms)('as %s is read in the order of time, what is not about key stores passed over', async (name, text) => {
    const { events, skipped, format } = await all(file(name, text));

    expect(format).toBe('cloudtrail');
    expect(events.map(({ op }) => op)).toEqual(['Create', 'Connect', 'Delete', 'Describe'].map(store));
    expect(events[0]?.input).toMatchObject({
      CustomKeyStoreName: 'a',
      CloudHsmClusterId: 'cluster-aaaaaaaaaaa',
      KeyStorePassword: '***',
    });
    expect(events[2]).toMatchObject({ error: 'CustomKeyStoreInvalidStateException' });
    expect(skipped).toBe(2);
  });

  it('may be a folder of files', async () => {
    const trail = join(folder, 'trail', '2026');
    mkdirSync(trail, { recursive: true });
    for (const [place, each] of records.entries())
      writeFileSync(join(trail, `${place}.json`), JSON.stringify({ Records: [each] }));

    expect((await all(join(folder, 'trail'))).events).toHaveLength(4);
  });

  it('of several accounts and Regions is several histories', async () => {
    const elsewhere = { ...records[2], awsRegion: 'eu-west-1' };
    const { parts } = await all(file('parts.json', JSON.stringify([...records, elsewhere])));

    expect(parts).toEqual(['111122223333 us-east-1', '111122223333 eu-west-1']);
  });

  it('that is right is not flagged, and one with a fault is', () => {
    expect(verdictOn(records)).not.toBe('violates');
    const later = (seconds: number, name: string, more: object = {}) => ({
      ...record(name, new Date(Date.UTC(2026, 0, 1, 1, 0, seconds)).toISOString(), { customKeyStoreId: 'cks-1' }, null),
      ...more,
    });
    // A store that was deleted an hour ago cannot be connected.
    const faulty = [
      ...records.slice(1, 2),
      later(0, 'DeleteCustomKeyStore'),
      { ...later(0, 'ConnectCustomKeyStore'), eventTime: '2026-01-01T03:00:00Z' },
    ];

    expect(verdictOn(faulty)).toBe('violates');
  });

  it.each([
    [{ customKeyStoreName: 'a', clusterId: 'cluster-aaaaaaaaaaa' }, 'ValidationException'],
    [{ customKeyStoreName: 'a', clusterId: 'cluster-aaaaaaaaaaa' }, 'UnsupportedOperationException'],
  ])('may leave out what was refused: %o, %s', (parameters, errorCode) => {
    const refused = { ...record('CreateCustomKeyStore', '2026-01-01T00:00:09Z', parameters, null), errorCode };

    expect(verdictOn([refused])).not.toBe('violates');
  });

  it('that is nested too deep is refused in a line, or passed over', () => {
    const deep = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000));
    const some = [record('CreateKey', '2026-01-01T01:00:00Z', { customKeyStoreId: 'cks-1', tags: deep }, null)];

    expect(() => batchesOf(some, 'trail', false)).toThrow('record 1 is nested more than 64 levels deep');
    expect(batchesOf(some, 'trail', true)).toEqual([{ part: '', events: [], skipped: 1 }]);
  });

  it('spells the members of lists in its own way, too', () => {
    const input = { customKeyStoreId: 'cks-1', origin: 'AWS_CLOUDHSM', tags: [{ tagKey: 'a', tagValue: 'b' }] };
    const [part] = batchesOf([record('CreateKey', '2026-01-01T01:00:00Z', input, null)], 'trail', false);

    expect(part?.events[0]?.input).toMatchObject({ Tags: [{ TagKey: 'a', TagValue: 'b' }] });
  });

  it('may show texts that were not given as empty, and never shows what is encrypted', () => {
    const shown = (name: string, at: number, parameters: object, response: object | null = null) =>
      record(name, `2026-01-01T01:00:0${at}Z`, parameters, response);
    const keyId = 'arn:aws:kms:us-east-1:111122223333:key/k-1';
    const history = [
      ...records.slice(1, 3),
      shown(
        'CreateKey',
        1,
        { customKeyStoreId: 'cks-1', origin: 'AWS_CLOUDHSM', policy: '', description: '' },
        {
          keyMetadata: {
            keyId: 'k-1',
            keyState: 'Enabled',
            enabled: true,
            customKeyStoreId: 'cks-1',
            cloudHsmClusterId: 'cluster-aaaaaaaaaaa',
            origin: 'AWS_CLOUDHSM',
          },
        },
      ),
      shown('Encrypt', 2, { keyId }),
      shown('ReEncrypt', 3, { sourceKeyId: keyId, destinationKeyId: keyId }),
    ];

    const oracle = new Oracle(readers.cloudtrail.defaults);
    const verdicts = batchesOf(history, 'trail', false).flatMap(({ events }) =>
      events.map((event) => oracle.observe(event).verdict),
    );

    expect(verdicts).toEqual(history.map(() => 'conforms'));
  });

  it.each([
    { xksProxyAuthenticationCredential: { accessKeyId: '****' } },
    { xksProxyAuthenticationCredential: 'HIDDEN' },
    { keyStorePassword: '****' },
  ])('has masks of its own: %o', (parameters) => {
    const [part] = batchesOf(
      [record('UpdateCustomKeyStore', '2026-01-01T01:00:00Z', parameters, null)],
      'trail',
      false,
    );
    const members = Object.values(part?.events[0]?.input ?? {}).flatMap((value) =>
      typeof value === 'object' ? Object.values(value) : [value],
    );

    expect(new Set(members)).toEqual(new Set(['***']));
  });

  function verdictOn(some: readonly unknown[]): string {
    const judge = new Judge(readers.cloudtrail.defaults);
    for (const { events } of batchesOf(some, 'trail', false)) for (const event of events) judge.take(event);
    return judge.verdict().verdict;
  }
});

describe('what is not there, or cannot be told', () => {
  it.each([
    ['no-such-file', 'no such file'],
    [file('text.txt', 'hello'), 'neither a history nor a CloudTrail log'],
    [file('torn.json.gz', gzipSync('{"Records":[]}').subarray(0, 20)), 'not a whole gzip file'],
  ])('%s gets one line', async (path, says) => {
    await expect(all(path)).rejects.toThrow(says);
  });
});

// Helpers

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function all(path: string, { format = 'auto' as 'auto' | 'history', lenient = false } = {}) {
  const found = await read(path, format, { lenient });
  const events: HistoryEvent[] = [];
  const parts: string[] = [];
  let skipped = 0;
  for await (const batch of found.batches) {
    events.push(...batch.events);
    parts.push(batch.part);
    skipped += batch.skipped;
  }
  return { format: found.format, events, parts, skipped };
}

/** Events with one or two things wrong. */
function broken(): fc.Arbitrary<string> {
  const value = fc.oneof(fc.constant('cks-1'), fc.jsonValue(), fc.constant('cluster-aaaaaaaaaaa'));
  const members = fc.constantFrom(
    'CustomKeyStoreId',
    'CustomKeyStoreName',
    'KeyId',
    'CloudHsmClusterId',
    'Limit',
    'XksProxyAuthenticationCredential',
    '__proto__',
  );
  const input = fc.dictionary(members, value, { maxKeys: 3 });
  const outcome = fc.oneof(
    fc.record({
      ok: fc.oneof(
        fc.constant({}),
        fc.record({ CustomKeyStores: fc.array(fc.jsonValue(), { maxLength: 2 }) }),
        fc.jsonValue(),
      ),
    }),
    fc.record({ error: fc.oneof(fc.string(), fc.constant('CustomKeyStoreNotFoundException')) }),
    fc.record({ unknown: fc.constant('lost') }),
  );
  return fc
    .tuple(fc.constantFrom(...operations), input, outcome)
    .map(([op, given, came]) => JSON.stringify({ op, input: given, ...came }));
}

const store = (name: string): string => (name === 'Describe' ? `${name}CustomKeyStores` : `${name}CustomKeyStore`);

function record(eventName: string, eventTime: string, requestParameters: object, responseElements: object | null) {
  const identity = { recipientAccountId: '111122223333', awsRegion: 'us-east-1', eventSource: 'kms.amazonaws.com' };
  return { ...identity, eventName, eventTime, requestParameters, responseElements, eventType: 'AwsApiCall' };
}
