import { proxyFaultNames } from '../spec/proxy-faults.ts';
import type { WorldFile } from '../spec/world.ts';
import { oneOf, readJson } from './options.ts';
import { UsageError } from './usage-error.ts';

const parts = [
  'clusters',
  'proxies',
  'endpointServices',
  'externalKeys',
  'caller',
  'quota',
] as const satisfies readonly (keyof WorldFile)[];

/** Reads a world file. What is wrong with it is told in one line. */
export function readWorld(path: string | undefined): WorldFile {
  if (path === undefined) return {};
  const file = readJson(path);
  if (!isObject(file)) throw new UsageError(`${path}: not a JSON object. See schemas/world.schema.json`);
  for (const [name, part] of Object.entries(file)) {
    within(path, () => oneOf('part of a world', name, parts));
    if (!isObject(part)) throw new UsageError(`${path}: ${name} is not an object. See schemas/world.schema.json`);
    for (const [id, entry] of Object.entries(part)) {
      if ((name === 'caller' || name === 'quota') !== !isObject(entry)) {
        throw new UsageError(`${path}: ${name}.${id} is not of the right form. See schemas/world.schema.json`);
      }
      const fault = isObject(entry) ? entry['fault'] : undefined;
      if (fault !== undefined && fault !== null)
        within(path, () => oneOf('proxy fault', String(fault), proxyFaultNames));
    }
  }
  return file as WorldFile;
}

function within(path: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${path}: ${error.message}`) : error;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
