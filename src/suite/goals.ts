import {
  cloudHsmStore,
  creations,
  credentials,
  endpoints,
  owner,
  passwords,
  privateStore,
  publicStore,
  requestsAbout,
  service,
} from '../machine/alphabet.ts';
import { fieldsOf, updateFields } from '../spec/eligibility.ts';
import type { InputOf, Request } from '../spec/inputs.ts';
import type { Member } from '../spec/shape.ts';
import { membersOf } from '../spec/shapes.ts';
import {
  type Operation,
  type StoreType,
  storeOperations,
  type XksProxyConnectivity,
  xksProxyConnectivities,
} from '../spec/vocabulary.ts';
import { boundariesOf } from './boundaries.ts';

type Create = InputOf<'CreateCustomKeyStore'>;
type Values = Readonly<Record<string, unknown>>;

/** The kinds of store that behave differently. */
export type Variant = Extract<StoreType, 'AWS_CLOUDHSM'> | XksProxyConnectivity;
export const variants: readonly Variant[] = ['AWS_CLOUDHSM', ...xksProxyConnectivities];

export const typeOfVariant = (variant: Variant): StoreType =>
  variant === 'AWS_CLOUDHSM' ? variant : 'EXTERNAL_KEY_STORE';

/** The input that creates a store of a kind. */
export const creationOf: Readonly<Record<Variant, (name?: string) => Create>> = {
  AWS_CLOUDHSM: (name) => cloudHsmStore(name),
  PUBLIC_ENDPOINT: (name) => publicStore(name),
  VPC_ENDPOINT_SERVICE: (name) => privateStore(name),
};

/** Something to try once in every state, or in one. */
export interface Goal {
  readonly kind: string;
  readonly request: Request;
  /** Only while DISCONNECTED; in every connection state, if left out. */
  readonly onlyDisconnected?: true;
  /** Members have the wrong JSON type or a name that nobody knows. */
}

/** In the requests below, these stand for the store and the key in question. */
export const theStore = 'store-0';
export const theKey = 'key-0';
export const nobodysStore = 'cks-00000000000000000';

/** Everything to ask of a store of this kind: first what should be accepted or refused for its state, then forms. */
export function goalsOf(variant: Variant): readonly Goal[] {
  const type = typeOfVariant(variant);
  const plain = requestsAbout(theStore, type, theKey).filter(
    ({ op, input }) => op !== 'CreateKey' && !('KeyId' in input),
  );
  return once([
    ...plain.map(asGoal),
    ...(variant === 'VPC_ENDPOINT_SERVICE'
      ? [{ XksProxyVpcEndpointServiceName: otherService }, { XksProxyVpcEndpointServiceOwner: otherOwner }].map(
          (members) => asGoal(update(members)),
        )
      : []),
    ...pairs(type),
    ...forms('UpdateCustomKeyStore', { CustomKeyStoreId: theStore }, fieldsOf(type)),
    ...foreign(type),
    ...secondary(variant),
  ]);
}

/** The service of the alphabet is the one that a private store has. The end of the name is where its mark goes. */
export const otherService = service.replace('svc-0', 'svc-1');

/** Whoever leaves the owner out has the account of the caller, and that may be the owner of the alphabet. */
const otherOwner = '444455556666';

/** Two members at once: one of them may be refused, and then the other must not have changed. */
function pairs(type: StoreType): readonly Goal[] {
  const fields = fieldsOf(type);
  return fields.flatMap((one, index) =>
    fields.slice(index + 1).map((other) => asGoal(update({ [one]: otherValues[one], [other]: otherValues[other] }))),
  );
}

/** Members of the other type. */
const foreign = (type: StoreType): readonly Goal[] =>
  updateFields
    .filter((field) => !(fieldsOf(type) as readonly string[]).includes(field))
    .map((field) => ({ ...asGoal(update({ [field]: otherValues[field] })), onlyDisconnected: true }));

