import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errors, isErrorName } from '../spec/errors.ts';
import type { Request } from '../spec/inputs.ts';
import type { Answers } from '../spec/reading.ts';
import { type Operation, operations } from '../spec/vocabulary.ts';
import type { WorldFile } from '../spec/world.ts';
import { Accounts } from './accounts.ts';
import type { Answer } from './answer.ts';
import { bodyOf, tooLong } from './body.ts';
import { controlled, controlPath, type ReadWorld } from './control.ts';
import type { ReferenceService } from './reference-service.ts';
import { authenticated, type Credential, type Signed, scopeOf } from './signature.ts';

/** An endpoint that listens. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

export interface EndpointOptions {
  readonly accounts: Accounts;
  readonly host?: string;
  /** A free one, if 0 or left out. */
  readonly port?: number;
  /** Callers that are known, by access key; without them every signature is taken on trust. */
  readonly credentials?: ReadonlyMap<string, Credential>;
  /** What was answered to the questions of the wire. */
  readonly answers?: Answers;
  /** Reads a world that is set while the endpoint runs. */
  readonly readWorld?: ReadWorld;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Serves one service to everybody, over AWS JSON 1.1 on the loopback interface. Port 0 takes a free one. */
export const listen = (service: ReferenceService, port = 0): Promise<Listening> =>
  serve({ accounts: new Accounts({ make: () => service }), port });

/** Serves accounts over AWS JSON 1.1. */
export async function serve(options: EndpointOptions): Promise<Listening> {
  const { host = '127.0.0.1', port = 0, accounts } = options;
  const server = createServer(limits, (request, response) => void handle(options, request, response));
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 4096 }, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${taken}`,
    close: async () => {
      await closed(server);
      await accounts.close();
    },
  };
}

/** A slow client loses its connection, an idle one keeps it longer than the pools of the SDKs do. */
const limits = { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 75_000 };

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function handle(options: EndpointOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await bodyOf(request);
    if (body === tooLong) {
      response.setHeader('connection', 'close');
      send(response, options, { error: 'SerializationException', message: 'The body is longer than 1 MiB' }, 413);
      return;
    }
    const { method = '', url = '/', headers } = request;
    if (url === controlPath || url.startsWith(`${controlPath}/`))
      return await control(options, request, response, body);
    if (method !== 'POST' || !/^\/(\?|$)/.test(url)) {
      if (method !== 'POST') response.setHeader('allow', 'POST');
      const message = `KMS takes POST / (and ${controlPath} is for control)`;
      return send(response, options, { error: 'UnknownOperationException', message }, method === 'POST' ? 404 : 405);
    }
    const signed = { method, path: url, headers, body };
    send(response, options, await answered(options, signed, clientOf(request)));
  } catch {
    // The client went away, or nothing can be kept any more; whoever is still there learns that it failed.
    if (response.headersSent || response.destroyed) response.destroy();
    else send(response, options, { error: 'KMSInternalException' });
  }
}

async function answered(options: EndpointOptions, signed: Signed, client: string): Promise<Answer> {
  const { accounts, credentials, now = Date.now } = options;
  const scope = credentials === undefined ? scopeOf(signed) : await authenticated(signed, credentials, now());
  if ('error' in scope) return scope;
  const target = String(signed.headers['x-amz-target'] ?? '');
  const op = target.replace(/^TrentService\./, '');
  if (!isOperation(op)) {
    const message = target === '' ? 'X-Amz-Target is missing' : `This endpoint does not know ${target.slice(0, 200)}`;
    return { error: 'UnknownOperationException', message };
  }
  const input = parsed(signed.body.toString('utf8'));
  if (input === undefined) return { error: 'SerializationException', message: 'The body is not a JSON object' };
  return accounts.answer(scope, { op, input } as Request, client);
}

async function control(
  { accounts, readWorld = (value) => value as WorldFile }: EndpointOptions,
  { method = '', url = '/', headers }: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  // A page in a browser says where it comes from; none has any business here.
  const isPage = headers.origin !== undefined;
  const reply = isPage
    ? { status: 403, body: { message: 'not for pages in a browser' } }
    : await controlled(
        { method, url: new URL(url, 'http://localhost'), body: body.toString('utf8') },
        accounts,
        readWorld,
      );
  const isLines = 'lines' in reply;
  const text = isLines
    ? (reply.body as readonly unknown[]).map((line) => `${JSON.stringify(line)}\n`).join('')
    : `${JSON.stringify(reply.body, null, 2)}\n`;
  const type = isLines ? 'application/x-ndjson' : 'application/json';
  write(response, reply.status, { 'content-type': type, ...('headers' in reply ? reply.headers : {}) }, text);
}

function send(response: ServerResponse, { answers = {} }: EndpointOptions, answer: Answer, status?: number): void {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
  if ('ok' in answer) {
    const ofNothing = answers.EMPTY_BODY ?? 'EMPTY_OBJECT';
    const isEmpty = ofNothing !== 'EMPTY_OBJECT' && Object.keys(answer.ok).length === 0;
    write(response, 200, headers, isEmpty ? '' : JSON.stringify(answer.ok));
    return;
  }
  const { error, message = isErrorName(error) ? errors[error].says : '' } = answer;
  write(response, status ?? statusOf(error, answers), headers, JSON.stringify({ __type: error, message }));
}

function statusOf(error: string, { HTTP_STATUS }: Answers): number {
  const status = isErrorName(error) ? errors[error].status : 400;
  return HTTP_STATUS === 'HTTP_400' && (status === 404 || status === 409) ? 400 : status;
}

function write(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

const clientOf = ({ socket }: IncomingMessage): string => `${socket.remoteAddress}:${socket.remotePort}`;

function parsed(body: string): object | undefined {
  try {
    const value: unknown = body === '' ? {} : JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const known: ReadonlySet<string> = new Set(operations);
const isOperation = (name: string): name is Operation => known.has(name);
