import type { HistoryEvent } from '../oracle/history.ts';
import { bareErrorName } from '../spec/errors.ts';
import type { Request } from '../spec/inputs.ts';
import { type Operation, operations } from '../spec/vocabulary.ts';
import { blotted, masking, secretsIn, withoutSecrets } from './masking.ts';

/** A request that went by, with its answer. */
export interface Exchange {
  readonly target: string | undefined;
  /** Undefined if it was too long to be kept. */
  readonly body: Buffer | undefined;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  /** The address and port of who asked: one connection asks one thing at a time. */
  readonly client: string;
  /** The answer; the reason if there was none. */
  readonly answer: Answered | string;
}

export interface Answered {
  readonly status: number;
  readonly id: string | undefined;
  /** The error that a header names. */
  readonly errorType: string | undefined;
  readonly body: Buffer | undefined;
}

/** The event that an exchange is, without its secrets; or why it is none. */
export function eventOf(exchange: Exchange): HistoryEvent | { readonly skipped: string } {
  const { target = '', body, start, end, client, answer } = exchange;
  const op = target.replace(/^TrentService\./, '');
  if (!isOperation(op)) return { skipped: target === '' ? 'a request without X-Amz-Target' : target.slice(0, 100) };
  const input = body === undefined ? undefined : objectIn(body);
  if (input === undefined) return { skipped: `${op} whose body is not a JSON object` };
  const request = { op, input } as Request;
  const secrets = secretsIn(input);
  const noted = { start, end, client };
  const asked = { op, input: withoutSecrets(request) };
  if (typeof answer === 'string') return { ...asked, unknown: answer, ...noted } as HistoryEvent;
  const { status, id } = answer;
  const seen = { status, ...noted, ...(id === undefined ? {} : { id }) };
  const shown = answer.body === undefined ? undefined : objectIn(answer.body);
  if (status >= 200 && status < 300) {
    if (shown === undefined) {
      return { ...asked, unknown: 'the answer is not a JSON object', ...noted } as HistoryEvent;
    }
    return { ...asked, ok: withoutTexts(masking(shown), secrets), ...seen } as HistoryEvent;
  }
  const { __type: type, code, message, Message } = (shown ?? {}) as Readonly<Record<string, unknown>>;
  const name = [type, code, answer.errorType].find((each) => typeof each === 'string' && each !== '');
  const text = [message, Message].find((each) => typeof each === 'string');
  return {
    ...asked,
    error: name === undefined ? 'UnknownError' : bareErrorName(String(name)),
    ...(text === undefined ? {} : { message: blotted(String(text), secrets) }),
    ...seen,
  } as HistoryEvent;
}

function objectIn(body: Buffer): object | undefined {
  const text = body.toString('utf8');
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** An answer that repeats a secret where none belongs. */
function withoutTexts(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return blotted(value, secrets);
  if (Array.isArray(value)) return value.map((each) => withoutTexts(each, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutTexts(member, secrets)]));
}

const known: ReadonlySet<string> = new Set(operations);
const isOperation = (name: string): name is Operation => known.has(name);
