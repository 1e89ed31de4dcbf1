import type { Expression } from 'oxc-parser';
import { arrows, chart } from '../../../src/machine/chart.ts';
import { catalogue, type RuleId, ruleIds, rules } from '../../../src/spec/catalogue.ts';
import { connectionErrorCodes } from '../../../src/spec/connection-error-codes.ts';
import { editionNotes } from '../../../src/spec/editions.ts';
import { accepting, cellOf, fieldsOf, updatable } from '../../../src/spec/eligibility.ts';
import { errors } from '../../../src/spec/errors.ts';
import { facts, fleeting, healthyUnlessDeclared } from '../../../src/spec/facts.ts';
import { keyStateTable } from '../../../src/spec/key-state.ts';
import { precedence } from '../../../src/spec/precedence.ts';
import { proxyFaults } from '../../../src/spec/proxy-faults.ts';
import { fixedChoice, questions } from '../../../src/spec/questions.ts';
import { shapeOf } from '../../../src/spec/shapes.ts';
import { pages } from '../../../src/spec/sources.ts';
import {
  type ConnectionState,
  connectionStates,
  type Edition,
  editions,
  operations,
  type StoreType,
  storeTypes,
} from '../../../src/spec/vocabulary.ts';
import { constraintsFile, files } from './source.ts';
import { type Json, portable, translator, wrapped } from './translate.ts';
import { library, words } from './words.ts';

/** Constants of the source that are sections of the table. */
const sections = {
  shapes: 'operations',
  updatable: 'eligibility.update',
  accepting: 'eligibility.operations',
  keyStateTable: 'eligibility.keys',
  arrows: 'transitions',
  chart: 'chart',
  catalogue: 'catalogue',
  questions: 'questions',
  precedence: 'precedence',
  proxyFaults: 'proxyFaults',
  connectionErrorCodes: 'connectionErrorCodes',
  facts: 'facts',
};

/** Functions that are words of the table, since they look into texts. */
const natives = {
  mark: 'mark',
  matches: 'matches',
  charactersOf: 'characters',
  unitsOf: 'units',
  bytesInBase64: 'bytesInBase64',
  isInteger: 'isInteger',
};

/** What a program may ask the table; everything else in `definitions` serves these. */
/** The questions as they are; of a reading only what is said, and where. */
const plainQuestions = Object.fromEntries(
  Object.entries(questions).map(([id, question]) => [
    id,
    { ...question, readings: question.readings.map(({ page, says }) => ({ page, says })) },
  ]),
);

const questionsToAsk = [
  ['src/machine/account', 'outcomesOf'],
  ['src/machine/account', 'hiddenOutcomesOf'],
  ['src/spec/description', 'describedStore'],
  ['src/spec/description', 'describedKey'],
  ['src/spec/condition', 'resolved'],
  ['src/spec/condition', 'atomsOf'],
  ['src/spec/reading', 'known'],
  ['src/spec/facts', 'unknownWorld'],
  ['src/spec/facts', 'healthyWorld'],
  ['src/spec/model', 'emptyAccount'],
] as const;

/** The specification as one value of JSON. */
export function specificationTable(): Readonly<Record<string, unknown>> {
  const { definitions, global, lambda } = translator(
    sections,
    natives,
    { malformations: constraintsFile },
    Object.keys({ ...words, ...library }),
  );
  for (const [file, name] of questionsToAsk) global(file, name);
  const rejects = (id: RuleId): Json => {
    const { file, node, withFault } = whereRuleIs(id);
    const { fault } = rules[id];
    return withFault
      ? wrappedFault(lambda(file, node, ['situation', 'fault']), fault)
      : lambda(file, node, ['situation']);
  };
  return {
    $schema: '../schemas/custom-key-store-spec.schema.json',
    about:
      'The specification of AWS KMS custom key stores as data, generated from its source: see table/README.md for how ' +
      'to read it and how to evaluate it. Do not edit.',
    editionNotes,
    operations: Object.fromEntries(
      operations.map((op) => {
        const { input, ...shape } = shapeOf(op);
        return [op, { ...shape, input: withPortablePatterns(input), rules: catalogue[op].map(({ id }) => id) }];
      }),
    ),
    eligibility: {
      update: updatable,
      operations: accepting,
      keys: keyStateTable,
      inEdition: Object.fromEntries(editions.map((edition) => [edition, eligibilityIn(edition)])),
    },
    chart: {
      initial: chart.initial,
      states: Object.fromEntries(Object.entries(chart.states).map(([state, { on: _, ...rest }]) => [state, rest])),
    },
    transitions: arrows,
    rules: Object.fromEntries(ruleIds.map((id) => [id, { ...rules[id], rejects: rejects(id) }])),
    precedence,
    questions: plainQuestions,
    facts,
    fleetingFacts: [...fleeting],
    factsHealthyUnlessDeclared: [...healthyUnlessDeclared],
    proxyFaults,
    connectionErrorCodes,
    errors,
    pages,
    words,
    definitions: {
      ...library,
      ...sorted(definitions),
      catalogue: rulesByOperation,
    },
  };
}

