import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { completed } from '../../src/machine/types.ts';
import { boundsFor, verify } from '../../src/machine/verify.ts';
import { reference } from '../../src/render/reference.ts';
import { askedIn } from '../asked-in.ts';

/** To decide every property for two stores takes a minute: the exhaustive suite does, and `npm run generate`. */
const isWhole = process.env['SUITE'] === 'exhaustive' || process.env['GENERATE'] === 'true';
const reading = completed({ edition: '2022-11', answers: {} });
const one = verify(boundsFor(reading, 1));
const verified = [
  ['One store, at most one key', one] as const,
  ...(isWhole ? [['Two stores, at most one key each', verify(boundsFor(reading, 2))] as const] : []),
];
const counts = [
  [3457, 106708],
  [19393, 567486],
];
const { 'properties.md': properties = '', ...pages } = reference(verified, askedIn);

describe('docs/reference', () => {
  it.each(Object.entries(pages))('%s is as the source has it', async (path, text) => {
    await expect(text).toMatchFileSnapshot(`../../docs/reference/${path}`);
  });

  it('properties.md is as they were decided', async () => {
    const path = 'docs/reference/properties.md';
    if (isWhole) await expect(properties).toMatchFileSnapshot(`../../${path}`);
    const lines = new Set(readFileSync(path, 'utf8').split('\n'));
    expect(properties.split('\n').filter((line) => !lines.has(line))).toEqual([]);
  });

  it('rests on this many states and transitions', () => {
    const found = verified.map(([, { states, transitions }]) => [states, transitions]);

    expect(found).toEqual(counts.slice(0, verified.length));
  });

  it('lists a property that fails only where one store is too few for it', () => {
    const failing = verified.map(([, { findings }]) => findings.filter(({ holds }) => !holds));
    const expected = one.findings.filter(({ property }) => property.needs === 'two stores');

    expect(failing).toEqual(isWhole ? [expected, []] : [expected]);
  });
});
