import * as alphabet from '../../machine/alphabet.ts';
import { requestsAbout } from '../../machine/alphabet.ts';
import type { Request } from '../../spec/inputs.ts';
import { choicesOf, type QuestionId } from '../../spec/questions.ts';
import type { Answers } from '../../spec/reading.ts';
import { type ConnectionState, connectionStates, editions, type Operation } from '../../spec/vocabulary.ts';
import { build } from './build.ts';
import {
  attempted,
  called,
  created,
  describe,
  describeAll,
  disconnect,
  type Kind,
  kinds,
  leadingTo,
  ok,
  related,
  slug,
  typeOf,
  wait,
  worldTo,
} from './core/common.ts';
import { assuming, coreScripts } from './core.ts';
import { kept, type Script, type ScriptStep } from './script.ts';

/** Where a store may be when a request meets it; `again`: DISCONNECTED, after it was CONNECTED. */
type Place = ConnectionState | 'again';
const places: readonly Place[] = [...connectionStates, 'again'];

const ways = (place: Place, kind: Kind): readonly ScriptStep[] =>
  place === 'again'
    ? [...leadingTo('CONNECTED', kind), ok(disconnect()), wait('DISCONNECTED')]
    : leadingTo(place, kind);

const worldAt = (place: Place, kind: Kind) =>
  place === 'FAILED' || kind !== 'cloudhsm'
    ? worldTo(place === 'again' ? 'DISCONNECTED' : place, kind)
    : { world: related };

/** The requests of the alphabet about a store, each with a name. */
const named = (kind: Kind): readonly (readonly [name: string, request: Request])[] =>
  requestsAbout(kept('store'), typeOf(kind), kept('key'))
    .filter(({ op, input }) => !('KeyId' in input) && op !== 'DescribeCustomKeyStores')
    .map((request, index) => [`${index}`, request]);

const step = (request: Request): ScriptStep => ({
  request,
  ...(request.op === 'CreateKey' ? { keep: 'key' } : {}),
});

/** Every request of the alphabet in every state. */
const singles = kinds.flatMap((kind) =>
  places.flatMap((place) =>
    named(kind).map(
      ([name, request]): Script => ({
        id: `${request.op}/${kind}-${slug(place)}-${name}`,
        says: `${request.op} (request ${name} of the alphabet) meets an ${called(kind)}: ${place}`,
        steps: [...ways(place, kind), step(request), describe()],
        ...worldAt(place, kind),
      }),
    ),
  ),
);

/** Every two requests in a row. */
const pairs = (['cloudhsm', 'public'] as const).flatMap((kind) =>
  named(kind).flatMap(([first, one]) =>
    named(kind)
      .filter(([second]) => second !== first)
      .map(
        ([second, other]): Script => ({
          id: `${other.op}/${kind}-${first}-${second}`,
          says: `${one.op} and then ${other.op} (requests ${first} and ${second} of the alphabet) meet a new ${called(kind)}`,
          steps: [...leadingTo('DISCONNECTED', kind), step(one), step(other), describe()],
          ...worldAt('DISCONNECTED', kind),
        }),
      ),
  ),
);

/** Every two creations in a row. */
const creations = alphabet.creations.flatMap((first, one) =>
  alphabet.creations.map(
    (second, two): Script => ({
      id: `CreateCustomKeyStore/${one}-${two}`,
      says: `Creations ${one} and ${two} of the alphabet, one after the other`,
      steps: [created(first), attempted(second), describeAll],
    }),
  ),
);

const ofCore = Object.entries(coreScripts).flatMap(([subject, scripts]) => (subject === 'assumed' ? [] : scripts));

/** The small suite once more, in a world of which nothing is known. */
const anywhere = ofCore
  .filter(({ world, id }) => world === undefined && !id.startsWith('key/'))
  .map(
    (script): Script => ({
      ...script,
      id: `${operationOf(script)}/anywhere/${script.id}`,
      says: `${script.says}, in a world of which nothing is known`,
      world: 'none',
    }),
  );

/** Longer vectors are not repeated for every answer: they would fill most of the suite. */
const longest = 20;

/** The small suite once more, for every answer to every question that it touches. */
function answered(): readonly Script[] {
  return ofCore.flatMap((script) => {
    const built = editions.map((edition) => build(script, edition));
    if (built.some(({ steps }) => steps.length > longest)) return [];
    const questions = new Set(built.flatMap((each) => each.questions as QuestionId[]));
    const own = { ...script, id: `${operationOf(script)}/${script.id}` };
    return [...questions]
      .filter((question) => question !== 'VALIDATION_ERROR_NAME')
      .flatMap((question) => choicesOf(question).map((choice) => assuming(own, { [question]: choice } as Answers)));
  });
}

/** The operation that a script is about: the last that does more than look. */
function operationOf({ steps }: Script): Operation {
  const ops = steps.map(({ request: { op } }) => op);
  return ops.findLast((op) => !op.startsWith('Describe')) ?? 'DescribeCustomKeyStores';
}

/** The scripts of the large suite, by the operation that they are about. */
export function fullScripts(): ReadonlyMap<Operation, readonly Script[]> {
  const shards = new Map<Operation, Script[]>();
  for (const script of [...singles, ...pairs, ...creations, ...anywhere, ...answered()]) {
    const op = operationOf(script);
    const shard = shards.get(op);
    if (shard === undefined) shards.set(op, [script]);
    else shard.push(script);
  }
  return shards;
}
