import { type Arrow, arrows, type ChartState, chart, chartStates } from '../../machine/chart.ts';
import { catalogue, operationsOf, ruleIds, rules } from '../../spec/catalogue.ts';
import { connectionErrorCodeNames, connectionErrorCodes } from '../../spec/connection-error-codes.ts';
import { accepting, cellOf, fieldsOf } from '../../spec/eligibility.ts';
import { type ErrorName, errors } from '../../spec/errors.ts';
import { questionIds, questionOf } from '../../spec/questions.ts';
import type { Requirement } from '../../spec/requirement.ts';
import { requirements } from '../../spec/requirements.ts';
import { shapeOf } from '../../spec/shapes.ts';
import { connectionStates, type Operation, operations, storeTypes } from '../../spec/vocabulary.ts';
import { oneOf } from '../options.ts';
import { citation, cited, print, printJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';

/** Everything that the specification knows about one id. */
export function run({ json }: { readonly json?: true }, id: string): number {
  const name = oneOf(
    'id',
    id,
    kinds.flatMap(({ ids }) => ids),
  );
  const found = kinds.find(({ ids }) => ids.includes(name))?.explain(name);
  if (json) printJson(found?.data);
  else print(found?.text.join('\n') ?? '');
  return 0;
}

/** What can be explained. An id of several kinds is explained as the first. */
const kinds: readonly { readonly ids: readonly string[]; readonly explain: (id: string) => Explanation }[] = [
  { ids: ruleIds, explain: explainRule },
  { ids: questionIds, explain: explainQuestion },
  { ids: connectionErrorCodeNames, explain: explainCode },
  { ids: Object.keys(errors), explain: (id) => explainError(id as ErrorName) },
  { ids: chartStates, explain: (id) => explainState(id as ChartState) },
  { ids: operations, explain: (id) => explainOperation(id as Operation) },
  { ids: Object.keys(requirements), explain: explainRequirement },
];

interface Explanation {
  readonly data: object;
  readonly text: readonly string[];
}

function explainRule(id: string): Explanation {
  const ruleId = oneOf('rule', id, ruleIds);
  const { says, error, sources, contradictedBy = [] } = rules[ruleId];
  const shown =
    typeof error === 'string' ? error : 'answerTo' in error ? `by the answer to ${error.answerTo}` : error.join(' or ');
  return {
    data: {
      id,
      says,
      error,
      operations: operationsOf(ruleId),
      sources: sources.map(citation),
      contradictedBy: contradictedBy.map(citation),
    },
    text: [
      id,
      `  ${says}`,
      `  otherwise: ${shown}`,
      `  operations: ${operationsOf(ruleId).join(', ')}`,
      ...sources.map((source) => `  source: ${cited(source)}`),
      ...contradictedBy.map((source) => `  but: ${cited(source)}`),
    ],
  };
}

function explainQuestion(id: string): Explanation {
  const question = questionOf(oneOf('question', id, questionIds));
  const { asks, kind, readings, choices, fixedBy = {}, unasked } = question;
  return {
    data: { id, ...question, readings: readings.map(citation) },
    text: [
      `${id} (${kind})`,
      `  ${asks}`,
      ...Object.entries(choices).map(
        ([choice, means], index) => `  ${choice}${index === 0 ? ' (default)' : ''}: ${means}`,
      ),
      ...Object.entries(fixedBy).map(([edition, choice]) => `  settled in edition ${edition}: ${choice}`),
      ...readings.map((reading) => `  read: ${cited(reading)}`),
      ...(unasked === undefined ? [] : [`  not asked by the model: ${unasked}`]),
    ],
  };
}

function explainCode(id: string): Explanation {
  const code = connectionErrorCodes[oneOf('connection error code', id, connectionErrorCodeNames)];
  return {
    data: { id, ...code, sources: code.sources.map(citation) },
    text: [
      `${id} (${code.storeTypes.join(', ')})`,
      `  ${code.means}`,
      ...code.remedy.map((step, index) => `  ${index + 1}. ${step}`),
      ...code.sources.map((source) => `  source: ${cited(source)}`),
    ],
  };
}

function explainError(id: ErrorName): Explanation {
  const { status, fault, says } = errors[id];
  const allow = ruleIds.filter((rule) => {
    const { error } = rules[rule];
    return error === id || (Array.isArray(error) && error.includes(id));
  });
  const listed = operations.filter((op) => catalogue[op].some((named) => allow.includes(named.id)));
  return {
    data: { id, status, fault, says, rules: allow, operations: listed },
    text: [`${id} (HTTP ${status}, ${fault})`, `  ${says}`, ...allow.map((rule) => `  ${rule}: ${rules[rule].says}`)],
  };
}

function explainState(id: ChartState): Explanation {
  const moves = arrows.filter(({ from, actions }) => from === id && !actions.includes('refuse'));
  const into = arrows.filter(({ from, target }) => target === id && from !== id);
  const { description = '' } = chart.states[id];
  return {
    data: { id, says: description, from: into.map(shownArrow), leads: moves.map(shownArrow) },
    text: [id, `  ${description}`, ...into.map(arrowText), ...moves.map(arrowText)],
  };
}

const shownArrow = ({ from, event, target, description, transition }: Arrow) => ({
  from,
  event,
  to: target ?? from,
  description,
  transition,
});

const arrowText = ({ from, event, target, description, transition }: Arrow): string =>
  [`  ${transition ?? ''}`.padEnd(6), `${from}, ${event}: ${target ?? 'stays'}.`, description]
    .filter(Boolean)
    .join(' ');

function explainOperation(op: Operation): Explanation {
  const { says, input, errors: listed } = shapeOf(op);
  const updates = storeTypes.flatMap((type) =>
    fieldsOf(type).map((field) => [type, field, connectionStates.map((state) => cellOf(type, field, state))] as const),
  );
  const accepted = op in accepting ? accepting[op as keyof typeof accepting] : undefined;
  const states = (cells: readonly unknown[]) => connectionStates.map((state, i) => `${state} ${cells[i]}`).join(', ');
  return {
    data: { id: op, says, members: Object.keys(input), rules: catalogue[op].map(({ id }) => id), errors: listed },
    text: [
      op,
      `  ${says}`,
      `  members: ${Object.keys(input).join(', ')}`,
      ...(accepted === undefined ? [] : [`  in state: ${states(Object.values(accepted))}`]),
      ...(op === 'UpdateCustomKeyStore'
        ? updates.map(([type, field, cells]) => `  ${type} ${field}: ${states(cells)}`)
        : []),
      ...catalogue[op].map(({ id, rule }) => `  ${id}: ${rule.says}`),
    ],
  };
}

/** A row of the register; a transition, with its arrows. */
function explainRequirement(id: string): Explanation {
  const row: Requirement | undefined = requirements[id];
  if (row === undefined) throw new UsageError(`${id} is no row of the register. See docs/reference/requirements.md`);
  const { page, says, rules: ids = [], transitions = [], properties = [], questions = [], notModelled } = row;
  const moves = arrows.filter(({ transition }) => transition === id);
  return {
    data: { id, ...row, ...(moves.length === 0 ? {} : { arrows: moves.map(shownArrow) }) },
    text: [
      id,
      `  ${cited({ page, says })}`,
      ...moves.map(arrowText),
      ...[...ids, ...transitions, ...properties, ...questions]
        .filter((answer) => answer !== id)
        .map((answer) => `  answered by ${answer}`),
      ...(notModelled === undefined ? [] : [`  not modelled: ${notModelled}`]),
    ],
  };
}
