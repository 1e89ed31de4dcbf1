import { describe, expect, it } from 'vitest';
import { choicesOf, questionIds, questionOf } from '../../src/spec/questions.ts';
import { askedIn } from '../asked-in.ts';

describe('the questions', () => {
  it('are 94', () => {
    expect(questionIds).toHaveLength(94);
  });

  it.each(questionIds)('%s is asked by the model, or says why not', (id) => {
    const asked = askedIn(id).length > 0;

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
