import { describe, expect, it } from 'vitest';
import type { Request } from '../../src/spec/inputs.ts';
import { editions } from '../../src/spec/vocabulary.ts';
import { drive } from '../../src/suite/drive.ts';
import { FakeKms } from './emulator/fake-kms.ts';

describe('an emulator whose answers get lost, done or not', () => {
  it.each([0.1, 0.4, 0.7])('is not flagged if it loses a share of %d', async (share) => {
    for (const seed of [1, 2]) {
      const { findings, events } = await drive(losing(share, seed), {
        editions,
        answers: {},
        seed,
        runs: 25,
        withKeys: false,
        patience: 0,
        systematic: false,
      });

      expect(findings.map(({ steps }) => steps.map(({ event }) => event))).toEqual([]);
      expect(events).toBeGreaterThan(100);
    }
  });
});

// Helpers

function losing(share: number, seed: number) {
  const emulator = new FakeKms();
  let state = seed;
  const chance = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return {
    send: async (request: Request) => {
      const isLost = chance() < share;
      const isDone = !isLost || chance() < 0.5;
      const outcome = isDone ? await emulator.send(request) : undefined;
      return isLost || outcome === undefined ? { unknown: 'timed out' } : outcome;
    },
  };
}