/** Every operation with its rules, each with its id: what `decide` goes through. */
const rulesByOperation: Json = [
  'fromEntries',
  [
    'map',
    ['entries', '$operations'],
    [
      'fn',
      ['each'],
      [
        'list',
        ['get', '$each', 0],
        ['map', ['get', ['get', '$each', 1], 'rules'], ['fn', ['id'], { id: '$id', rule: ['get', '$rules', '$id'] }]],
      ],
    ],
  ],
];

/** The table of eligibility with what the edition settles filled in; what stays open names its question. */
function eligibilityIn(edition: Edition) {
  const settled = (cell: string) => {
    if (cell === 'allow' || cell === 'reject') return cell;
    const answer = fixedChoice(cell as keyof typeof questions, edition);
    if (answer === undefined) return { question: cell };
    return answer === 'REJECT_INVALID_STATE' ? 'reject' : 'allow';
  };
  const row = (cellIn: (state: ConnectionState) => string) =>
    Object.fromEntries(connectionStates.map((state) => [state, settled(cellIn(state))]));
  const update = (type: StoreType) =>
    fieldsOf(type)
      .filter((field) => knownIn(field, edition))
      .map((field) => [field, row((state) => cellOf(type, field, state) ?? 'reject')] as const);
  return {
    update: Object.fromEntries(storeTypes.map((type) => [type, Object.fromEntries(update(type))])),
    operations: Object.fromEntries(Object.entries(accepting).map(([op, cells]) => [op, row((state) => cells[state])])),
  };
}

function knownIn(field: string, edition: Edition): boolean {
  const from = shapeOf('UpdateCustomKeyStore').input[field]?.since;
  return from === undefined || editions.indexOf(edition) >= editions.indexOf(from);
}

/** Where the predicate of a rule is written: in the rule, or once for all rules that a table of faults makes. */
function whereRuleIs(id: RuleId): { readonly file: string; readonly node: Expression; readonly withFault: boolean } {
  for (const [file, { declared }] of files) {
    if (!file.startsWith('src/spec/rules/')) continue;
    for (const value of declared.values()) {
      const plain = 'expression' in value && typeof value.expression === 'object' ? value.expression : value;
      if (plain.type === 'CallExpression' && plain.callee.type === 'Identifier' && plain.callee.name === 'faultRules') {
        const [prefix, , met] = plain.arguments;
        if (id.startsWith(`${textOf(prefix)}/`) && rules[id].fault !== undefined) {
          return { file, node: met as Expression, withFault: true };
        }
      }
      const rule = memberOf(plain as Expression, id);
      const node = rule && memberOf(rule, 'rejects');
      if (node !== undefined) return { file, node, withFault: false };
    }
  }
  throw new Error(`the rule ${id} is not where rules are written`);
}

function memberOf(node: Expression, name: string): Expression | undefined {
  const plain = node.type === 'TSSatisfiesExpression' || node.type === 'TSAsExpression' ? node.expression : node;
  if (plain.type === 'TSAsExpression') return memberOf(plain, name);
  if (plain.type !== 'ObjectExpression') return undefined;
  for (const each of plain.properties) {
    if (each.type !== 'Property') continue;
    const key = each.key.type === 'Identifier' ? each.key.name : 'value' in each.key ? each.key.value : undefined;
    if (key === name) return each.value;
  }
  return undefined;
}

const textOf = (node: unknown): string => {
  const { expression, value } = node as { readonly expression?: unknown; readonly value?: unknown };
  return expression === undefined ? String(value) : textOf(expression);
};

/** The predicate of all rules of a column, for one fault. */
function wrappedFault(predicate: Json, fault: string | undefined): Json {
  const [, , body] = predicate as readonly Json[];
  return ['fn', ['situation'], wrapped([['fault', fault as string]], body as Json)];
}

/** Definitions in the order of their names, so that a small change of the source is a small change of the table. */
const sorted = (definitions: ReadonlyMap<string, Json>) =>
  Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1)));

function withPortablePatterns(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPortablePatterns);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      name === 'pattern' && typeof each === 'string' ? portable(each) : withPortablePatterns(each),
    ]),
  );
}
