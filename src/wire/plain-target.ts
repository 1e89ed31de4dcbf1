import { Agent, type IncomingMessage, request as post } from 'node:http';
import type { ObservedOutcome } from '../oracle/history.ts';
import { outcomeOf, type Target } from './target.ts';

/**
 * An endpoint that takes every signature on trust, driven without the SDK: its requests are the same, and cost a third.
 */
export function plainTarget(url: string): Target {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true });
  const authorization = 'AWS4-HMAC-SHA256 Credential=embedded/20260101/us-east-1/kms/aws4_request';
  return {
    send: ({ op, input }) =>
      new Promise<ObservedOutcome>((resolve) => {
        const lost = ({ name, message }: Error) => resolve({ unknown: `${name}: ${message}`.slice(0, 200) });
        const body = JSON.stringify(input);
        const headers = {
          'content-type': 'application/x-amz-json-1.1',
          'content-length': Buffer.byteLength(body),
          'x-amz-target': `TrentService.${op}`,
          authorization,
        };
        const sent = post({ hostname, port, method: 'POST', agent, headers }, (response) => {
          textOf(response).then((text) => resolve(outcomeOf(response.statusCode ?? 0, response.headers, text)), lost);
        });
        sent.on('error', lost);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk;
  return text;
}
