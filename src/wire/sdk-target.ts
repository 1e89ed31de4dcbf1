import * as kms from '@aws-sdk/client-kms';
import type { ObservedOutcome } from '../oracle/history.ts';
import type { Request } from '../spec/inputs.ts';
import type { Member } from '../spec/shape.ts';
import { membersOf } from '../spec/shapes.ts';
import { malformations } from '../spec/validate.ts';
import { outcomeOf, type Target } from './target.ts';

/** An answer as it came over the wire: the SDK is spared reading it, since it would drop what it does not know. */
class Answered extends Error {
  readonly outcome: ObservedOutcome;
  constructor(outcome: ObservedOutcome) {
    super('answered');
    this.outcome = outcome;
  }
}

/** For how long to wait for one answer; milliseconds. */
const longestAnswer = 30_000;

/**
 * An endpoint, driven through the AWS SDK: its credentials, its signature, its requests. Retries are off, since every
 * answer counts. What the SDK would not send (members of another type, or of unknown name) goes out signed all the same.
 */
export function sdkTarget(endpoint: string, anyCredentials: boolean): Target {
  const client = new kms.KMSClient({
    endpoint,
    maxAttempts: 1,
    requestHandler: { requestTimeout: longestAnswer, connectionTimeout: 5000 },
    ...(anyCredentials ? { region: 'us-east-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } } : {}),
  });
  const handler = client.config.requestHandler;
  const handle = handler.handle.bind(handler);
  handler.handle = async (request, options) => {
    const { response } = await handle(request, options);
    const { statusCode, headers, body } = response as Response;
    throw new Answered(outcomeOf(statusCode, headers, await textOf(body)));
  };
  return {
    send: async (request) => {
      try {
        await client.send(commandFor(request) as never);
        return { unknown: 'no answer' };
      } catch (error) {
        if (error instanceof Answered) return error.outcome;
        const { name, message } = error as Error;
        return { unknown: `${name}: ${message}`.slice(0, 200) };
      }
    },
    close: () => client.destroy(),
  };
}

interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

type CommandClass = new (
  input: object,
) => { readonly middlewareStack: { add(middleware: unknown, options: object): void } };

function commandFor({ op, input }: Request): object {
  const Command = (kms as unknown as Readonly<Record<string, CommandClass>>)[`${op}Command`] as CommandClass;
  const isOdd = malformations(op, input, '2026-04').some(({ problem }) =>
    ['type', 'unknown', 'missing'].includes(problem),
  );
  if (isOdd) {
    const command = new Command({});
    command.middlewareStack.add(bodyInstead(JSON.stringify(input)), { step: 'build', priority: 'high' });
    return command;
  }
  const members: Readonly<Record<string, Member>> = membersOf(op);
  return new Command(
    Object.fromEntries(
      Object.entries(input).map(([name, value]) => [
        name,
        members[name]?.type === 'blob' && typeof value === 'string' ? Buffer.from(value, 'base64') : value,
      ]),
    ),
  );
}

interface Outgoing {
  readonly request: { body: unknown; headers: Record<string, string> };
}

/** Sends this body in place of what the SDK made of the input; before it is signed. */
const bodyInstead =
  (body: string) =>
  (next: (args: Outgoing) => unknown) =>
  (args: Outgoing): unknown => {
    args.request.body = body;
    args.request.headers['content-length'] = String(Buffer.byteLength(body));
    return next(args);
  };
