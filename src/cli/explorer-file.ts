import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explorerPage } from '../render/explorer-page.ts';
import type { ExplorerState } from '../render/explorer-state.ts';
import { UsageError } from './usage-error.ts';

/** Writes the explorer to a file; to one in a new temporary folder, if no path is given. The path of the file. */
export function writeExplorer(state?: ExplorerState, path?: string): string {
  const page = explorerPage(state);
  const file = path ?? join(mkdtempSync(join(tmpdir(), 'kms-cks-')), 'explorer.html');
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new UsageError(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code}). Choose another --out`);
  }
  return file;
}
