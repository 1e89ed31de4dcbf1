import { operationsOf, type RuleId, ruleIds, rules } from '../../spec/catalogue.ts';
import { operations } from '../../spec/vocabulary.ts';
import { list, page } from '../markdown.ts';
import { cited, errorText, toOperation, toRule } from './links.ts';

export function rulesPage(): string {
  const groups = [...new Set(ruleIds.map(groupOf))];
  return page(
    'Rules',
    'A rule is one reason to refuse a request. Its sentence says what is so when it refuses nothing. Rules have no order: AWS does not say what it checks first, so where several refuse, each of their errors is allowed.',
    'Each rule names its sources. Behind *but* stands what another document says against it.',
    list(
      groups.map(
        (group) =>
          `${group}: ${ruleIds
            .filter((id) => groupOf(id) === group)
            .map(toRule)
            .join(', ')}`,
      ),
    ),
    ...ruleIds.map(ruleText),
  );
}

const groupOf = (id: RuleId): string => id.split('/')[0] ?? id;

function ruleText(id: RuleId): string {
  const { says, error, sources, contradictedBy = [] } = rules[id];
  const among = operationsOf(id);
  return [
    `## ${id}`,
    says,
    `Otherwise: ${errorText(error)}`,
    `Operations: ${among.length === operations.length ? 'every one' : among.map(toOperation).join(', ')}`,
    list([...sources.map(cited), ...contradictedBy.map((source) => `but: ${cited(source)}`)]),
  ].join('\n\n');
}
