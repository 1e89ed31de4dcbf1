import type { Request } from '../spec/inputs.ts';

/** A request, as a string. */
export function requestText(request: Request): string {
  const text = requestTexts.get(request) ?? `${request.op}${JSON.stringify(request.input)}`;
  requestTexts.set(request, text);
  return text;
}

const requestTexts = new WeakMap<Request, string>();
