import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/spec/inputs.ts';
import { editions } from '../../src/spec/vocabulary.ts';
import { drive } from '../../src/suite/drive.ts';
import { listen } from '../../src/wire/endpoint.ts';
import { type FaultName, faultNames, faults } from '../../src/wire/faults.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';
import { sdkTarget } from '../../src/wire/sdk-target.ts';

describe('the reference endpoint, over HTTP and the AWS SDK', () => {
  it.each(editions)('conforms in edition %s', async (edition) => {
    const service = new ReferenceService({ reading: { edition, answers: {} } });
    const { url, close } = await listen(service);
    const target = sdkTarget(url, true);
    const reset = async () => service.reset();
    const report = await drive({ reset, send: target.send }, { ...options, editions: [edition], runs: 20 });
    target.close();
    await close();

    expect(report.violation).toBeUndefined();
    expect(report.coverage.states.size).toBeGreaterThan(5);
  });
});

describe('a fault that is built in', () => {
  it.each(faultNames)('%s is found', async (name: FaultName) => {
    const reading = { edition: '2022-11', answers: {} } as const;
    const services = [
      new ReferenceService({ reading, fault: faults[name] }),
      new ReferenceService({ reading, fault: faults[name], failConnect: 'INTERNAL_ERROR' }),
    ];
    let sequence = 0;
    const reset = async () => {
      sequence += 1;
      for (const service of services) service.reset();
    };
    const send = async (request: Request) => (services[sequence % 2] as ReferenceService).answer(request);
    const report = await drive({ reset, send }, { ...options, editions: ['2022-11'], runs: 300 });

    expect(report.violation).toBeDefined();
    expect(report.violation?.history.length).toBeLessThan(8);
  });
});

// Helpers

const options = { answers: {}, seed: 7, withKeys: true };
