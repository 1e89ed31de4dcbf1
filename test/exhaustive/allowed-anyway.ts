import { hiddenOutcomesOf, outcomesOf } from '../../src/machine/account.ts';
import { createRequests, requestsAbout } from '../../src/machine/alphabet.ts';
import { atomsOf, type Condition } from '../../src/spec/condition.ts';
import { describedKey, describedStore } from '../../src/spec/description.ts';
import { type FactKind, facts, healthyWorld, unknownWorld, type World } from '../../src/spec/facts.ts';
import type { Request } from '../../src/spec/inputs.ts';
import type { Account, Store } from '../../src/spec/model.ts';
import { proxyFaultNames } from '../../src/spec/proxy-faults.ts';
import { type Known, known } from '../../src/spec/reading.ts';
import type { Rule } from '../../src/spec/rule.ts';
import { situationOf } from '../../src/spec/situation.ts';
import { editions } from '../../src/spec/vocabulary.ts';
import { waysOf } from '../../src/suite/vectors/open.ts';
import { having, type SpecFault } from '../faults.ts';
import { accountsIn, requestsIn } from '../machine/decisions.ts';
import { meeting } from '../met.ts';

/** How it is shown that nobody can be told from a correct implementation for having a fault. */
export type Shown =
  /** Nothing that may happen in any account meets it. */
  | 'never met'
  /** Every step that it allows is allowed without it. */
  | 'allowed'
  /** So is every step, if hidden steps may happen before and after: nobody can look in between. */
  | 'overtaken';

/** What may be asked of one account: a request, or, without one, what happens of itself and what shows. */
interface Place {
  readonly account: Account;
  readonly edition: (typeof editions)[number];
  readonly request: Request | undefined;
}

/** For each fault how it is shown; none if it is not. */
export function allowedAnyway(faults: readonly SpecFault[]): ReadonlyMap<SpecFault, Shown> {
  const meetings = new Map<SpecFault, Place[]>(faults.map((fault) => [fault, []]));
  meeting(faults, (metIn) => {
    for (const place of places) {
      const { request } = place;
      for (const fault of metIn(() => happeningsAt(place, declarable))) {
        if (request === undefined || fault.ops?.includes(request.op) !== false) meetings.get(fault)?.push(place);
      }
    }
  });
  const shown = new Map<SpecFault, Shown>();
  for (const [fault, met] of meetings) {
    if (met.length === 0) shown.set(fault, 'never met');
    else {
      const each = [declarable, ...worldsFor(fault, met)].map((world) => proved(fault, met, world));
      const weakest = each.includes('overtaken') ? 'overtaken' : 'allowed';
      if (!each.includes(undefined)) shown.set(fault, weakest);
    }
  }
  return shown;
}

/**
 * Without a rule, more is allowed only where the rule would have refused for certain: in a world that breaks one of the
 * facts that it asks for.
 */
function worldsFor({ group, metWith: { target } }: SpecFault, met: readonly Place[]): readonly World[] {
  if (group !== 'rule' && group !== 'forgotten') return [];
  const { rejects } = target as Rule;
  const asked = new Set(
    met.flatMap(({ account, edition, request }) => {
      if (request === undefined) return [];
      const arises = rejects(situationOf(account, request, known({ edition, answers: {} }, declarable)));
      return atomsOf(arises).flatMap((atom) => ('fact' in atom ? [`${atom.fact} ${atom.about}`] : []));
    }),
  );
  const breaks = (world: World): boolean =>
    [...asked].some((text) => {
      const [fact = '', ...about] = text.split(' ');
      return world(fact as FactKind, about.join(' ')) !== healthyWorld(fact as FactKind, about.join(' '));
    });
  return [healthyWorld, ...brokenWorlds.filter(breaks)];
}

/** Does whoever has the fault take only steps that are allowed, and has an answer to everything? */
function proved(fault: SpecFault, met: readonly Place[], world: World): Shown | undefined {
  const taken = having(fault, () => met.map((place) => happeningsAt(place, world)));
  let shown: Shown = 'allowed';
  for (const [index, place] of met.entries()) {
    const steps = taken[index] as readonly Happening[];
    const allowed = soundly(place, world);
    if (steps.length === 0 && allowed.size > 0) return undefined;
    const more = steps.filter((step) => !allowed.has(textOf(step)) && waysOf(step.when, {}).length > 0);
    if (more.length === 0) continue;
    const later = overtaken(place, world);
    if (!more.every((step) => later.has(textOf(step)))) return undefined;
    shown = 'overtaken';
  }
  return shown;
}

const places: readonly Place[] = editions.flatMap((edition) => {
  const reached = shapesReached(edition);
  return accountsIn(edition)
    .filter(({ stores }) => stores.length !== 1 || stores.every((store) => reached.has(shapeOf(store))))
    .flatMap((account) => [undefined, ...requestsIn(account)].map((request) => ({ account, edition, request })));
});

