import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder, and those around it. Node's own `recursive` never ends where a parent is there and takes no folder,
 * as in /proc.
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const around = dirname(path);
  if (around !== path) makeFolder(around);
  mkdirSync(path);
}