function secondary(variant: Variant): readonly Goal[] {
  const requests: readonly Request[] = [
    ...(variant === 'AWS_CLOUDHSM'
      ? [update({ KeyStorePassword: oddPassword })]
      : [
          update({ XksProxyUriPath: '/kms/xks/v2' }),
          update({ XksProxyUriEndpoint: `${endpoints[0]}:8443` }),
          update({
            XksProxyConnectivity: 'PUBLIC_ENDPOINT',
            XksProxyUriEndpoint: endpoints[0],
            XksProxyVpcEndpointServiceName: '',
          }),
          update({
            XksProxyConnectivity: 'PUBLIC_ENDPOINT',
            XksProxyUriEndpoint: endpoints[0],
            XksProxyVpcEndpointServiceName: service,
          }),
          update({
            XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
            XksProxyUriEndpoint: endpoints[2],
            XksProxyVpcEndpointServiceName: service,
            XksProxyVpcEndpointServiceOwner: owner,
          }),
        ]),
    { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: 'nobody' } },
    { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: nobodysStore } },
    { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: theStore, CustomKeyStoreName: 'alpha' } },
    { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: 'alpha' } },
    { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: 'ALPHA' } },
    { op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: nobodysStore, NewCustomKeyStoreName: 'beta' } },
  ];
  return requests.map((request) => ({ ...asGoal(request), onlyDisconnected: true }));
}

/** The creations that break a constraint, or stand just within it. */
export function creationsOf(variant: Variant): readonly Goal[] {
  const base = creationOf[variant]() as unknown as Values;
  const others =
    creations
      .map((each) => each as unknown as Values)
      .find((each) => each['CustomKeyStoreType'] !== base['CustomKeyStoreType']) ?? {};
  const create = (input: Values, kind: string): Goal => ({
    kind: `CreateCustomKeyStore ${variant} ${kind}`,
    request: { op: 'CreateCustomKeyStore', input } as unknown as Request,
  });
  const own = Object.keys(base);
  const more = Object.keys(others).filter((name) => !own.includes(name));
  return once([
    create(base, 'as documented'),
    ...own
      .filter((name) => name !== 'CustomKeyStoreType')
      .map((name) => create(omitted(base, name), `without ${name}`)),
    ...more.map((name) => create({ ...base, [name]: others[name] }, `with ${name}`)),
    ...(variant === 'PUBLIC_ENDPOINT'
      ? [create({ ...base, XksProxyVpcEndpointServiceName: service }, 'with XksProxyVpcEndpointServiceName')]
      : []),
    ...(variant === 'VPC_ENDPOINT_SERVICE'
      ? [owner, otherOwner].map((XksProxyVpcEndpointServiceOwner) =>
          create(
            { ...base, XksProxyVpcEndpointServiceOwner },
            `with XksProxyVpcEndpointServiceOwner ${XksProxyVpcEndpointServiceOwner}`,
          ),
        )
      : []),
    ...(variant === 'AWS_CLOUDHSM'
      ? [
          create({ ...base, CustomKeyStoreType: variant }, 'naming its type'),
          create({ ...base, KeyStorePassword: oddPassword }, 'with an odd password'),
        ]
      : [create({ ...base, XksProxyUriPath: '/kms/xks/v2' }, 'with version 2 of the path')]),
    ...forms('CreateCustomKeyStore', base, own).map((goal) => ({ ...goal, kind: `${goal.kind} (${variant})` })),
  ]);
}

const oddPassword = 'pass-word!';

