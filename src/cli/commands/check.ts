import type { Output } from '../../oracle/history.ts';
import type { Verdict } from '../../oracle/verdict.ts';
import { defaultEdition } from '../../spec/editions.ts';
import { unknownWorld } from '../../spec/facts.ts';
import { editions } from '../../spec/vocabulary.ts';
import { worldOf } from '../../spec/world.ts';
import { coverable } from '../../suite/coverage.ts';
import { drive, type Implementation, type Report } from '../../suite/drive.ts';
import { listen } from '../../wire/endpoint.ts';
import { ReferenceService } from '../../wire/reference-service.ts';
import { sdkTarget } from '../../wire/sdk-target.ts';
import { integer, oneOf, parseAnswers } from '../options.ts';
import { print, printJson, say } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { sourceLines } from '../violation.ts';
import { readWorld } from '../world-option.ts';
import { faultNamed } from './serve.ts';

interface Options {
  readonly seed?: string;
  readonly runs: string;
  readonly edition: string;
  readonly answer: readonly string[];
  readonly endpointFault?: string;
  readonly allowRemote?: true;
  readonly allowRealAws?: true;
  readonly json?: true;
  readonly world?: string;
}

/** Drives an endpoint over real HTTP, judges every answer, and tells. */
export async function run(options: Options, url?: string): Promise<number> {
  const answers = parseAnswers(options.answer);
  const world = readWorld(options.world);
  const wanted = options.edition === 'any' ? editions : [oneOf('edition', options.edition, editions)];
  const seed =
    options.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : integer('--seed', options.seed, 0, 2 ** 31 - 1);
  const runs = integer('--runs', options.runs, 1, 100_000);
  if (url !== undefined && options.endpointFault !== undefined)
    throw new UsageError('--endpoint-fault is for the embedded endpoint. Leave out the URL');
  const { implementation, name, close } =
    url === undefined ? await embedded(wanted[0] ?? defaultEdition, options) : await remote(url, options);
  const drawing = process.stderr.isTTY === true;
  const report = await drive(implementation, {
    editions: wanted,
    answers,
    seed,
    runs,
    withKeys: url === undefined,
    world: worldOf(world, unknownWorld),
    ...(drawing
      ? { progress: (done: number, of: number) => void process.stderr.write(`\r${done} of ${of} sequences`) }
      : {}),
  }).finally(close);
  if (drawing) say('');
  if (options.json) printJson(asJson(report, options.edition, seed));
  else tell(report, name, seed);
  return report.violation === undefined ? 0 : 1;
}

interface Driven {
  readonly implementation: Implementation;
  readonly name: string;
  readonly close: () => Promise<void>;
}

async function embedded(
  edition: (typeof editions)[number],
  { answer, endpointFault, world }: Options,
): Promise<Driven> {
  const fault = endpointFault === undefined ? {} : { fault: faultNamed(endpointFault) };
  const reading = { edition, answers: parseAnswers(answer) };
  const declared = { world: readWorld(world) };
  const plain = new ReferenceService({ reading, ...declared, ...fault });
  const failing = new ReferenceService({ reading, ...declared, ...fault, failConnect: 'INTERNAL_ERROR' });
  const endpoints = [await listen(plain), await listen(failing)] as const;
  const targets = endpoints.map((endpoint) => sdkTarget(endpoint.url, true));
  let sequence = 0;
  return {
    name: 'the embedded reference endpoint',
    implementation: {
      reset: async () => {
        // Every third sequence meets an endpoint whose connection attempts fail, so that FAILED is seen too.
        sequence += 1;
        plain.reset();
        failing.reset();
      },
      send: (request) => (targets[sequence % 3 === 0 ? 1 : 0] as (typeof targets)[number]).send(request),
    },
    close: async () => {
      for (const target of targets) target.close();
      for (const endpoint of endpoints) await endpoint.close();
    },
  };
}

