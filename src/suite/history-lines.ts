import type { HistoryEvent } from '../oracle/history.ts';
import { operations } from '../spec/vocabulary.ts';
import { withoutSecrets } from './masked.ts';

/** The events of a history in newline-delimited JSON, without their secrets; or one line that says what is wrong. */
export function historyFrom(text: string): readonly HistoryEvent[] | string {
  const events: HistoryEvent[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return `line ${index + 1} is not JSON. A history has one event a line`;
    }
    if (!isEvent(value)) return `line ${index + 1} is not an event: it needs op, input, and one of ok, error, unknown`;
    events.push(value);
  }
  return withoutSecrets(events);
}

/** Is it an operation that is known, with an input and one outcome? */
export function isEvent(value: unknown): value is HistoryEvent {
  if (!isObject(value) || !isObject(value['input'])) return false;
  if (!(operations as readonly unknown[]).includes(value['op'])) return false;
  const { ok, error, unknown } = value;
  if ([ok, error, unknown].filter((each) => each !== undefined).length !== 1) return false;
  return ok === undefined ? typeof (error ?? unknown) === 'string' : isObject(ok);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
