import { type Condition, resolved } from '../spec/condition.ts';
import type { Properties, Store } from '../spec/model.ts';
import { filledIn, isOpaque, isStandIn, piecesOf, type Role, standIn } from './opaque.ts';
import { simplified } from './simplify.ts';
import { type State, type StateSet, setOf, stateOf } from './states.ts';

/** Gives values other names, and marks of secrets other numbers. */
export interface Names {
  readonly value: (role: Role, value: string) => string;
  readonly mark: (mark: number) => number;
  readonly subject: (fact: string, about: string) => string;
  /** Properties that have other names already: most states of a store have the same. */
  readonly done: Map<Properties, Properties>;
}

const withNames = (set: StateSet, names: Names): StateSet =>
  setOf(set.states.map((state) => renamedState(state, names)));

/** The state of a store that has other values. */
export const renamedState = ({ store, owed }: State, names: Names): State =>
  stateOf(store && renamedStore(store, names), renamedCondition(owed, names));

export const renamedCondition = (condition: Condition, { subject }: Names): Condition =>
  typeof condition === 'boolean'
    ? condition
    : simplified(
        resolved(condition, (atom) => ('fact' in atom ? { ...atom, about: subject(atom.fact, atom.about) } : atom)),
      );

function renamedStore(store: Store, names: Names): Store {
  const { id, properties, failedWith, keys } = store;
  return {
    ...store,
    id: names.value('store', id),
    properties: renamedProperties(properties, names),
    ...(failedWith && { failedWith: renamedProperties(failedWith, names) }),
    keys: keys.map((key) => ({
      ...key,
      id: names.value('key', key.id),
      ...(typeof key.xksKeyId === 'string' ? { xksKeyId: names.value('external key', key.xksKeyId) } : {}),
    })),
  };
}

const roles = {
  CustomKeyStoreName: 'name',
  CloudHsmClusterId: 'cluster',
  TrustAnchorCertificate: 'certificate',
  XksProxyUriEndpoint: 'endpoint',
  XksProxyVpcEndpointServiceName: 'service',
  AccessKeyId: 'access key',
} as const satisfies { readonly [P in keyof Properties]?: Role };

function renamedProperties(properties: Properties, names: Names): Properties {
  const done = names.done.get(properties);
  if (done !== undefined) return done;
  const renamed: Record<string, unknown> = { ...properties };
  for (const [member, role] of Object.entries(roles)) {
    const value = renamed[member];
    if (typeof value === 'string') renamed[member] = names.value(role, value);
  }
  const { secretMark } = properties;
  if (typeof secretMark === 'number') {
    names.value('secret', String(secretMark)); // facts are about it too
    renamed['secretMark'] = names.mark(secretMark);
  }
  names.done.set(properties, renamed as unknown as Properties);
  return renamed as unknown as Properties;
}

/** The values behind what stands for them in the states of one store. */
export interface Bound {
  readonly values: readonly string[];
  readonly roles: readonly Role[];
  readonly marks: readonly number[];
}

/** What one store may be, with its values taken out of it. */
export interface Form {
  readonly sets: readonly StateSet[];
  /** Values that are in it as they are. */
  readonly literals: ReadonlySet<string>;
}

/**
 * Takes the values out of what a store may be; nothing, where they are not to be told apart by equality alone. If
 * `isPlain`, what the world is like may depend on the values, and every one stays.
 */
export function formOf(sets: readonly StateSet[], isPlain: boolean): (Form & { readonly bound: Bound }) | undefined {
  const values: string[] = [];
  const roles: Role[] = [];
  const marks: number[] = [];
  const literals = new Set<string>();
  let isClear = true;
  const places = new Map<string, number>();
  const names: Names = {
    done: new Map(),
    value: (role, value) => {
      const place = places.get(value);
      if (place !== undefined) {
        isClear &&= roles[place] === role;
        return standIn(place);
      }
      if (isPlain || !isOpaque(role, value)) {
        isClear &&= !isStandIn(value);
        literals.add(value);
        return value;
      }
      places.set(value, values.length);
      values.push(value);
      roles.push(role);
      return standIn(values.length - 1);
    },
    mark: (mark) => {
      if (isPlain) return mark;
      if (!marks.includes(mark)) marks.push(mark);
      return marks.indexOf(mark);
    },
    subject: (fact, about) => {
      const pieces = piecesOf(fact, about);
      for (const piece of pieces) if (!places.has(piece)) literals.add(piece);
      return pieces.map((piece) => (places.has(piece) ? standIn(places.get(piece) as number) : piece)).join('');
    },
  };
  if (sets.some(({ recent }) => recent.length > 0)) return undefined;
  // Values first: a condition may be about one that stands in a later state.
  for (const { states } of sets) for (const { store } of states) if (store !== undefined) renamedStore(store, names);
  const named = sets.map((set) => withNames(set, names));
  const lowered = new Set([...values, ...literals].map((value) => value.toLowerCase()));
  if (!isClear || lowered.size < values.length + literals.size) return undefined;
  for (const value of values) if (literals.has(value)) return undefined;
  return { sets: named, literals, bound: { values, roles, marks } };
}

/** What the store may be, with these values in it. */
export function filled(sets: readonly StateSet[], bound: Pick<Bound, 'values' | 'marks'>): readonly StateSet[] {
  const names = namesOf(bound);
  return sets.map((set) => withNames(set, names));
}

/** Puts values in place of what stands for them. */
export const namesOf = ({ values, marks }: Pick<Bound, 'values' | 'marks'>): Names => ({
  value: (_, value) => filledIn(value, values),
  mark: (mark) => (marks.length === 0 ? mark : (marks[mark] as number)),
  subject: (_, about) => filledIn(about, values),
  done: new Map(),
});

/** Puts what stands for them in place of values. */
export const standInsFor = ({ values, marks }: Pick<Bound, 'values' | 'marks'>): Names => {
  const nameOf = (value: string): string => {
    const place = values.indexOf(value);
    return place < 0 ? value : standIn(place);
  };
  return {
    value: (_, value) => nameOf(value),
    mark: (mark) => (marks.length === 0 ? mark : marks.indexOf(mark)),
    subject: (fact, about) => piecesOf(fact, about).map(nameOf).join(''),
    done: new Map(),
  };
};
