import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { membersOf } from '../../src/spec/shapes.ts';
import { malformations as validated } from '../../src/spec/validate.ts';
import { editions, type Operation, operations } from '../../src/spec/vocabulary.ts';
import { malformations } from './table/constraints.ts';
import { formatted } from './table/format.ts';
import { tableSchema } from './table/schema.ts';
import { specificationTable } from './table/table.ts';
import { portable, wholePattern } from './table/translate.ts';
import { library } from './table/words.ts';

const text = `${formatted(specificationTable())}\n`;

describe('table/custom-key-store-spec.json', () => {
  it('is as the source has it', async () => {
    await expect(text).toMatchFileSnapshot('../../table/custom-key-store-spec.json');
  });

  it('keeps its schema', async () => {
    const ajv = new Ajv({ allowUnionTypes: true });

    expect(ajv.validate(tableSchema, JSON.parse(text)) ? [] : ajv.errors).toEqual([]);
    await expect(`${JSON.stringify(tableSchema, null, 2)}\n`).toMatchFileSnapshot(
      '../../schemas/custom-key-store-spec.schema.json',
    );
  });

  it('says every word that it uses, and uses every word that it says', () => {
    const table = JSON.parse(text) as Table;
    const used = new Set<string>();
    for (const each of Object.values(table.definitions)) collect(each, used);
    for (const { rejects } of Object.values(table.rules)) collect(rejects, used);
    const known = new Set([...Object.keys(table.words), ...Object.keys(table.definitions)]);

    expect([...used].filter((name) => !known.has(name))).toEqual([]);
    expect(Object.keys({ ...table.words, ...library }).filter((word) => !used.has(word))).toEqual([]);
  });

  it('has no name for two things', () => {
    const { definitions, words, ...sections } = JSON.parse(text) as Table;

    expect(Object.keys(definitions).filter((name) => name in words || name in sections)).toEqual([]);
  });

  it('has only patterns that other languages read as JavaScript does', () => {
    expect(portable(String.raw`[a-z\d]+\/\d`)).toBe('[a-z0-9]+/[0-9]');
    expect(() => wholePattern('abc')).toThrow('does not match whole texts only');
    expect(text).not.toMatch(/"(?:pattern)": "[^"]*\\\\[dwsu]/);
  });
});

describe('the constraints of requests, as the table says them', () => {
  it.each(operations)('finds what src/spec/validate.ts finds: %s', (op) => {
    for (const edition of editions) {
      for (const input of odd(op)) {
        const expected = validated(op, input, edition).map(({ path, member, problem }) => ({ path, member, problem }));

        expect(malformations(op, input, edition), JSON.stringify(input)).toEqual(expected);
      }
    }
  });
});

/** Every member with every odd value, each in an input that is otherwise empty, and some inputs that are none. */
function odd(op: Operation): readonly unknown[] {
  const values = [
    null,
    '',
    '***',
    'a',
    7,
    -1,
    1.5,
    4e9,
    true,
    {},
    [],
    ['', 7, null],
    'x'.repeat(9000),
    '😀'.repeat(130),
  ];
  const secret = { AccessKeyId: 'A', RawSecretAccessKey: '***', Stranger: 1 };
  const members = Object.entries(membersOf(op)).flatMap(([name, { values: allowed = [] }]) =>
    [...values, ...allowed, secret, 'cluster-aaaaaaaaaaa', 'https://one.example', '/kms/xks/v1', '111122223333'].map(
      (value) => ({ [name]: value }),
    ),
  );
  return [null, 'text', [], {}, { Stranger: 1 }, ...members];
}

interface Table {
  readonly words: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly rules: Readonly<Record<string, { readonly rejects: unknown }>>;
}

/** The names that stand at the beginning of a form or a call. */
function collect(expression: unknown, used: Set<string>): void {
  if (typeof expression !== 'object' || expression === null) return;
  if (!Array.isArray(expression)) {
    for (const each of Object.values(expression)) collect(each, used);
    return;
  }
  const [word, ...rest] = expression as unknown[];
  if (typeof word !== 'string') collect(word, used);
  else if (!word.startsWith('$')) used.add(word);
  if (word === 'fn') collect(rest[1], used);
  else if (word === 'let') {
    for (const [, value] of rest[0] as [string, unknown][]) collect(value, used);
    collect(rest[1], used);
  } else for (const each of rest) collect(each, used);
}
