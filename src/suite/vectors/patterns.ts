import { all, type Condition, not } from '../../spec/condition.ts';
import {
  anyValue,
  type Description,
  describedAnswer,
  describedKey,
  describedStore,
  isShownList,
} from '../../spec/description.ts';
import type { Request } from '../../spec/inputs.ts';
import type { Account, Store } from '../../spec/model.ts';
import { given } from '../../spec/properties.ts';
import type { Known } from '../../spec/reading.ts';
import { membersOf } from '../../spec/shapes.ts';
import type { Pattern } from './format.ts';

/** A pattern of what may show, and when it does. */
export interface Shows {
  readonly pattern: Pattern;
  readonly when: Condition;
}

/** Secrets, which no answer shows whatever it shows besides. */
export const neverShown: readonly string[] = [
  ...new Set(
    (['CreateCustomKeyStore', 'UpdateCustomKeyStore'] as const).flatMap((op) =>
      Object.entries(membersOf(op)).flatMap(([name, { sensitive, members = {} }]) => [
        ...(sensitive ? [name] : []),
        ...Object.entries(members).flatMap(([inner]) => (inner === 'AccessKeyId' ? [] : [inner])),
      ]),
    ),
  ),
];

/** Everything that may show in the answer to an accepted request, each with every member decided. */
export function shownIn(
  request: Request,
  after: Account,
  id: string | undefined,
  known: Known,
  fresh: string,
): readonly Shows[] {
  switch (request.op) {
    case 'CreateCustomKeyStore':
      return surely(id === fresh ? { $new: ['CustomKeyStoreId'] } : { CustomKeyStoreId: id });
    case 'DescribeCustomKeyStores':
      if (given(request.input.Limit) || given(request.input.Marker)) return surely({}); // which page, nobody can say
      return listed(after.stores.map((store) => entry(store, isListed(store, request.input, known))));
    case 'CreateKey':
    case 'DescribeKey':
      return keys(after, id ?? (request.input as { readonly KeyId?: string }).KeyId ?? '');
    case 'ConnectCustomKeyStore':
    case 'DisconnectCustomKeyStore':
    case 'UpdateCustomKeyStore':
    case 'DeleteCustomKeyStore':
      return surely({ $empty: true });
    default:
      return spelledOut(withoutKeys(describedAnswer(request)));
  }

  function entry(store: Store, isThere: Condition): readonly Entry[] {
    if (isThere === false) return [];
    const shown = spelledOut(describedStore(store, known));
    return [...shown.map(({ pattern, when }) => ({ pattern, when: all(isThere, when) })), { when: not(isThere) }];
  }

  function keys({ stores }: Account, keyId: string): readonly Shows[] {
    const store = stores.find((each) => each.keys.some((key) => key.id === keyId));
    const key = store?.keys.find((each) => each.id === keyId);
    if (store === undefined || key === undefined) return surely({});
    return spelledOut(describedKey(key, store, known)).map(({ pattern, when }) => ({
      pattern: { KeyMetadata: keyId === fresh && id === fresh ? asNew(pattern) : pattern },
      when,
    }));
  }
}

/** A key may be named by its ID or by its ARN, which no pattern can say. */
const withoutKeys = (description: Description): Description =>
  Object.fromEntries(Object.entries(description).filter(([member]) => !member.endsWith('KeyId')));

const surely = (pattern: Pattern): readonly Shows[] => [{ pattern, when: true }];

function asNew({ KeyId: _, ...rest }: Pattern): Pattern {
  return { $new: ['KeyId'], ...rest };
}

/** One store in a list; no pattern: it is not in it. */
interface Entry extends Partial<Shows> {
  readonly when: Condition;
}

/** Is the store one that is asked for? */
function isListed(
  { id, properties }: Store,
  { CustomKeyStoreId, CustomKeyStoreName }: Extract<Request, { op: 'DescribeCustomKeyStores' }>['input'],
  { answered }: Known,
): Condition {
  if (given(CustomKeyStoreId) && id !== CustomKeyStoreId) return false;
  const { CustomKeyStoreName: name } = properties;
  if (!given(CustomKeyStoreName) || name === CustomKeyStoreName) return true;
  return name?.toLowerCase() === CustomKeyStoreName?.toLowerCase() && answered('NAME_CASE', 'CASE_INSENSITIVE');
}

function listed(stores: readonly (readonly Entry[])[]): readonly Shows[] {
  let lists: readonly { readonly list: readonly Pattern[]; readonly when: Condition }[] = [{ list: [], when: true }];
  for (const entries of stores.filter(({ length }) => length > 0)) {
    lists = lists.flatMap(({ list, when }) =>
      entries.flatMap((each) => {
        const both = all(when, each.when);
        return both === false
          ? []
          : [{ list: each.pattern === undefined ? list : [...list, each.pattern], when: both }];
      }),
    );
  }
  return lists
    .filter(({ when }) => when !== false)
    .map(({ list, when }) => ({ pattern: { CustomKeyStores: list }, when }));
}

