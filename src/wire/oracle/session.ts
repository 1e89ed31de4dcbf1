import { type Coverage, CoverageRecorder, coverable, covered } from '../../oracle/coverage.ts';
import type { HistoryEvent } from '../../oracle/history.ts';
import { createOracle, type Observation, type Oracle } from '../../oracle/oracle.ts';
import type { AllowedNow } from '../../oracle/violation.ts';
import { type RuleId, rules } from '../../spec/catalogue.ts';
import { unknownWorld } from '../../spec/facts.ts';
import type { Request } from '../../spec/inputs.ts';
import type { Account } from '../../spec/model.ts';
import { pageOf } from '../../spec/sources.ts';
import { worldOf } from '../../spec/world.ts';
import { nextRequest, type Random, randomFrom } from '../../suite/next-request.ts';
import { movesForEver, Settled } from '../../suite/settled.ts';
import { toldOf } from '../../suite/told.ts';
import { isKind, isObject, kinds, type Message, problemIn, shown } from './checks.ts';
import * as protocol from './protocol.ts';

/** One oracle of a session, with what goes on beside it. */
interface Running {
  readonly oracle: Oracle;
  readonly settled: Settled;
  readonly random: Random;
  readonly withKeys: boolean;
  /** Under eventual consistency a list may show the past, so that a store may seem to move. */
  readonly isEventual: boolean;
  /** What the oracles touched that had its name before. */
  readonly earlier: Coverage;
}

type Reply = protocol.OracleReply;
type Of<Kind extends protocol.OracleMessage['kind']> = Extract<protocol.OracleMessage, { readonly kind: Kind }>;

const mainOracle = 'main';
const mostOracles = 1000;

/** Answers the messages of one client; nothing that it sends makes it fail. */
export class OracleSession {
  readonly #oracles = new Map<string, Running>();
  /** The client said that it is done. */
  ended = false;

  /** The reply to one line, as one line without its end. */
  answer(line: string): string {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      return failure('not-json', 'the line is not JSON. Send one JSON object a line');
    }
    if (!isObject(message)) return failure('bad-message', 'the line is no JSON object. Send {"kind": …}');
    try {
      return this.#answered(message);
    } catch (error) {
      if (error instanceof RangeError) return failure('bad-message', 'the message is nested too deeply', message);
      const [why = ''] = error instanceof Error ? [error.name] : [];
      return failure('internal', `internal fault (${why}). Please report it`, message);
    }
  }

  #answered(message: Message): string {
    const { kind, oracle: name = mainOracle } = message;
    if (!isKind(kind)) {
      const sent = typeof kind === 'string' ? ` ${shown(kind)}` : '';
      return failure('unknown-kind', `unknown kind of message${sent}. One of ${kinds.join(', ')}`, message);
    }
    const problem = problemIn(message, kind);
    if (problem !== undefined) return failure('bad-message', problem, message);
    if (kind === 'start') return this.#start(message as unknown as Of<'start'>, name as string);
    if (kind === 'stop' && message['oracle'] === undefined) {
      this.ended = true;
      this.#oracles.clear();
      return written({ kind: 'stopped' }, message);
    }
    const running = this.#oracles.get(name as string);
    if (running === undefined)
      return failure('no-such-oracle', `no oracle ${shown(name as string)} was started. Send start first`, message);
    if (kind === 'observe') return observed(running, message as unknown as Of<'observe'>);
    if (kind === 'fork') return this.#fork(running, message as unknown as Of<'fork'>);
    if (kind === 'stop') {
      this.#oracles.delete(name as string);
      return written({ kind: 'stopped' }, message);
    }
    return written(
      told(running, message as unknown as Of<'next' | 'allowed' | 'settle' | 'coverage' | 'profile'>),
      message,
    );
  }

  #start(message: Of<'start'>, name: string): string {
    const { kind: _, oracle: __, seq: ___, world, seed = 1, withKeys = true, ...options } = message;
    const before = this.#oracles.get(name);
    if (before === undefined && this.#oracles.size >= mostOracles) return this.#full(message);
    const oracle = createOracle({ ...options, ...(world && { world: worldOf(world, unknownWorld) }) });
    this.#oracles.set(name, {
      oracle,
      settled: new Settled(),
      random: randomFrom(seed),
      withKeys,
      isEventual: options.consistency === 'eventual',
      earlier: before === undefined ? new CoverageRecorder() : touchedBy(before),
    });
    return written({ kind: 'started', protocol: protocol.oracleProtocol, editions: oracle.editions() }, message);
  }

  #fork(running: Running, message: Of<'fork'>): string {
    if (!this.#oracles.has(message.as) && this.#oracles.size >= mostOracles) return this.#full(message);
    this.#oracles.set(message.as, {
      ...running,
      oracle: running.oracle.fork(),
      settled: running.settled.fork(),
      random: randomFrom(running.random(2 ** 32)),
      earlier: running.earlier,
    });
    return written({ kind: 'forked', as: message.as }, message);
  }

  #full(message: object): string {
    return failure(
      'too-many-oracles',
      `${mostOracles} oracles run already. Stop those that are done`,
      message as Message,
    );
  }
}

