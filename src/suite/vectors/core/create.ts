import * as alphabet from '../../../machine/alphabet.ts';
import { type ProxyFault, proxyFault, proxyFaultNames } from '../../../spec/proxy-faults.ts';
import { membersOf } from '../../../spec/shapes.ts';
import type { WorldFile } from '../../../spec/world.ts';
import { kept, type Script } from '../script.ts';
import {
  attempted,
  called,
  connect,
  created,
  creation,
  describe,
  describeAll,
  inputOf,
  kinds,
  ok,
  otherService,
  ownerSince,
  remove,
  slug,
  typeOf,
  wait,
} from './common.ts';

const [alpha, beta] = alphabet.names;
const [one, two, hidden] = alphabet.endpoints;
const [path, otherPath] = alphabet.paths;
const [clusterA, clusterB] = alphabet.clusters;

const script = (id: string, says: string, steps: Script['steps'], world?: WorldFile): Script => ({
  id: `create/${id}`,
  says,
  steps,
  ...(world === undefined ? {} : { world }),
});

/** Each member that the text requires is left out in turn. */
const missing = kinds.map((kind) => {
  const required = Object.entries(membersOf('CreateCustomKeyStore')).flatMap(([name, { requiredByText }]) =>
    requiredByText === typeOf(kind) || (kind === 'private' && requiredByText === 'VPC_ENDPOINT_SERVICE') ? [name] : [],
  );
  // Without its type a store would be an AWS CloudHSM one, with members of the other type besides.
  const steps = required
    .filter((name) => name !== 'CustomKeyStoreType')
    .map((name) => attempted({ ...inputOf(kind), [name]: undefined }));
  return script(`member-missing-${kind}`, `An ${called(kind)} is created without a member that it needs`, [
    ...steps.map((step) => ({ ...step, request: withoutUndefined(step.request) })),
    describeAll,
  ]);
});

function withoutUndefined<R extends { readonly input: object }>(request: R): R {
  return {
    ...request,
    input: Object.fromEntries(Object.entries(request.input).filter(([, value]) => value !== undefined)),
  };
}

const foreign = (
  [
    ['cloudhsm', { XksProxyUriPath: path }],
    ['public', { KeyStorePassword: 'password1' }],
    ['public', { XksProxyVpcEndpointServiceName: otherService }],
  ] as const
).map(([kind, member]) =>
  script(
    `foreign-member-${kind}-${Object.keys(member)[0]}`,
    `An ${called(kind)} is created with ${Object.keys(member)[0]}, which is not of its kind`,
    [attempted({ ...inputOf(kind), ...member }), describeAll],
  ),
);

const repeats: readonly Script[] = [
  ...(['cloudhsm', 'public'] as const).map((kind) =>
    script(`repeated-${kind}`, `The creation of an ${called(kind)} is repeated`, [
      creation(kind),
      attempted(inputOf(kind)),
      describeAll,
    ]),
  ),
  script(
    'repeated-in-part',
    'The creation of an AWS CloudHSM key store is repeated with another password, in capitals, and while it is CONNECTED',
    [
      creation('cloudhsm'),
      attempted({ ...inputOf('cloudhsm'), KeyStorePassword: 'password2' }),
      attempted({ ...inputOf('cloudhsm'), CustomKeyStoreName: alpha.toUpperCase() }),
      describeAll,
      ok(connect()),
      wait('CONNECTED'),
      attempted(inputOf('cloudhsm')),
      describeAll,
    ],
  ),
];

const collisions: readonly Script[] = [
  script('name-in-use', 'A second store, of either type, gets the name of the first', [
    creation('public'),
    attempted(alphabet.publicStore(alpha, two)),
    describeAll,
    attempted(alphabet.cloudHsmStore(alpha), 'third'),
    describeAll,
    ok(remove()),
    attempted(alphabet.publicStore(alpha, two), 'again'),
    describeAll,
  ]),
  script('uri-in-use', 'A second public store gets endpoint and path of the first, and then another path', [
    creation('public'),
    attempted(alphabet.publicStore(beta)),
    describeAll,
    attempted(alphabet.publicStore(beta, one, otherPath), 'second'),
    describeAll,
  ]),
  script('private-at-a-public-endpoint', 'A private store gets the endpoint of a public one', [
    created(alphabet.publicStore(beta, hidden, otherPath)),
    attempted(alphabet.privateStore()),
    describeAll,
  ]),
  script('endpoint-of-a-private-store', 'A second store, private or public, gets the endpoint of a private one', [
    creation('private'),
    attempted({
      ...alphabet.privateStore(beta),
      XksProxyUriPath: otherPath,
      XksProxyVpcEndpointServiceName: otherService,
    }),
    attempted(alphabet.publicStore('gamma', hidden, `/third${otherPath}`), 'third'),
    describeAll,
  ]),
  script('service-in-use', 'A second private store gets the endpoint service of the first, and then another', [
    creation('private'),
    attempted({ ...alphabet.privateStore(beta), XksProxyUriEndpoint: two }),
    describeAll,
    attempted(
      {
        ...alphabet.privateStore(beta),
        XksProxyUriEndpoint: two,
        XksProxyVpcEndpointServiceName: otherService,
      },
      'second',
    ),
    describeAll,
  ]),
  script('cluster-in-use', 'A second AWS CloudHSM key store gets the cluster of the first, and then another', [
    creation('cloudhsm'),
    attempted(alphabet.cloudHsmStore(beta)),
    describeAll,
    attempted(alphabet.cloudHsmStore(beta, clusterB), 'second'),
    describeAll,
  ]),
  script(
    'cluster-copy-in-use',
    'A second AWS CloudHSM key store gets a copy of the cluster of the first',
    [creation('cloudhsm'), attempted(alphabet.cloudHsmStore(beta, clusterB)), describeAll],
    { clusters: { [clusterA]: { family: 'one' }, [clusterB]: { family: 'one' } } },
  ),
];

