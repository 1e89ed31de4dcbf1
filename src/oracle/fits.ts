import type { Outcome } from '../machine/account.ts';
import { all, type Condition } from '../spec/condition.ts';
import type { Known } from '../spec/reading.ts';
import { fitsStatus, statusOfSuccess } from '../spec/status.ts';
import { type HistoryEvent, isUnanswered } from './history.ts';
import { matches } from './match.ts';
import type { Moment } from './setting.ts';

/** The result that an event has, by its name; nothing, if nobody saw: then it may be any. */
export const resultOf = (event: HistoryEvent): string | undefined =>
  isUnanswered(event) ? undefined : 'error' in event ? event.error : 'ok';

/** The name of a result. */
export const nameOfResult = (result: Outcome['result']): string => (typeof result === 'object' ? result.error : result);

/** When the outcome is what was observed; whatever it is, if nobody saw. */
export function fits(outcome: Outcome, event: HistoryEvent, known: Known): Condition {
  if (isUnanswered(event)) return outcome.when;
  const { result, when } = outcome;
  if (result === 'anything') return when;
  if ('error' in event) {
    if (typeof result !== 'object' || result.error !== event.error) return false;
    return event.status === undefined ? when : all(when, fitsStatus(event.error, event.status, known));
  }
  if (result !== 'ok' || !('ok' in event) || (event.status ?? statusOfSuccess) !== statusOfSuccess) return false;
  const matched = matches(outcome, event, event.ok, known, event.partial === true);
  return matched === true ? when : all(when, matched);
}

/** The ID that the answer gave to what came into being; where nobody saw it, one that stands for it. */
export function newId(event: HistoryEvent, moment: Moment): string {
  if (!('ok' in event)) return `?${event.op}${moment.number}`;
  const { CustomKeyStoreId, KeyMetadata } = event.ok as { CustomKeyStoreId?: string; KeyMetadata?: { KeyId?: string } };
  const id = event.op === 'CreateCustomKeyStore' ? CustomKeyStoreId : KeyMetadata?.KeyId;
  return typeof id === 'string' ? id : `?${event.op}${moment.number}`;
}
