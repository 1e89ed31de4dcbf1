import { describe, expect, it } from 'vitest';
import type { Edition } from '../../src/spec/vocabulary.ts';
import { bestEdition } from '../../src/suite/edition-probes.ts';

describe('the edition that fits best', () => {
  it.each<[readonly (readonly Edition[])[], Edition | undefined]>([
    [[['2022-11', '2025-10'], ['2022-11']], undefined],
    [[['2026-04'], ['2022-11'], ['2022-11', '2025-10']], '2022-11'],
    [[['2026-04'], ['2022-11'], ['2025-10', '2026-04']], '2026-04'],
    [[], undefined],
  ])('of %j is %s', (allowed, best) => {
    expect(bestEdition(allowed)?.edition).toBe(best);
  });
});
