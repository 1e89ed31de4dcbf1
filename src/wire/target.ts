import type { IncomingHttpHeaders } from 'node:http';
import type { ObservedOutcome, Output } from '../oracle/history.ts';
import { bareErrorName } from '../spec/errors.ts';
import type { Request } from '../spec/inputs.ts';

/** Something that answers requests. */
export interface Target {
  send(request: Request): Promise<ObservedOutcome>;
  close(): void;
}

/** What an answer says. One that is no JSON object is an error of its own name, which no rule allows. */
export function outcomeOf(status: number, headers: IncomingHttpHeaders, text: string): ObservedOutcome {
  const body = parsed(text);
  if (status < 300)
    return body === undefined
      ? { error: 'AnswerIsNotJson', status, message: text.slice(0, 100) }
      : { ok: body, status };
  const { __type, code, message, Message } = body ?? {};
  const name = headers['x-amzn-errortype'] ?? __type ?? code ?? `Status${status}`;
  const said = message ?? Message ?? (body === undefined ? text : undefined);
  return {
    error: bareErrorName(String(name)),
    status,
    ...(typeof said === 'string' && said !== '' ? { message: said.slice(0, 500) } : {}),
  };
}

function parsed(text: string): Output | undefined {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Output) : undefined;
  } catch {
    return undefined;
  }
}