/** Creations that are refused for something of the world, so that one vector holds them all. */
const clusterFaults: NonNullable<WorldFile['clusters']> = {
  'cluster-notFound222': { exists: false },
  'cluster-notActive22': { active: false },
  'cluster-misshapen22': { configured: false },
  'cluster-otherAnchor': { trustAnchor: 'other.crt' },
};
const services: NonNullable<WorldFile['endpointServices']> = {
  [alphabet.service]: { exists: false },
  [otherService]: { configured: false },
};
const checked = proxyFaultNames.filter((fault) => (proxyFault(fault) as ProxyFault).check !== undefined);
const pathOf = (fault: string): string => `/${slug(fault)}${path}`;

const worlds: readonly Script[] = [
  script(
    'faulty-clusters',
    'An AWS CloudHSM key store gets clusters that are not as they have to be',
    [...Object.keys(clusterFaults).map((cluster) => attempted(alphabet.cloudHsmStore(alpha, cluster))), describeAll],
    { clusters: clusterFaults },
  ),
  script(
    'cluster-one-hsm',
    'An AWS CloudHSM key store gets a cluster with one HSM',
    [attempted(inputOf('cloudhsm')), describeAll],
    { clusters: { [clusterA]: { hsms: 1 } } },
  ),
  script(
    'faulty-services',
    'A private store gets endpoint services that are not as they have to be',
    [
      ...Object.keys(services).map((service) =>
        attempted({ ...inputOf('private'), XksProxyVpcEndpointServiceName: service }),
      ),
      describeAll,
    ],
    { endpointServices: services },
  ),
  script(
    'faulty-proxies',
    'A public store gets proxies with every fault that KMS looks for',
    [...checked.map((fault) => attempted(alphabet.publicStore(alpha, one, pathOf(fault)))), describeAll],
    { proxies: Object.fromEntries(checked.map((fault) => [one + pathOf(fault), { fault }])) },
  ),
  script(
    'proxy-of-a-private-store',
    'A private store gets a proxy that cannot be reached',
    [attempted(inputOf('private')), describeAll],
    { proxies: { [hidden + path]: { fault: 'NO_TCP_CONNECTION' } } },
  ),
];

const quota: readonly Script[] = [
  script(
    'quota',
    'An account that may hold one store gets a second, and another when the first is gone',
    [
      creation('cloudhsm'),
      attempted(alphabet.publicStore(beta)),
      describeAll,
      ok(remove()),
      attempted(alphabet.publicStore(beta), 'second'),
      describeAll,
    ],
    { quota: { customKeyStores: 1 } },
  ),
  script(
    'quota-repeated',
    'The creation of a store is repeated in an account that may hold one',
    [creation('cloudhsm'), attempted(inputOf('cloudhsm')), describeAll],
    { quota: { customKeyStores: 1 } },
  ),
  script('quota-of-ten', 'An account that holds ten stores gets another', [
    ...Array.from({ length: 10 }, (_, index) =>
      created(alphabet.publicStore(`store ${index}`, one, `/${index}${path}`), `store${index}`),
    ),
    attempted(alphabet.publicStore('one more', two)),
    describe(kept('store0')),
  ]),
];

const owners: readonly Script[] = [
  {
    id: 'create/private-with-owner',
    says: 'A private store is created with the owner of its endpoint service',
    steps: [created({ ...inputOf('private'), XksProxyVpcEndpointServiceOwner: alphabet.owner }), describe()],
    since: ownerSince,
  },
  script('charset-and-version', 'A password with special characters, and a path of version 2', [
    attempted({ ...inputOf('cloudhsm'), KeyStorePassword: 'pass-word!' }),
    attempted({ ...inputOf('public'), CustomKeyStoreName: beta, XksProxyUriPath: '/kms/xks/v2' }, 'second'),
    describeAll,
  ]),
];

export const creations: readonly Script[] = [
  ...missing,
  ...foreign,
  ...repeats,
  ...collisions,
  ...worlds,
  ...quota,
  ...owners,
];
