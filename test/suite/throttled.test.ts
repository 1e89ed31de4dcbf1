import { describe, expect, it } from 'vitest';
import { editions, storeOperations } from '../../src/spec/vocabulary.ts';
import { drive } from '../../src/suite/drive.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

const options = { editions, answers: {}, seed: 1, runs: 1, withKeys: false, patience: 0, systematic: false };

describe('an operation that is always throttled', () => {
  it.each(storeOperations)('%s is given up, as if it were missing', async (throttled) => {
    const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
    let sent = 0;
    const report = await drive(
      {
        send: async (request) => {
          if (request.op !== throttled) return service.answer(request);
          sent += 1;
          return { error: 'ThrottlingException', status: 400 };
        },
      },
      options,
    );

    expect([...report.missing.keys()]).toEqual([throttled]);
    expect(report.verdict).toBe('undetermined');
    expect(sent).toBe(9);
  });
});