/** What can become of one store, whatever its properties: nobody has to answer for the rest. */
function shapesReached(edition: (typeof editions)[number]): ReadonlySet<string> {
  const is = known({ edition, answers: {} }, unknownWorld);
  const shapes = new Set<string>();
  const queue: Account[] = [{ stores: [] }];
  for (const account of queue) {
    const [store] = account.stores;
    const requests =
      store === undefined ? createRequests : requestsAbout(store.id, store.type, store.keys[0]?.id ?? '');
    const asked = requests.flatMap((request) =>
      outcomesOf(account, request, is, request.op === 'CreateKey' ? 'key' : 'store').outcomes.filter(
        ({ when }) => waysOf(when, {}).length > 0,
      ),
    );
    for (const { next } of [...asked, ...hiddenOutcomesOf(account, is)]) {
      const [first, ...more] = next.stores;
      if (first === undefined || more.length > 0 || first.keys.length > 1 || shapes.has(shapeOf(first))) continue;
      shapes.add(shapeOf(first));
      queue.push(next);
    }
  }
  return shapes;
}

function shapeOf({ properties: _, id: __, connectionErrorCode: code, disconnectingFrom: ___, keys, ...rest }: Store) {
  const seen = keys.map(({ state, cancelledOffline }) => [state, cancelledOffline]);
  return JSON.stringify([Object.entries(rest).sort(), code !== undefined, seen]);
}

/** Facts that a world can declare are open here, the others healthy, since no world says otherwise. */
const declarable: World = (fact: FactKind, about) =>
  /^(cluster\.(?!free)|cluster\.freeAddresses|kmsuser|proxy|externalKey|endpointService\.(?!free)|caller\.permitted)/.test(
    fact,
  )
    ? undefined
    : healthyWorld(fact, about);

/** The worlds in each of which one thing that can be declared is wrong. */
const brokenWorlds: readonly World[] = [
  ...(Object.keys(facts) as FactKind[])
    .filter((fact) => declarable(fact, '') === undefined && !fact.endsWith('withoutFault'))
    .map(
      (broken): World =>
        (fact, about) =>
          fact === broken ? false : healthyWorld(fact, about),
    ),
  ...proxyFaultNames.map(
    (fault): World =>
      (fact, about) =>
        fact.endsWith('withoutFault') && about.startsWith(fault) ? false : healthyWorld(fact, about),
  ),
];

const sound = new Map<World, Map<Place, ReadonlySet<string>>>();

/** What is allowed without the fault; asked only without one. */
function soundly(place: Place, world: World): ReadonlySet<string> {
  const those = sound.get(world) ?? new Map<Place, ReadonlySet<string>>();
  sound.set(world, those);
  const steps = those.get(place) ?? new Set(happeningsAt(place, world).map(textOf));
  those.set(place, steps);
  return steps;
}

/** Something that may be seen, and the account afterwards. */
interface Happening {
  readonly seen: unknown;
  readonly next: Account;
  readonly when: Condition;
}

/** Everything that may happen next in an account, and what shows of it. */
function happeningsAt({ account, edition, request }: Place, world: World): readonly Happening[] {
  const is = known({ edition, answers: {} }, world);
  return request === undefined ? ofItself(account, is) : answered(account, request, is);
}

const ofItself = (account: Account, is: Known): readonly Happening[] => [
  ...hiddenOutcomesOf(account, is).map(({ next, when }) => ({ seen: 'nothing', next, when })),
  ...account.stores.map((store) => ({
    seen: [describedStore(store, is), store.keys.map((key) => describedKey(key, store, is))],
    next: account,
    when: true,
  })),
];

const answered = (account: Account, request: Request, is: Known): readonly Happening[] =>
  outcomesOf(account, request, is, 'fresh').outcomes.map(({ result, next, when }) => ({ seen: result, next, when }));

/** What is allowed if hidden steps may happen before, and after. */
function overtaken({ account, edition, request }: Place, world: World): ReadonlySet<string> {
  const is = known({ edition, answers: {} }, world);
  const before = settled(account, is);
  const happened = before.flatMap((each) => (request === undefined ? ofItself(each, is) : answered(each, request, is)));
  const silent = request === undefined ? before.map((next) => ({ seen: 'nothing', next })) : [];
  const after = happened.flatMap(({ seen, next }) => settled(next, is).map((each) => ({ seen, next: each })));
  return new Set([...silent, ...after].map(textOf));
}

/** The account, and all that hidden steps may make of it. */
function settled(account: Account, is: Known): readonly Account[] {
  const found = new Map([[canonical(account), account]]);
  for (const each of found.values()) {
    for (const { next } of hiddenOutcomesOf(each, is))
      if (!found.has(canonical(next))) found.set(canonical(next), next);
  }
  return [...found.values()];
}

const textOf = ({ seen, next }: Omit<Happening, 'when'>): string => JSON.stringify(seen) + canonical(next);

const texts = new WeakMap<Account, string>();

/**
 * The account as a text that does not depend on the order of members. In none of these worlds does a disconnection fail,
 * so nobody ever asks where it would lead back to.
 */
function canonical(account: Account): string {
  const stores = () => account.stores.map(({ disconnectingFrom: _, ...store }) => store);
  const text = texts.get(account) ?? JSON.stringify(stores(), sorted);
  texts.set(account, text);
  return text;
}

const sorted = (_: string, inner: unknown): unknown =>
  typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
    : inner;
