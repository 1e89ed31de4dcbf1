import type { WorldFile } from '../spec/world.ts';
import type { Accounts } from './accounts.ts';
import type { Wish } from './hidden-course.ts';
import type { Scope } from './scope.ts';

/** The path under which an endpoint is controlled; no AWS service has it. */
export const controlPath = '/_kms-cks';

/** What the control API answers. */
export interface ControlReply {
  readonly status: number;
  /** JSON, or lines of it. */
  readonly body: unknown;
  readonly lines?: true;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ControlRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

/** Reads a world; what is wrong with it is the message of the error that it throws. */
export type ReadWorld = (value: unknown) => WorldFile;

const help = {
  'GET /_kms-cks': 'this list',
  'POST /_kms-cks/reset': 'forgets all stores, keys and history',
  'POST /_kms-cks/advance':
    'lets hidden steps happen: {} all that are due next; or any of CustomKeyStoreId, step, code, KeyId; steps: how often',
  'GET /_kms-cks/world': 'what was set',
  'PUT /_kms-cks/world': 'sets what is so of clusters, proxies and callers (schemas/world.schema.json)',
  'GET /_kms-cks/state': 'every store and key',
  'GET /_kms-cks/history': 'what was asked and answered, one event a line, without secrets',
  'of one account': 'advance, state and history take ?account= and ?region=',
};

/** Answers a request to the control API. */
export async function controlled(
  { method, url, body }: ControlRequest,
  accounts: Accounts,
  readWorld: ReadWorld,
): Promise<ControlReply> {
  const place = url.pathname.slice(controlPath.length).replace(/\/$/, '');
  const only = scopeIn(url);
  switch (`${method} ${place}`) {
    case 'GET ':
      return { status: 200, body: help };
    case 'POST /reset':
      await accounts.reset();
      return { status: 200, body: {} };
    case 'POST /advance':
      return advance(body, accounts, only);
    case 'GET /world':
      return { status: 200, body: accounts.world ?? {} };
    case 'PUT /world':
      return setWorld(body, accounts, readWorld);
    case 'GET /state':
      return { status: 200, body: accounts.dump(only) };
    case 'GET /history': {
      const { events, forgotten } = accounts.history(only);
      return { status: 200, body: events, lines: true, headers: { 'x-kms-cks-forgotten': String(forgotten) } };
    }
    default:
      return { status: 404, body: { message: `no ${method} ${url.pathname} here. See GET ${controlPath}` } };
  }
}

async function advance(body: string, accounts: Accounts, only: Scope | undefined): Promise<ControlReply> {
  const wish = parsed(body === '' ? '{}' : body);
  const { steps = 1, ...rest } = (wish ?? {}) as Wish & { readonly steps?: number };
  const known = ['CustomKeyStoreId', 'step', 'code', 'KeyId'];
  const strange = Object.entries(rest).find(([name, value]) => !known.includes(name) || typeof value !== 'string');
  if (wish === undefined || strange !== undefined || !Number.isInteger(steps) || steps < 1 || steps > 100) {
    return wrong(`advance takes a JSON object with ${known.join(', ')} (texts) and steps (1 to 100)`);
  }
  const happened = [];
  for (let step = 0; step < steps; step++) happened.push(...(await accounts.advance(rest, only)));
  return { status: 200, body: happened };
}

async function setWorld(body: string, accounts: Accounts, readWorld: ReadWorld): Promise<ControlReply> {
  const value = parsed(body);
  if (value === undefined) return wrong('not a JSON object. See schemas/world.schema.json');
  try {
    await accounts.setWorld(readWorld(value));
  } catch (error) {
    return wrong((error as Error).message.split('\n')[0] ?? '');
  }
  return { status: 200, body: {} };
}

function scopeIn({ searchParams }: URL): Scope | undefined {
  const owner = searchParams.get('account');
  const region = searchParams.get('region');
  return owner === null || region === null ? undefined : { owner, region };
}

function parsed(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const wrong = (message: string): ControlReply => ({ status: 400, body: { message } });
