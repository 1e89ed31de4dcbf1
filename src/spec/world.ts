import { type FactKind, healthyWorld, unknownWorld, unseen, type World } from './facts.ts';
import type { ProxyFaultName } from './proxy-faults.ts';
import { shapes } from './shapes.ts';
import type { Operation } from './vocabulary.ts';

/** A cluster, as far as it is declared. Every member may be left out: what is not declared is not known. */
export interface DeclaredCluster {
  readonly exists?: boolean;
  readonly active?: boolean;
  /** Its subnets and its security group are as KMS needs them. */
  readonly configured?: boolean;
  /**
   * Active HSMs, each in an Availability Zone of its own.
   * @TJS-type integer
   * @minimum 0
   */
  readonly hsms?: number;
  /** Clusters of one family share their backup history. */
  readonly family?: string;
  /** The certificate that is its trust anchor. */
  readonly trustAnchor?: string;
  readonly kmsuser?: 'ready' | 'missing' | 'locked' | 'logged-in' | 'other-password';
  readonly subnets?: 'ready' | 'missing' | 'full';
}

/** A proxy, or an external key, with the fault that it shows; `null` declares that it shows none. */
export interface DeclaredProxy {
  readonly fault?: ProxyFaultName | null;
}

export interface DeclaredService {
  readonly exists?: boolean;
  readonly configured?: boolean;
}

/** What KMS depends on but does not own, as a world file declares it. */
export interface WorldFile {
  /** By cluster ID. The IDs in AWS's own examples break its own pattern, so these are taken too. */
  readonly clusters?: { readonly [clusterId: string]: DeclaredCluster };
  /** By endpoint and path, as in `https://proxy.example/kms/xks/v1`. */
  readonly proxies?: { readonly [uri: string]: DeclaredProxy };
  readonly endpointServices?: { readonly [name: string]: DeclaredService };
  readonly externalKeys?: { readonly [xksKeyId: string]: DeclaredProxy };
  readonly caller?: { readonly denied?: readonly Operation[] };
  readonly quota?: {
    /**
     * @TJS-type integer
     * @minimum 0
     */
    readonly customKeyStores?: number;
  };
  /** `deleted: false`: no key is deleted while this goes on, which is shorter than the shortest waiting period. */
  readonly keys?: { readonly deleted?: boolean };
  /** By the text of the marker: whether an answer has given it. */
  readonly markers?: { readonly [marker: string]: { readonly valid?: boolean } };
}

/** What the names in the parts of a world file look like; the schema takes it from here. */
export const worldNames = {
  clusters: '^cluster-[0-9a-zA-Z]{11,16}$',
  proxies: String.raw`^https://[a-zA-Z0-9.-]+(:\d{1,5})?(/[a-zA-Z0-9/_-]+)?/kms/xks/v\d{1,2}$`,
  endpointServices: shapes.CreateCustomKeyStore.input.XksProxyVpcEndpointServiceName.pattern,
} as const satisfies { readonly [Part in keyof WorldFile]?: string };

/** Can a world file say anything of a fact? */
export const isDeclarable = (fact: FactKind): boolean =>
  /^(caller\.permitted|quota\.free|key\.waitingPeriodOver|marker\.valid|(proxy|externalKey)\.withoutFault|endpointService\.(exists|configured))$/.test(
    fact,
  ) ||
  (/^(cluster|kmsuser)\./.test(fact) && fact !== 'cluster.freeElsewhere' && fact !== 'cluster.freeSession');

/** What a world file says of a fact; where it says nothing, what another world says. An empty one is that other world. */
export function worldOf(file: WorldFile, otherwise: World): World {
  if (Object.keys(file).length === 0) return otherwise;
  const world: World = (fact, about) => declared(file, fact, about) ?? otherwise(fact, about);
  if (impartial.has(otherwise) && Object.keys(file).every((part) => general.has(part))) impartial.add(world);
  return world;
}

/**
 * The world of whoever drives an implementation for minutes: no key is deleted meanwhile, and no answer gives the marker
 * that was made up; unless the file says otherwise.
 */
export const drivenWorld = (file: WorldFile = {}): WorldFile => ({
  keys: { deleted: false },
  markers: { [madeUpMarker]: { valid: false } },
  ...file,
});
export const madeUpMarker = 'no-such-marker';

/** The parts of a world file that say nothing about clusters, proxies and other things that stores have. */
const general: ReadonlySet<string> = new Set<keyof WorldFile>(['caller', 'quota', 'keys', 'markers']);
const impartial = new WeakSet<World>([unknownWorld, healthyWorld]);

/** Does the world say the same of all clusters, of all proxies, and so on? */
export const isImpartial = (world: World): boolean => impartial.has(world);

function declared(file: WorldFile, fact: FactKind, about: string): boolean | undefined {
  const [first = '', second = ''] = about.split(' ');
  if (fact === 'caller.permitted')
    return file.caller?.denied === undefined ? undefined : !file.caller.denied.some((op) => op === about);
  if (fact === 'quota.free') {
    const most = file.quota?.customKeyStores;
    return most === undefined || about === unseen ? undefined : Number(about) < most;
  }
  if (fact === 'key.waitingPeriodOver') return file.keys?.deleted;
  if (fact === 'marker.valid') return own(file.markers, about)?.valid;
  if (fact === 'proxy.withoutFault') return withoutFault(own(file.proxies, second), first);
  if (fact === 'externalKey.withoutFault') return withoutFault(own(file.externalKeys, second), first);
  if (fact === 'endpointService.exists') return own(file.endpointServices, about)?.exists;
  if (fact === 'endpointService.configured') return own(file.endpointServices, about)?.configured;
  if (fact === 'cluster.related' || fact === 'cluster.unrelated') {
    const families = [own(file.clusters, first)?.family, own(file.clusters, second)?.family];
    if (families.includes(undefined)) return undefined;
    return (families[0] === families[1]) === (fact === 'cluster.related');
  }
  const cluster = own(file.clusters, first);
  return cluster === undefined ? undefined : ofCluster(cluster, fact, about.slice(first.length + 1));
}

function ofCluster(cluster: DeclaredCluster, fact: FactKind, rest: string): boolean | undefined {
  const { kmsuser, subnets, hsms, trustAnchor } = cluster;
  const unless = <T>(value: T | undefined, bad: T) => (value === undefined ? undefined : value !== bad);
  switch (fact) {
    case 'cluster.exists':
      return cluster.exists;
    case 'cluster.active':
      return cluster.active;
    case 'cluster.configured':
      return cluster.configured;
    case 'cluster.oneHsm':
      return hsms === undefined ? undefined : hsms >= 1;
    case 'cluster.twoHsms':
      return hsms === undefined ? undefined : hsms >= 2;
    case 'cluster.trustAnchor':
      return trustAnchor === undefined ? undefined : trustAnchor === rest;
    case 'cluster.subnets':
      return unless(subnets, 'missing');
    case 'cluster.freeAddresses':
      return unless(subnets, 'full');
    case 'kmsuser.exists':
      return unless(kmsuser, 'missing');
    case 'kmsuser.unlocked':
      return unless(kmsuser, 'locked');
    case 'kmsuser.loggedOut':
      return unless(kmsuser, 'logged-in');
    case 'kmsuser.password':
      return unless(kmsuser, 'other-password');
    default:
      return undefined;
  }
}

const withoutFault = (proxy: DeclaredProxy | undefined, fault: string): boolean | undefined =>
  proxy?.fault === undefined ? undefined : proxy.fault !== fault;

const own = <T>(table: { readonly [name: string]: T } | undefined, name: string): T | undefined =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