/** A description with every member decided: one pattern for each combination. */
function spelledOut(description: Description): readonly Shows[] {
  let shows: readonly Shows[] = surely({});
  for (const [member, expected] of Object.entries(description)) {
    const values: readonly { readonly add: (pattern: Pattern) => Pattern; readonly when: Condition }[] = isShownList(
      expected,
    )
      ? expected.map(({ value, when }) => ({ add: (pattern) => withMember(pattern, member, value), when }))
      : spelledOut(expected).map((inner) => ({
          add: (pattern) => ({ ...pattern, [member]: inner.pattern }),
          when: inner.when,
        }));
    shows = shows.flatMap(({ pattern, when }) =>
      values.flatMap((value) => {
        const both = all(when, value.when);
        return both === false ? [] : [{ pattern: value.add(pattern), when: both }];
      }),
    );
  }
  return shows;
}

function withMember(pattern: Pattern, member: string, value: unknown): Pattern {
  if (neverShown.includes(member)) return pattern;
  if (value === undefined) return { ...pattern, $absent: [...names(pattern['$absent']), member] };
  if (value === anyValue) return { ...pattern, $present: [...names(pattern['$present']), member] };
  return { ...pattern, [member]: value };
}

const names = (list: unknown): readonly string[] => (Array.isArray(list) ? (list as readonly string[]) : []);

/** May one answer fit both patterns? */
export function overlap(a: Pattern, b: Pattern): boolean {
  const members = new Set([...namedIn(a), ...namedIn(b)]);
  return [...members].every((member) => {
    const [one, other] = [a[member], b[member]];
    const absent = [a, b].map((pattern) => names(pattern['$absent']).includes(member));
    if (absent[0] || absent[1]) return absent[0] === absent[1] || !(demands(a, member) || demands(b, member));
    if (one === undefined || other === undefined) return true;
    if (Array.isArray(one) && Array.isArray(other)) {
      return one.length === other.length && one.every((each, index) => overlap(each as Pattern, other[index]));
    }
    if (typeof one === 'object' && typeof other === 'object') return overlap(one as Pattern, other as Pattern);
    return one === other;
  });
}

const demands = (pattern: Pattern, member: string): boolean =>
  pattern[member] !== undefined || names(pattern['$present']).includes(member);

const namedIn = (pattern: Pattern): readonly string[] => [
  ...Object.keys(pattern).filter((name) => !name.startsWith('$')),
  ...names(pattern['$absent']),
  ...names(pattern['$present']),
];

/**
 * Fewer patterns that say the same: those that differ only in the value of one member become one, which names every
 * value that the member may have.
 */
export function gathered(patterns: readonly Pattern[]): readonly Pattern[] {
  const left = [...patterns];
  for (let i = 0; i < left.length; i++) {
    for (let j = i + 1; j < left.length; j++) {
      const both = together(left[i] as Pattern, left[j] as Pattern);
      if (both === undefined) continue;
      left[i] = both;
      left.splice(j, 1);
      j = i;
    }
  }
  return left;
}

function together(a: Pattern, b: Pattern): Pattern | undefined {
  const flat = [unfolded(a), unfolded(b)] as const;
  const members = [...new Set([...Object.keys(flat[0]), ...Object.keys(flat[1])])];
  const differing = members.filter((name) => JSON.stringify(flat[0][name]) !== JSON.stringify(flat[1][name]));
  const [member, ...more] = differing;
  if (member === undefined || more.length > 0 || member.startsWith('$')) return undefined;
  const [one, other] = [flat[0][member], flat[1][member]];
  if (one === undefined || other === undefined) return undefined;
  if (isList(one) && isList(other) && one.length === 1 && other.length === 1) {
    const inner = together(one[0] as Pattern, other[0] as Pattern);
    return inner && { ...a, [member]: [inner] };
  }
  if (isObject(one) && isObject(other) && !('among' in one) && !('among' in other)) {
    const inner = together(one, other);
    return inner && { ...a, [member]: inner };
  }
  const values = [...valuesOf(one), ...valuesOf(other)];
  if (values.some((value) => typeof value !== 'string')) return undefined;
  const { [member]: _, ...rest } = a;
  return { ...rest, $oneOf: { ...(isObject(a['$oneOf']) ? a['$oneOf'] : {}), [member]: [...new Set(values)] } };
}

interface OneOf {
  readonly among: readonly unknown[];
}

/** Members with several values beside those with one. */
function unfolded({ $oneOf, ...rest }: Pattern): Pattern {
  const several = isObject($oneOf) ? Object.entries($oneOf).map(([name, among]) => [name, { among }] as const) : [];
  return { ...rest, ...Object.fromEntries(several) };
}

const valuesOf = (value: unknown): readonly unknown[] =>
  isObject(value) && 'among' in value ? (value as unknown as OneOf).among : [value];
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isObject = (value: unknown): value is Pattern =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
