import { catalogue, operationsOf, ruleIds, rules } from '../../spec/catalogue.ts';
import { connectionErrorCodeNames, connectionErrorCodes } from '../../spec/connection-error-codes.ts';
import { type ErrorName, errors } from '../../spec/errors.ts';
import { questionIds, questionOf } from '../../spec/questions.ts';
import { operations } from '../../spec/vocabulary.ts';
import { oneOf } from '../options.ts';
import { citation, cited, print, printJson } from '../output.ts';

/** Everything that the specification knows about one id. */
export function run({ json }: { readonly json?: true }, id: string): number {
  const errorNames = Object.keys(errors) as readonly ErrorName[];
  const name = oneOf('rule, question, error or connection error code', id, [
    ...ruleIds,
    ...questionIds,
    ...connectionErrorCodeNames,
    ...errorNames,
  ]);
  const found =
    ruleIds.find((each) => each === name) !== undefined
      ? explainRule(name)
      : questionIds.find((each) => each === name) !== undefined
        ? explainQuestion(name)
        : connectionErrorCodeNames.find((each) => each === name) !== undefined
          ? explainCode(name)
          : explainError(name as ErrorName);
  if (json) printJson(found.data);
  else print(found.text.join('\n'));
  return 0;
}

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
