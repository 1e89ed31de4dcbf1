import { allowed, fieldsIn } from '../machine/allowed.ts';
import { arrows, chart, chartStates } from '../machine/chart.ts';
import type { Verification } from '../machine/verify.ts';
import { catalogue, operationsOf, ruleIds, rules } from '../spec/catalogue.ts';
import { connectionErrorCodeNames, connectionErrorCodes } from '../spec/connection-error-codes.ts';
import { editionNotes } from '../spec/editions.ts';
import { cellOf, type UpdateField, updatable } from '../spec/eligibility.ts';
import { type ErrorName, errors } from '../spec/errors.ts';
import { type ProxyFault, proxyFault, proxyFaultNames } from '../spec/proxy-faults.ts';
import { questionAreas } from '../spec/question.ts';
import { fixedChoice, type QuestionId, questionIds, questionOf } from '../spec/questions.ts';
import type { Requirement } from '../spec/requirement.ts';
import { requirements } from '../spec/requirements.ts';
import type { Rule } from '../spec/rule.ts';
import type { Member } from '../spec/shape.ts';
import { shapeOf } from '../spec/shapes.ts';
import { pageOf } from '../spec/sources.ts';
import {
  connectionStates,
  type Edition,
  editions,
  type Operation,
  operations,
  storeOperations,
  storeTypes,
} from '../spec/vocabulary.ts';
import { diagram } from './diagram.ts';
import { cite, code, list, page, table } from './markdown.ts';

/**
 * Every page of the reference, by its path under docs/reference. `verified` are the properties as they were decided,
 * and `askedIn` gives the files in which a question is asked.
 */
export function reference(
  verified: readonly (readonly [string, Verification])[],
  askedIn: AskedIn,
): Readonly<Record<string, string>> {
  return {
    'README.md': index(),
    'states.md': states(),
    'eligibility.md': eligibility(),
    'rules.md': rulesPage(),
    'errors.md': errorsPage(),
    'connection-error-codes.md': codes(),
    'proxy-faults.md': faults(),
    'questions.md': questions(askedIn),
    'editions.md': editionsPage(),
    'properties.md': properties(verified),
    'requirements.md': register(),
    ...Object.fromEntries(operations.map((op) => [`operations/${op}.md`, operation(op)])),
  };
}

function index(): string {
  return page(
    'Reference',
    'Everything that the specification says, generated from it.',
    list([
      '[States and transitions](states.md)',
      '[Eligibility: which property changes in which state](eligibility.md)',
      '[Rules](rules.md)',
      '[Errors](errors.md)',
      '[Connection error codes, and what to do](connection-error-codes.md)',
      '[What a proxy can do wrong](proxy-faults.md)',
      '[Questions that the documents leave open](questions.md)',
      '[Editions, and how they differ](editions.md)',
      '[Properties, and how they were decided](properties.md)',
      '[What the documents say, and what answers to it](requirements.md)',
    ]),
    '## Operations',
    list(operations.map((op) => `[${op}](operations/${op}.md): ${shapeOf(op).says}`)),
  );
}

function states(): string {
  const moves = arrows.filter(({ from, actions }) => from !== undefined && !actions.includes('refuse'));
  return page(
    'States and transitions',
    `\`\`\`mermaid\n${diagram('mermaid')}\`\`\``,
    table(
      ['State', 'Meaning'],
      chartStates.map((state) => [code(state), chart.states[state].description ?? '']),
    ),
    '## Transitions',
    table(
      ['From', 'Event', 'To', 'Remark', 'Id'],
      moves.map(({ from, event, target, description, transition }) => [
        code(from ?? ''),
        code(event),
        target === undefined ? 'stays' : code(target),
        description ?? '',
        transition ?? '',
      ]),
    ),
    'A request that no row accepts is refused. An event in lower case happens without a request.',
  );
}

function eligibility(): string {
  const rows = (edition: Edition) =>
    storeTypes.flatMap((type) =>
      fieldsIn(edition)
        .filter((field) => Object.hasOwn(updatable[type], field))
        .map((field) => [
          code(field),
          code(type),
          ...connectionStates.map((state) => shownCell(type, field, state, edition)),
        ]),
    );
  return page(
    'Eligibility',
    'Which member of UpdateCustomKeyStore may change its property in which connection state. A cell with a question is open: both are allowed.',
    ...editions.flatMap((edition) => [
      `## Edition ${edition}`,
      table(['Member', 'Store', ...connectionStates], rows(edition)),
    ]),
  );
}

