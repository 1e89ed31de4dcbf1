import { publicStore } from '../../machine/alphabet.ts';
import { bareErrorName, isErrorName } from '../../spec/errors.ts';
import type { Request } from '../../spec/inputs.ts';
import { counted } from '../../suite/counted.ts';
import { overlong } from '../lines.ts';
import { HarnessFault, Program } from './program.ts';
import { type HarnessReply, harnessProtocol } from './protocol.ts';
import { type HarnessOptions, HarnessTarget, parsed } from './target.ts';

/** What one check of a harness found. */
export interface Finding {
  /** What is so of a good harness. */
  readonly says: string;
  /** What is wrong, and what to do; nothing, if it is right. */
  readonly problem?: string;
}

type Check = (target: HarnessTarget, options: HarnessOptions) => Promise<string | undefined>;

const describeAll: Request = { op: 'DescribeCustomKeyStores', input: {} };
const nobody = 'cks-00000000000000000';
const refused: readonly Request[] = (
  ['ConnectCustomKeyStore', 'DisconnectCustomKeyStore', 'DeleteCustomKeyStore'] as const
).map((op) => ({ op, input: { CustomKeyStoreId: nobody } }));
/** Letters that need two and three bytes, and one outside the basic plane. */
const name = 'Schlüssel 鍵 \u{1f511}';

/** The usual mistakes of harnesses, each with a check. A later one is only tried when those before found nothing. */
const checks: readonly (readonly [string, Check])[] = [
  ['every message is answered at once, while stdin is open', answersAtOnce],
  ['messages are answered in order, each once, with its seq', answersInOrder],
  ['reset leaves no custom key store', resets],
  ['inputs and outputs pass as they are, whatever letters they have', passesOn],
  ['a refusal of the implementation is an error with its AWS name', refuses],
  ['a long line is read', readsLongLines],
  ['settle is answered when nothing runs any more', settles],
  ['stop is answered, and ends the program', stops],
];

/** Looks for the usual mistakes of a harness, before they look like faults of the implementation. */
export async function selfTest(options: HarnessOptions): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [says, check] of checks) {
    const target = new HarnessTarget(options);
    let problem: string | undefined;
    try {
      problem = await check(target, options);
    } catch (error) {
      if (!(error instanceof HarnessFault)) throw error;
      problem = error.message;
    } finally {
      await target.stop();
    }
    findings.push(problem === undefined ? { says } : { says, problem });
    if (problem !== undefined) break;
  }
  return findings;
}

async function answersAtOnce(target: HarnessTarget, { command, timeout }: HarnessOptions): Promise<string | undefined> {
  const program = new Program(command);
  try {
    program.write(JSON.stringify({ seq: 1, kind: 'start', protocol: harnessProtocol }));
    if ((await program.read(timeout)) === 'late') {
      program.close();
      const line = await program.read(timeout);
      if (typeof line === 'string' && line !== 'late')
        return 'the answer to start came only when stdin was closed. Flush stdout after every line, and read line by line';
      return `start is not answered within ${timeout} ms. Read a line from stdin, write one line to stdout, flush it`;
    }
  } finally {
    program.kill();
  }
  return problemIn(await target.ask({ kind: 'start', protocol: harnessProtocol }), 'start', ['ok']);
}

async function answersInOrder(target: HarnessTarget, { timeout }: HarnessOptions): Promise<string | undefined> {
  await target.reset();
  const sent = [
    target.write({ kind: 'request', request: create() }),
    target.write({ kind: 'request', request: describeAll as never }),
    target.write({ kind: 'reset' }),
  ];
  const seqs: number[] = [];
  for (const _ of sent) {
    const line = await (target.program as Program).read(timeout);
    if (line === 'late' || line === undefined || line === overlong)
      return `of ${sent.length} messages sent at once, ${seqs.length} were answered. Answer each message once`;
    const reply = parsed(line);
    if (typeof reply === 'string') return `an answer ${reply}`;
    seqs.push(reply.seq);
  }
  if (seqs.join() === sent.join()) return undefined;
  const same = [...seqs].sort((a, b) => a - b).join() === sent.join();
  return same
    ? `messages ${sent.join(', ')} were answered in the order ${seqs.join(', ')}. Answer one before you read the next`
    : `messages ${sent.join(', ')} were answered with seq ${seqs.join(', ')}. Give back the seq of the message`;
}

