/**
 * The facts of the world that KMS depends on but does not own. Each is worded so that `true` is the healthy case.
 * A world file declares them (world.ts); what it does not declare is unknown.
 */
export const facts = {
  'caller.permitted': 'The caller may call the operation.',
  'caller.authenticated': 'The signature and the token of the caller are valid.',
  'request.withinRate': 'The request is within the request quotas.',
  'service.healthy': 'KMS and what it depends on answer without an internal fault.',
  'quota.free': 'The account may hold one more custom key store.',
  'name.freeElsewhere': 'No store of the account in another Region holds the name.',
  'uri.freeElsewhere': 'No store of another account in the Region holds the proxy endpoint with the path.',
  'endpoint.freeElsewhere': 'No store of another account in the Region forbids the use of the proxy endpoint.',
  'privateDns.freeElsewhere': 'No VPC store of another account in the Region holds the private DNS name.',
  'cluster.freeElsewhere': 'No store of the account in another Region holds the cluster or a relative of it.',
  'cluster.exists': 'The cluster exists in the account and Region.',
  'cluster.active': 'The cluster is active.',
  'cluster.configured': 'The subnets and the security group of the cluster are as KMS needs them.',
  'cluster.twoHsms': 'The cluster has two active HSMs in different Availability Zones.',
  'cluster.oneHsm': 'The cluster has an active HSM.',
  'cluster.trustAnchor': 'The certificate is the trust anchor of the cluster.',
  'cluster.related': 'The two clusters share their backup history.',
  'cluster.unrelated': 'The two clusters have no backup history in common.',
  'cluster.freeAddresses': 'Every private subnet of the cluster has a free IP address.',
  'cluster.subnets': 'Every subnet of the cluster configuration exists.',
  'cluster.freeSession': 'The cluster has a free session for KMS.',
  'kmsuser.exists': 'The crypto user kmsuser exists in the cluster.',
  'kmsuser.unlocked': 'The crypto user kmsuser is not locked out.',
  'kmsuser.loggedOut': 'The crypto user kmsuser is logged out.',
  'kmsuser.password': 'The password that KMS was told is the password of kmsuser.',
  'network.works': 'The network between KMS and the backing key store works.',
  'disconnection.works': 'The disconnection does not fail.',
  'endpointService.exists': 'The VPC endpoint service exists, with the owner that is named, and lets KMS see it.',
  'endpointService.configured': 'The VPC endpoint service is as KMS needs it for the endpoint.',
  'endpointService.freeElsewhere': 'No store of another account in the Region holds the VPC endpoint service.',
  'marker.valid': 'The marker is the one that the answer before gave.',
  'proxy.withoutFault': 'The proxy does not show the fault.',
  'externalKey.withoutFault': 'The proxy does not report the fault for the external key.',
  'ciphertext.valid': 'The ciphertext was made with the key, and for the same encryption context.',
  'backingKey.exists': 'The key material is still there in the backing key store.',
  'key.arn': 'The ARN has the account and the Region of the key.',
  'keyQuota.free': 'The account may hold one more KMS key.',
  'arguments.valid': 'What a request says besides stores and keys is valid.',
  'key.waitingPeriodOver': 'The waiting period of the key, which is pending deletion, may be over.',
  'key.elsewhere': 'The key is none of a custom key store of this account.',
  'store.fullySeen': 'The store holds no keys but those that were seen.',
  'key.staysDisabled': 'A key whose deletion was cancelled offline stays Disabled until its store is CONNECTED again.',
  'value.same': 'The value, which is not known, is the one that was given.',
} as const;
export type FactKind = keyof typeof facts;

/**
 * Facts that no document speaks of but in passing: healthy unless a world declares otherwise, since to leave them
 * unknown would excuse a disconnection that never happens, or a password taken for unchanged.
 */
export const healthyUnlessDeclared: ReadonlySet<FactKind> = new Set<FactKind>(['disconnection.works']);

/**
 * Facts that may change between two requests even in a steady world, so that one observation teaches nothing about
 * the next: rates, outages and whatever a secret decides.
 */
export const fleeting: ReadonlySet<FactKind> = new Set<FactKind>([
  'request.withinRate',
  'service.healthy',
  'network.works',
  'cluster.freeAddresses',
  'cluster.freeSession',
  'kmsuser.unlocked',
  'kmsuser.loggedOut',
  'kmsuser.password',
  'store.fullySeen',
  'ciphertext.valid',
  'marker.valid',
  'keyQuota.free',
  'arguments.valid',
  'key.staysDisabled',
  'value.same',
]);

/** Stands in the subject of a fact for a name that nobody has seen; of such a subject nothing is ever learned. */
export const unseen = '<unseen>';

/** What a world says of one fact: holds, does not hold, or nothing. Several subjects are joined by a space. */
export type World = (fact: FactKind, about: string) => boolean | undefined;

/** The world of which nothing is known: every fact may hold or not. */
export const unknownWorld: World = (fact) => (healthyUnlessDeclared.has(fact) ? true : undefined);

/** The world in which nothing is wrong: everything exists, is healthy and free. */
export const healthyWorld: World = (fact) =>
  fact === 'quota.free' ? undefined : fact !== 'key.elsewhere' && fact !== 'value.same';

/** Facts that no world file declares, since they are about how a service is made, or about one request. */
const undeclared: ReadonlySet<FactKind> = new Set<FactKind>(['arguments.valid', 'key.staysDisabled', 'value.same']);

/** The world in which nothing is wrong that a world file could declare; the rest is unknown. */
export const declaredHealthy: World = (fact, about) => (undeclared.has(fact) ? undefined : healthyWorld(fact, about));
