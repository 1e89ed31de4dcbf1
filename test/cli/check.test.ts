import { describe, expect, it } from 'vitest';
import { terminalReport } from '../../src/render/report/terminal.ts';
import { ruleIds } from '../../src/spec/catalogue.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { editions } from '../../src/spec/vocabulary.ts';
import { drive } from '../../src/suite/drive.ts';
import { plansOf, tokenOf } from '../../src/suite/token.ts';
import { verdictOf } from '../../src/suite/verdict.ts';
import { listen } from '../../src/wire/endpoint.ts';
import { type FaultName, faults } from '../../src/wire/faults.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';
import { sdkTarget } from '../../src/wire/sdk-target.ts';

describe('the reference endpoint, over HTTP and the AWS SDK', () => {
  it('conforms, and nothing is left behind', async () => {
    const service = new ReferenceService({ reading: { edition: '2026-04', answers: {} } });
    const { url, close } = await listen(service);
    const target = sdkTarget(url, true);
    const report = await drive(target, { ...options, editions: ['2026-04'], shard: { index: 0, of: 6 } });
    target.close();
    await close();

    expect(report).toMatchObject({ verdict: 'conforms', findings: [], left: [], editions: ['2026-04'] });
    expect(report.coverage.states.size).toBeGreaterThan(5);
    expect(service.account.stores).toEqual([]);
  });
});

describe('a fault that is built in', () => {
  it.each<[FaultName, string, number]>([
    ['secret-shown', 'DescribeCustomKeyStores', 2],
    ['delete-while-connected', 'DeleteCustomKeyStore', 4],
  ])('%s is found in %s', async (name, op, steps) => {
    const found: string[] = [];
    const { findings } = await check(name, { found: ({ fingerprint }) => void found.push(fingerprint) });
    const [finding] = findings;

    expect(finding?.violation.event.op).toBe(op);
    expect(finding?.steps.length).toBeLessThanOrEqual(steps);
    expect(finding?.again).toEqual({ of: 2, seen: 2 });
    expect(found).toEqual(findings.map(({ fingerprint }) => fingerprint));
  });

  it('shows again when its token is sent again, and the token holds no secret', async () => {
    const { findings } = await check('update-forgotten', {});
    const token = tokenOf(findings[0]?.steps ?? []);
    const replay = plansOf(token) ?? [];
    const again = await check('update-forgotten', { replay });
    const healthy = await check(undefined, { replay });

    expect(again.findings.map(({ fingerprint }) => fingerprint)).toEqual([findings[0]?.fingerprint]);
    expect(healthy.verdict).toBe('conforms');
    expect(JSON.stringify(plansOf(token)?.map(({ request }) => request))).toContain('password1');
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('password');
    expect(token.length).toBeLessThan(200);
    expect(plansOf('nonsense')).toBeUndefined();
  });
});

describe('an endpoint that is not empty', () => {
  it('keeps what it has', async () => {
    const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
    const mine = {
      CustomKeyStoreName: 'mine',
      CloudHsmClusterId: 'cluster-77777777777',
      TrustAnchorCertificate: 'x',
      KeyStorePassword: 'password1',
    };
    service.answer({ op: 'CreateCustomKeyStore', input: mine });
    const before = service.account.stores;
    const report = await drive(inProcess(service), { ...options, shard: { index: 0, of: 8 } });

    expect(report).toMatchObject({ verdict: 'conforms', findings: [] });
    expect(service.account.stores).toEqual(before);
  });
});

describe('an endpoint that cannot be judged', () => {
  it.each([
    ['knows no operation', { error: 'UnknownOperationException', status: 400 }],
    ['refuses everybody', { error: 'AccessDeniedException', status: 400 }],
    ['is broken', { error: 'InternalFailure', status: 500 }],
  ])('%s: undetermined', async (_, outcome) => {
    const report = await drive({ send: async () => outcome }, { ...options, shard: { index: 0, of: 8 } });

    expect(report.verdict).toBe('undetermined');
    expect(report.notes.join()).toContain('CustomKeyStore');
  });
});

describe('a report for a terminal', () => {
  it('tells the cause once, and each violation in few words', async () => {
    const report = await check('delete-while-connected', {});
    const verdict = verdictOf(report, { edition: '2022-11', seed: 7, endpoint: 'http://localhost:1' });
    const ways = { again: 'kms-cks check --replay TOKEN', look: 'report/FINGERPRINT.html' };
    const text = terminalReport(verdict, () => ways);

    expect(report.findings.length).toBeGreaterThan(0);
    expect(text.split('delete/in-state: The store is DISCONNECTED.')).toHaveLength(2);
    expect(text.split(ways.look)).toHaveLength(report.findings.length + 1);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(220);
    expect(text).toContain('not reached: ');
  });
});

describe('what is not reached', () => {
  it('is told apart by what it takes', async () => {
    const { unreached, coverage } = await check(undefined, { shard: { index: 0, of: 60 } });
    const all = Object.values(unreached).flat();

    expect(unreached.world).toContain('rule proxy/timed-out');
    expect(unreached.edition).toContain('cell EXTERNAL_KEY_STORE XksProxyVpcEndpointServiceOwner FAILED');
    expect(all.filter((item) => item.startsWith('rule ')).length + coverage.rules.size).toBe(ruleIds.length);
    expect(new Set(all).size).toBe(all.length);
  });
});

// Helpers

const options = { editions, answers: {}, seed: 7, runs: 3, withKeys: false, patience: 50 } as const;

const inProcess = (service: ReferenceService) => ({ send: async (request: Request) => service.answer(request) });

const check = (name: FaultName | undefined, more: Partial<Parameters<typeof drive>[1]>) =>
  drive(
    inProcess(
      new ReferenceService({ reading: { edition: '2022-11', answers: {} }, ...(name && { fault: faults[name] }) }),
    ),
    { ...options, editions: ['2022-11'], runs: 0, shard: { index: 3, of: 12 }, ...more },
  );
