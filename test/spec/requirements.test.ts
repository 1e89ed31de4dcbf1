import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { arrows } from '../../src/machine/chart.ts';
import { properties } from '../../src/machine/properties.ts';
import { catalogue, ruleIds, rules } from '../../src/spec/catalogue.ts';
import { choicesOf, questionIds } from '../../src/spec/questions.ts';
import { errorsOf } from '../../src/spec/rejection.ts';
import { requirements } from '../../src/spec/requirements.ts';
import { shapeOf } from '../../src/spec/shapes.ts';
import { type Operation, storeOperations } from '../../src/spec/vocabulary.ts';

describe('the register', () => {
  it('accounts for the 16 claims of the source document and the 20 transitions', () => {
    const ids = Object.keys(requirements);

    expect(ids.filter((id) => /^S\d\d$/.test(id))).toHaveLength(16);
    expect(ids.filter((id) => /^T\d\d$/.test(id))).toHaveLength(20);
    expect(ids).toHaveLength(119);
  });

  it.each(Object.entries(requirements))('%s is answered by something that exists, or says why not', (_, row) => {
    const {
      rules: ids = [],
      transitions = [],
      properties: claims = [],
      questions = [],
      file,
      testedBy,
      notModelled,
    } = row;
    const known = new Set<string>(['T01', ...arrows.flatMap(({ transition }) => transition ?? [])]);

    expect(ids.filter((id) => !ruleIds.includes(id))).toEqual([]);
    expect(transitions.filter((id) => !known.has(id))).toEqual([]);
    expect(claims.filter((id) => !Object.hasOwn(properties, id))).toEqual([]);
    expect(questions.filter((id) => !questionIds.includes(id))).toEqual([]);
    if (file !== undefined) expect(existsSync(file)).toBe(true);
    if (testedBy !== undefined) expect(existsSync(testedBy)).toBe(true);
    // A file alone proves nothing: something has to be able to fail.
    const answers =
      ids.length + transitions.length + claims.length + questions.length + (testedBy === undefined ? 0 : 1);
    expect(answers > 0).toBe(notModelled === undefined);
  });
});

describe('the errors that the service model lists', () => {
  const listed = storeOperations.flatMap((op) => shapeOf(op).errors.map((error) => [op, error] as const));

  it.each(listed)('%s: %s is the error of a rule', (op, error) => {
    expect(errorsAllowed(op)).toContain(error);
  });
});

// Helpers

function errorsAllowed(op: Operation): readonly string[] {
  return catalogue[op].flatMap(({ id }) => {
    const { error } = rules[id];
    if (typeof error === 'string') return [error];
    return 'answerTo' in error ? choicesOf(error.answerTo).flatMap(errorsOf) : error;
  });
}
