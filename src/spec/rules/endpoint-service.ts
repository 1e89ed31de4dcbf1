import { candidateOf, serviceOf } from '../candidate.ts';
import { all, type Condition, not } from '../condition.ts';
import type { FactKind } from '../facts.ts';
import type { RulesOf, Situation } from '../rule.ts';

type CreateOrUpdate = 'CreateCustomKeyStore' | 'UpdateCustomKeyStore';

/** The checks of the VPC endpoint service through which KMS reaches a proxy. */
export const endpointServiceRules = {
  'endpoint-service/not-found': {
    says: 'The VPC endpoint service exists in the Region, and KMS is among its allowed principals.',
    error: 'XksProxyVpcEndpointServiceNotFoundException',
    sources: [
      { page: 'API:CreateCustomKeyStore', says: 'no service has the name, or KMS may not see it' },
      { page: 'G:vpc-connectivity', says: 'KMS is an allowed principal' },
    ],
    rejects: (situation) => fails(situation, 'endpointService.exists'),
  },
  'endpoint-service/not-configured': {
    says:
      'The VPC endpoint service has a network load balancer in two Availability Zones, accepts without approval, ' +
      'and has a verified private DNS name, that of the proxy endpoint.',
    error: 'XksProxyVpcEndpointServiceInvalidConfigurationException',
    sources: [
      { page: 'API:CreateCustomKeyStore', says: 'the service misses a requirement' },
      { page: 'G:vpc-connectivity', says: 'lists the requirements' },
    ],
    rejects: (situation) => fails(situation, 'endpointService.configured'),
  },
} as const satisfies RulesOf<CreateOrUpdate>;

/** Is what the fact says missing from the service that the request gives (or whose owner it gives)? */
function fails(situation: Situation, fact: FactKind): Condition {
  const candidate = candidateOf(situation);
  if (candidate === undefined) return false;
  const { gives } = candidate;
  const looked = gives.has('XksProxyVpcEndpointServiceName') || gives.has('XksProxyVpcEndpointServiceOwner');
  const { service, counts } = serviceOf(situation, candidate);
  return looked && service !== undefined && all(counts, not(situation.holds(fact, service)));
}
