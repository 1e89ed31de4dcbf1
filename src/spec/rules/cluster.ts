import { candidateOf } from '../candidate.ts';
import { all, any, type Condition, not } from '../condition.ts';
import type { FactKind } from '../facts.ts';
import type { InputOf } from '../inputs.ts';
import type { Store } from '../model.ts';
import { given, masked } from '../properties.ts';
import type { RulesOf, Situation } from '../rule.ts';
import { ifNotRepeated, skipsChecks } from './repeat.ts';
import { sameText } from './uniqueness.ts';

/** A cluster that an operation checks, and whether it does. */
interface Checked {
  /** Null if nobody has seen which. */
  readonly cluster: string | null;
  readonly when: Condition;
  /** How many active HSMs the operation needs. */
  readonly needs: 'cluster.oneHsm' | 'cluster.twoHsms';
  /** Does the operation need that many? */
  readonly counts: Condition;
}

/** Is what the fact says missing from a cluster that the operation checks? */
function fails(situation: Situation, fact: FactKind): Condition {
  const checked = checkedCluster(situation);
  return checked !== undefined && all(checked.when, not(situation.holds(fact, checked.cluster)));
}

/** The checks of the cluster behind an AWS CloudHSM key store. */
export const clusterRules = {
  'cluster/not-active': {
    says: 'The cluster is active.',
    error: 'CloudHsmClusterNotActiveException',
    sources: [{ page: 'API:CreateCustomKeyStore', says: 'the cluster has to be active' }],
    rejects: (situation) => situation.op !== 'CreateKey' && fails(situation, 'cluster.active'),
  },
  'cluster/not-configured': {
    says:
      'The cluster has private subnets in two Availability Zones, its security group lets TCP 2223 to 2225 through in ' +
      'both directions within itself, and enough of its HSMs are active: two in different zones, or one to connect.',
    error: 'CloudHsmClusterInvalidConfigurationException',
    sources: [
      {
        page: 'API:CreateCustomKeyStore',
        says: 'two active HSMs to create or change a store or to create a key, one to connect',
      },
      { page: 'G:create-keystore', says: 'lists the requirements' },
    ],
    contradictedBy: [{ page: 'G:keystore-cloudhsm', says: 'two HSMs to create keys, one for everything else' }],
    rejects: (situation) => {
      const checked = checkedCluster(situation);
      if (checked === undefined) return false;
      const { cluster, when, needs, counts } = checked;
      const misshapen = not(situation.holds('cluster.configured', cluster));
      return all(when, any(misshapen, all(counts, not(situation.holds(needs, cluster)))));
    },
  },
} as const satisfies RulesOf<'CreateCustomKeyStore' | 'UpdateCustomKeyStore' | 'ConnectCustomKeyStore' | 'CreateKey'>;

/** Create and Update are told a cluster by its ID. */
export const givenClusterRules = {
  'cluster/not-found': {
    says: 'The cluster exists in the account and Region.',
    error: 'CloudHsmClusterNotFoundException',
    sources: [{ page: 'API:CreateCustomKeyStore', says: 'no cluster has the ID' }],
    rejects: (situation) => fails(situation, 'cluster.exists'),
  },
} as const satisfies RulesOf<'CreateCustomKeyStore' | 'UpdateCustomKeyStore'>;

export const newClusterRules = {
  'cluster/in-use': {
    says: 'Neither the cluster nor one with the same backup history belongs to another store of the account.',
    error: 'CloudHsmClusterInUseException',
    sources: [
      { page: 'API:CreateCustomKeyStore', says: 'one store of the account for each cluster and its relatives' },
      { page: 'G:create-keystore', says: 'copies of a cluster in another Region count as different' },
    ],
    rejects: (situation) => {
      const candidate = candidateOf(situation);
      const cluster = candidate?.properties.CloudHsmClusterId;
      if (candidate?.type !== 'AWS_CLOUDHSM' || cluster === null || cluster === undefined) return false;
      const here = candidate.others
        .filter(({ type }) => type === 'AWS_CLOUDHSM')
        .map((other) =>
          ifNotRepeated(situation, other, ['REJECT_CLUSTER_IN_USE'], sharesCluster(situation, other, cluster)),
        );
      const scope = situation.answered('CLUSTER_SCOPE', 'ACCOUNT_ALL_REGIONS');
      return any(...here, all(scope, not(situation.holds('cluster.freeElsewhere', cluster))));
    },
  },
  'cluster/wrong-trust-anchor': {
    says: 'The certificate is the trust anchor of the cluster.',
    error: 'IncorrectTrustAnchorException',
    sources: [{ page: 'API:CreateCustomKeyStore', says: 'the certificate is that of the cluster' }],
    rejects: ({ input, holds }) => {
      const { CloudHsmClusterId: cluster, TrustAnchorCertificate: certificate } = input;
      const shown = certificate === masked ? null : String(certificate);
      return given(cluster) && given(certificate) && not(holds('cluster.trustAnchor', String(cluster), shown));
    },
  },
} as const satisfies RulesOf<'CreateCustomKeyStore'>;

