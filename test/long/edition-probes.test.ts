import { describe, expect, it } from 'vitest';
import { editions } from '../../src/spec/vocabulary.ts';
import { drive } from '../../src/suite/drive.ts';
import { faults } from '../../src/wire/faults.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

describe('the edition that fits best', () => {
  it('is what an endpoint is judged by that looks like a later one in what it allows too much', async () => {
    const reading = { edition: '2022-11', answers: {} } as const;
    const service = new ReferenceService({ reading, fault: faults['update-while-connected'] });
    const report = await drive(
      { send: async (request) => service.answer(request) },
      { editions, answers: {}, seed: 1, runs: 0, withKeys: false, patience: 1000, shard: { index: 0, of: 8 } },
    );

    expect(report.judging.edition).toEqual(['2022-11']);
    expect(report.findings.length).toBeGreaterThan(0);
    expect(
      report.findings.flatMap(({ violation }) => violation.rules).filter((id) => id !== 'update/in-state'),
    ).toEqual([]);
  });
});
