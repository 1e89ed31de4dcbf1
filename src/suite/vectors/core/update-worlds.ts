import * as alphabet from '../../../machine/alphabet.ts';
import { type ProxyFault, proxyFault, proxyFaultNames } from '../../../spec/proxy-faults.ts';
import type { WorldFile } from '../../../spec/world.ts';
import type { Script } from '../script.ts';
import {
  attempted,
  beside,
  creation,
  describe,
  describeAll,
  leadingTo,
  other,
  otherService,
  related,
  slug,
  update,
} from './common.ts';

const [alpha, beta] = alphabet.names;
const [one, two] = alphabet.endpoints;
const [path, otherPath] = alphabet.paths;
const [clusterA, clusterB] = alphabet.clusters;

/** Other clusters for a store, which are not as they have to be. */
const faults: NonNullable<WorldFile['clusters']> = {
  'cluster-notFound222': { exists: false },
  'cluster-notActive22': { active: false },
  'cluster-misshapen22': { configured: false },
};
const copies = Object.fromEntries(Object.entries(faults).map(([id, fault]) => [id, { family: 'one', ...fault }]));

const clusters: readonly Script[] = [
  {
    id: 'update/faulty-clusters',
    says: 'A DISCONNECTED AWS CloudHSM key store gets copies of its cluster that are not as they have to be',
    steps: [
      creation('cloudhsm'),
      ...Object.keys(faults).map((CloudHsmClusterId) => update({ CloudHsmClusterId })),
      describe(),
    ],
    world: { clusters: { [clusterA]: { family: 'one' }, ...copies } },
  },
  {
    id: 'update/cluster-one-hsm',
    says: 'A DISCONNECTED AWS CloudHSM key store gets a copy of its cluster with one HSM',
    steps: [creation('cloudhsm'), update({ CloudHsmClusterId: clusterB }), describe()],
    world: { clusters: { ...related.clusters, [clusterB]: { family: 'one', hsms: 1 } } },
  },
  {
    id: 'update/cluster-of-another-store',
    says: 'A DISCONNECTED AWS CloudHSM key store gets the cluster of another',
    steps: [
      ...beside(alphabet.cloudHsmStore(beta, clusterB), alphabet.cloudHsmStore(alpha, clusterA)),
      update({ CloudHsmClusterId: clusterB }),
      describe(),
    ],
  },
];

/** Faults that KMS looks for before it keeps new values. */
const checked = proxyFaultNames.filter((fault) => (proxyFault(fault) as ProxyFault).check !== undefined);
const pathOf = (fault: string): string => `/${slug(fault)}${path}`;

/** Only of use with an assumption: without it every one of them may be accepted. */
const faultyService = 'com.amazonaws.vpce.us-east-1.vpce-svc-aaaabbbbccccdddd0';

export const faultyProxies: Script = {
  id: 'update/faulty-proxies',
  says: 'A DISCONNECTED public store gets proxies with every fault that KMS looks for',
  steps: [creation('public'), ...checked.map((fault) => update({ XksProxyUriPath: pathOf(fault) })), describe()],
  world: { proxies: Object.fromEntries(checked.map((fault) => [one + pathOf(fault), { fault }])) },
};

const { world: failing } = { world: { proxies: { [two + path]: { fault: 'NO_TCP_CONNECTION' } } } as WorldFile };
const proxies: readonly Script[] = [
  {
    id: 'update/proxy-unreachable',
    says: 'A DISCONNECTED public store gets a proxy that cannot be reached, and a name',
    steps: [
      creation('public'),
      update({ XksProxyUriEndpoint: two }),
      describe(),
      update({ NewCustomKeyStoreName: beta }),
      describe(),
    ],
    world: failing,
  },
  {
    id: 'update/faulty-services',
    says: 'A DISCONNECTED private store gets an endpoint service that does not exist, and one that is not as KMS needs it',
    steps: [
      creation('private'),
      ...[otherService, faultyService].flatMap((XksProxyVpcEndpointServiceName) => [
        update({ XksProxyVpcEndpointServiceName }),
        describe(),
      ]),
    ],
    world: { endpointServices: { [otherService]: { exists: false }, [faultyService]: { configured: false } } },
  },
  {
    id: 'update/beside-another',
    says: 'A change of one store leaves another as it is',
    steps: [
      ...leadingTo('DISCONNECTED', 'public'),
      attempted(alphabet.cloudHsmStore(beta), 'other'),
      update({ XksProxyUriPath: otherPath }),
      update({ KeyStorePassword: 'password2', NewCustomKeyStoreName: 'gamma' }, other),
      describeAll,
    ],
  },
];

/** Updates in worlds in which something is wrong. */
export const updatesInWorlds: readonly Script[] = [...clusters, ...proxies];