/** Malformed requests to the operations that take only a store. */
export const idForms: readonly Goal[] = storeOperations
  .filter((op) => op !== 'CreateCustomKeyStore' && op !== 'DescribeCustomKeyStores')
  .flatMap((op) => [
    { kind: `${op} without an ID`, request: { op, input: {} } as unknown as Request },
    {
      kind: `${op} of an unknown store`,
      request: {
        op,
        input: {
          CustomKeyStoreId: nobodysStore,
          ...(op === 'UpdateCustomKeyStore' ? { NewCustomKeyStoreName: 'beta' } : {}),
        },
      } as Request,
    },
    ...forms(op, { CustomKeyStoreId: nobodysStore }, ['CustomKeyStoreId']),
  ])
  .concat(
    forms(
      'DescribeCustomKeyStores',
      { Limit: 10, CustomKeyStoreName: 'alpha', CustomKeyStoreId: nobodysStore, Marker: 'x' },
      ['Limit', 'CustomKeyStoreName', 'CustomKeyStoreId', 'Marker'],
      true,
    ),
  );

/** Each of these members at its limits, beyond them, of another type, and misspelled. */
function forms(op: Operation, base: Values, members: readonly string[], alone = false): readonly Goal[] {
  const shapes = membersOf(op);
  const withMember = (name: string, value: unknown, what: string): Goal => ({
    kind: `${op} ${name}: ${what}`,
    request: { op, input: { ...(alone ? {} : base), [name]: value } } as unknown as Request,
    onlyDisconnected: true,
  });
  return members.flatMap((name) => {
    const member = shapes[name] as Member;
    const valid = base[name] ?? otherValues[name];
    const wrongType = member.type === 'string' ? 5 : 'x';
    const inner = Object.entries(member.members ?? {}).flatMap(([part, shape]) => {
      const whole = valid as Values;
      return [
        ...boundariesOf(shape, whole[part]).map(({ what, value }) =>
          withMember(name, { ...whole, [part]: value }, `${part}: ${what}`),
        ),
        withMember(name, omitted(whole, part), `without ${part}`),
      ];
    });
    return [
      ...boundariesOf(member, valid).map(({ what, value }) => withMember(name, value, what)),
      ...inner,
      ...(member.values === undefined
        ? []
        : [
            withMember(name, 'SOMETHING_ELSE', 'an unknown value'),
            withMember(name, String(member.values[0]).toLowerCase(), 'a value in small letters'),
          ]),
      withMember(name, wrongType, 'another JSON type'),
    ];
  });
}

/** A second value of every member of UpdateCustomKeyStore: one that a new store does not have. */
const otherValues: Values = Object.fromEntries(
  (['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const)
    .flatMap((type) => requestsAbout(theStore, type, theKey))
    .flatMap(({ op, input }) =>
      op === 'UpdateCustomKeyStore' && Object.keys(input).length === 2 ? Object.entries(input) : [],
    ),
);

/** Every secret that a request may hold, so that a replay token can name it without showing it. */
export function secretsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    (name === 'KeyStorePassword' || name === 'RawSecretAccessKey') && typeof inner === 'string'
      ? [inner]
      : secretsIn(inner),
  );
}

let everySecret: readonly string[] | undefined;

/** The secrets of all goals, in a fixed order. */
export function knownSecrets(): readonly string[] {
  everySecret ??= [
    ...new Set([
      ...passwords,
      ...credentials.map(({ RawSecretAccessKey }) => RawSecretAccessKey),
      ...variants.flatMap((variant) =>
        [...goalsOf(variant), ...creationsOf(variant)].flatMap(({ request }) => secretsIn(request.input)),
      ),
    ]),
  ];
  return everySecret;
}

const update = (input: object): Request => ({
  op: 'UpdateCustomKeyStore',
  input: { CustomKeyStoreId: theStore, ...input },
});

function asGoal(request: Request): Goal {
  const { CustomKeyStoreId: _, ...rest } = request.input as Values;
  return { kind: `${request.op} ${JSON.stringify(rest)}`, request };
}

function omitted(values: Values, name: string): Values {
  const { [name]: _, ...rest } = values;
  return rest;
}

function once(goals: readonly Goal[]): readonly Goal[] {
  return [...new Map(goals.map((goal) => [JSON.stringify(goal.request), goal])).values()];
}
