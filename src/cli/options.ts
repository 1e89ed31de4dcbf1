import { readFileSync } from 'node:fs';
import { choicesOf, type QuestionId, questionIds } from '../spec/questions.ts';
import type { Answers } from '../spec/reading.ts';
import { UsageError } from './usage-error.ts';

/** The name, if it is one of these; otherwise one line that names what is meant, and the nearest that exists. */
export function oneOf<T extends string>(what: string, name: string, known: readonly T[]): T {
  const found = known.find((each) => each === name);
  if (found !== undefined) return found;
  const [near, ...others] = nearest(name, known);
  const all = `One of: ${known.join(', ')}`;
  const hint =
    near !== undefined && isNear(name, near)
      ? `Did you mean ${near}?`
      : all.length <= 600
        ? all
        : `Nearest: ${[near, ...others.slice(0, 2)].join(', ')}`;
  throw new UsageError(`unknown ${what} ${shown(name)}. ${hint}`);
}

/** `QUESTION=CHOICE` as often as the option was given. */
export function parseAnswers(given: readonly string[]): Answers {
  const answers: Record<string, string> = {};
  for (const text of given) {
    const [question = '', choice = ''] = text.split('=', 2);
    const id: QuestionId = oneOf('question', question, questionIds);
    if (Object.hasOwn(answers, id))
      throw new UsageError(`--answer ${id} is given twice. Give one answer to a question`);
    answers[id] = oneOf(`answer to ${id}`, choice, choicesOf(id));
  }
  return answers as Answers;
}

/** For options that may be given several times. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** A whole number within bounds. */
export function integer(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not ${shown(text)}`);
}

/** The JSON in a file (`-` is standard input). */
export function readJson(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')); // some editors begin a file with a byte order mark
  } catch {
    throw new UsageError(`${path}: not JSON. ${where(text)}`);
  }
}

export function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    throw new UsageError(`${path.slice(0, 200)}: ${reason}. Give the path of a file, or - for standard input`);
  }
}

/** JSON's own messages quote the text, which may hold a secret; a place does not. */
const where = (text: string): string =>
  text.trim() === '' ? 'It is empty' : `It has ${text.split('\n').length} lines; check its brackets and commas`;

/** What the user wrote, quoted and not too long. */
export const shown = (name: string): string => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);

/** Those that are spelled most like it, the most alike first. */
function nearest<T extends string>(name: string, known: readonly T[]): readonly T[] {
  const ranked = known.map((each) => [distance(name.toLowerCase(), each.toLowerCase()), each] as const);
  return ranked.sort(([a], [b]) => a - b).map(([, each]) => each);
}

const isNear = (name: string, other: string): boolean =>
  distance(name.toLowerCase(), other.toLowerCase()) <= Math.max(2, name.length / 3);

/** How many letters to add, drop or change (Levenshtein). */
function distance(a: string, b: string): number {
  if (a.length > 100) return a.length;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