async function resets(target: HarnessTarget): Promise<string | undefined> {
  await target.reset();
  const made = await target.ask({ kind: 'request', request: create() });
  await target.reset();
  const left = storesIn(await target.ask({ kind: 'request', request: describeAll as never }));
  if (left === undefined)
    return 'DescribeCustomKeyStores did not answer with ok and a list in CustomKeyStores. Pass on the output as it is';
  if (left.length === 0) return undefined;
  return 'ok' in made
    ? 'a store that was made before reset is still there after it. Begin anew on reset'
    : `${counted(left.length, 'custom key store')} still there after reset. Take away every store on reset`;
}

async function passesOn(target: HarnessTarget): Promise<string | undefined> {
  await target.reset();
  const made = await target.ask({ kind: 'request', request: create(name) });
  if (!('ok' in made)) return problemIn(made, 'CreateCustomKeyStore', ['error', 'skipped']);
  const id = made.ok['CustomKeyStoreId'];
  if (typeof id !== 'string')
    return 'CreateCustomKeyStore answered ok without a CustomKeyStoreId. Pass on the output as it is';
  const shown = storesIn(await target.ask({ kind: 'request', request: describeAll as never })) ?? [];
  const store = shown.find((each) => each?.['CustomKeyStoreId'] === id);
  if (store === undefined) return `DescribeCustomKeyStores does not show ${id}, which was just made`;
  return store['CustomKeyStoreName'] === name
    ? undefined
    : 'a name came back with other letters. Read and write UTF-8, and pass on every member of the input';
}

async function refuses(target: HarnessTarget): Promise<string | undefined> {
  await target.reset();
  let swallowed = 0;
  for (const request of refused) {
    const reply = await target.ask({ kind: 'request', request: request as never });
    if ('ok' in reply) swallowed += 1;
    if ('errored' in reply)
      return `${request.op} was refused and told as errored (${reply.errored.slice(0, 100)}). Give the name of the AWS error in error`;
    if ('error' in reply && !isErrorName(bareErrorName(reply.error)))
      return `${request.op} was refused with ${reply.error.slice(0, 80)}, which is no AWS error. Give its AWS name, as in CustomKeyStoreNotFoundException`;
  }
  return swallowed === refused.length
    ? `${refused.map(({ op }) => op).join(', ')} of a store that is not there got ok. Give the error of the implementation, do not swallow it`
    : undefined;
}

async function readsLongLines(target: HarnessTarget): Promise<string | undefined> {
  await target.reset();
  await target.ask({ kind: 'request', request: create('x'.repeat(200_000)) });
  return undefined;
}

async function settles(target: HarnessTarget): Promise<string | undefined> {
  await target.reset();
  const made = await target.ask({ kind: 'request', request: create() });
  if ('ok' in made) {
    const input = { CustomKeyStoreId: String(made.ok['CustomKeyStoreId']) };
    await target.ask({ kind: 'request', request: { op: 'ConnectCustomKeyStore', input } });
  }
  const reply = await target.ask({ kind: 'settle' });
  const left = storesIn(await target.ask({ kind: 'request', request: describeAll as never })) ?? [];
  return 'ok' in reply && left.some((store) => store['ConnectionState'] === 'CONNECTING')
    ? 'settle was answered with ok while a connection attempt ran: let it end before the answer, or answer skipped'
    : problemIn(reply, 'settle', ['ok', 'skipped']);
}

async function stops(target: HarnessTarget, { timeout }: HarnessOptions): Promise<string | undefined> {
  const problem = problemIn(await target.ask({ kind: 'start', protocol: harnessProtocol }), 'start', ['ok']);
  if (problem !== undefined) return problem;
  const seq = target.write({ kind: 'stop' });
  const stopped = problemIn(await target.read(seq, 'stop'), 'stop', ['ok', 'skipped']);
  if (stopped !== undefined) return stopped;
  return (await (target.program as Program).ends(timeout)) ? undefined : 'the program runs on after stop. End it';
}

const create = (storeName?: string) => ({ op: 'CreateCustomKeyStore', input: publicStore(storeName) }) as never;

function storesIn(reply: HarnessReply): readonly Record<string, unknown>[] | undefined {
  const list = 'ok' in reply ? reply.ok['CustomKeyStores'] : undefined;
  return Array.isArray(list) ? (list as readonly Record<string, unknown>[]) : undefined;
}

function problemIn(reply: HarnessReply, asked: string, fine: readonly string[]): string | undefined {
  if (fine.some((form) => form in reply)) return undefined;
  const [form = '', value] = Object.entries(reply).find(([each]) => each !== 'seq') ?? [];
  return `${asked} was answered with ${form} (${String(value).slice(0, 100)}); it takes ${fine.join(' or ')}`;
}