function shownCell(
  type: (typeof storeTypes)[number],
  field: UpdateField,
  state: (typeof connectionStates)[number],
  edition: Edition,
): string {
  const cell = cellOf(type, field, state);
  if (cell === 'allow' || cell === 'reject' || cell === undefined) return cell === 'allow' ? 'yes' : 'no';
  const settled =
    fixedChoice(cell, edition) ??
    (Object.keys(questionOf(cell).choices).length === 1 ? 'REJECT_INVALID_STATE' : undefined);
  if (settled !== undefined) return settled === 'REJECT_INVALID_STATE' ? 'no' : 'yes';
  return `[open](questions.md#${cell.toLowerCase()})`;
}

function rulesPage(): string {
  return page(
    'Rules',
    'A rule says what is so when it refuses nothing. Rules have no order: where several refuse, each of their errors is allowed.',
    ...ruleIds.map(
      (id) => `## ${id}\n\n${ruleText(rules[id])}\n\nOperations: ${operationsOf(id).map(code).join(', ')}`,
    ),
  );
}

function ruleText({ says, error, sources, contradictedBy = [] }: Rule): string {
  return [
    says,
    `Otherwise: ${errorText(error)}`,
    list([...sources.map(cite), ...contradictedBy.map((source) => `but: ${cite(source)}`)]),
  ].join('\n\n');
}

function errorText(error: Rule['error']): string {
  if (typeof error === 'string') return code(error);
  if ('answerTo' in error) return `by the answer to [${error.answerTo}](questions.md#${error.answerTo.toLowerCase()})`;
  return error.map(code).join(' or ');
}

function operation(op: Operation): string {
  const { says, input, output, errors: listed, alsoNeeds = [] } = shapeOf(op);
  const outcomes =
    (storeOperations as readonly string[]).includes(op) && op !== 'UpdateCustomKeyStore' ? perState(op) : [];
  return page(
    op,
    says,
    `Permissions: ${[`kms:${op}`, ...alsoNeeds].map(code).join(', ')}`,
    '## Members',
    table(
      ['Member', 'Constraint', 'Required', 'For', 'Meaning'],
      Object.entries(input).map(([name, member]) => memberRow(name, member)),
    ),
    output.length === 0 ? 'The answer is an empty JSON object.' : `The answer has ${output.map(code).join(', ')}.`,
    ...(op === 'UpdateCustomKeyStore' ? ['What may change when: [Eligibility](../eligibility.md).'] : outcomes),
    '## Rules',
    table(
      ['Rule', 'Meaning', 'Otherwise'],
      catalogue[op].map(({ id, rule }) => [
        `[${id}](../rules.md#${anchor(id)})`,
        rule.says,
        errorText(rule.error).replace('(questions.md', '(../questions.md'),
      ]),
    ),
    '## Errors that the service model lists',
    list(listed.map((name) => `${code(name)}: ${errors[name].says}`)),
  );
}

/** What may come of the operation in each state, when nothing else is wrong. */
function perState(op: Operation): readonly string[] {
  const rows = storeTypes.flatMap((type) =>
    connectionStates.map((state) => [
      code(type),
      code(state),
      allowed({ type, state, operation: op, edition: '2022-11', answers: {} })
        .map(({ ok, error }) => (ok ? 'success' : code(error ?? '')))
        .join(' or '),
    ]),
  );
  return [
    '## Outcomes',
    'When nothing else is wrong, and the store holds no keys (edition 2022-11):',
    table(['Store', 'State', 'Outcome'], rows),
  ];
}

function memberRow(name: string, member: Member): readonly string[] {
  const { type, min, max, pattern, values, required, requiredByText, storeType, says = '', sensitive, since } = member;
  const bounds = min === undefined && max === undefined ? '' : ` ${min ?? 0}-${max ?? ''}`;
  const form = [
    pattern === undefined ? '' : code(pattern),
    values === undefined ? '' : values.map(code).join(', '),
  ].filter(Boolean);
  const remarks = [says, sensitive ? 'Secret.' : '', since === undefined ? '' : `Since ${since}.`]
    .filter(Boolean)
    .join(' ');
  return [
    code(name),
    [`${type}${bounds}`, ...form].join('; '),
    required ? 'always' : requiredByText === undefined ? 'no' : `for ${code(requiredByText)}`,
    storeType === undefined ? 'both' : code(storeType),
    remarks,
  ];
}

function errorsPage(): string {
  return page(
    'Errors',
    table(
      ['Error', 'HTTP', 'Meaning'],
      (Object.keys(errors) as ErrorName[]).map((name) => [code(name), String(errors[name].status), errors[name].says]),
    ),
  );
}

function codes(): string {
  return page(
    'Connection error codes',
    'Why a connection attempt ended in FAILED, and what to do. DisconnectCustomKeyStore is part of every remedy: nothing else leads out of FAILED.',
    ...connectionErrorCodeNames.map((name) => {
      const { storeTypes: types, means, remedy, sources } = connectionErrorCodes[name];
      const steps = remedy.map((step, index) => `${index + 1}. ${step}`).join('\n');
      return `## ${name}\n\n${means} (${types.map(code).join(', ')})\n\n${steps}\n\n${list(sources.map(cite))}`;
    }),
  );
}

