import { describe, expect, it } from 'vitest';
import { properties } from '../../src/machine/properties.ts';
import type { Property } from '../../src/machine/property.ts';

describe('a property that always holds', () => {
  it.each(Object.entries(properties).flatMap(([id, each]) => (each.holds === 'always' ? [[id, each.shownBy]] : [])))(
    '%s is shown by %s not to be empty',
    (_, shownBy) => {
      expect((properties as Readonly<Record<string, Property>>)[shownBy]?.holds).toBe('sometimes');
    },
  );
});
