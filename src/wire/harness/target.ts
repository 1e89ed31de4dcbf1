import { isCommon, type ObservedOutcome } from '../../oracle/history.ts';
import type { Request } from '../../spec/inputs.ts';
import type { Implementation } from '../../suite/drive.ts';
import { overlong } from '../lines.ts';
import { blotted, secretsIn } from '../masking.ts';
import { HarnessFault, Program } from './program.ts';
import { type HarnessMessage, type HarnessReply, harnessProtocol } from './protocol.ts';

/** The program of a harness, and how long it may take for an answer. */
export interface HarnessOptions {
  readonly command: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
}

type Unnumbered<M> = M extends HarnessMessage ? Omit<M, 'seq'> : never;
export type Ask = Unnumbered<HarnessMessage>;

/** An implementation behind a harness. The program is started when it is first needed. */
export class HarnessTarget implements Implementation {
  readonly #options: HarnessOptions;
  #program: Program | undefined;
  #seq = 0;
  /** What was sent and must not be shown, whatever the program says. */
  readonly #secrets = new Set<string>();
  /** The operations that the harness skipped, each with its reason. */
  readonly skipped = new Map<string, string>();
  /** What the harness said where it failed itself. */
  readonly errored: string[] = [];
  /** Why the harness cannot be used any more, until it is stopped. */
  fault: HarnessFault | undefined;

  constructor(options: HarnessOptions) {
    this.#options = options;
  }

  async reset(): Promise<void> {
    await this.#must({ kind: 'reset' });
  }

  /** Lets time pass until nothing runs any more. False if the harness cannot. */
  async settle(): Promise<boolean> {
    return 'ok' in (await this.ask({ kind: 'settle' }));
  }

  async send(request: Request): Promise<ObservedOutcome> {
    const reply = await this.ask({ kind: 'request', request: { op: request.op, input: request.input as never } });
    if ('skipped' in reply) {
      const why = this.#shown(reply.skipped);
      this.skipped.set(request.op, why);
      return nothingHappened(request, why);
    }
    if ('errored' in reply) {
      const why = this.#shown(reply.errored);
      if (this.errored.length < 100) this.errored.push(`${request.op}: ${why}`);
      return { unknown: `the harness failed: ${why.slice(0, 200)}` };
    }
    const { seq: _, ...outcome } = reply;
    return outcome;
  }

  /** Sends one message, and gives its answer. */
  async ask(ask: Ask): Promise<HarnessReply> {
    if (this.fault !== undefined) throw this.fault;
    if (this.#program === undefined) {
      this.#program = new Program(this.#options.command);
      if (ask.kind !== 'start') await this.#must({ kind: 'start', protocol: harnessProtocol });
    }
    const seq = this.write(ask);
    return this.read(seq, ask.kind === 'request' ? ask.request.op : ask.kind);
  }

  /** Sends one message without waiting; gives its number. */
  write(ask: Ask): number {
    this.#program ??= new Program(this.#options.command);
    const seq = ++this.#seq;
    if (ask.kind === 'request') for (const secret of secretsIn(ask.request.input)) this.#secrets.add(secret);
    this.#program.write(JSON.stringify({ seq, ...ask }));
    return seq;
  }

  /** The answer to the message with this number, which has to be the next one. */
  async read(seq: number, asked: string): Promise<HarnessReply> {
    const program = this.#program as Program;
    const { timeout } = this.#options;
    const line = await program.read(timeout);
    if (line === 'late')
      throw this.#fault(
        program.begun
          ? `the answer to ${asked} had no end after ${timeout} ms. End every answer with a newline; --timeout gives more time`
          : `no answer to ${asked} within ${timeout} ms. Flush stdout after every line; --timeout gives more time`,
      );
    if (line === undefined) throw this.#fault(`no answer to ${asked}: ${program.end}`);
    if (line === overlong) throw this.#fault(`the answer to ${asked} is a line of more than 4 MB`);
    const reply = parsed(line);
    if (typeof reply === 'string') throw this.#fault(`the answer to ${asked} ${reply}`);
    if (reply.seq !== seq)
      throw this.#fault(
        `the answer to ${asked} has seq ${reply.seq}, not ${seq}. Answer each message once, in order, with its seq`,
      );
    return reply;
  }

  /** The program that runs, for tests of the harness itself. */
  get program(): Program | undefined {
    return this.#program;
  }

  /** Ends the program: politely, and after a while by force. The next message starts it anew. */
  async stop(): Promise<void> {
    const program = this.#program;
    this.#program = undefined;
    this.fault = undefined;
    if (program === undefined) return;
    if (program.end === undefined) {
      program.write(JSON.stringify({ seq: ++this.#seq, kind: 'stop' }));
      program.close();
      await program.ends(Math.min(this.#options.timeout, 2000));
    }
    program.kill();
  }

  async #must(ask: Ask): Promise<void> {
    const reply = await this.ask(ask);
    if ('ok' in reply) return;
    const why =
      'error' in reply
        ? reply.error
        : 'unknown' in reply
          ? reply.unknown
          : 'skipped' in reply
            ? reply.skipped
            : reply.errored;
    throw this.#fault(`${ask.kind} failed: ${oneLine(why)}. It has to succeed`);
  }

  #fault(what: string): HarnessFault {
    const words = this.#shown(this.#program?.lastWords ?? '');
    const shown = this.#options.command.join(' ').slice(0, 80);
    this.#program?.kill();
    this.#program = undefined;
    this.fault = new HarnessFault(
      `${shown}: ${this.#shown(what)}${words === '' ? '' : `. It said: ${oneLine(words)}`}`,
    );
    return this.fault;
  }

  #shown(text: string): string {
    return blotted(text, [...this.#secrets]);
  }
}

/** A request that never reached the implementation looks like one that was throttled: it changes and teaches nothing. */
function nothingHappened(request: Request, why: string): ObservedOutcome {
  const outcome = { error: 'ThrottlingException', message: `skipped: ${why}` };
  if (!isCommon({ ...request, ...outcome } as never)) throw new Error('a throttled request teaches something');
  return outcome;
}

/** A line as a reply, or what is wrong with it. */
export function parsed(line: string): HarnessReply | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return `is not JSON: ${JSON.stringify(line.slice(0, 60))}. Only answers may go to stdout; write logs to stderr`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is no JSON object';
  const reply = value as Readonly<Record<string, unknown>>;
  if (!Number.isInteger(reply['seq'])) return 'has no seq. Give back the seq of the message';
  const given = Object.keys(forms).filter((form) => reply[form] !== undefined && reply[form] !== null);
  const [form, ...more] = given as (keyof typeof forms)[];
  if (form === undefined || more.length > 0) return `has not exactly one of ${Object.keys(forms).join(', ')}`;
  if (!forms[form](reply[form])) return form === 'ok' ? 'has an ok that is no object' : `has ${form} that is no string`;
  const { status, message } = reply;
  return {
    seq: reply['seq'],
    [form]: reply[form],
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  } as HarnessReply;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const forms = {
  ok: (value: unknown): boolean => typeof value === 'object' && !Array.isArray(value),
  error: isText,
  unknown: isText,
  skipped: isText,
  errored: isText,
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300);
