import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { properties } from '../../src/machine/properties.ts';
import type { Property } from '../../src/machine/property.ts';

/** The fast suite decides the same properties, in test/generated/reference.test.ts; here the command does. */
describe('explore', () => {
  it('does not say that a property fails which needs two stores', () => {
    const { stdout, status } = spawnSync(process.execPath, ['dist/cli/main.js', 'explore'], { encoding: 'utf8' });

    expect(status).toBe(0);
    expect(stdout).not.toContain('FAILS');
    const needing = Object.values<Property>(properties).filter(({ needs }) => needs === 'two stores');
    expect(needing.length).toBeGreaterThan(0);
    expect(stdout.match(/needs two stores/g)).toHaveLength(needing.length);
  });
});
