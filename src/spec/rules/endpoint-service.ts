import { candidateOf, serviceOf } from '../candidate.ts';
import { all, any, type Condition, not } from '../condition.ts';
import type { Properties, PropertyName } from '../model.ts';
import type { Known } from '../reading.ts';
import type { RulesOf, Situation } from '../rule.ts';
import { inDoubt } from './arguments.ts';
import { skipsChecks } from './repeat.ts';

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
    rejects: (situation) => gives(situation, ofService) && fails(situation, existsFor),
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
    // Whether it is looked at when nothing but the endpoint changes, no document says.
    rejects: (situation) =>
      all(
        any(gives(situation, ofService), inDoubt(situation, gives(situation, ['XksProxyUriEndpoint']))),
        fails(situation, isConfiguredFor),
      ),
  },
} as const satisfies RulesOf<CreateOrUpdate>;

const ofService = ['XksProxyVpcEndpointServiceName', 'XksProxyVpcEndpointServiceOwner'] as const;

/** Does the service exist, with the owner that is named? Who names none names the account of the caller. */
export function existsFor({ holds }: Known, properties: Properties): Condition {
  const { XksProxyVpcEndpointServiceName: service, XksProxyVpcEndpointServiceOwner: owner } = properties;
  return owner === undefined
    ? holds('endpointService.exists', service)
    : holds('endpointService.exists', service, owner);
}

/** Is the service as KMS needs it? Its private DNS name has to be that of the endpoint. */
export const isConfiguredFor = (
  { holds }: Known,
  { XksProxyVpcEndpointServiceName: service, XksProxyUriEndpoint: endpoint }: Properties,
): Condition => holds('endpointService.configured', service, endpoint);

const gives = (situation: Situation, properties: readonly PropertyName[]): boolean =>
  properties.some((name) => candidateOf(situation)?.gives.has(name));

/** Is the service not so that the store would have? */
function fails(situation: Situation, isSo: (known: Known, properties: Properties) => Condition): Condition {
  const candidate = candidateOf(situation);
  if (candidate === undefined) return false;
  const { service, counts } = serviceOf(situation, candidate);
  if (service === undefined) return false;
  const isAsItShould = isSo(situation, { ...candidate.properties, XksProxyVpcEndpointServiceName: service });
  return all(counts, not(isAsItShould), not(skipsChecks(situation)));
}
