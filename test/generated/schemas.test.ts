import { Ajv } from 'ajv';
import * as TJS from 'typescript-json-schema';
import { describe, expect, it } from 'vitest';
import { requestsAbout } from '../../src/machine/alphabet.ts';
import type { Member } from '../../src/spec/shape.ts';
import { membersOf } from '../../src/spec/shapes.ts';
import { operations, storeTypes } from '../../src/spec/vocabulary.ts';

const program = TJS.programFromConfig('tsconfig.schema.json');
const generator = TJS.buildGenerator(program, { required: true, noExtraProps: true, ignoreErrors: true });

const files = [
  ['request', 'Request'],
  ['history-event', 'HistoryEvent'],
  ['allowed-outcome', 'AllowedOutcome'],
  ['verdict', 'Verdict'],
  ['world', 'WorldFile'],
] as const;

describe('schemas', () => {
  it.each(files)('%s.schema.json is as the types and the shapes have it', async (file, type) => {
    const text = `${JSON.stringify(schemaOf(type), null, 2)}\n`;

    expect(text).not.toContain('import(');
    await expect(text).toMatchFileSnapshot(`../../schemas/${file}.schema.json`);
  });

  it('take every request of the alphabet, and no malformed one', () => {
    const takes = new Ajv({ allowUnionTypes: true }).compile(schemaOf('Request'));
    const requests = storeTypes.flatMap((type) => requestsAbout('cks-1', type, 'key-1'));

    expect(requests.filter((request) => !takes(request))).toEqual([]);
    expect(takes({ op: 'ConnectCustomKeyStore', input: {} })).toBe(false);
    expect(takes({ op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: 'c', NewCustomKeyStoreName: '' } })).toBe(
      false,
    );
    expect(takes({ op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: 'c', KeyStorePassword: '***' } })).toBe(true);
  });
});

// Helpers

interface Schema {
  properties?: Record<string, Schema>;
  definitions?: Record<string, Schema>;
  [keyword: string]: unknown;
}

/** The schema of a type, with the constraints that types cannot express and shapes can. */
function schemaOf(type: string): Schema {
  const schema = JSON.parse(JSON.stringify(generator?.getSchemaForSymbol(type))) as Schema;
  for (const op of operations) {
    const definition = schema.definitions?.[`InputOf<"${op}">`];
    if (definition !== undefined) constrain(definition, membersOf(op));
  }
  return schema;
}

function constrain({ properties = {} }: Schema, members: Readonly<Record<string, Member>>): void {
  for (const [name, { type, min, max, pattern, sensitive, members: inner }] of Object.entries(members)) {
    const property = properties[name];
    if (property === undefined) continue;
    const [least, most] = type === 'integer' ? ['minimum', 'maximum'] : ['minLength', 'maxLength'];
    const bounded = type === 'integer' || type === 'string';
    const constraint = {
      ...(bounded && min !== undefined ? { [least]: min } : {}),
      ...(bounded && max !== undefined ? { [most]: max } : {}),
      ...(pattern === undefined ? {} : { pattern: `^(?:${pattern})$` }),
    };
    if (inner !== undefined) constrain(property, inner);
    else if (sensitive) Object.assign(property, { anyOf: [{ const: '***' }, constraint] });
    else Object.assign(property, type === 'integer' ? { type: 'integer' } : {}, constraint);
  }
}
