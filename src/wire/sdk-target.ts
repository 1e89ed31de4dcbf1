import * as kms from '@aws-sdk/client-kms';
import type { ObservedOutcome } from '../oracle/history.ts';
import type { Request } from '../spec/inputs.ts';
import type { Member } from '../spec/shape.ts';
import { membersOf } from '../spec/shapes.ts';

/** Something that answers requests. */
export interface Target {
  send(request: Request): Promise<ObservedOutcome>;
  close(): void;
}

/** An endpoint, driven through the AWS SDK. Retries are off: every answer counts. */
export function sdkTarget(endpoint: string, embedded: boolean): Target {
  const client = new kms.KMSClient({
    endpoint,
    maxAttempts: 1,
    ...(embedded ? { region: 'us-east-1', credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' } } : {}),
  });
  return {
    send: async (request) => {
      try {
        const { $metadata: _, ...ok } = (await client.send(commandFor(request) as never)) as unknown as Record<
          string,
          unknown
        >;
        return { ok: plain(ok) as Record<string, unknown> };
      } catch (error) {
        return failure(error);
      }
    },
    close: () => client.destroy(),
  };
}

function failure(error: unknown): ObservedOutcome {
  const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return { unknown: `${name}: ${message}`.slice(0, 200) };
  return { error: name, status, message };
}

type CommandClass = new (input: object) => object;

function commandFor({ op, input }: Request): object {
  const Command = (kms as unknown as Readonly<Record<string, CommandClass>>)[`${op}Command`] as CommandClass;
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

/** Answers as JSON has them: dates as seconds, bytes as base64, nothing for what is undefined. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, plain(member)]])),
  );
}
