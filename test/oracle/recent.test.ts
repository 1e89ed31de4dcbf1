import { describe, expect, it } from 'vitest';
import { Recent } from '../../src/oracle/recent.ts';

describe('what was worked out', () => {
  it('is kept as long as it is asked for, and never more than twice what there is room for', () => {
    const kept = new Recent<number, string>(10);
    kept.set(-1, 'in use');
    for (let number = 0; number < 1000; number++) {
      kept.get(number, () => String(number));
      expect(kept.find(-1)).toBe('in use');
      expect(kept.size).toBeLessThanOrEqual(20);
    }

    expect(kept.find(0)).toBeUndefined();
    expect(kept.find(999)).toBe('999');
  });
});
