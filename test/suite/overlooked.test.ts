import { describe, expect, it } from 'vitest';
import type { ObservedOutcome } from '../../src/oracle/history.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { drive } from '../../src/suite/drive.ts';
import { plansOf, tokenOf } from '../../src/suite/token.ts';
import { faults } from '../../src/wire/faults.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

/** Everything is listed without its date, and a store is deleted whatever its state. */
function dateless() {
  const service = new ReferenceService({
    reading: { edition: '2022-11', answers: {} },
    fault: faults['delete-while-connected'],
  });
  return {
    send: async (request: Request): Promise<ObservedOutcome> => {
      const answer = service.answer(request);
      if (request.op !== 'DescribeCustomKeyStores' || !('ok' in answer)) return answer;
      const list = answer.ok['CustomKeyStores'] as readonly Readonly<Record<string, unknown>>[];
      return { ok: { ...answer.ok, CustomKeyStores: list.map(({ CreationDate: _, ...rest }) => rest) } };
    },
    reset: async () => service.reset(),
  };
}
const options = {
  editions: ['2022-11'],
  answers: {},
  only: ['DeleteCustomKeyStore'],
  seed: 1,
  runs: 0,
  withKeys: false,
  patience: 0,
} as const;

describe('a member that is wrong wherever it shows', () => {
  it('hides no other fault, is told of, and is overlooked when the other is sent again', async () => {
    const { findings, notes } = await drive(dateless(), options);
    const other = findings.find(({ fault }) => fault.op === 'DeleteCustomKeyStore');
    const replay = plansOf(tokenOf(other?.steps ?? [])) ?? [];
    const again = await drive(dateless(), { ...options, replay });

    expect(findings.filter(({ fault }) => fault.shows.includes('CreationDate')).length).toBeGreaterThan(0);
    expect(notes.filter((note) => note.includes('overlooked from then on'))).toHaveLength(1);
    expect(other).toBeDefined();
    expect(again.findings.map(({ fingerprint }) => fingerprint)).toEqual([other?.fingerprint]);
  });
});
