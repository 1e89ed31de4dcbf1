import {
  createServer,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Listening } from './endpoint.ts';
import type { Answered, Exchange } from './recorded.ts';
import type { Scope } from './scope.ts';
import { scopeOf } from './signature.ts';

export interface ProxyOptions {
  readonly upstream: URL;
  readonly host?: string;
  readonly port?: number;
  /** Told that a request begins, and whose it is; what it gives is told how it ended, before the client learns of it. */
  readonly began: (scope: Scope) => (exchange: Exchange) => void;
}

/** What is longer goes by, but is not kept. */
const mostKept = 8 << 20;

/** Passes on whatever comes, unchanged, and tells of every exchange. */
export async function proxy(options: ProxyOptions): Promise<Listening> {
  const { upstream, host = '127.0.0.1', port = 0 } = options;
  // One connection upstream for each client, as if it were connected itself.
  const agents = new WeakMap<Socket, HttpAgent>();
  const Agent = upstream.protocol === 'https:' ? HttpsAgent : HttpAgent;
  const server = createServer({ keepAliveTimeout: 75_000, requestTimeout: 0 }, (request, response) => {
    const agent = agents.get(request.socket) ?? new Agent({ keepAlive: true, maxSockets: 1 });
    if (!agents.has(request.socket)) {
      agents.set(request.socket, agent);
      request.socket.once('close', () => agent.destroy());
    }
    pass(options, agent, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 4096 }, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pass({ upstream, began }: ProxyOptions, agent: HttpAgent, request: IncomingMessage, response: ServerResponse) {
  const start = Date.now();
  const { method = '', url: path = '', headers } = request;
  const ended = began(scopeOf({ method, path, headers, body: Buffer.alloc(0) }));
  const asked = kept(request);
  const client = `${request.socket.remoteAddress}:${request.socket.remotePort}`;
  const target = headers['x-amz-target'];
  let isOver = false;
  const over = (answer: Answered | string) => {
    if (isOver) return;
    isOver = true;
    ended({ target: target?.toString(), body: asked.body(), start, end: Date.now(), client, answer });
  };
  const broken = (error: NodeJS.ErrnoException) => {
    over(`the connection to the upstream broke (${error.code ?? error.message})`);
    response.destroy();
  };
  const forwarded = (upstream.protocol === 'https:' ? httpsRequest : httpRequest)({
    agent,
    protocol: upstream.protocol,
    hostname: upstream.hostname.replace(/^\[|\]$/g, ''),
    port: upstream.port,
    method,
    path,
    headers: request.rawHeaders as never,
  });
  forwarded.on('error', broken);
  forwarded.on('response', (answer) => answered(answer, response, over, broken));
  // A client that goes away before it has asked in full has asked nothing.
  request.on('aborted', () => {
    if (!request.complete) forwarded.destroy();
  });
  request.pipe(forwarded);
}

function answered(
  answer: IncomingMessage,
  response: ServerResponse,
  over: (answer: Answered | string) => void,
  broken: (error: NodeJS.ErrnoException) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const { statusCode: status = 0, statusMessage = '', rawHeaders, headers } = answer;
  const note = (body: Buffer | undefined): Answered => ({
    status,
    id: headers['x-amzn-requestid']?.toString(),
    errorType: headers['x-amzn-errortype']?.toString(),
    body,
  });
  const begin = () => {
    response.sendDate = false;
    response.writeHead(status, statusMessage, rawHeaders as never);
  };
  answer.on('data', (chunk: Buffer) => {
    const was = size;
    size += chunk.length;
    if (size <= mostKept) {
      chunks.push(chunk);
      return;
    }
    if (was <= mostKept) {
      begin();
      for (const each of chunks) response.write(each);
    }
    response.write(chunk);
  });
  answer.on('end', () => {
    if (!answer.complete) return broken(new Error('it ended too early'));
    over(note(size > mostKept ? undefined : Buffer.concat(chunks)));
    if (size > mostKept) return response.end();
    begin();
    return response.end(Buffer.concat(chunks));
  });
  answer.on('error', broken);
  answer.on('aborted', () => broken(new Error('it ended too early')));
}

/** The body of a message, as far as it is short enough to keep. */
function kept(message: IncomingMessage): { readonly body: () => Buffer | undefined } {
  const chunks: Buffer[] = [];
  let size = 0;
  message.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= mostKept) chunks.push(chunk);
    else chunks.length = 0;
  });
  return { body: () => (size > mostKept ? undefined : Buffer.concat(chunks)) };
}
