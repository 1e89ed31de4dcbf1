import { type FactKind, healthyWorld, unknownWorld, unseen, type World } from './facts.ts';
import type { ProxyFaultName } from './proxy-faults.ts';
import type { Answers } from './reading.ts';
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

/** What a world file says of a fact; where it says nothing, what another world says. An empty one is that other world. */
export function worldOf(file: WorldFile, otherwise: World): World {
  if (Object.keys(file).length === 0) return otherwise;
  const world: World = (fact, about) => declarations[fact]?.(file, about) ?? otherwise(fact, about);
  if (impartial.has(otherwise) && Object.keys(file).every((part) => general.has(part))) impartial.add(world);
  if (unspoken.has(otherwise)) unspoken.add(world);
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

/** Who gives this answer says that there are disconnections that fail. */
export const admitted = { question: 'DISCONNECT_FAILURE', choice: 'STATE_UNCHANGED' } as const;

/**
 * The world of an implementation with these answers: where some disconnections fail, none is taken to work, unless the
 * world itself says so.
 */
export const worldUnder = (answers: Answers, world: World): World =>
  answers[admitted.question] === admitted.choice && unspoken.has(world)
    ? (fact, about) => (fact === 'disconnection.works' ? undefined : world(fact, about))
    : world;

/** Worlds that say nothing of disconnections: no file can. */
const unspoken = new WeakSet<World>([unknownWorld]);

type Declaration = (file: WorldFile, about: string) => boolean | undefined;

const ofCluster =
  (says: (cluster: DeclaredCluster, rest: string) => boolean | undefined): Declaration =>
  ({ clusters }, about) => {
    const [id = ''] = about.split(' ');
    const cluster = own(clusters, id);
    return cluster && says(cluster, about.slice(id.length + 1));
  };

/** What a world file says of each fact that it can say anything of. */
const declarations: { readonly [Fact in FactKind]?: Declaration } = {
  'caller.permitted': ({ caller }, about) => caller?.denied && !caller.denied.some((op) => op === about),
  'quota.free': ({ quota: { customKeyStores: most } = {} }, about) =>
    most === undefined || about === unseen ? undefined : Number(about) < most,
  'key.waitingPeriodOver': ({ keys }) => keys?.deleted,
  'marker.valid': ({ markers }, about) => own(markers, about)?.valid,
  'proxy.withoutFault': ({ proxies }, about) => withoutFault(proxies, about),
  'externalKey.withoutFault': ({ externalKeys }, about) => withoutFault(externalKeys, about),
  'endpointService.exists': ({ endpointServices }, about) => own(endpointServices, firstOf(about))?.exists,
  'endpointService.configured': ({ endpointServices }, about) => own(endpointServices, firstOf(about))?.configured,
  'cluster.related': ({ clusters }, about) => areOfOneFamily(clusters, about),
  'cluster.unrelated': ({ clusters }, about) => otherThan(true, areOfOneFamily(clusters, about)),
  'cluster.exists': ofCluster(({ exists }) => exists),
  'cluster.active': ofCluster(({ active }) => active),
  'cluster.configured': ofCluster(({ configured }) => configured),
  'cluster.oneHsm': ofCluster(({ hsms }) => (hsms === undefined ? undefined : hsms >= 1)),
  'cluster.twoHsms': ofCluster(({ hsms }) => (hsms === undefined ? undefined : hsms >= 2)),
  'cluster.trustAnchor': ofCluster(({ trustAnchor: is }, anchor) => (is === undefined ? undefined : is === anchor)),
  'cluster.subnets': ofCluster(({ subnets }) => otherThan('missing', subnets)),
  'cluster.freeAddresses': ofCluster(({ subnets }) => otherThan('full', subnets)),
  'kmsuser.exists': ofCluster(({ kmsuser }) => otherThan('missing', kmsuser)),
  'kmsuser.unlocked': ofCluster(({ kmsuser }) => otherThan('locked', kmsuser)),
  'kmsuser.loggedOut': ofCluster(({ kmsuser }) => otherThan('logged-in', kmsuser)),
  'kmsuser.password': ofCluster(({ kmsuser }) => otherThan('other-password', kmsuser)),
};

/** Can a world file say anything of a fact? */
export const isDeclarable = (fact: FactKind): boolean => declarations[fact] !== undefined;

const firstOf = (about: string): string => about.split(' ')[0] ?? '';

function areOfOneFamily(clusters: WorldFile['clusters'], about: string): boolean | undefined {
  const [one, other] = about.split(' ').map((id) => own(clusters, id)?.family);
  return one === undefined || other === undefined ? undefined : one === other;
}

function withoutFault(proxies: WorldFile['proxies'], about: string): boolean | undefined {
  const [fault, name = ''] = about.split(' ');
  return otherThan(fault, own(proxies, name)?.fault);
}

const otherThan = <T>(bad: T, value: T | undefined): boolean | undefined =>
  value === undefined ? undefined : value !== bad;

const own = <T>(table: { readonly [name: string]: T } | undefined, name: string): T | undefined =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
