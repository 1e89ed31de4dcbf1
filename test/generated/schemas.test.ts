import { Ajv } from 'ajv';
import * as TJS from 'typescript-json-schema';
import { describe, expect, it } from 'vitest';
import { requestsAbout } from '../../src/machine/alphabet.ts';
import { wrongIn } from '../../src/spec/schema.ts';
import type { Member } from '../../src/spec/shape.ts';
import { membersOf } from '../../src/spec/shapes.ts';
import { operations, storeTypes } from '../../src/spec/vocabulary.ts';
import { worldNames } from '../../src/spec/world.ts';

const program = TJS.programFromConfig('tsconfig.schema.json');
const generator = TJS.buildGenerator(program, { required: true, noExtraProps: true, ignoreErrors: true });

const files = [
  ['request', 'Request'],
  ['history-event', 'HistoryEvent'],
  ['allowed-outcome', 'AllowedOutcome'],
  ['verdict', 'Verdict'],
  ['check-verdict', 'CheckVerdict'],
  ['world', 'WorldFile'],
  ['oracle-protocol', 'OracleLine'],
  ['harness-protocol', 'HarnessLine'],
  ['vectors', 'VectorFile'],
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

  it('uses nothing that the command does not check in a world file', () => {
    const takes = new Ajv().compile(schemaOf('WorldFile'));

    expect(
      worlds.map(([text]) => [
        text,
        takes(JSON.parse(text)),
        wrongIn(schemaOf('WorldFile') as never, JSON.parse(text)) === undefined,
      ]),
    ).toEqual(worlds.map(([text, good]) => [text, good, good]));
  });
});

const cluster = (inner: string, id = 'cluster-aaaaaaaaaaa') => `{"clusters":{"${id}":${inner}}}`;
const worlds: readonly (readonly [string, boolean])[] = [
  ['{}', true],
  ['[]', false],
  ['{"cluster":{}}', false],
  [cluster('{"active":false,"hsms":2,"kmsuser":"locked","family":"one"}'), true],
  [cluster('{"actve":false}'), false],
  [cluster('{"active":"banana"}'), false],
  [cluster('{"hsms":-1}'), false],
  [cluster('{"hsms":1.5}'), false],
  [cluster('{"kmsuser":"away"}'), false],
  [cluster('3'), false],
  [cluster('{}', 'nonsense'), false],
  [cluster('{}', 'cluster-1a23b4cdefg'), true],
  ['{"proxies":{"https://a.example/kms/xks/v1":{"fault":null}}}', true],
  ['{"proxies":{"https://a.example/kms/xks/v1":{"fault":"TLS_FAILURE"}}}', true],
  ['{"proxies":{"https://a.example/kms/xks/v1":{"fault":"BAD"}}}', false],
  ['{"proxies":{"a.example":{}}}', false],
  ['{"externalKeys":{"any name":{"fault":"KEY_NOT_FOUND"}}}', true],
  ['{"endpointServices":{"com.amazonaws.vpce.us-east-1.vpce-svc-0a":{"exists":false}}}', true],
  ['{"endpointServices":{"service":{}}}', false],
  ['{"caller":{"denied":["CreateKey"]}}', true],
  ['{"caller":{"denied":["NoSuch"]}}', false],
  ['{"caller":{"denied":"CreateKey"}}', false],
  ['{"quota":{"customKeyStores":0}}', true],
  ['{"quota":{"customKeyStores":"many"}}', false],
];

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
  if (type === 'WorldFile') {
    for (const [part, pattern] of Object.entries(worldNames)) {
      Object.assign(schema.properties?.[part] ?? {}, { propertyNames: { pattern } });
    }
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
