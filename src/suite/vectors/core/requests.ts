import * as alphabet from '../../../machine/alphabet.ts';
import type { Request } from '../../../spec/inputs.ts';
import type { Member } from '../../../spec/shape.ts';
import { membersOf } from '../../../spec/shapes.ts';
import { type Operation, operations, storeOperations } from '../../../spec/vocabulary.ts';
import { madeUpMarker, type WorldFile } from '../../../spec/world.ts';
import { kept, type Script, type ScriptStep } from '../script.ts';
import { attempted, connect, creation, describe, describeAll, disconnect, inputOf, remove, update } from './common.ts';

const ask = (op: Operation, input: object): ScriptStep => ({ request: { op, input } as unknown as Request });

/** Inputs of which every member has the JSON type of no member. */
const wronglyTyped = (op: Operation): object =>
  Object.fromEntries(
    Object.entries(membersOf(op)).flatMap(([name, { type, required }], index) =>
      required || index === 0 ? [[name, type === 'string' || type === 'blob' ? 7 : 'seven']] : [],
    ),
  );

const missing = 'cks-99999999999999999';

const requiring = operations.filter((op) => Object.values(membersOf(op)).some(({ required }) => required));

const everyOperation: readonly Script[] = [
  {
    id: 'request/member-missing',
    says: 'A member that the service model requires is left out, in every operation that has one',
    steps: requiring.map((op) => ask(op, {})),
    world: {},
  },
  {
    id: 'request/wrong-json-type',
    says: 'A member has another JSON type than the service model gives it, in every operation that needs one',
    steps: requiring.map((op) => ask(op, wronglyTyped(op))),
    world: {},
  },
  {
    id: 'request/one-wrong-type',
    says: 'Requests about stores have one member of another JSON type, and nothing else is wrong',
    steps: [
      attempted({ ...inputOf('cloudhsm'), KeyStorePassword: 7 }),
      creation('cloudhsm'),
      update({ KeyStorePassword: 7 }),
      ask('DescribeCustomKeyStores', { Limit: 'many' }),
      describe(),
    ],
  },
  {
    id: 'request/no-such-store',
    says: 'No store has the ID, in every operation that names a store',
    steps: [
      ...[connect, disconnect, remove, describe].map((step) => step(missing)),
      update({ NewCustomKeyStoreName: 'beta' }, missing),
      ask('CreateKey', { CustomKeyStoreId: missing, Origin: 'AWS_CLOUDHSM' }),
      ask('GenerateRandom', { CustomKeyStoreId: missing, NumberOfBytes: 32 }),
      ask('DescribeCustomKeyStores', { CustomKeyStoreName: 'nobody' }),
      describeAll,
    ],
    world: {},
  },
  {
    id: 'request/no-such-store-anywhere',
    says: 'No store has the ID, in a world of which nothing is known',
    steps: [...[connect, disconnect, remove, describe].map((step) => step(missing)), describeAll],
    world: 'none',
  },
  {
    id: 'describe/marker-anywhere',
    says: 'DescribeCustomKeyStores gets a marker that no answer gave, in a world of which nothing is known',
    steps: [ask('DescribeCustomKeyStores', { Marker: madeUpMarker }), describeAll],
    world: 'none',
  },
  {
    id: 'request/name-for-id',
    says: 'The name of a store is not accepted in place of its ID',
    steps: [
      creation('public'),
      ...[connect, disconnect, remove].map((step) => step(alphabet.names[0])),
      update({ NewCustomKeyStoreName: 'beta' }, alphabet.names[0]),
      describe(),
    ],
  },
  {
    id: 'request/denied',
    says: 'The caller may create and describe stores, and nothing else',
    steps: [
      creation('public'),
      connect(),
      disconnect(),
      update({ NewCustomKeyStoreName: 'beta' }),
      remove(),
      ask('CreateKey', { CustomKeyStoreId: kept('store'), Origin: 'EXTERNAL_KEY_STORE', XksKeyId: 'external-key-1' }),
      describe(),
    ],
    world: {
      caller: {
        denied: operations.filter((op) => op !== 'CreateCustomKeyStore' && op !== 'DescribeCustomKeyStores'),
      },
    },
  },
  {
    id: 'request/denied-to-create',
    says: 'The caller may neither create stores nor describe them',
    steps: [attempted(inputOf('cloudhsm')), attempted(inputOf('public'), 'second'), describeAll],
    world: { caller: { denied: ['CreateCustomKeyStore', 'DescribeCustomKeyStores'] } },
  },
  {
    id: 'describe/filters',
    says: 'DescribeCustomKeyStores is asked for an ID, for a name, for both, and for a store that does not exist',
    steps: [
      creation('public'),
      { ...attempted(alphabet.cloudHsmStore('beta'), 'other'), onlyAfter: 'ok' },
      describe(),
      describe(kept('other')),
      describeAll,
      ask('DescribeCustomKeyStores', { CustomKeyStoreName: 'beta' }),
      ask('DescribeCustomKeyStores', { CustomKeyStoreName: 'gamma' }),
      ask('DescribeCustomKeyStores', { CustomKeyStoreName: 'alph' }),
      ask('DescribeCustomKeyStores', { CustomKeyStoreId: missing }),
      ask('DescribeCustomKeyStores', { CustomKeyStoreId: kept('store'), CustomKeyStoreName: 'alpha' }),
      ask('DescribeCustomKeyStores', { CustomKeyStoreId: kept('store'), CustomKeyStoreName: 'gamma' }),
    ],
  },
];
/** Values on both sides of every bound of a member; of a text, made from one that fits. */
function bounds(name: string, member: Member, base: unknown): readonly (readonly [value: unknown, fits: boolean])[] {
  const { type, min, max, pattern, values } = member;
  const isWithin = (size: number): boolean => size >= (min ?? 0) && size <= (max ?? Number.POSITIVE_INFINITY);
  const sizes = [...(min === undefined ? [] : [min - 1, min]), ...(max === undefined ? [] : [max, max + 1])].filter(
    (size) => size >= 0,
  );
  if (type === 'integer') return sizes.map((size) => [size, isWithin(size)]);
  if (type !== 'string') return [];
  const text = typeof base === 'string' ? base : 'a';
  const whole = new RegExp(`^(?:${pattern ?? '.*'})$`, 'u');
  return [
    ...sizes.map((size) => {
      const value = stretched(name, text, size);
      return [value, isWithin(size) && whole.test(value)] as const;
    }),
    ...(pattern === undefined ? [] : [[`${text.slice(0, -1)}!`, false] as const]),
    ...(values === undefined ? [] : [['NONE_OF_THESE', false] as const]),
  ];
}

