import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { choicesOf, questionIds, questionOf } from '../../src/spec/questions.ts';

/** Questions are written in the one, and cited in the other; neither asks them. */
const elsewhere = ['src/spec/questions', 'src/spec/requirements'];

/** All source text but these. */
const code = ['src/spec', 'src/machine', 'src/oracle', 'src/wire']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith('.ts') && !elsewhere.some((start) => file.startsWith(start)))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

describe('the questions', () => {
  it('are 94', () => {
    expect(questionIds).toHaveLength(94);
  });

  it.each(questionIds)('%s is asked by the model, or says why not', (id) => {
    const asked = code.includes(`'${id}'`) || code.includes(`${id}:`);

    expect(asked ? questionOf(id).unasked === undefined : questionOf(id).unasked !== undefined).toBe(true);
  });

  it.each(questionIds)('%s has choices, and editions settle only on these', (id) => {
    const settled = Object.values(questionOf(id).fixedBy ?? {});

    expect(choicesOf(id).length).toBeGreaterThan(0);
    expect(settled.filter((choice) => !choicesOf(id).includes(choice))).toEqual([]);
  });

  it('a contradiction cites what contradicts itself', () => {
    const alone = questionIds.filter(
      (id) => questionOf(id).kind === 'contradiction' && questionOf(id).readings.length === 0,
    );

    expect(alone).toEqual([]);
  });
});
