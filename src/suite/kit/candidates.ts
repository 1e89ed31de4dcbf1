import { requestFor } from '../../machine/allowed.ts';
import * as alphabet from '../../machine/alphabet.ts';
import type { InputOf, Request } from '../../spec/inputs.ts';
import type { Account, Store } from '../../spec/model.ts';
import { type Operation, operations } from '../../spec/vocabulary.ts';
import { madeUpMarker, type WorldFile } from '../../spec/world.ts';

type Create = InputOf<'CreateCustomKeyStore'>;

/** Requests that lead on: what creates, connects, fills and changes stores; with `all`, every update as well. */
export function stepsIn({ stores }: Account, world: WorldFile, all: boolean): readonly Request[] {
  const about = stores.flatMap(({ id, type, keys }) =>
    alphabet.requestsAbout(id, type, keys[0]?.id ?? '').filter(({ op }) => all || leading.has(op)),
  );
  const [first, ...more] = stores;
  const isFresh = first === undefined || (more.length === 0 && first.connectionState === 'DISCONNECTED');
  if (!isFresh || (first !== undefined && first.keys.length > 0))
    return about.filter(({ op }) => op !== 'CreateKey' || (first?.keys.length ?? 0) === 0);
  const creations = first === undefined ? beginnings(world) : seconds(first);
  return [...about, ...creations.map((input): Request => ({ op: 'CreateCustomKeyStore', input }))];
}

const leading: ReadonlySet<Operation> = new Set<Operation>([
  'ConnectCustomKeyStore',
  'DisconnectCustomKeyStore',
  'CreateKey',
  'DisableKey',
  'ScheduleKeyDeletion',
]);

/** One store of each kind, and one for everything that the world declares. */
function beginnings({ clusters = {}, proxies = {}, endpointServices = {} }: WorldFile): readonly Create[] {
  return [
    alphabet.cloudHsmStore(),
    alphabet.publicStore(),
    alphabet.privateStore(),
    ...Object.entries(clusters).map(([id, { trustAnchor }]) => ({
      ...alphabet.cloudHsmStore('alpha', id),
      ...(trustAnchor === undefined ? {} : { TrustAnchorCertificate: trustAnchor }),
    })),
    ...Object.keys(proxies).flatMap((uri) => {
      const [, endpoint, path] = /^(https:\/\/[^/]+)(\/.*)$/.exec(uri) ?? [];
      return endpoint === undefined ? [] : [alphabet.publicStore('alpha', endpoint, path)];
    }),
    ...Object.keys(endpointServices).map((name) => ({
      ...alphabet.privateStore(),
      XksProxyVpcEndpointServiceName: name,
    })),
  ];
}

/** A second store that has nothing in common with the first one. */
const seconds = ({ type }: Store): readonly Create[] =>
  type === 'AWS_CLOUDHSM'
    ? [alphabet.cloudHsmStore(alphabet.names[1], alphabet.clusters[1])]
    : [alphabet.publicStore(alphabet.names[1], alphabet.endpoints[1]), alphabet.privateStore(alphabet.names[1])];

/** Every request that is worth trying in an account, well formed or not. */
export function candidatesIn(account: Account, world: WorldFile): readonly Request[] {
  const { stores } = account;
  const unknown = alphabet.requestsAbout('cks-unknown', 'EXTERNAL_KEY_STORE', 'no-such-key');
  const creations: readonly Request[] = [
    ...alphabet.createRequests,
    ...beginnings(world).map(creation),
    ...oddCreations,
  ];
  return [
    ...stores.flatMap((store) => aboutStore(store, world)),
    ...(stores.length === 0 ? unknown.filter(({ input }) => !('KeyId' in input)) : []),
    ...(stores.length === 0 ? oddRequests : []),
    ...(stores.length < 3 ? creations : []),
  ];
}

function aboutStore({ id, type, keys, properties }: Store, world: WorldFile): readonly Request[] {
  const [key] = keys;
  const about = alphabet.requestsAbout(id, type, key?.id ?? '');
  const update = (input: object): Request => ({
    op: 'UpdateCustomKeyStore',
    input: { CustomKeyStoreId: id, ...input },
  });
  const { externalKeys = {}, clusters = {} } = world;
  return [
    ...about.filter(({ input }) => key !== undefined || !('KeyId' in input)),
    update({ NewCustomKeyStoreName: properties.CustomKeyStoreName ?? '' }),
    update({ XksProxyVpcEndpointServiceName: '' }),
    ...Object.keys(clusters).map((CloudHsmClusterId) => update({ CloudHsmClusterId })),
    { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: properties.CustomKeyStoreName ?? '' } },
    { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: id, CustomKeyStoreName: 'alpha' } },
    { op: 'CreateKey', input: { CustomKeyStoreId: id, Origin: type, XksKeyId: alphabet.externalKeys[0] } },
    { op: 'CreateKey', input: { CustomKeyStoreId: id, Origin: 'AWS_KMS' } },
    { op: 'CreateKey', input: { CustomKeyStoreId: id, Origin: type, KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' } },
    ...Object.keys(externalKeys).map(
      (XksKeyId): Request => ({ op: 'CreateKey', input: { CustomKeyStoreId: id, Origin: type, XksKeyId } }),
    ),
    ...(key === undefined ? [] : aboutKey(key.id, type)),
  ];
}

function aboutKey(id: string, type: Store['type']): readonly Request[] {
  const asked = operations.flatMap((op) => {
    const request = requestFor({
      op,
      operation: op,
      type,
      state: 'CONNECTED',
      edition: '2022-11',
      answers: {},
    } as never);
    const isOnKey = 'KeyId' in request.input || 'SourceKeyId' in request.input;
    return isOnKey ? [JSON.parse(JSON.stringify(request).replaceAll('key-of-the-wish', id)) as Request] : [];
  });
  return [...asked, { op: 'ScheduleKeyDeletion', input: { KeyId: id, PendingWindowInDays: 1000 } }];
}

const creation = (input: object): Request => ({ op: 'CreateCustomKeyStore', input }) as Request;

/** Creations that break a rule of their own. */
const oddCreations: readonly Request[] = [
  { ...alphabet.cloudHsmStore(), CustomKeyStoreName: 'x'.repeat(257) },
  { CustomKeyStoreName: alphabet.names[0] },
  { ...alphabet.cloudHsmStore(), XksProxyUriPath: alphabet.paths[0] },
  { ...alphabet.cloudHsmStore(), KeyStorePassword: 'pass-word!' },
  { ...alphabet.publicStore(), XksProxyUriPath: '/kms/xks/v2' },
].map(creation);

/** Requests that are wrong whatever the account holds. */
const oddRequests: readonly Request[] = [
  { op: 'ConnectCustomKeyStore', input: {} },
  { op: 'DescribeCustomKeyStores', input: { Limit: 'many' } },
  { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: 'nobody' } },
  { op: 'DescribeCustomKeyStores', input: { Limit: 1, Marker: madeUpMarker } },
] as unknown as readonly Request[];
