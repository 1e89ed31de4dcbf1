import { connectionErrorCodeNames } from '../../spec/connection-error-codes.ts';
import { editions } from '../../spec/vocabulary.ts';
import { counted } from '../../suite/counted.ts';
import { Accounts } from '../../wire/accounts.ts';
import { serve } from '../../wire/endpoint.ts';
import { faultNames, faults } from '../../wire/faults.ts';
import { LiveProxies } from '../../wire/live-proxies.ts';
import { type Fault, ReferenceService, type ServiceOptions } from '../../wire/reference-service.ts';
import { StateFile, StateFileError } from '../../wire/state-file.ts';
import { type Wait, waitFrom } from '../../wire/wait.ts';
import { readCredentials } from '../credentials-option.ts';
import { interrupted, portTaken } from '../listening.ts';
import { integer, oneOf, parseAnswers } from '../options.ts';
import { print, say } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { asWorld, readWorld } from '../world-option.ts';

interface Options {
  readonly port: string;
  readonly host: string;
  readonly edition: string;
  readonly answer: readonly string[];
  readonly connectAfter: string;
  readonly failConnect?: string;
  readonly endpointFault?: string;
  readonly world?: string;
  readonly seed?: string;
  readonly throttle?: string | true;
  readonly internalErrors?: string;
  readonly staleReads?: true;
  readonly credentials: readonly string[];
  readonly state?: string;
  readonly proxyLive?: true;
  readonly proxyAt: readonly string[];
  readonly proxyTimeout: string;
}

/** Serves the reference endpoint until it is interrupted. */
export async function run(options: Options): Promise<number> {
  const port = integer('--port', options.port, 0, 65535);
  const service = serviceOptions(options);
  const credentials = await readCredentials(options.credentials);
  const proxies = proxiesOf(options);
  const state = options.state === undefined ? undefined : await opened(options.state);
  const broken = new Promise<string>((resolve) => {
    state?.onFailure((error) => resolve(`${options.state}: cannot be written any more (${error.message})`));
  });
  const accounts = new Accounts({
    make: (scope) => new ReferenceService({ ...service, scope }),
    ...(state === undefined ? {} : { state }),
    ...(proxies === undefined ? {} : { proxies }),
  });
  const { url, close } = await serve({
    accounts,
    host: options.host,
    port,
    answers: service.reading.answers,
    readWorld: (value) => asWorld(value, 'world'),
    ...(credentials === undefined ? {} : { credentials }),
  }).catch(portTaken(options.host, port));
  print(`listening on ${url}`);
  const failure = await Promise.race([interrupted(), broken]);
  await close();
  if (typeof failure === 'string') throw new UsageError(`${failure}. Nothing is answered that is not kept`);
  return 0;
}

function serviceOptions(options: Options): ServiceOptions {
  const { failConnect, endpointFault, seed, internalErrors } = options;
  return {
    reading: { edition: oneOf('edition', options.edition, editions), answers: parseAnswers(options.answer) },
    world: readWorld(options.world),
    connectAfter: waitOf(options.connectAfter),
    ...(failConnect === undefined
      ? {}
      : { failConnect: oneOf('connection error code', failConnect, connectionErrorCodeNames) }),
    ...(endpointFault === undefined ? {} : { fault: faultNamed(endpointFault) }),
    ...(seed === undefined ? {} : { seed: integer('--seed', seed, 0, 2 ** 31 - 1) }),
    ...(options.throttle === undefined ? {} : { throttle: rateOf(options.throttle) }),
    ...(internalErrors === undefined ? {} : { internalErrors: shareOf(internalErrors) }),
    ...(options.staleReads === undefined ? {} : { staleReads: true }),
  };
}

function waitOf(text: string): Wait {
  const wait = waitFrom(text);
  if (wait !== undefined) return wait;
  throw new UsageError(
    `--connect-after takes a number of calls or a time, as in 3calls, 2s or 20m, not ${quoted(text)}`,
  );
}

/** Without a number: five a second, the documented quota of the operations on stores. */
const rateOf = (text: string | true): number => (text === true ? 5 : integer('--throttle', text, 1, 1_000_000));

function shareOf(text: string): number {
  const share = Number(text);
  if (/^(0|1|0?\.\d+|1\.0+|0\.\d+)$/.test(text) && share <= 1) return share;
  throw new UsageError(`--internal-errors takes a share from 0 to 1, as in 0.05, not ${quoted(text)}`);
}

function proxiesOf({ proxyLive, proxyAt, proxyTimeout }: Options): LiveProxies | undefined {
  if (proxyLive === undefined && proxyAt.length === 0) return undefined;
  const at = proxyAt.map((text) => {
    const [name = '', address = ''] = text.split(/=(.*)/s, 2);
    if (URL.canParse(name) && URL.canParse(address) && /^https?:/.test(address)) {
      return [new URL(name).origin, new URL(address)] as const;
    }
    throw new UsageError(
      `--proxy-at takes an endpoint and where it stands, as in https://proxy.example=http://localhost:9000, not ${quoted(text)}`,
    );
  });
  return new LiveProxies({ at: new Map(at), timeout: integer('--proxy-timeout', proxyTimeout, 1, 600_000) });
}

async function opened(path: string): Promise<StateFile> {
  try {
    const state = await StateFile.open(path);
    const stores = state.found.reduce((sum, { put }) => sum + put.length, 0);
    if (state.found.length > 0) say(`${path}: ${counted(stores, 'custom key store')}, as before`);
    if (state.world !== undefined) say(`${path}: the world is the one that was set while it ran`);
    return state;
  } catch (error) {
    throw error instanceof StateFileError ? new UsageError(error.message) : error;
  }
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 60));

/** A built-in fault by its name. */
const faultNamed = (name: string): Fault => faults[oneOf('endpoint fault', name, faultNames)];
