import { isPrivate } from '../candidate.ts';
import { all, any, type Condition, not } from '../condition.ts';
import type { ErrorName } from '../errors.ts';
import { type ProxyFaultName, proxyFaultNames } from '../proxy-faults.ts';
import type { RulesOf, Situation } from '../rule.ts';
import { existsFor, isConfiguredFor } from './endpoint-service.ts';
import { hasFault } from './proxy.ts';
import { refusedByState } from './store-state.ts';

/** What a proxy may be refused for at once; the documents say that it can happen, and name no exception. */
const failFastErrors = [
  'XksProxyUriUnreachableException',
  'XksProxyIncorrectAuthenticationCredentialException',
  'XksProxyInvalidResponseException',
  'XksProxyInvalidConfigurationException',
  'CustomKeyStoreInvalidStateException',
] as const satisfies readonly ErrorName[];

export const connectRules = {
  'connect/in-state': {
    says: 'The store is neither DISCONNECTING nor FAILED.',
    error: 'CustomKeyStoreInvalidStateException',
    sources: [{ page: 'API:ConnectCustomKeyStore', says: 'valid in every state but DISCONNECTING and FAILED' }],
    contradictedBy: [{ page: 'G:xks-connect-disconnect', says: 'an external key store has to be DISCONNECTED' }],
    rejects: (situation) => refusedByState(situation, 'ConnectCustomKeyStore'),
  },
  'connect/proxy-fails-fast': {
    says: 'The proxy of an external key store does not fail at once.',
    error: failFastErrors,
    sources: [{ page: 'G:xks-troubleshooting', says: 'the call succeeds unless it fails quickly' }],
    contradictedBy: [{ page: 'MODEL', says: 'Connect lists no exception of a proxy' }],
    rejects: (situation) =>
      all(
        situation.answered('CONNECT_XKS_FAIL_FAST', 'EXCEPTION_STAY_DISCONNECTED'),
        anyFault(situation, (fault) => fault !== 'ALL_INSTANCES_UNAVAILABLE'),
      ),
  },
  'connect/endpoint-service-fails-fast': {
    says: 'The VPC endpoint service in front of the proxy does not fail at once.',
    error: [
      'XksProxyVpcEndpointServiceNotFoundException',
      'XksProxyVpcEndpointServiceInvalidConfigurationException',
      'CustomKeyStoreInvalidStateException',
    ],
    sources: [{ page: 'G:xks-troubleshooting', says: 'the call succeeds unless it fails quickly' }],
    contradictedBy: [{ page: 'MODEL', says: 'Connect lists no exception of an endpoint service' }],
    rejects: (situation) =>
      all(situation.answered('CONNECT_XKS_FAIL_FAST', 'EXCEPTION_STAY_DISCONNECTED'), serviceFails(situation)),
  },
  'connect/key-manager-unavailable': {
    says: 'At least one instance of the external key manager is available.',
    error: 'XksProxyUriUnreachableException',
    sources: [{ page: 'G:keystore-external', says: 'connecting fails with this exception then' }],
    contradictedBy: [
      { page: 'API:CustomKeyStoresListEntry', says: 'the attempt ends in FAILED with XKS_PROXY_NOT_REACHABLE' },
      { page: 'MODEL', says: 'Connect does not list the exception' },
    ],
    rejects: (situation) =>
      all(
        situation.answered('CONNECT_ALL_EKM_UNAVAILABLE', 'EXCEPTION_XKS_PROXY_URI_UNREACHABLE'),
        anyFault(situation, (fault) => fault === 'ALL_INSTANCES_UNAVAILABLE'),
      ),
  },
} as const satisfies RulesOf<'ConnectCustomKeyStore'>;

function serviceFails(situation: Situation): Condition {
  const { store } = situation;
  if (store === undefined || !isPrivate(store.properties)) return false;
  return any(not(existsFor(situation, store.properties)), not(isConfiguredFor(situation, store.properties)));
}

function anyFault(situation: Situation, which: (fault: ProxyFaultName) => boolean): Condition {
  const { store } = situation;
  if (store?.type !== 'EXTERNAL_KEY_STORE') return false;
  return any(...proxyFaultNames.filter(which).map((fault) => hasFault(situation, store.properties, fault)));
}
