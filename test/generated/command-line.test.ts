import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.ts';

describe('docs/reference/command-line.md', () => {
  it('is as the commands have it', async () => {
    await expect(commandLine()).toMatchFileSnapshot('../../docs/reference/command-line.md');
  });
});
