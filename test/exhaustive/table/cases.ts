import { createHash } from 'node:crypto';
import { hiddenOutcomesOf, outcomesOf } from '../../../src/machine/account.ts';
import * as alphabet from '../../../src/machine/alphabet.ts';
import { alphabetOf, type Bounds, explore } from '../../../src/machine/explore.ts';
import { describedKey, describedStore } from '../../../src/spec/description.ts';
import { type FactKind, facts } from '../../../src/spec/facts.ts';
import type { Request } from '../../../src/spec/inputs.ts';
import { type Account, emptyAccount } from '../../../src/spec/model.ts';
import { choicesOf, questionIds } from '../../../src/spec/questions.ts';
import { type Answers, type Known, known, type Reading } from '../../../src/spec/reading.ts';
import { editions, operations } from '../../../src/spec/vocabulary.ts';
import { accountsIn, requestsIn } from '../../machine/decisions.ts';

/**
 * What an interpreter of the table is compared on. A line of JSON is one account, or one history, with a short hash of
 * everything that the specification says there: the interpreter has to come to the same.
 */
interface Place {
  readonly reading: Reading;
  /** What the world says of a kind of fact, or, after a space, of one subject of it. Of the rest it says nothing. */
  readonly world: Readonly<Record<string, boolean>>;
}
interface Look extends Place {
  readonly account: Account;
  /** Indices into the requests of the first line. */
  readonly requests: readonly number[];
  /** One for each request, then one for the hidden steps, and one for what shows. */
  readonly hashes: readonly string[];
}
interface History extends Place {
  readonly steps: readonly {
    /** None: a hidden step. */
    readonly request?: Request;
    readonly fresh: string;
    readonly hash: string;
    /** Which of the outcomes is followed. */
    readonly pick: number;
  }[];
  /** What shows in the end. */
  readonly shown: string;
}

const healthyFacts = Object.fromEntries(
  (Object.keys(facts) as FactKind[])
    .filter((fact) => fact !== 'quota.free')
    .map((fact) => [fact, fact !== 'key.elsewhere' && fact !== 'value.same']),
) as Place['world'];

/** Every state and every request of a complete exploration. */
export function* explored(bounds: Bounds): Generator<Look | { readonly requests: readonly Request[] }> {
  const requestsIn = bounds.requests ?? ((account: Account) => alphabetOf(account, bounds.stores));
  const place = { reading: bounds.reading, world: healthyFacts };
  yield* looks(explore(bounds).states.map((account) => ({ place, account, requests: requestsIn(account) })));
}

/** The accounts and requests whose decisions are pinned, with every question and every fact open. */
export function* pinned(): Generator<Look | { readonly requests: readonly Request[] }> {
  yield* looks(
    editions.flatMap((edition) =>
      accountsIn(edition).map((account) => ({
        place: { reading: { edition, answers: {} }, world: { 'disconnection.works': false } },
        account,
        requests: requestsIn(account),
      })),
    ),
  );
}

function* looks(
  all: readonly { readonly place: Place; readonly account: Account; readonly requests: readonly Request[] }[],
): Generator<Look | { readonly requests: readonly Request[] }> {
  const indices = new Map<string, number>();
  const distinct: Request[] = [];
  const indexOf = (request: Request): number => {
    const text = JSON.stringify(request);
    const index = indices.get(text) ?? distinct.push(request) - 1;
    indices.set(text, index);
    return index;
  };
  const indexed = all.map((each) => ({ ...each, numbers: each.requests.map(indexOf) }));
  yield { requests: distinct };
  let before: { readonly place: Place; readonly is: Known } | undefined;
  for (const { place, account, requests, numbers } of indexed) {
    if (before?.place !== place) before = { place, is: knownIn(place) };
    const { is } = before;
    const hashes = requests.map((request) => hash(outcomesOf(account, request, is, 'fresh').outcomes));
    yield {
      ...place,
      account,
      requests: numbers,
      hashes: [...hashes, hash(hiddenOutcomesOf(account, is)), shown(account, is)],
    };
  }
}

/** Random histories, each in a random reading and a random world. The same seed gives the same. */
export function* histories(count: number, seed: number): Generator<History> {
  const random = generator(seed);
  for (let i = 0; i < count; i++) yield history(random);
}

type Random = (below: number) => number;

