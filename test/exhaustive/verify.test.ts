import { describe, expect, it } from 'vitest';
import { completed } from '../../src/machine/types.ts';
import { boundsFor, type Verification, verify } from '../../src/machine/verify.ts';

/** The first edition, with one store and with two, is decided for the reference: test/generated/reference.test.ts. */
const counts = [
  ['2025-10', 1, 6049, 195340],
  ['2025-10', 2, 19393, 567486],
  ['2026-04', 1, 6049, 195340],
  ['2026-04', 2, 19393, 565974],
] as const;

describe('stores with at most one key each', () => {
  it.each(counts)('edition %s, stores: %i: every property holds', (edition, stores, states, transitions) => {
    const found = verify(boundsFor(completed({ edition, answers: {} }), stores));

    expect(failures(found, stores)).toEqual([]);
    expect([found.states, found.transitions]).toEqual([states, transitions]);
  });
});

// Helpers

const failures = ({ findings }: Verification, stores: number) =>
  findings
    .filter(({ holds, property }) => !holds && (stores === 2 || property.needs === undefined))
    .map(({ id }) => id as string);
