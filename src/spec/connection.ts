import { isPrivate } from './candidate.ts';
import { all, any, type Condition, not } from './condition.ts';
import { type ConnectionErrorCode, causeOf, codesOf } from './connection-error-codes.ts';
import type { FactKind } from './facts.ts';
import type { Store } from './model.ts';
import { type ProxyFault, type ProxyFaultName, proxyFault, proxyFaultNames } from './proxy-faults.ts';
import { choicesOf } from './questions.ts';
import type { Known } from './reading.ts';
import { existsFor, isConfiguredFor } from './rules/endpoint-service.ts';
import { hasFault } from './rules/proxy.ts';

/** Can a running connection attempt end in CONNECTED? Only if nothing stands in its way. */
export function canSucceed(store: Store, known: Known): Condition {
  return not(any(...codesOf(store.type).map((code) => causes(store, code, known))));
}

/** Can a running connection attempt end in FAILED with this code? One of several faults gives any of their codes. */
export function canFail(store: Store, code: ConnectionErrorCode, known: Known): Condition {
  if (!codesOf(store.type).includes(code)) return false;
  return code === 'INTERNAL_ERROR' || causes(store, code, known);
}

/** Is there a fault that shows as this code? INTERNAL_ERROR has no cause outside KMS, so it never has to appear. */
function causes(store: Store, code: ConnectionErrorCode, known: Known): Condition {
  const fact = causeOf(code);
  if (fact === 'network.works') return not(known.holds(fact, store.id));
  if (store.type === 'AWS_CLOUDHSM') return fact !== undefined && not(known.holds(fact, ...subjectOf(fact, store)));
  if (fact === 'endpointService.exists') return isPrivate(store.properties) && not(existsFor(known, store.properties));
  if (fact === 'endpointService.configured')
    return isPrivate(store.properties) && not(isConfiguredFor(known, store.properties));
  return any(...proxyFaultNames.map((fault) => all(shows(fault, code, known), meets(store, fault, known))));
}

/** The password is a matter of the store, everything else of its cluster. */
const subjectOf = (fact: FactKind, { id, properties: { CloudHsmClusterId: cluster } }: Store) =>
  fact === 'kmsuser.password' ? [cluster, id] : [cluster];

/** Does KMS report the fault with this code? */
function shows(fault: ProxyFaultName, code: ConnectionErrorCode, { answered }: Known): Condition {
  const { connect }: ProxyFault = proxyFault(fault);
  if (connect === undefined || typeof connect === 'string') return connect === code;
  if (!choicesOf(connect.answerTo).includes(code)) return false;
  return (answered as (question: string, code: string) => Condition)(connect.answerTo, code);
}

function meets(store: Store, fault: ProxyFaultName, known: Known): Condition {
  const asked = isPrivate(store.properties) || known.answered('CONNECT_HEALTHCHECK_SCOPE', 'CHECK_BOTH');
  return all(asked, hasFault(known, store.properties, fault));
}