async function remote(url: string, { allowRemote, allowRealAws }: Options): Promise<Driven> {
  const { hostname } = parseUrl(url);
  if (/(^|\.)amazonaws\.com(\.cn)?$/.test(hostname) && !allowRealAws) {
    throw new UsageError(
      `${hostname} is AWS itself: check creates and deletes custom key stores there. Add --allow-real-aws if you mean it`,
    );
  }
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) && !(allowRemote || allowRealAws)) {
    throw new UsageError(
      `${hostname} is not this machine: check creates and deletes custom key stores there. Add --allow-remote if you mean it`,
    );
  }
  const target = sdkTarget(
    url,
    process.env['AWS_ACCESS_KEY_ID'] === undefined && process.env['AWS_PROFILE'] === undefined,
  );
  const made = new Set<string>();
  const cleanUp = async () => {
    for (const CustomKeyStoreId of made) {
      for (let tries = 0; tries < 20; tries++) {
        const gone = await target.send({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId } });
        if ('ok' in gone || ('error' in gone && gone.error.includes('NotFound'))) break;
        await target.send({ op: 'DisconnectCustomKeyStore', input: { CustomKeyStoreId } });
        await target.send({ op: 'DescribeCustomKeyStores', input: {} });
      }
    }
    made.clear();
  };
  const first = await target.send({ op: 'DescribeCustomKeyStores', input: {} });
  if (!('ok' in first))
    throw new UsageError(
      `${url}: ${'error' in first ? first.error : first.unknown}. Is it a KMS endpoint that knows DescribeCustomKeyStores?`,
    );
  const there = (first.ok['CustomKeyStores'] as readonly unknown[] | undefined)?.length ?? 0;
  if (there > 0)
    throw new UsageError(`${url}: ${there} custom key store(s) are there already. check needs an account without any`);
  return {
    name: url,
    implementation: {
      reset: cleanUp,
      send: async (request) => {
        const outcome = await target.send(request);
        if (request.op === 'CreateCustomKeyStore' && 'ok' in outcome) made.add(String(outcome.ok['CustomKeyStoreId']));
        return outcome;
      },
    },
    close: async () => {
      await cleanUp();
      target.close();
    },
  };
}

function parseUrl(url: string): URL {
  try {
    const parsed = new URL(url);
    if (parsed.protocol === 'http:' || parsed.protocol === 'https:') return parsed;
  } catch {
    // told below
  }
  throw new UsageError(
    `${JSON.stringify(url.slice(0, 100))} is not an http or https URL. For example http://localhost:4566`,
  );
}

function counts({ coverage }: Report): readonly (readonly [string, number, number])[] {
  return (['states', 'transitions', 'cells', 'rules', 'errors'] as const).map((what) => [
    what,
    coverage[what].size,
    coverable[what],
  ]);
}

function asJson(report: Report, edition: string, seed: number): Verdict {
  const { events, violation } = report;
  return {
    verdict: violation === undefined ? 'conforms' : 'violates',
    edition,
    editions: Object.fromEntries(
      editions.map((each) => [each, report.editions.includes(each) ? 'conforms' : 'violates']),
    ),
    events,
    seed,
    ...(violation === undefined
      ? {}
      : {
          violation: {
            event: violation.history.length - 1,
            op: violation.event.op,
            observed: observedIn(violation.event),
            allowed: violation.allowed,
            rules: violation.rules,
            history: violation.history.map(masked),
          },
        }),
    profile: report.profile,
    coverage: Object.fromEntries(counts(report).map(([what, seen, of]) => [what, { seen, of }])),
  };
}

function tell(report: Report, name: string, seed: number): void {
  const { violation, events } = report;
  if (violation === undefined)
    print(`conforms: ${name} (${events} answers judged; editions ${report.editions.join(', ')})`);
  else {
    print(`violates: ${name}\n\nThe shortest sequence found:`);
    for (const [index, event] of violation.history.entries()) print(`  ${index + 1}. ${JSON.stringify(masked(event))}`);
    print(`\nThe last answer is not allowed. Allowed would be:`);
    for (const { result, rules } of violation.allowed)
      print(`  ${result}${rules.length > 0 ? `  (${rules.join(', ')})` : ''}`);
    for (const line of sourceLines(violation.rules)) print(line);
  }
  print(
    `\ncoverage: ${counts(report)
      .map(([what, seen, of]) => `${what} ${seen}/${of}`)
      .join(', ')}`,
  );
  print(`seed: ${seed}`);
}

const observedIn = (event: Parameters<typeof masked>[0]): Output => {
  const { op: _, input: __, ...observed } = masked(event) as Record<string, unknown>;
  return observed;
};

/** The event without its secrets. */
function masked(event: { readonly input: object }): Output {
  return JSON.parse(
    JSON.stringify(event, (name, value) =>
      name === 'KeyStorePassword' || name === 'RawSecretAccessKey' ? '***' : value,
    ),
  ) as Output;
}
