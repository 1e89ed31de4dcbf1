import { describe, expect, it } from 'vitest';
import { editions } from '../../src/spec/vocabulary.ts';
import { type DriveOptions, drive, type Finding } from '../../src/suite/drive.ts';
import { FakeKms } from './emulator/fake-kms.ts';
import { choices, mistakes } from './emulator/variations.ts';

/**
 * What no answer can tell: between the look that shows a store DISCONNECTING and the request to connect it, the
 * disconnection may have ended.
 */
const untellable: ReadonlySet<string> = new Set(['connect while DISCONNECTING']);

describe('an emulator that shares nothing with the specification', () => {
  it.each([[], ...choices.map((choice) => [choice])])('is not flagged if it %s', async (...chosen) => {
    const { findings, verdict } = await drive(new FakeKms({ chosen }), { ...options, shard: { index: 1, of: 3 } });

    expect(findings.map(({ steps }) => steps.map(({ event }) => event))).toEqual([]);
    expect(verdict).not.toBe('violates');
  });

  it.each(mistakes.filter((mistake) => !untellable.has(mistake)))(
    'is found out if it has this mistake: %s',
    async (mistake) => {
      const found: Finding[] = [];
      const stop = () => found.length > 0;
      await drive(new FakeKms({ mistake }), { ...options, found: (finding) => void found.push(finding), stop });

      expect(found.map(({ again }) => again.seen)).toEqual([2]);
    },
  );
});

// Helpers

const options: DriveOptions = {
  editions,
  answers: {},
  seed: 1,
  runs: 0,
  withKeys: false,
  patience: 10_000,
};
