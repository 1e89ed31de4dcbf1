import { type Candidate, candidateOf, isPrivate, serviceOf } from '../candidate.ts';
import { all, any, type Condition, not } from '../condition.ts';
import type { PropertyName, Store } from '../model.ts';
import type { RulesOf, Situation } from '../rule.ts';
import { ifNotRepeated } from './repeat.ts';

type CreateOrUpdate = 'CreateCustomKeyStore' | 'UpdateCustomKeyStore';

/** What no two stores may share. Both operations that give a store its properties keep these rules. */
export const uniquenessRules = {
  'name/in-use': {
    says: 'No other custom key store of the account has the name.',
    error: 'CustomKeyStoreNameInUseException',
    sources: [
      {
        page: 'API:CreateCustomKeyStore',
        says: 'the name is unique in the account and Region (Create), in the account (Update)',
      },
      { page: 'G:create-xks-keystore', says: 'the console speaks of the external key stores of the account' },
    ],
    rejects: (situation) =>
      clash(
        situation,
        'CustomKeyStoreName',
        (candidate, other) => {
          const { CustomKeyStoreName: name } = candidate.properties;
          const taken = sameText(situation, other, 'CustomKeyStoreName', name, 'NAME_CASE');
          const sameType = other.type === candidate.type;
          const inScope =
            sameType || situation.answered('NAME_SCOPE', 'ACCOUNT_REGION_ALL_TYPES', 'ACCOUNT_ALL_REGIONS');
          return ifNotRepeated(situation, other, ['REJECT_NAME_IN_USE'], all(taken, inScope));
        },
        ({ properties: { CustomKeyStoreName } }) =>
          all(
            situation.answered('NAME_SCOPE', 'ACCOUNT_ALL_REGIONS'),
            not(situation.holds('name.freeElsewhere', CustomKeyStoreName)),
          ),
      ),
  },
  'proxy-uri/in-use': {
    says: 'No other external key store in the Region has the proxy endpoint together with the path.',
    error: 'XksProxyUriInUseException',
    sources: [{ page: 'API:CreateCustomKeyStore', says: 'endpoint and path together are unique in the Region' }],
    rejects: (situation) =>
      external(
        situation,
        ['XksProxyUriEndpoint', 'XksProxyUriPath'],
        (candidate, other) => {
          const { XksProxyUriEndpoint: endpoint, XksProxyUriPath: path } = candidate.properties;
          const taken = all(
            sameText(situation, other, 'XksProxyUriEndpoint', endpoint, 'URI_CASE'),
            sameText(situation, other, 'XksProxyUriPath', path),
          );
          return ifNotRepeated(situation, other, ['REJECT_URI_IN_USE'], taken);
        },
        ({ properties: { XksProxyUriEndpoint: endpoint, XksProxyUriPath: path } }) =>
          all(
            situation.answered('URI_SCOPE', 'REGION_ALL_ACCOUNTS'),
            not(
              situation.holds(
                'uri.freeElsewhere',
                typeof endpoint === 'string' && typeof path === 'string' ? `${endpoint}${path}` : null,
              ),
            ),
          ),
      ),
  },
  'proxy-endpoint/in-use': {
    says: 'Only external key stores with public endpoints share a proxy endpoint with each other.',
    error: 'XksProxyUriEndpointInUseException',
    sources: [
      { page: 'API:CreateCustomKeyStore', says: 'a private DNS name belongs to one store' },
      { page: 'G:create-xks-keystore', says: 'public stores may share an endpoint if their paths differ' },
    ],
    rejects: (situation) =>
      external(
        situation,
        ['XksProxyUriEndpoint', 'XksProxyConnectivity'],
        (candidate, other) => {
          if (!isPrivate(candidate.properties) && !isPrivate(other.properties)) return false;
          const { XksProxyUriEndpoint: endpoint } = candidate.properties;
          const taken = sameText(situation, other, 'XksProxyUriEndpoint', endpoint, 'URI_CASE');
          return ifNotRepeated(situation, other, anyRefusal, taken);
        },
        ({ properties }) => {
          const { XksProxyUriEndpoint: endpoint } = properties;
          const mixed = not(situation.holds('endpoint.freeElsewhere', endpoint));
          if (!isPrivate(properties)) return mixed;
          const scope = situation.answered('PRIVATE_DNS_SCOPE', 'REGION_ALL_ACCOUNTS');
          return any(mixed, all(scope, not(situation.holds('privateDns.freeElsewhere', endpoint))));
        },
      ),
  },
  'endpoint-service/in-use': {
    says: 'No other external key store in the Region has the VPC endpoint service.',
    error: 'XksProxyVpcEndpointServiceInUseException',
    sources: [{ page: 'API:CreateCustomKeyStore', says: 'one store for each endpoint service in the Region' }],
    rejects: (situation) =>
      external(
        situation,
        ['XksProxyVpcEndpointServiceName'],
        (candidate, other) => {
          const { service, counts } = serviceOf(situation, candidate);
          const taken = service !== undefined && sameText(situation, other, 'XksProxyVpcEndpointServiceName', service);
          return ifNotRepeated(situation, other, anyRefusal, all(counts, taken));
        },
        (candidate) => {
          const { service, counts } = serviceOf(situation, candidate);
          return service !== undefined && all(counts, not(situation.holds('endpointService.freeElsewhere', service)));
        },
      ),
  },
} as const satisfies RulesOf<CreateOrUpdate>;