/** The text with this length, out of the same letters. */
function stretched(name: string, text: string, length: number): string {
  if (length <= text.length) return text.slice(0, length);
  return name === 'XksProxyUriPath'
    ? `/${'a'.repeat(length - text.length - 1)}${text}`
    : text.padEnd(length, text.at(-1));
}

/** Each member of a store is created and changed with values that the service model does not take, and some that it does. */
const shapes = (['cloudhsm', 'private'] as const).flatMap((kind): readonly Script[] => {
  const input = inputOf(kind) as Readonly<Record<string, unknown>>;
  const wrong = Object.keys(input).flatMap((name) =>
    wrongValues(name, membersOf('CreateCustomKeyStore')[name], input[name]).map((value) => ({ [name]: value })),
  );
  const extreme = (place: 0 | -1): Readonly<Record<string, unknown>> =>
    extremes(membersOf('CreateCustomKeyStore'), input, place);
  const [longest, shortest] = [extreme(-1), extreme(0)];
  // What shows of a private store differs from edition to edition, and other vectors look at that.
  const look = kind === 'cloudhsm' ? [describeAll] : [];
  const anchored = ({ CloudHsmClusterId: id, TrustAnchorCertificate: trustAnchor }: typeof longest): WorldFile =>
    typeof id === 'string' && typeof trustAnchor === 'string' ? { clusters: { [id]: { trustAnchor } } } : {};
  const renamed = (members: object): object => {
    const { CustomKeyStoreName, CustomKeyStoreType: _, ...rest } = members as Record<string, unknown>;
    return { ...rest, ...(CustomKeyStoreName === undefined ? {} : { NewCustomKeyStoreName: CustomKeyStoreName }) };
  };
  const isOfUpdate = (members: object): boolean =>
    Object.keys(members).every((name) => membersOf('UpdateCustomKeyStore')[name] !== undefined);
  const changed = wrong.map(renamed).filter(isOfUpdate);
  return [
    {
      id: `shape/create-${kind}`,
      says: `CreateCustomKeyStore gets values that break the service model (${kind})`,
      steps: [
        ...[...wrong, { CustomKeyStoreName: undefined }].map((member) => attempted({ ...input, ...member })),
        describeAll,
      ],
    },
    {
      id: `shape/update-${kind}`,
      says: `UpdateCustomKeyStore gets values that break the service model (${kind})`,
      steps: [
        creation(kind),
        ...changed.map((member) => update(member)),
        ...[longest, shortest].flatMap((members) =>
          Object.entries(members)
            .map(([name, value]) => renamed({ [name]: value }))
            .filter(isOfUpdate)
            .map((each) => update(each)),
        ),
        describe(),
      ],
    },
    {
      id: `shape/longest-${kind}`,
      says: `A store is created with members that are as long as may be, and one with members as short (${kind})`,
      steps: [
        attempted({ ...input, ...longest }),
        ...look,
        remove(kept('another')),
        attempted({ ...input, ...shortest }),
        ...look,
      ],
      world: { clusters: { ...anchored(longest).clusters, ...anchored(shortest).clusters } },
    },
  ];
});

function wrongValues(name: string, member: Member | undefined, base: unknown): readonly unknown[] {
  if (member?.members !== undefined) {
    const inner = base as Readonly<Record<string, unknown>>;
    return Object.entries(member.members).flatMap(([part, each]) => [
      ...wrongValues(part, each, inner[part]).map((value) => ({ ...inner, [part]: value })),
      Object.fromEntries(Object.entries(inner).filter(([other]) => other !== part)),
    ]);
  }
  return member === undefined ? [] : bounds(name, member, base).flatMap(([value, fits]) => (fits ? [] : [value]));
}

/** The members with a value that is as short as may be (place 0), or as long (-1). */
function extremes(
  members: Readonly<Record<string, Member>>,
  base: object,
  place: 0 | -1,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(base).flatMap(([name, value]) => {
      const member = members[name];
      if (member === undefined) return [];
      if (member.members !== undefined) return [[name, extremes(member.members, value as object, place)]];
      const fitting = bounds(name, member, value).flatMap(([each, fits]) => (fits ? [each] : []));
      return fitting.length === 0 ? [] : [[name, fitting.at(place)]];
    }),
  );
}

const others: Script = {
  id: 'shape/others',
  says: 'The members of the other operations on stores get values that break the service model',
  steps: storeOperations
    .filter((op) => op !== 'CreateCustomKeyStore')
    .flatMap((op) =>
      Object.entries(membersOf(op))
        .filter(([name]) => ['CustomKeyStoreId', 'CustomKeyStoreName', 'Limit'].includes(name))
        .flatMap(([name, member]) => bounds(name, member, 'a').map(([value]) => ask(op, { [name]: value }))),
    ),
  world: {},
};

export const requests: readonly Script[] = [...everyOperation, ...shapes, others];
