import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { HarnessLine } from '../../src/wire/harness/protocol.ts';
import { selfTest } from '../../src/wire/harness/self-test.ts';
import { HarnessTarget, parsed } from '../../src/wire/harness/target.ts';

/** What takes many programs stands in test/long/harness.test.ts. */
const harness = (mistake: string) => [process.execPath, 'test/wire/fixtures/harness.mjs', mistake];

describe('the self-test of harnesses', () => {
  it.each([
    ['miscounts', 'has seq 2, not 1'],
    ['talks', 'is not JSON: "ready"'],
    ['reverses', 'were answered in the order'],
  ])('finds one that %s', async (mistake, says) => {
    const findings = await selfTest({ command: harness(mistake), timeout: 20_000 });

    expect(findings.at(-1)?.problem).toContain(says);
  });
});

describe('a reply of a harness', () => {
  const fits = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(
    JSON.parse(readFileSync('schemas/harness-protocol.schema.json', 'utf8')) as object,
  );

  it.each([
    ['{"seq":1,"ok":{}}', true],
    ['{"seq":1,"error":"CustomKeyStoreNotFoundException","status":400,"message":"m"}', true],
    ['{"seq":1,"skipped":"no keys"}', true],
    ['{"seq":1}', false],
    ['{"seq":1.5,"ok":{}}', false],
    ['{"seq":1,"ok":{},"error":"E"}', false],
    ['{"seq":1,"ok":[]}', false],
    ['{"seq":1,"error":5}', false],
    ['[]', false],
    ['null', false],
  ])('%s is good: %s', (line, good) => {
    expect(typeof parsed(line) !== 'string').toBe(good);
    expect(fits(JSON.parse(line) as HarnessLine)).toBe(good);
  });
});

describe('a harness that skips or fails', () => {
  it('is heard, and the oracle is not misled', async () => {
    const target = new HarnessTarget({ command: harness('skips'), timeout: 20_000 });
    const outcome = await target.send({ op: 'CreateKey', input: { CustomKeyStoreId: 'cks-1' } });
    await target.stop();

    expect(outcome).toEqual({ error: 'ThrottlingException', message: 'skipped: no keys' });
    expect([...target.skipped]).toEqual([['CreateKey', 'no keys']]);
  });

  it('shows no secret, whatever it says', async () => {
    const target = new HarnessTarget({ command: harness('dumps'), timeout: 20_000 });
    const input = { CustomKeyStoreName: 'alpha', CloudHsmClusterId: 'cluster-1', KeyStorePassword: 'Secret99' };
    const outcome = await target.send({ op: 'CreateCustomKeyStore', input });
    const last = target.send({ op: 'CreateCustomKeyStore', input: { ...input, CustomKeyStoreName: 'the last' } });
    const fault = await last.catch(String);
    await target.stop();
    const said = JSON.stringify([outcome, target.errored, fault]);

    expect(said).toContain('It said: Error: cannot do');
    expect(said).not.toContain('Secret99');
  });
});
