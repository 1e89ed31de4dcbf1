import { connectionErrorCodeNames } from '../../spec/connection-error-codes.ts';
import { editions } from '../../spec/vocabulary.ts';
import { listen } from '../../wire/endpoint.ts';
import { faultNames, faults } from '../../wire/faults.ts';
import { type Fault, ReferenceService } from '../../wire/reference-service.ts';
import { integer, oneOf, parseAnswers } from '../options.ts';
import { print } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { readWorld } from '../world-option.ts';

interface Options {
  readonly port: string;
  readonly edition: string;
  readonly answer: readonly string[];
  readonly connectAfter: string;
  readonly failConnect?: string;
  readonly endpointFault?: string;
  readonly world?: string;
}

/** Serves the reference endpoint until it is interrupted. */
export async function run(options: Options): Promise<number> {
  const port = integer('--port', options.port, 0, 65535);
  const { failConnect, endpointFault } = options;
  const service = new ReferenceService({
    reading: { edition: oneOf('edition', options.edition, editions), answers: parseAnswers(options.answer) },
    world: readWorld(options.world),
    connectAfter: integer('--connect-after', options.connectAfter, 0, 1000),
    ...(failConnect === undefined
      ? {}
      : { failConnect: oneOf('connection error code', failConnect, connectionErrorCodeNames) }),
    ...(endpointFault === undefined ? {} : { fault: faultNamed(endpointFault) }),
  });
  const { url, close } = await listen(service, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new UsageError(`port ${port} is in use. Choose another, or 0 for a free one`);
    throw new UsageError(`port ${port} cannot be opened (${error.code}). Choose another, or 0 for a free one`);
  });
  print(`listening on ${url}`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await close();
  return 0;
}

/** A built-in fault by its name. */
export const faultNamed = (name: string): Fault => faults[oneOf('endpoint fault', name, faultNames)];
