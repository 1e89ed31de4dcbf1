import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VerifyClientCallbackSync, WebSocket, WebSocketServer } from 'ws';
import { UsageError } from './usage-error.ts';

/** Where Stately's inspector lives. Its page is not part of this package, so it takes a network. */
export const inspectorPage = 'https://stately.ai/inspect';

/** What is needed of the two packages that only this command needs. */
interface Packages {
  readonly inspect: typeof import('@statelyai/inspect');
  readonly ws: { readonly WebSocketServer: typeof WebSocketServer };
}

/** The packages of the inspector, which are not installed with this one. */
export async function inspectorPackages(): Promise<Packages> {
  try {
    return { inspect: await import('@statelyai/inspect'), ws: await import('ws') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError('inspect needs two more packages. Install them: npm install @statelyai/inspect ws');
  }
}

/** Passes on what the inspector of XState sends to every page that looks; who comes late gets it from the beginning. */
export interface Relay {
  readonly url: string;
  readonly socket: string;
  close(): Promise<void>;
}

/** A page of another site may not listen, although it can reach this machine; a program may. */
const isOwnPage: VerifyClientCallbackSync = ({ origin, req }) =>
  typeof origin !== 'string' || origin === `http://${req.headers.host}`;

/** Starts a relay. It listens to this machine only, as the server of @statelyai/inspect would not. */
export async function startRelay({ ws }: Packages, port: number): Promise<Relay> {
  const messages: string[] = [];
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(bridge);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new UsageError(`port ${port} cannot be opened (${error.code}). Choose another, or 0 for a free one`)),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  // Only now: it would throw what the server says of a port that is in use.
  const sockets = new ws.WebSocketServer({ server, verifyClient: isOwnPage });
  sockets.on('connection', (client: WebSocket) => {
    for (const message of messages) client.send(message);
    client.on('message', (data) => {
      const message = data.toString();
      messages.push(message);
      for (const other of sockets.clients) if (other !== client && other.readyState === other.OPEN) other.send(message);
    });
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    socket: `ws://${host}`,
    close: () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A page with Stately's inspector in it, which is told everything that the relay passes on. */
const bridge = `<!doctype html>
<html lang="en">
<title>Custom key stores in the Stately inspector</title>
<style>html, body, iframe { height: 100%; width: 100%; margin: 0; border: 0; display: block }</style>
<iframe title="Stately inspector" src="${inspectorPage}"></iframe>
<script>
  const frame = document.querySelector('iframe');
  const waiting = [];
  let ready = false;
  const tell = (message) => frame.contentWindow.postMessage(message, '${new URL(inspectorPage).origin}');
  addEventListener('message', ({ source, data }) => {
    if (source !== frame.contentWindow || data?.type !== '@statelyai.connected') return;
    ready = true;
    for (const message of waiting.splice(0)) tell(message);
  });
  new WebSocket('ws://' + location.host).onmessage = ({ data }) => {
    const message = JSON.parse(data);
    ready ? tell(message) : waiting.push(message);
  };
</script>
</html>
`;
