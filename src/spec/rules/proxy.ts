import { candidateOf, isPrivate } from '../candidate.ts';
import { all, any, type Condition, not } from '../condition.ts';
import type { InputOf } from '../inputs.ts';
import type { Properties } from '../model.ts';
import { allSame, applicable } from '../properties.ts';
import { type ProxyFault, type ProxyFaultName, proxyFault, proxyFaultNames } from '../proxy-faults.ts';
import type { Known } from '../reading.ts';
import type { Rule, RulesOf, Situation } from '../rule.ts';
import { skipsChecks } from './repeat.ts';

/** The columns of the table of proxy faults that hold errors. */
type Column = 'check' | 'createKey' | 'crypto';

/** `TLS_FAILURE` as it stands in the id of a rule: `tls-failure`. */
type Kebab<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}-${Kebab<Tail>}`
  : Lowercase<S>;

/**
 * A rule for every proxy fault that a column of the table knows an error for.
 *
 * @param met whether the operation meets the fault, if the proxy has it
 */
export function faultRules<Prefix extends string>(
  prefix: Prefix,
  column: Column,
  met: (situation: Situation, fault: ProxyFaultName) => Condition,
) {
  const rules: [string, Rule][] = [];
  for (const name of proxyFaultNames) {
    const { healthy: says, sources, [column]: error }: ProxyFault = proxyFault(name);
    if (error === undefined) continue;
    rules.push([
      `${prefix}/${name.toLowerCase().replaceAll('_', '-')}`,
      { says, error, sources, fault: name, rejects: (situation) => met(situation, name) },
    ]);
  }
  return Object.fromEntries(rules) as Readonly<Partial<Record<`${Prefix}/${Kebab<ProxyFaultName>}`, Rule>>> &
    RulesOf<never>;
}

const uriOf = ({ XksProxyUriEndpoint: endpoint, XksProxyUriPath: path }: Properties): string | null =>
  typeof endpoint === 'string' && typeof path === 'string' ? `${endpoint}${path}` : null;

/** Has the proxy of a store with these properties the fault? */
export function hasFault({ holds }: Known, properties: Properties, fault: ProxyFaultName): Condition {
  const { AccessKeyId: accessKeyId, secretMark } = properties;
  const uri = uriOf(properties);
  if (fault !== 'AUTHENTICATION_FAILED') return not(holds('proxy.withoutFault', fault, uri));
  // A refused credential says nothing of another one, nor of the same access key with another secret.
  const secret = typeof secretMark === 'number' ? String(secretMark) : null;
  return not(holds('proxy.withoutFault', fault, uri, accessKeyId, secret));
}

/** Faults that a proxy reports for one external key, and faults that it reports for one or for all. */
export const ofOneKey: ReadonlySet<ProxyFaultName> = new Set(['KEY_NOT_FOUND', 'KEY_UNUSABLE']);
const ofOneKeyOrAll: ReadonlySet<ProxyFaultName> = new Set([...ofOneKey, 'ACCESS_DENIED', 'UNSUPPORTED_OPERATION']);

/** Does the proxy report the fault for the external key with this ID? Another proxy may know another key by it. */
export function hasFaultForKey(
  { holds }: Known,
  properties: Properties,
  fault: ProxyFaultName,
  xksKeyId: string | null | undefined,
): Condition {
  return ofOneKeyOrAll.has(fault) && not(holds('externalKey.withoutFault', fault, xksKeyId ?? null, uriOf(properties)));
}

/** Create and Update ask the proxy for its health before they keep new values. */
export const proxyCheckRules = faultRules('proxy', 'check', (situation, fault) => {
  const candidate = candidateOf(situation);
  if (candidate?.type !== 'EXTERNAL_KEY_STORE') return false;
  return all(asksProxy(situation), hasFault(situation, candidate.properties, fault), not(skipsChecks(situation)));
});

function asksProxy(situation: Situation): Condition {
  const { op, answered } = situation;
  const candidate = candidateOf(situation);
  if (candidate === undefined) return false;
  const isPublic = !isPrivate(candidate.properties);
  if (op === 'CreateCustomKeyStore') return isPublic || answered('CREATE_VPC_PROXY_TEST', 'PROXY_CHECK');
  const { gives } = candidate;
  const givesProxyField = [...gives].some((name) => name !== 'CustomKeyStoreName');
  const isInScope = any(
    gives.size > 0 && answered('UPDATE_HEALTHCHECK_SCOPE', 'CHECK_ALWAYS'),
    gives.size > 0 && isPublic && answered('UPDATE_HEALTHCHECK_SCOPE', 'CHECK_PUBLIC_ONLY'),
    givesProxyField && answered('UPDATE_HEALTHCHECK_SCOPE', 'CHECK_PROXY_FIELDS_ONLY'),
  );
  return all(isInScope, not(changesNothing(situation)));
}

/** Is every value the present one? Whether that is a change, before which the proxy is asked, nobody knows. */
function changesNothing(situation: Situation): Condition {
  const { store, edition, holds } = situation;
  if (store === undefined) return false;
  const input = situation.input as InputOf<'UpdateCustomKeyStore'>;
  const counts = holds('value.same', store.id, 'UPDATE_HEALTHCHECK_SCOPE');
  return all(counts, allSame(store, input, applicable(input, store, edition), situation));
}
