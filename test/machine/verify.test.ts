import { describe, expect, it } from 'vitest';
import { completed } from '../../src/machine/types.ts';
import { type Verification, verify } from '../../src/machine/verify.ts';

/** The first edition, and two stores, are decided once for the reference: test/generated/reference.test.ts. */
describe('one store with at most one key', () => {
  it.each([
    ['2025-10', 5689, 186244],
    ['2026-04', 5689, 186244],
  ] as const)('edition %s: every property of one store holds', (edition, states, transitions) => {
    const found = verify({
      reading: completed({ edition, answers: {} }),
      stores: 1,
      codes: ['INTERNAL_ERROR', 'INVALID_CREDENTIALS'],
    });

    expect(failures(found).filter((id) => !needTwoStores.includes(id))).toEqual([]);
    expect([found.states, found.transitions]).toEqual([states, transitions]);
  });
});

// Helpers

/** Witnesses of these need two stores. */
const needTwoStores = ['two-stores', 'public-endpoints-shared'];

const failures = ({ findings }: Verification) => findings.filter(({ holds }) => !holds).map(({ id }) => id as string);
