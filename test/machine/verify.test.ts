import { describe, expect, it } from 'vitest';
import { isColliding } from '../../src/machine/alphabet.ts';
import { alphabetOf } from '../../src/machine/explore.ts';
import { completed } from '../../src/machine/types.ts';
import { type Verification, verify } from '../../src/machine/verify.ts';

describe('one store with at most one key', () => {
  it.each([
    ['2022-11', 3097, 98548],
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

describe('two stores with at most one key each', () => {
  it('every property holds', () => {
    const requests = (account: Parameters<typeof alphabetOf>[0]) => alphabetOf(account, 2).filter(isColliding);
    const found = verify({
      reading: completed({ edition: '2022-11', answers: {} }),
      stores: 2,
      codes: ['INTERNAL_ERROR'],
      requests,
    });

    expect(failures(found)).toEqual([]);
    expect([found.states, found.transitions]).toEqual([19393, 475590]);
  });
});

// Helpers

/** Witnesses of these need two stores. */
const needTwoStores = ['two-stores', 'public-endpoints-shared'];

const failures = ({ findings }: Verification) => findings.filter(({ holds }) => !holds).map(({ id }) => id as string);
