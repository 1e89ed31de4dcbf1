import { questionAreas } from '../../../src/spec/question.ts';
import { connectionStates, editions, operations, storeTypes, visibleKeyStates } from '../../../src/spec/vocabulary.ts';
import { words } from './words.ts';

const text = { type: 'string' } as const;
const texts = { type: 'array', items: text } as const;
const ref = (name: string) => ({ $ref: `#/definitions/${name}` });
const mapOf = (value: object) => ({ type: 'object', additionalProperties: value });
const record = (properties: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) => ({
  type: 'object',
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
  additionalProperties: false,
});
const byName = (names: readonly string[], value: object) =>
  record(Object.fromEntries(names.map((name) => [name, value])));

const row = byName(connectionStates, ref('cell'));
const settledRow = byName(connectionStates, {
  anyOf: [{ enum: ['allow', 'reject'] }, record({ question: text })],
});
const error = { anyOf: [text, texts, record({ answerTo: text })] };

/** The JSON Schema of the table. */
export const tableSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'The specification of AWS KMS custom key stores as a table',
  ...record({
    $schema: text,
    about: text,
    editionNotes: byName(editions, record({ says: text, versions: text, changes: ref('sources') })),
    operations: byName(operations, ref('operation')),
    eligibility: record({
      update: byName(storeTypes, mapOf(row)),
      operations: mapOf(row),
      keys: mapOf(byName(visibleKeyStates, text)),
      inEdition: byName(
        editions,
        record({ update: byName(storeTypes, mapOf(settledRow)), operations: mapOf(settledRow) }),
      ),
    }),
    chart: record({
      initial: text,
      states: mapOf(record({ description: text }, { type: text, entry: {} })),
    }),
    transitions: {
      type: 'array',
      items: record(
        { event: text, actions: texts },
        {
          from: text,
          target: text,
          guard: record({ type: text, params: { type: 'object' } }),
          description: text,
          transition: text,
        },
      ),
    },
    rules: mapOf(
      record(
        { says: text, error, sources: ref('sources'), rejects: ref('expression') },
        { contradictedBy: ref('sources'), fault: text },
      ),
    ),
    precedence: mapOf(mapOf(texts)),
    questions: mapOf(
      record(
        {
          area: { enum: questionAreas },
          kind: text,
          asks: text,
          readings: ref('sources'),
          choices: mapOf(text),
          answered: { enum: ['once', 'each time'] },
        },
        { fixedBy: { type: 'object', propertyNames: { enum: editions }, additionalProperties: text }, unasked: text },
      ),
    ),
    facts: mapOf(text),
    fleetingFacts: texts,
    factsHealthyUnlessDeclared: texts,
    proxyFaults: mapOf(
      record(
        { says: text, healthy: text, sources: ref('sources') },
        { check: error, connect: error, createKey: error, crypto: error },
      ),
    ),
    connectionErrorCodes: mapOf(
      record({ storeTypes: texts, means: text, remedy: texts, sources: ref('sources') }, { because: text }),
    ),
    errors: mapOf(record({ status: { type: 'integer' }, fault: text, says: text })),
    pages: mapOf(record({ title: text }, { address: text, note: text })),
    words: byName(Object.keys(words), text),
    definitions: mapOf(ref('expression')),
  }),
  definitions: {
    cell: { type: 'string', description: 'allow, reject, or the question whose answer decides' },
    sources: { type: 'array', items: record({ page: text, says: text }) },
    operation: record(
      { says: text, input: mapOf(ref('member')), output: texts, errors: texts, rules: texts },
      { alsoNeeds: texts },
    ),
    member: record(
      { type: { enum: ['string', 'integer', 'boolean', 'timestamp', 'blob', 'structure', 'list', 'map'] } },
      {
        min: { type: 'integer' },
        max: { type: 'integer' },
        pattern: { type: 'string', description: 'matches the whole value' },
        narrower: record({ before: { enum: editions }, pattern: text }),
        values: texts,
        members: mapOf(ref('member')),
        of: ref('member'),
        required: { const: true },
        requiredByText: text,
        storeType: { enum: storeTypes },
        sensitive: { const: true },
        since: { enum: editions },
        says: text,
      },
    ),
    expression: {
      description: 'A constant; a name after $; a form or a call, as a list; an object of expressions.',
      anyOf: [
        { type: ['null', 'boolean', 'number', 'string'] },
        { type: 'array', items: ref('part'), minItems: 1 },
        mapOf(ref('expression')),
      ],
    },
    part: {
      description: 'An expression; of let, the bindings; of fn, the parameters.',
      anyOf: [ref('expression'), { type: 'array' }],
    },
  },
};
