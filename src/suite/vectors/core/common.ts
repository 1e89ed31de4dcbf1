import * as alphabet from '../../../machine/alphabet.ts';
import type { InputOf, Request } from '../../../spec/inputs.ts';
import { shapes } from '../../../spec/shapes.ts';
import type { ConnectionState, StoreType } from '../../../spec/vocabulary.ts';
import type { WorldFile } from '../../../spec/world.ts';
import { kept, type ScriptStep } from '../script.ts';

type Create = InputOf<'CreateCustomKeyStore'>;
type Update = Omit<InputOf<'UpdateCustomKeyStore'>, 'CustomKeyStoreId'>;

/** The kinds of store that are worth telling apart. */
export const kinds = ['cloudhsm', 'public', 'private'] as const;
export type Kind = (typeof kinds)[number];

export const typeOf = (kind: Kind): StoreType => (kind === 'cloudhsm' ? 'AWS_CLOUDHSM' : 'EXTERNAL_KEY_STORE');

/** A kind as people call it. */
export const called = (kind: Kind): string =>
  kind === 'cloudhsm' ? 'AWS CloudHSM key store' : `external key store (${kind} endpoint)`;

export const inputOf = (kind: Kind): Create =>
  ({ cloudhsm: alphabet.cloudHsmStore(), public: alphabet.publicStore(), private: alphabet.privateStore() })[kind];

const store = kept('store');

/** The store that a vector begins with. */
export const creation = (kind: Kind, more: Partial<Create> = {}): ScriptStep => created({ ...inputOf(kind), ...more });

export const created = (input: Create, keep = 'store'): ScriptStep => ({
  request: { op: 'CreateCustomKeyStore', input },
  keep,
  onlyAfter: 'ok',
});

/** A creation that may be refused, and after which the vector goes on. */
export const attempted = (input: object, keep = 'another'): ScriptStep => ({
  request: { op: 'CreateCustomKeyStore', input } as Request,
  keep,
});

const onStore = (op: 'ConnectCustomKeyStore' | 'DisconnectCustomKeyStore' | 'DeleteCustomKeyStore', id: string) =>
  ({ request: { op, input: { CustomKeyStoreId: id } } as Request }) as const;

export const connect = (id = store): ScriptStep => onStore('ConnectCustomKeyStore', id);
export const disconnect = (id = store): ScriptStep => onStore('DisconnectCustomKeyStore', id);
export const remove = (id = store): ScriptStep => onStore('DeleteCustomKeyStore', id);
export const describe = (id = store): ScriptStep => ({
  request: { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: id } },
});
export const describeNamed = (CustomKeyStoreName: string): ScriptStep => ({
  request: { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName } },
});
export const describeAll: ScriptStep = { request: { op: 'DescribeCustomKeyStores', input: {} } };

export const update = (members: Update | object, id = store): ScriptStep => ({
  request: { op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: id, ...members } } as Request,
});

/** The store that a vector keeps as `other`. */
export const other = kept('other');

/** Two stores, of which the one that is kept as `store` changes. */
export const beside = (second: Parameters<typeof created>[0], first: Parameters<typeof created>[0]) => [
  created(second, 'other'),
  created(first),
];

/** The same step, after which only its success leads on. */
export const ok = (step: ScriptStep): ScriptStep => ({ ...step, onlyAfter: 'ok' });

export const wait = (until: ConnectionState, id = store): ScriptStep => ({ ...describe(id), until: [until] });

/** Everything that leads a new store of a kind to a state. Only in a world for failing does an attempt fail. */
export function leadingTo(state: ConnectionState, kind: Kind, more: Partial<Create> = {}): readonly ScriptStep[] {
  const connecting = [creation(kind, more), ok(connect())];
  switch (state) {
    case 'DISCONNECTED':
      return [creation(kind, more)];
    case 'CONNECTING':
      return connecting;
    case 'CONNECTED':
      return [...connecting, wait('CONNECTED')];
    case 'DISCONNECTING':
      return [...connecting, wait('CONNECTED'), ok(disconnect())];
    case 'FAILED':
      return [...connecting, wait('FAILED')];
  }
}

/** A world in which a store of this kind is created, and then fails to connect. */
export const failing = (kind: Kind): WorldFile =>
  kind === 'cloudhsm'
    ? { clusters: { [alphabet.clusters[0]]: { kmsuser: 'missing' } } }
    : {
        proxies: {
          [`${kind === 'private' ? alphabet.endpoints[2] : alphabet.endpoints[0]}${alphabet.paths[0]}`]: {
            fault: 'ACCESS_DENIED',
          },
        },
      };

/** The world for a store that is to come to a state. */
export const worldTo = (state: ConnectionState, kind: Kind): { readonly world?: WorldFile } =>
  state === 'FAILED' ? { world: failing(kind) } : {};

/** A state as it stands in the id of a vector. */
export const slug = (text: string): string => text.toLowerCase().replaceAll('_', '-');

/** Both clusters of the alphabet are copies of one. */
export const related: WorldFile = {
  clusters: { [alphabet.clusters[0]]: { family: 'one' }, [alphabet.clusters[1]]: { family: 'one' } },
};

/** What the store becomes that leaves its public endpoint. */
export const toPrivate: Update = {
  XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
  XksProxyUriEndpoint: alphabet.endpoints[2],
  XksProxyVpcEndpointServiceName: alphabet.service,
};

export const otherService = 'com.amazonaws.vpce.us-east-1.vpce-svc-fedcba98765432100';

/** The edition that the owner of an endpoint service came with. */
export const ownerSince = shapes.UpdateCustomKeyStore.input.XksProxyVpcEndpointServiceOwner.since;

/** A new value for each member, for a store that begins as the alphabet has it. */
export const newValues = {
  NewCustomKeyStoreName: alphabet.names[1],
  KeyStorePassword: alphabet.passwords[1],
  CloudHsmClusterId: alphabet.clusters[1],
  XksProxyAuthenticationCredential: alphabet.credentials[1],
  XksProxyUriPath: alphabet.paths[1],
  XksProxyUriEndpoint: alphabet.endpoints[1],
  XksProxyVpcEndpointServiceName: otherService,
  XksProxyVpcEndpointServiceOwner: '444455556666',
} as const satisfies Update;
