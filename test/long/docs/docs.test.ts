import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { textOf, written } from '../../docs/page.ts';
import { executed } from './execute.ts';

/** `npm run generate:docs` writes what the commands print now. */
describe('what the documents show', () => {
  it.each(written)('%s', async (page) => {
    await expect(await executed(textOf(page))).toMatchFileSnapshot(resolve(page));
  });
});
