import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { OracleOptions } from '../../oracle/oracle-options.ts';
import type { Violation } from '../../oracle/violation.ts';
import { unknownWorld } from '../../spec/facts.ts';
import { editions } from '../../spec/vocabulary.ts';
import { worldOf } from '../../spec/world.ts';
import { LiveJudge } from '../../wire/live-judge.ts';
import { eventOf } from '../../wire/recorded.ts';
import { proxy } from '../../wire/recording-proxy.ts';
import type { Scope } from '../../wire/scope.ts';
import { interrupted, portTaken } from '../listening.ts';
import { integer, oneOf, parseAnswers } from '../options.ts';
import { print, say, sourceLines } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { readWorld } from '../world-option.ts';

interface Options {
  readonly upstream: string;
  readonly port: string;
  readonly host: string;
  readonly out?: string;
  readonly judge?: true;
  readonly edition: string;
  readonly answer: readonly string[];
  readonly world?: string;
  readonly worldIs: string;
  readonly initial: string;
  readonly consistency?: string;
}

/** Stands between a client and an endpoint, and writes down what passes, until it is interrupted. */
export async function run(options: Options): Promise<number> {
  const port = integer('--port', options.port, 0, 65535);
  const upstream = upstreamOf(options.upstream);
  const judgeOf = options.judge === undefined ? undefined : judges(oracleOptions(options, upstream));
  const out = options.out === undefined ? undefined : openForLines(options.out);
  const write = out === undefined ? print : (line: string) => writeLine(out, line);
  const skipped = new Map<string, number>();
  let recorded = 0;
  const began = (scope: Scope) => {
    const judged = judgeOf?.(scope).began();
    return (exchange: Parameters<typeof eventOf>[0]) => {
      const event = eventOf(exchange);
      if ('skipped' in event) {
        if (!skipped.has(event.skipped)) say(`not recorded: ${event.skipped}`);
        if (skipped.size < 1000) skipped.set(event.skipped, (skipped.get(event.skipped) ?? 0) + 1);
        judged?.(undefined);
        return;
      }
      recorded += 1;
      write(JSON.stringify(event));
      judged?.(event);
    };
  };
  const { host } = options;
  const { url, close } = await proxy({ upstream, host, port, began }).catch(portTaken(host, port));
  (out === undefined ? say : print)(`listening on ${url}`);
  await interrupted();
  await close();
  if (out !== undefined) closeSync(out);
  const others = [...skipped.values()].reduce((sum, each) => sum + each, 0);
  say(
    `recorded: ${recorded} requests${others === 0 ? '' : `; not recorded: ${others} that the specification does not know`}`,
  );
  return judgeOf === undefined ? 0 : verdict(judgeOf.all());
}

/** A judge for each account and Region. */
function judges(options: OracleOptions) {
  const made = new Map<string, LiveJudge>();
  const judgeOf = ({ owner, region }: Scope): LiveJudge => {
    const name = `${owner} ${region}`;
    const judge = made.get(name) ?? new LiveJudge(options, tell);
    made.set(name, judge);
    return judge;
  };
  return Object.assign(judgeOf, { all: () => [...made.values()] });
}

function verdict(all: readonly LiveJudge[]): number {
  const violations = all.reduce((sum, judge) => sum + judge.violations, 0);
  const judged = all.reduce((sum, judge) => sum + judge.judged, 0);
  const hasGivenUp = all.some((judge) => judge.hasGivenUp);
  if (violations > 0) say(`violates: ${violations} of ${judged} answers are not allowed`);
  else if (hasGivenUp) say(`undetermined: too many requests overlapped after ${judged} answers, which conform`);
  else say(`conforms: ${judged} answers`);
  return violations > 0 ? 1 : 0;
}

function tell({ event: { op, input: _, ...observed }, allowed, rules }: Violation): void {
  say(`violates: ${op} was answered ${JSON.stringify(observed)}`);
  for (const { result, rules: why } of allowed) {
    say(`  allowed would be: ${result}${why.length > 0 ? `  (${why.join(', ')})` : ''}`);
  }
  for (const line of sourceLines(rules)) say(line);
}

function oracleOptions(options: Options, upstream: URL): OracleOptions {
  const { edition, answer, world, worldIs, initial } = options;
  const { consistency = /(^|\.)amazonaws\.com(\.cn)?$/.test(upstream.hostname) ? 'eventual' : 'strong' } = options;
  return {
    edition: edition === 'any' ? 'any' : oneOf('edition', edition, editions),
    answers: parseAnswers(answer),
    world: worldOf(readWorld(world), unknownWorld),
    initial: oneOf('--initial', initial, ['empty', 'unknown']),
    worldIs: oneOf('--world-is', worldIs, ['steady', 'changing']),
    consistency: oneOf('--consistency', consistency, ['strong', 'eventual']),
  };
}

function upstreamOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && /^\/?$/.test(url.pathname) && url.search === '' && url.username === '';
  if (isPlain && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new UsageError(
    `--upstream ${JSON.stringify(text.replace(/\/\/[^/]*@/, '//…@').slice(0, 100))} is not the address of an endpoint. For example http://localhost:4566`,
  );
}

/** Opens a file to append whole lines to it. */
function openForLines(path: string): number {
  let file: number;
  try {
    file = openSync(path, 'a+', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'no such folder' : code === 'EISDIR' ? 'is a folder' : `cannot be opened (${code})`;
    throw new UsageError(`${path}: ${reason}. Give the path of a file that can be written`);
  }
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  if (size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a) {
    throw new UsageError(`${path}: the last line does not end. Mend it, or give another path`);
  }
  return file;
}

function writeLine(file: number, line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
}
