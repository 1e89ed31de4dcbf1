import { readdirSync, readFileSync } from 'node:fs';
import type { QuestionId } from '../src/spec/questions.ts';

/** Questions are written in the one, and cited in the other; neither asks them. */
const elsewhere = ['src/spec/questions', 'src/spec/requirements'];

const files = ['src/spec', 'src/machine', 'src/oracle', 'src/wire']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith('.ts') && !elsewhere.some((start) => file.startsWith(start)))
  .sort()
  .map((file) => [file, readFileSync(file, 'utf8')] as const);

/** The files of the model in which a question is asked. */
export const askedIn = (id: QuestionId): readonly string[] =>
  files.flatMap(([file, code]) => (code.includes(`'${id}'`) || code.includes(`${id}:`) ? [file] : []));
