import * as alphabet from '../../../machine/alphabet.ts';
import type { Script } from '../script.ts';
import {
  attempted,
  beside,
  called,
  creation,
  describe,
  describeAll,
  newValues,
  ok,
  other,
  otherService,
  ownerSince,
  remove,
  toPrivate,
  update,
} from './common.ts';
import { updatesInWorlds } from './update-worlds.ts';

const [alpha, beta] = alphabet.names;
const [one, two, hidden] = alphabet.endpoints;
const [path, otherPath] = alphabet.paths;
const [, clusterB] = alphabet.clusters;
const { owner } = alphabet;

const collisions: readonly Script[] = [
  {
    id: 'update/name-in-use-same-type',
    says: 'A public store takes the name of another, and again when it is free; then its own old name is taken',
    steps: [
      ...beside(alphabet.publicStore(beta, two), alphabet.publicStore()),
      update({ NewCustomKeyStoreName: beta }),
      describe(),
      describe(other),
      ok(remove(other)),
      update({ NewCustomKeyStoreName: beta }),
      describe(),
      attempted(alphabet.cloudHsmStore(alpha), 'third'),
      describeAll,
    ],
  },
  {
    id: 'update/name-in-use-other-type',
    says: 'An AWS CloudHSM key store takes the name of an external one',
    steps: [
      ...beside(alphabet.publicStore(beta), alphabet.cloudHsmStore()),
      update({ NewCustomKeyStoreName: beta }),
      describe(),
    ],
  },
  {
    id: 'update/name-in-use-other-case',
    says: 'A public store takes the name of another in capital letters',
    steps: [
      ...beside(alphabet.publicStore(beta, two), alphabet.publicStore()),
      update({ NewCustomKeyStoreName: beta.toUpperCase() }),
      describe(),
    ],
  },
  {
    id: 'update/uri-in-use',
    says: 'A public store takes the path of another with the same endpoint',
    steps: [
      ...beside(alphabet.publicStore(beta, one, otherPath), alphabet.publicStore()),
      update({ XksProxyUriPath: otherPath }),
      describe(),
      ok(remove(other)),
      update({ XksProxyUriPath: otherPath }),
      describe(),
    ],
  },
  {
    id: 'update/uri-in-use-other-case',
    says: 'A public store takes endpoint and path of another, the host in capital letters',
    steps: [
      ...beside(alphabet.publicStore(beta, two), alphabet.publicStore()),
      update({ XksProxyUriEndpoint: two.replace('two', 'TWO') }),
      describe(),
    ],
  },
  {
    id: 'update/endpoint-of-a-private-store',
    says: 'A public store takes the endpoint of a private one, with another path',
    steps: [
      ...beside(alphabet.privateStore(beta), alphabet.publicStore(alpha, one, otherPath)),
      update({ XksProxyUriEndpoint: hidden }),
      describe(),
    ],
  },
  {
    id: 'update/private-at-a-shared-endpoint',
    says: 'A store that becomes private keeps out of the endpoint of another, and of its endpoint service',
    steps: [
      ...beside(alphabet.publicStore(beta, two, otherPath), alphabet.publicStore()),
      update({ ...toPrivate, XksProxyUriEndpoint: two, XksProxyVpcEndpointServiceOwner: owner }),
      describe(),
    ],
    since: ownerSince,
  },
  {
    id: 'update/service-in-use',
    says: 'A private store takes the endpoint service of another',
    steps: [
      ...beside(
        { ...alphabet.privateStore(beta), XksProxyUriEndpoint: two, XksProxyVpcEndpointServiceName: otherService },
        alphabet.privateStore(),
      ),
      update({ XksProxyVpcEndpointServiceName: otherService }),
      describe(),
      ok(remove(other)),
      update({ XksProxyVpcEndpointServiceName: otherService }),
      describe(),
    ],
  },
];

