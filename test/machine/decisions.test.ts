import { describe, expect, it } from 'vitest';
import { editions as everyEdition } from '../../src/spec/vocabulary.ts';
import { decisionsOf } from './decisions.ts';

/** The one in the middle differs from the last in one cell, and is left to the exhaustive suite. */
const isWhole = process.env['SUITE'] === 'exhaustive' || process.env['GENERATE'] === 'true';
const editions = isWhole ? everyEdition : [everyEdition[0], everyEdition[2]];

/**
 * Every decision of the specification, pinned: whoever changes a rule, an arrow, a guard or a cell sees here what it
 * changes, and where it does not mean to. `npm run generate` writes the new ones down.
 */
describe('the decisions of the specification', () => {
  it.each(editions)('are those that were written down: %s', async (edition) => {
    const lines = [...decisionsOf(edition)].map(([group, hash]) => `${group}: ${hash}`);

    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`decisions/${edition}.txt`);
  });
});