/** No answer speaks of the endpoint alone, or of the service: whoever refuses a repetition may look at these first. */
const anyRefusal = ['REJECT_NAME_IN_USE', 'REJECT_URI_IN_USE'] as const;

/** What is compared with the same property of other stores. */
const comparedTexts = [
  'CustomKeyStoreName',
  'XksProxyUriEndpoint',
  'XksProxyUriPath',
  'XksProxyVpcEndpointServiceName',
  'CloudHsmClusterId',
] as const satisfies readonly PropertyName[];
type TextProperty = (typeof comparedTexts)[number];

/** All that a request looks at of a store which it is not about, unless it repeats the creation of that store. */
export const comparedProperties = [...comparedTexts, 'XksProxyConnectivity'] as const;

/** Has the other store this value? Letters of another case count if the question says so. */
export function sameText(
  { answered, holds }: Situation,
  other: Store,
  property: TextProperty,
  wanted: string | null | undefined,
  caseQuestion?: 'NAME_CASE' | 'URI_CASE',
): Condition {
  const present = other.properties[property];
  if (present === undefined || wanted === undefined) return false;
  if (present === null || wanted === null) return holds('value.same', other.id, property);
  if (present === wanted) return true;
  if (caseQuestion === undefined || !isText(present) || !isText(wanted)) return false;
  if (present.toLowerCase() !== wanted.toLowerCase()) return false;
  return caseQuestion === 'NAME_CASE'
    ? answered('NAME_CASE', 'CASE_INSENSITIVE')
    : answered('URI_CASE', 'HOST_CASE_INSENSITIVE');
}

/** What a request gives may be of a wrong type; another rule refuses it then. */
const isText = (value: unknown): boolean => typeof value === 'string';

/** Does what the request gives collide with another store, here or elsewhere? */
function clash(
  situation: Situation,
  property: TextProperty,
  withOther: (candidate: Candidate, other: Store) => Condition,
  elsewhere: (candidate: Candidate) => Condition,
): Condition {
  const candidate = candidateOf(situation);
  if (candidate === undefined || !candidate.gives.has(property)) return false;
  return any(...candidate.others.map((other) => withOther(candidate, other)), elsewhere(candidate));
}

/** The same among external key stores, when the request gives one of these properties. */
function external(
  situation: Situation,
  gives: readonly (TextProperty | 'XksProxyConnectivity')[],
  withOther: (candidate: Candidate, other: Store) => Condition,
  elsewhere: (candidate: Candidate) => Condition,
): Condition {
  const candidate = candidateOf(situation);
  if (candidate?.type !== 'EXTERNAL_KEY_STORE' || !gives.some((name) => candidate.gives.has(name))) return false;
  const others = candidate.others.filter(({ type }) => type === 'EXTERNAL_KEY_STORE');
  return any(...others.map((other) => withOther(candidate, other)), elsewhere(candidate));
}