function faults(): string {
  const shown = (column: ProxyFault['check'] | ProxyFault['connect']): string =>
    column === undefined
      ? '-'
      : typeof column === 'string'
        ? code(column)
        : `[open](questions.md#${column.answerTo.toLowerCase()})`;
  return page(
    'What a proxy can do wrong',
    table(
      ['Fault', 'Create, Update', 'Connection error code', 'CreateKey', 'Use of a key'],
      proxyFaultNames.map((name) => {
        const fault = proxyFault(name);
        return [fault.says, shown(fault.check), shown(fault.connect), shown(fault.createKey), shown(fault.crypto)];
      }),
    ),
  );
}

/** The files of the model in which a question is asked. */
type AskedIn = (id: QuestionId) => readonly string[];

function questions(askedIn: AskedIn): string {
  return page(
    'Questions',
    'Points that the documents leave open, or contradict each other on. A question without an answer leaves every choice allowed.',
    ...questionAreas.flatMap((area) => [
      `## About: ${area}`,
      ...questionIds.filter((id) => questionOf(id).area === area).map((id) => questionText(id, askedIn(id))),
    ]),
  );
}

function questionText(id: QuestionId, files: readonly string[]): string {
  const { asks, kind, readings, choices, answered, unasked } = questionOf(id);
  const settled = editions.flatMap((edition) => {
    const choice = fixedChoice(id, edition);
    return choice === undefined ? [] : [`edition ${edition}: ${code(choice)}`];
  });
  return [
    `### ${id}`,
    `${asks} (${kind}; answered ${answered})`,
    list(Object.entries(choices).map(([choice, means]) => `${code(choice)}: ${means}`)),
    ...(settled.length === 0 ? [] : [`Settled in ${settled.join(', ')}.`]),
    readings.length === 0 ? 'No document speaks of it.' : `What the documents say:\n\n${list(readings.map(cite))}`,
    ...(files.length === 0 ? [] : [`Asked in ${files.map((file) => `[${file}](../../${file})`).join(', ')}.`]),
    ...(unasked === undefined ? [] : [`Not asked by the model: ${unasked}.`]),
  ].join('\n\n');
}

function editionsPage(): string {
  return page(
    'Editions',
    ...editions.map((edition) => {
      const { says, versions, changes } = editionNotes[edition];
      const settled = questionIds.flatMap((id) => {
        const choice = fixedChoice(id, edition);
        return choice === undefined ? [] : [`[${id}](questions.md#${id.toLowerCase()}): ${code(choice)}`];
      });
      return [
        `## ${edition}`,
        says,
        `Versions of the JavaScript SDK with this text: ${versions}.`,
        ...(changes.length === 0 ? [] : [`What changed:\n\n${list(changes.map(cite))}`]),
        `Questions that its text settles:\n\n${list(settled)}`,
      ].join('\n\n');
    }),
  );
}

function properties(verified: readonly (readonly [string, Verification])[]): string {
  return page(
    'Properties',
    'Decided by visiting every state that can be reached.',
    ...verified.map(([title, { states: count, transitions, findings }]) =>
      [
        `## ${title}`,
        `${count} states, ${transitions} transitions.`,
        table(
          ['Property', 'Kind', 'Holds', 'Looked at'],
          findings.map(({ property, holds, instances }) => [
            property.says,
            property.holds,
            holds ? 'yes' : 'no',
            String(instances),
          ]),
        ),
      ].join('\n\n'),
    ),
  );
}

function register(): string {
  const answers = ({
    rules: ids = [],
    transitions = [],
    properties: claims = [],
    questions: asked = [],
    file,
    notModelled,
  }: Requirement) =>
    [
      ...ids.map((id) => `rule [${id}](rules.md#${anchor(id)})`),
      ...transitions.map((id) => `transition ${id}`),
      ...claims.map((id) => `property ${code(id)}`),
      ...asked.map((id) => `question [${id}](questions.md#${id.toLowerCase()})`),
      ...(file === undefined ? [] : [`[${file}](../../${file})`]),
      ...(notModelled === undefined ? [] : [`not modelled: ${notModelled}`]),
    ].join('; ');
  return page(
    'Register of requirements',
    'What the documents say, row by row, and what answers to it. Members, errors, eligibility cells, connection error codes and proxy faults have tables of their own.',
    table(
      ['Id', 'What is said', 'Source', 'Answered by'],
      Object.entries(requirements).map(([id, row]) => [id, row.says, pageOf(row.page).title, answers(row)]),
    ),
  );
}

const anchor = (id: string): string => id.replaceAll('/', '');