function history(random: Random): History {
  const answers = Object.fromEntries(
    // Unanswered, the name of the validation error would leave a malformed creation a success that no answer allows.
    questionIds.flatMap((id) =>
      id === 'VALIDATION_ERROR_NAME' || random(3) === 0 ? [[id, pickFrom(choicesOf(id), random)]] : [],
    ),
  ) as Answers;
  const place: Place = {
    reading: { edition: pickFrom(editions, random), answers },
    world: { ...randomFacts(random), ...randomSubjects(random) },
  };
  const is = knownIn(place);
  const steps: History['steps'][number][] = [];
  let account = emptyAccount;
  for (let length = 3 + random(6); steps.length < length; ) {
    const fresh = `id-${steps.length}`;
    const request = random(5) === 0 ? undefined : randomRequest(account, random);
    const outcomes =
      request === undefined ? hiddenOutcomesOf(account, is) : outcomesOf(account, request, is, fresh).outcomes;
    if (outcomes.length === 0 && request === undefined && random(2) === 0) continue;
    // Successes lead further than refusals, so they are followed more often.
    const successes = outcomes.flatMap((each, index) => ('result' in each && each.result === 'ok' ? [index] : []));
    const pick =
      successes.length > 0 && random(4) > 0 ? pickFrom(successes, random) : random(Math.max(1, outcomes.length));
    steps.push({ ...(request === undefined ? {} : { request }), fresh, hash: hash(outcomes), pick });
    account = outcomes[pick]?.next ?? account;
  }
  return { ...place, steps, shown: shown(account, is) };
}

function randomFacts(random: Random): Place['world'] {
  const often = 2 + random(8);
  const said = Object.entries(healthyFacts).flatMap(([fact, healthy]) => {
    const dice = random(often);
    return dice === 0 ? [] : [[fact, dice === 1 && random(2) === 0 ? !healthy : healthy]];
  });
  return Object.fromEntries(said);
}

/** The one cluster is active and the other is not, and the like. */
function randomSubjects(random: Random): Place['world'] {
  const [cluster, other] = alphabet.clusters;
  const subjects = [
    ...alphabet.clusters.flatMap((id) =>
      ['cluster.exists', 'cluster.active', 'cluster.twoHsms', 'kmsuser.exists'].map((fact) => `${fact} ${id}`),
    ),
    `cluster.related ${cluster} ${other}`,
    `cluster.trustAnchor ${cluster} ${alphabet.certificate}`,
    `proxy.withoutFault TIMED_OUT ${alphabet.endpoints[0]}${alphabet.paths[0]}`,
    `externalKey.withoutFault KEY_NOT_FOUND ${alphabet.externalKeys[0]}`,
    `endpointService.exists ${alphabet.service}`,
    ...operations.map((op) => `caller.permitted ${op}`),
    ...[0, 1, 2].map((held) => `quota.free ${held}`),
  ];
  return Object.fromEntries(subjects.flatMap((fact) => (random(6) === 0 ? [[fact, random(2) === 0]] : [])));
}

/** Mostly of the alphabet; sometimes an odd one, or with a member that is spoiled. */
function randomRequest({ stores }: Account, random: Random): Request {
  const store = stores.length === 0 ? undefined : pickFrom(stores, random);
  const about =
    store === undefined ? [] : alphabet.requestsAbout(store.id, store.type, store.keys[0]?.id ?? 'key-none');
  const odd = {
    op: pickFrom(operations, random),
    input: { CustomKeyStoreId: store?.id ?? 'cks-none', KeyId: store?.keys[0]?.id },
  };
  const kind = random(8);
  const request =
    kind === 0
      ? (odd as unknown as Request)
      : about.length === 0 || kind === 1
        ? pickFrom(alphabet.createRequests, random)
        : pickFrom(about, random);
  if (random(6) > 0) return clean(request);
  const members = Object.keys(request.input);
  const spoiled = members.length === 0 ? 'Stranger' : pickFrom(members, random);
  return clean({ ...request, input: { ...request.input, [spoiled]: pickFrom(spoilers, random) } } as Request);
}

const spoilers = [
  null,
  '',
  7,
  '***',
  'ALPHA',
  'x'.repeat(300),

  '/kms/xks/v2',
  'HTTPS://ONE.example',
  'pass-word!',
  'cluster-00000000000',
  true,
  undefined,
  'é😀',
];

/** As it comes out of JSON. */
const clean = (request: Request): Request => JSON.parse(JSON.stringify(request)) as Request;

const knownIn = ({ reading, world }: Place): Known =>
  known(reading, (fact, about) => world[`${fact} ${about}`] ?? world[fact]);

const shown = ({ stores }: Account, is: Known): string =>
  hash(stores.map((store) => [describedStore(store, is), store.keys.map((key) => describedKey(key, store, is))]));

const hash = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 8);

/** JSON with the members in the order of their names. What stands in many outcomes is written once. */
function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'symbol') return '{"anything":true}';
  if (typeof value !== 'object' || value === null) return value === undefined ? 'null' : String(value);
  const text = written.get(value) ?? (Array.isArray(value) ? listText(value) : objectText(value));
  written.set(value, text);
  return text;
}
const written = new WeakMap<object, string>();

const listText = (list: readonly unknown[]): string => `[${list.map(canonical).join(',')}]`;

function objectText(object: object): string {
  const members = Object.entries(object).filter(([, each]) => each !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}

const pickFrom = <T>(list: readonly T[], random: Random): T => list[random(list.length)] as T;

/** A small generator of pseudo-random numbers (mulberry32), so that a seed gives the same histories everywhere. */
function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below) | 0;
  };
}