export const changedClusterRules = {
  'cluster/not-related': {
    says: 'The new cluster is the one the store has, or shares its backup history.',
    error: 'CloudHsmClusterNotRelatedException',
    sources: [
      { page: 'API:UpdateCustomKeyStore', says: 'the certificate of the new cluster is that of the original one' },
    ],
    rejects: ({ input, store, holds }) => {
      const present = store?.properties.CloudHsmClusterId;
      const wanted = input.CloudHsmClusterId;
      if (present === undefined || wanted === undefined || wanted === null || wanted === present) return false;
      if (present === null) return not(holds('value.same', store?.id ?? '', 'CloudHsmClusterId'));
      return not(holds('cluster.related', ...[present, wanted].sort()));
    },
  },
  'cluster/of-another-store': {
    says: 'The new cluster does not belong to another store.',
    error: { answerTo: 'UPDATE_CLUSTER_OF_OTHER_STORE' },
    sources: [{ page: 'MODEL', says: 'Update does not list the exception for a cluster in use' }],
    rejects: (situation) => {
      const candidate = candidateOf(situation);
      const cluster = candidate?.properties.CloudHsmClusterId;
      if (!candidate?.gives.has('CloudHsmClusterId') || cluster === null || cluster === undefined) return false;
      return any(...candidate.others.map((other) => sharesCluster(situation, other, cluster)));
    },
  },
} as const satisfies RulesOf<'UpdateCustomKeyStore'>;

/** Has the other store this cluster, or one with the same backup history? */
function sharesCluster(situation: Situation, other: Store, cluster: string): Condition {
  const present = other.properties.CloudHsmClusterId;
  const same = sameText(situation, other, 'CloudHsmClusterId', cluster);
  if (typeof present !== 'string' || same === true) return same;
  return not(situation.holds('cluster.unrelated', ...[present, cluster].sort()));
}

function checkedCluster(situation: Situation): Checked | undefined {
  const { op, store, answered } = situation;
  const counts = answered('HSM_COUNT', 'TWO_FOR_CREATE_UPDATE_CREATEKEY');
  const two = { needs: 'cluster.twoHsms' } as const;
  const present = store?.properties.CloudHsmClusterId;
  if (op === 'CreateCustomKeyStore') {
    const { CloudHsmClusterId: cluster } = situation.input as InputOf<typeof op>;
    return given(cluster) && candidateOf(situation)?.type === 'AWS_CLOUDHSM'
      ? { cluster: String(cluster), when: not(skipsChecks(situation)), ...two, counts }
      : undefined;
  }
  if (present === undefined) return undefined;
  if (op === 'UpdateCustomKeyStore') {
    const { CloudHsmClusterId: cluster } = situation.input as InputOf<typeof op>;
    if (given(cluster)) return { cluster: String(cluster), when: true, ...two, counts };
    const gives = candidateOf(situation)?.gives.size ?? 0;
    return {
      cluster: present,
      when: gives > 0 && answered('UPDATE_HSM_CHECKS_WITHOUT_CLUSTER', 'CHECK'),
      ...two,
      counts,
    };
  }
  if (op === 'CreateKey') return { cluster: present, when: true, ...two, counts: true };
  const when = answered('CONNECT_HSM_FAIL_FAST', 'EXCEPTION_STAY_DISCONNECTED');
  return { cluster: present, when, needs: 'cluster.oneHsm', counts: true };
}
