import { readFileSync } from 'node:fs';
import { type Schema, wrongIn } from '../spec/schema.ts';
import type { WorldFile } from '../spec/world.ts';
import { oneOf, readJson } from './options.ts';
import { UsageError } from './usage-error.ts';

/** Reads a world file. What is wrong with it, anywhere in it, is told in one line. */
export function readWorld(path: string | undefined): WorldFile {
  return path === undefined ? {} : asWorld(readJson(path), path);
}

/** A world, if it is one. `from` says where it comes from. */
export function asWorld(file: unknown, from: string): WorldFile {
  const wrong = wrongIn(worldSchema(), file);
  if (wrong === undefined) return file as WorldFile;
  const { where, problem, name, known } = wrong;
  const place = where === '' ? from : `${from}: ${where}`;
  if (name === undefined || known === undefined) throw new UsageError(`${place} ${problem}. See ${schemaName}`);
  try {
    oneOf(problem, name, known);
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${place}: ${error.message}`) : error;
  }
  return file as WorldFile;
}

const schemaName = 'schemas/world.schema.json';

/** The schema that is published with the package: generated from the types, so nothing has to be said again. */
const worldSchema = (): Schema =>
  JSON.parse(readFileSync(new URL(`../../${schemaName}`, import.meta.url), 'utf8')) as Schema;
