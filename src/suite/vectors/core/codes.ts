import * as alphabet from '../../../machine/alphabet.ts';
import { type ProxyFault, proxyFault, proxyFaultNames } from '../../../spec/proxy-faults.ts';
import type { WorldFile } from '../../../spec/world.ts';
import type { Script } from '../script.ts';
import { called, connect, creation, describe, inputOf, type Kind, ok, slug, wait } from './common.ts';

const [cluster] = alphabet.clusters;

/** Clusters with which a store is created, and does not connect. */
const clusters: readonly (readonly [string, NonNullable<WorldFile['clusters']>[string]])[] = [
  ['kmsuser-missing', { kmsuser: 'missing' }],
  ['kmsuser-locked', { kmsuser: 'locked' }],
  ['kmsuser-logged-in', { kmsuser: 'logged-in' }],
  ['kmsuser-other-password', { kmsuser: 'other-password' }],
  ['subnet-missing', { subnets: 'missing' }],
  ['subnet-full', { subnets: 'full' }],
  ['no-hsm', { hsms: 0 }],
  ['one-hsm', { hsms: 1 }],
];

const attempt = (kind: Kind) => [creation(kind), connect(), wait('FAILED'), describe()];

/** Every reason for which an attempt ends in FAILED, as far as a world can declare it. */
export const codes: readonly Script[] = [
  ...clusters.map(
    ([id, declared]): Script => ({
      id: `code/${id}`,
      says: `An AWS CloudHSM key store connects to a cluster: ${id}`,
      steps: attempt('cloudhsm'),
      world: { clusters: { [cluster]: declared } },
    }),
  ),
  ...(['public', 'private'] as const).flatMap((kind) =>
    proxyFaultNames
      .filter((fault) => {
        const { connect: shows, check }: ProxyFault = proxyFault(fault);
        return shows !== undefined && (kind === 'private') === (check !== undefined);
      })
      .map((fault): Script => {
        const { XksProxyUriEndpoint: endpoint, XksProxyUriPath: path } = inputOf(kind);
        return {
          id: `code/${kind}-${slug(fault)}`,
          says: `An ${called(kind)} connects to a proxy with the fault ${fault}`,
          steps: [creation(kind), connect(), wait('FAILED'), ok(describe())],
          world: { proxies: { [`${endpoint}${path}`]: { fault } } },
        };
      }),
  ),
];