/** Of each of these requests on a DISCONNECTED store, what it leaves is looked at. */
const members: readonly (readonly [
  id: string,
  says: string,
  kind: 'cloudhsm' | 'public' | 'private',
  input: object,
])[] = [
  ['no-member-cloudhsm', 'gets no member to change', 'cloudhsm', {}],
  ['no-member-public', 'gets no member to change', 'public', {}],
  ['foreign-member-cloudhsm', 'gets a member of the other type', 'cloudhsm', { XksProxyUriPath: path }],
  ['foreign-member-public', 'gets a member of the other type', 'public', { KeyStorePassword: 'password1' }],
  [
    'foreign-member-beside-own',
    'gets a new name and a member of the other type',
    'cloudhsm',
    { NewCustomKeyStoreName: beta, XksProxyUriPath: path },
  ],
  ['to-private', 'becomes private', 'public', toPrivate],
  [
    'to-private-same-endpoint',
    'becomes private at the endpoint that it has',
    'public',
    { ...toPrivate, XksProxyUriEndpoint: one },
  ],
  [
    'to-public-alone',
    'becomes public without another endpoint',
    'private',
    { XksProxyConnectivity: 'PUBLIC_ENDPOINT' },
  ],
  ['to-public', 'becomes public', 'private', { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: one }],
  [
    'to-public-null-service',
    'becomes public and gives null for the service',
    'private',
    { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: one, XksProxyVpcEndpointServiceName: null },
  ],
  [
    'to-public-empty-service',
    'becomes public and clears the service',
    'private',
    { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: one, XksProxyVpcEndpointServiceName: '' },
  ],
  [
    'to-public-same-endpoint',
    'becomes public at the endpoint that it has',
    'private',
    { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: hidden },
  ],
  [
    'to-public-with-service',
    'becomes public and names a service',
    'private',
    { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: one, XksProxyVpcEndpointServiceName: otherService },
  ],
  ['service-of-public', 'gets an endpoint service', 'public', { XksProxyVpcEndpointServiceName: alphabet.service }],
  ['password-charset', 'gets a password with special characters', 'cloudhsm', { KeyStorePassword: 'pass-word!' }],
  ['path-version', 'gets a path of version 2', 'public', { XksProxyUriPath: '/kms/xks/v2' }],
  ['cluster-unrelated', 'gets a cluster with another backup history', 'cloudhsm', { CloudHsmClusterId: clusterB }],
];

const singles = members.map(
  ([id, says, kind, input]): Script => ({
    id: `update/${id}`,
    says: `A DISCONNECTED ${called(kind)} ${says}`,
    steps: [creation(kind), update(input), describe()],
  }),
);

const incomplete: Script = {
  id: 'update/to-private-incomplete',
  says: 'A DISCONNECTED public store becomes private without endpoint and service, or without one of them',
  steps: [
    creation('public'),
    ...[{}, { XksProxyUriEndpoint: hidden }, { XksProxyVpcEndpointServiceName: alphabet.service }].flatMap((more) => [
      update({ XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', ...more }),
      describe(),
    ]),
  ],
};

const withOwner: readonly Script[] = [
  {
    id: 'update/to-private-with-owner',
    says: 'A DISCONNECTED public store becomes private, names the owner of the service, and changes it',
    steps: [
      creation('public'),
      update({ ...toPrivate, XksProxyVpcEndpointServiceOwner: owner }),
      describe(),
      update({ XksProxyVpcEndpointServiceOwner: newValues.XksProxyVpcEndpointServiceOwner }),
      describe(),
      update({ XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: one }),
      describe(),
      update(toPrivate),
      describe(),
    ],
    since: ownerSince,
  },
  {
    id: 'update/owner-of-public',
    says: 'A DISCONNECTED public store gets an owner of a service',
    steps: [creation('public'), update({ XksProxyVpcEndpointServiceOwner: owner }), describe()],
    since: ownerSince,
  },
];

export const updates: readonly Script[] = [...collisions, ...singles, incomplete, ...withOwner, ...updatesInWorlds];
