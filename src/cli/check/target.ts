import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { base32 } from '../../suite/naming.ts';
import { plainTarget } from '../../wire/plain-target.ts';
import type { Target } from '../../wire/target.ts';
import { UsageError } from '../usage-error.ts';
import type { EmbeddedOptions } from './embedded-worker.ts';
import { type Allowed, permitted } from './safety.ts';

/** An endpoint that is ready to be driven. */
export interface Driven extends Omit<Target, 'close'> {
  readonly name: string;
  readonly url: string;
  readonly reset?: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The reference endpoint, on a free port of this machine; in a thread of its own, so that both sides work at once. */
export async function embedded(options: EmbeddedOptions): Promise<Driven> {
  const worker = new Worker(new URL(`./embedded-worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: options,
  });
  const [url] = (await once(worker, 'message')) as [string];
  const target = plainTarget(url);
  return {
    name: 'the embedded reference endpoint',
    url,
    send: (request) => target.send(request),
    reset: async () => {
      worker.postMessage('forget');
      await once(worker, 'message');
    },
    close: async () => {
      target.close();
      await worker.terminate();
    },
  };
}

/** An endpoint elsewhere, if it answers and may be driven. Without credentials of its own, any will do. */
export async function remote(url: string, allowed: Allowed): Promise<Driven> {
  permitted(url, allowed);
  const own = [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  ].some((name) => process.env[name] !== undefined);
  const { sdkTarget } = await import('../../wire/sdk-target.ts');
  const target = sdkTarget(url, !own && allowed.allowRealAws !== true);
  const first = await target.send({ op: 'DescribeCustomKeyStores', input: {} });
  if ('unknown' in first) {
    target.close();
    throw new UsageError(`${url}: no answer (${first.unknown}). Is a KMS endpoint listening there?`);
  }
  const odd = 'error' in first ? notKms(first.error) : undefined;
  if (odd !== undefined) {
    target.close();
    throw new UsageError(`${url}: answers ${odd}, which is not what KMS answers. Give the address of a KMS endpoint`);
  }
  return { name: url, url, send: (request) => target.send(request), close: async () => target.close() };
}

/** A mark for the names of one run. */
export const newTag = (): string => base32(randomBytes(4).readUInt32BE(0), 5);

/** What the first answer is, if no KMS would give it, right or wrong. */
function notKms(error: string): string | undefined {
  if (error === 'AnswerIsNotJson') return 'with something else than a JSON object';
  const [, status] = /^Status(3\d\d|404|405)$/.exec(error) ?? [];
  return status === undefined ? undefined : `with status ${status} and no error name`;
}
