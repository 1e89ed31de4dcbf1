import type { HistoryEvent } from '../oracle/history.ts';
import type { Violation } from '../oracle/violation.ts';
import { type RuleId, rules } from '../spec/catalogue.ts';
import { pageOf } from '../spec/sources.ts';

/** An event as one line of JSON, without its secrets. */
export const eventLine = (event: HistoryEvent): string =>
  JSON.stringify(event, (name, value: unknown) =>
    name === 'KeyStorePassword' || name === 'RawSecretAccessKey' ? '***' : value,
  );

/** What is wrong with the last event of a history, for people: what was allowed, and the rules behind it. */
export function toldOf({ event, allowed, rules: broken }: Violation): readonly string[] {
  const got = 'error' in event ? event.error : 'ok' in event ? 'ok' : 'nothing';
  const would = allowed.map(({ result, rules: ids }) => (ids.length === 0 ? result : `${result} (${ids.join(', ')})`));
  return [
    `${event.op} got ${got}, which is not allowed here. Allowed: ${would.join('; ') || 'nothing that the oracle knows'}.`,
    ...(allowed.some(({ result }) => result === got) ? ['The outcome may be, but what the answer shows may not.'] : []),
    ...broken.map((id) => `${id}: ${rules[id].says}`),
  ];
}

/** The same, with the history before it and the pages behind the rules. */
export function toldInFull(violation: Violation, history: readonly HistoryEvent[]): string {
  return [
    ...toldOf(violation),
    ...violation.rules.flatMap(addressesOf),
    'What was sent, and answered:',
    ...history.map((event, index) => `  ${index + 1}. ${eventLine(event)}`),
  ].join('\n');
}

const addressesOf = (id: RuleId): readonly string[] =>
  rules[id].sources.map(({ page }) => {
    const { title, address } = pageOf(page);
    return `  ${title}${address === undefined ? '' : `: ${address}`}`;
  });