/** The reply to a line that is too long to be read. */
export const tooLong = (most: number): string =>
  failure('too-long', `the line is longer than ${most} bytes and was not read`);

/** What an oracle says of an event; what conforms is said without much work, because most does. */
function observed(running: Running, message: Of<'observe'>): string {
  const { oracle, settled, isEventual } = running;
  const { request, outcome, start, end } = message;
  const event = { ...request, ...outcome } as HistoryEvent;
  if (start !== undefined) Object.assign(event, { start });
  if (end !== undefined) Object.assign(event, { end });
  const observation = oracle.observe(event);
  const { verdict, editions, violation, inconsistent } = observation;
  if (violation === undefined) {
    const moving = settled.observe(event);
    if (moving !== undefined && !isEventual)
      return written({ kind: 'verdict', verdict: 'violates', editions, violation: neverEnds(moving) }, message);
    if (inconsistent === undefined) return written({ kind: 'verdict', verdict, editions }, message);
    return written({ kind: 'verdict', verdict, editions, inconsistent }, message);
  }
  return written({ kind: 'verdict', verdict, editions: oracle.editions(), violation: reported(violation) }, message);
}

function told(running: Running, message: Of<'next' | 'allowed' | 'settle' | 'coverage' | 'profile'>): Reply {
  const { oracle, random, withKeys, settled } = running;
  switch (message.kind) {
    case 'next': {
      const { op, input } = nextRequest(believed(oracle), random, withKeys);
      return { kind: 'request', request: { op, input: input as protocol.SentRequest['input'] } };
    }
    case 'allowed':
      return { kind: 'allowed', outcomes: oracle.allowed(message.request as unknown as Request).map(outcomeOf) };
    case 'settle':
      return { kind: 'settled', moved: settled.settle() };
    case 'profile':
      return { kind: 'profile', profile: oracle.profile(), editions: oracle.editions() };
    case 'coverage':
      return { kind: 'coverage', coverage: covered(touchedBy(running)) };
  }
}

/** What was touched by an oracle, and by those that had its name before. */
function touchedBy({ oracle, earlier }: Running): Coverage {
  const now = oracle.coverage();
  const parts = Object.keys(coverable) as (keyof Coverage)[];
  return Object.fromEntries(
    parts.map((what) => [what, new Set([...earlier[what], ...now[what]])]),
  ) as unknown as Coverage;
}

/** One account that is possible now; the first will do to choose what to try next. */
const believed = (oracle: Oracle): Account => oracle.possible()[0] ?? { stores: [] };

type Found = NonNullable<Observation['violation']>;

const reported = (violation: Found): protocol.ReportedViolation => ({
  explanation: toldOf(violation).join('\n'),
  allowed: violation.allowed.map(outcomeOf),
  rules: violation.rules.map(ruleOf),
});

const neverEnds = (id: string): protocol.ReportedViolation => ({
  explanation: movesForEver(id),
  allowed: [],
  rules: [],
});

const outcomeOf = ({ result, rules: ids }: AllowedNow): protocol.OutcomeNow =>
  result === 'ok' ? { ok: true } : result === 'anything' ? { anything: true } : { error: result, rules: ids };

const ruleOf = (id: RuleId): protocol.ReportedRule => ({
  id,
  says: rules[id].says,
  sources: rules[id].sources.map(({ page, says }) => {
    const { address } = pageOf(page);
    return { page, says, ...(address === undefined ? {} : { address }) };
  }),
});

/** A reply as a line, with what the message wants back. */
function written(reply: Reply, { oracle, seq }: { readonly oracle?: unknown; readonly seq?: unknown }): string {
  if (oracle === undefined && seq === undefined) return JSON.stringify(reply);
  return JSON.stringify({
    ...reply,
    ...(oracle === undefined ? {} : { oracle }),
    ...(seq === undefined ? {} : { seq }),
  });
}

function failure(error: protocol.OracleError, message: string, about: Message = {}): string {
  const { oracle, seq } = about;
  return written(
    { kind: 'error', error, message },
    {
      oracle: typeof oracle === 'string' && oracle.length <= 100 && oracle !== '' ? oracle : undefined,
      seq: typeof seq === 'string' || typeof seq === 'number' ? seq : undefined,
    },
  );
}
