import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ExplorerState, embedded, hashOf } from './explorer-state.ts';

/** The built page; the same place whether this file was compiled or not. */
export const explorerFile = fileURLToPath(new URL('../../dist/explorer.html', import.meta.url));

/**
 * The page of the explorer as one HTML file, with a history in it if one is given. It opens where `at` says: for a
 * violation at a place of the history (from 0), that place and one. Secrets become stand-ins.
 */
export function explorerPage(state?: ExplorerState): string {
  const page = readFileSync(explorerFile, 'utf8');
  return state === undefined ? page : embedded(page, state);
}

/**
 * The address that opens the explorer at an event of a history (its place, from 0): what led to it, what was asked,
 * answered and allowed. Without a page it leads into the explorer that this package ships. Secrets become stand-ins.
 */
export async function explorerLink(history: ExplorerState['history'], index: number, page?: string): Promise<string> {
  return explorerAddress(await hashOf({ history, at: index + 1 }), page);
}

/** The address of the explorer that this package ships, or of another copy of it, with a hash that says what to show. */
export const explorerAddress = (hash: string, page: string = pathToFileURL(explorerFile).href): string =>
  `${page}#${hash}`;
