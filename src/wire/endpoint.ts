import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errors, isErrorName } from '../spec/errors.ts';
import type { Request } from '../spec/inputs.ts';
import { type Operation, operations } from '../spec/vocabulary.ts';
import type { Answer, ReferenceService } from './reference-service.ts';

/** The longest body that is read; AWS's own limit is of this order. */
const longestBody = 1 << 20;

/** An endpoint that listens. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the service over AWS JSON 1.1 on the loopback interface. Port 0 takes a free one. */
export async function listen(service: ReferenceService, port = 0): Promise<Listening> {
  const server = createServer((request, response) => void handle(service, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${taken}`, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function handle(service: ReferenceService, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await bodyOf(request);
    if (body === undefined) return send(response, { error: 'SerializationException' }, 413);
    const op = String(request.headers['x-amz-target'] ?? '').replace(/^TrentService\./, '');
    if (!isOperation(op)) return send(response, { error: 'UnknownOperationException' });
    const input = parsed(body);
    if (input === undefined) return send(response, { error: 'SerializationException' });
    send(response, service.answer({ op, input } as Request));
  } catch {
    // The client went away, or sent something that cannot be answered; there is nobody to tell.
    if (!response.headersSent) response.destroy();
  }
}

function send(response: ServerResponse, answer: Answer, status?: number): void {
  const isError = 'error' in answer;
  const code = isError ? (status ?? (isErrorName(answer.error) ? errors[answer.error].status : 400)) : 200;
  const text = isError && isErrorName(answer.error) ? errors[answer.error].says : '';
  response.writeHead(code, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(isError ? { __type: answer.error, message: text } : answer.ok));
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > longestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(body: string): object | undefined {
  try {
    const value: unknown = body === '' ? {} : JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isOperation = (name: string): name is Operation => (operations as readonly string[]).includes(name);
