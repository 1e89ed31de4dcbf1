import type { ConnectionErrorCode } from './connection-error-codes.ts';
import type { ErrorName } from './errors.ts';
import type { QuestionId } from './questions.ts';
import type { Source } from './source.ts';

/** An outcome that follows from the answer to a question. */
export interface ByAnswer {
  readonly answerTo: QuestionId;
}

/** One way in which an external key store proxy can fail KMS, and how KMS passes it on. */
export interface ProxyFault {
  readonly says: string;
  /** What is so of a proxy without it. */
  readonly healthy: string;
  /** CreateCustomKeyStore and UpdateCustomKeyStore, when they ask the proxy for its health. */
  readonly check?: ErrorName | ByAnswer;
  /** The ConnectionErrorCode of a store whose connection attempt meets the fault. */
  readonly connect?: ConnectionErrorCode | ByAnswer;
  readonly createKey?: ErrorName | ByAnswer;
  readonly crypto?: ErrorName | ByAnswer;
  readonly sources: readonly [Source, ...Source[]];
}

const unusableForKeys = {
  createKey: 'CustomKeyStoreInvalidStateException',
  crypto: 'KMSInvalidStateException',
} as const;

const bothSay = (says: string) =>
  [
    { page: 'XKS', says },
    { page: 'G:xks-monitoring', says },
  ] as const;

export const proxyFaults = {
  AUTHENTICATION_FAILED: {
    says: 'The proxy refuses the signature or the access key of KMS.',
    healthy: 'The proxy accepts the signature and the access key of KMS.',
    check: 'XksProxyIncorrectAuthenticationCredentialException',
    connect: 'INVALID_CREDENTIALS',
    ...unusableForKeys,
    sources: bothSay('a refused signature means a wrong credential'),
  },
  INVALID_URI_PATH: {
    says: 'The proxy does not know the URI path.',
    healthy: 'The proxy knows the URI path.',
    check: 'XksProxyInvalidConfigurationException',
    connect: 'XKS_PROXY_INVALID_CONFIGURATION',
    ...unusableForKeys,
    sources: bothSay('an unknown path means a wrong configuration'),
  },
  UNINTELLIGIBLE_ANSWER: {
    says: 'The proxy reports a validation or internal error, or its answer cannot be understood.',
    healthy: 'The proxy reports no validation or internal error, and its answer can be understood.',
    check: 'XksProxyInvalidResponseException',
    connect: 'XKS_PROXY_INVALID_RESPONSE',
    ...unusableForKeys,
    sources: bothSay('such answers count as invalid responses'),
  },
  OVERLOADED: {
    says: 'The proxy reports throttling, or a time-out of its key manager.',
    healthy: 'The proxy reports neither throttling nor a time-out of its key manager.',
    check: 'XksProxyUriUnreachableException',
    connect: { answerTo: 'CONNECT_CODE_FOR_OTHER_FAULTS' },
    ...unusableForKeys,
    sources: bothSay('an overloaded proxy counts as unreachable'),
  },
  NO_TCP_CONNECTION: {
    says: 'KMS cannot open a connection to the proxy.',
    healthy: 'KMS can open a connection to the proxy.',
    check: 'XksProxyUriUnreachableException',
    connect: 'XKS_PROXY_NOT_REACHABLE',
    ...unusableForKeys,
    sources: bothSay('a refused connection counts as unreachable'),
  },
  TIMED_OUT: {
    says: 'The proxy does not answer within 250 milliseconds.',
    healthy: 'The proxy answers within 250 milliseconds; KMS tries once more after a time-out of the network.',
    check: 'XksProxyUriUnreachableException',
    connect: 'XKS_PROXY_TIMED_OUT',
    ...unusableForKeys,
    sources: bothSay('answers are due in 250 milliseconds'),
  },
  TLS_FAILURE: {
    says: 'No TLS session can be made with the proxy: version, certificate or name are wrong, or it insists on mutual TLS.',
    healthy:
      'A TLS session can be made with the proxy: version, certificate and name are right, and it asks for none of KMS.',
    check: { answerTo: 'TLS_FAILURE_EXCEPTION' },
    connect: 'XKS_PROXY_INVALID_TLS_CONFIGURATION',
    ...unusableForKeys,
    sources: [
      { page: 'XKS', says: 'counts as unreachable when a store is created or changed' },
      { page: 'G:xks-troubleshooting', says: 'counts as a wrong configuration when a store is created or changed' },
      {
        page: 'G:create-xks-keystore',
        says: 'mutual TLS: not for new stores from 16 March 2026, not at all from 15 June',
      },
    ],
  },
  ALL_INSTANCES_UNAVAILABLE: {
    says: 'The proxy reports that every instance of the external key manager is unavailable.',
    healthy: 'The proxy reports at least one available instance of the external key manager.',
    check: 'XksProxyUriUnreachableException',
    connect: 'XKS_PROXY_NOT_REACHABLE',
    sources: [{ page: 'API:CustomKeyStoresListEntry', says: 'counts as a proxy that cannot be reached' }],
  },
  ACCESS_DENIED: {
    says: 'The authorisation of the proxy refuses the request.',
    healthy: 'The authorisation of the proxy permits the request.',
    connect: 'XKS_PROXY_ACCESS_DENIED',
    createKey: { answerTo: 'PROXY_ACCESS_DENIED_CREATEKEY' },
    crypto: 'KMSInvalidStateException',
    sources: bothSay('the health request itself needs no authorisation'),
  },
  INVALID_CIPHERTEXT: {
    says: 'The external key manager cannot decrypt the ciphertext.',
    healthy: 'The external key manager can decrypt the ciphertext.',
    crypto: 'KMSInvalidStateException',
    sources: bothSay('passed on as an invalid state of the key'),
  },
  UNSUPPORTED_OPERATION: {
    says: 'The proxy does not support the operation.',
    healthy: 'The proxy supports the operation.',
    createKey: { answerTo: 'PROXY_UNSUPPORTED_OPERATION' },
    crypto: 'KMSInvalidStateException',
    sources: bothSay('names an exception that the service model does not have'),
  },
  KEY_NOT_FOUND: {
    says: 'The external key manager has no such key.',
    healthy: 'The external key manager has the external key.',
    createKey: 'XksKeyNotFoundException',
    crypto: 'KMSInvalidStateException',
    sources: bothSay('passed on when a key is created'),
  },
  KEY_UNUSABLE: {
    says: 'The external key is disabled, or its type or usage is wrong.',
    healthy: 'The external key is enabled, and its type and usage are right.',
    createKey: 'XksKeyInvalidConfigurationException',
    crypto: 'KMSInvalidStateException',
    sources: bothSay('the external key must be an enabled AES-256 key for encryption and decryption'),
  },
} as const satisfies Record<string, ProxyFault>;

export type ProxyFaultName = keyof typeof proxyFaults;
export const proxyFaultNames = Object.keys(proxyFaults) as readonly ProxyFaultName[];

/** One row of the table, with its optional columns. */
export const proxyFault = (name: ProxyFaultName): ProxyFault => proxyFaults[name];
