import { any, type Condition, not } from '../condition.ts';
import type { InputOf } from '../inputs.ts';
import { isClearing, masked } from '../properties.ts';
import type { RulesOf, Situation } from '../rule.ts';
import type { Malformation } from '../validate.ts';
import type { Operation } from '../vocabulary.ts';
import { inDoubt } from './arguments.ts';

/** Values of AWS's own examples that break AWS's own patterns; see the question EXAMPLES_BREAK_PATTERNS. */
const exampleForms: Readonly<Record<string, RegExp>> = {
  CloudHsmClusterId: /^cluster-[0-9a-zA-Z]{11,16}$/,
  AccessKeyId: /^[A-Z0-9]{20,30}$/,
  XksProxyUriEndpoint: /^https:\/\/[a-zA-Z0-9.-]+:\d{1,5}$/,
};

/** Rules that every operation keeps, whatever it does. */
export const requestRules = {
  'request/malformed': {
    says: 'Every member has the type, length, pattern and values of the service model, and required ones are there.',
    error: 'ValidationException',
    sources: [
      { page: 'MODEL', says: 'gives the constraints of every member' },
      { page: 'OBS-VALIDATION', says: 'a request that breaks them gets a validation error' },
    ],
    rejects: (situation) =>
      any(
        ...situation.malformations.map((each) => refusesMalformed(situation, each)),
        mayBeTooNew(situation),
        inDoubt(situation, isMasked(situation.input)),
      ),
  },
  'request/wrong-json-type': {
    says: 'Every member has the JSON type of the service model.',
    error: ['ValidationException', 'SerializationException'],
    sources: [{ page: 'MODEL', says: 'gives the type of every member' }],
    rejects: ({ malformations }) => malformations.some(({ problem }) => problem === 'type'),
  },
  'request/access-denied': {
    says: 'The caller has permission for the operation.',
    error: ['AccessDeniedException', 'AccessDenied'],
    sources: [{ page: 'SEED', says: 'an IAM policy has to permit the action' }],
    rejects: ({ op, holds }) => not(holds('caller.permitted', op)),
  },
  'request/unauthenticated': {
    says: 'The request carries a valid signature and token.',
    error: [
      'UnrecognizedClientException',
      'InvalidSignatureException',
      'ExpiredTokenException',
      'IncompleteSignature',
      'MissingAuthenticationToken',
    ],
    sources: [{ page: 'SMITHY', says: 'requests are signed with Signature Version 4' }],
    rejects: ({ op, holds }) => not(holds('caller.authenticated', op)),
  },
  'request/throttled': {
    says: 'The request is within the request quotas.',
    error: 'ThrottlingException',
    sources: [
      { page: 'G:throttling', says: 'any request may be throttled' },
      { page: 'G:requests-per-second', says: 'five requests a second for each store operation' },
    ],
    rejects: ({ op, holds }) => not(holds('request.withinRate', op)),
  },
  'request/internal-failure': {
    says: 'Nothing fails inside KMS.',
    error: ['KMSInternalException', 'DependencyTimeoutException'],
    sources: [{ page: 'MODEL', says: 'lists both as failures of the service' }],
    rejects: ({ op, holds }) => not(holds('service.healthy', op)),
  },
} as const satisfies RulesOf<Operation>;

/** Is a secret not shown? Nobody knows whether it was well formed. */
const isMasked = (value: unknown): boolean =>
  value === masked || (typeof value === 'object' && value !== null && Object.values(value).some(isMasked));

/** Between two models the pattern of service names was widened; which of them the edition in between had, nobody knows. */
function mayBeTooNew(situation: Situation): Condition {
  const { XksProxyVpcEndpointServiceName: name } = situation.input as {
    readonly XksProxyVpcEndpointServiceName?: unknown;
  };
  const isNew = situation.edition === '2025-10' && typeof name === 'string' && name.startsWith('eu.');
  return inDoubt(situation, isNew);
}

function refusesMalformed(situation: Situation, { problem, member, path }: Malformation) {
  if (problem === 'unknown' || problem === 'type') return false; // ignored by the protocol; a rule of its own
  if (
    problem === 'short' &&
    situation.op === 'UpdateCustomKeyStore' &&
    isClearing(situation.input as InputOf<'UpdateCustomKeyStore'>)
  ) {
    return member !== 'XksProxyVpcEndpointServiceName'; // that one is a question: update/service-name-empty
  }
  if (problem !== 'pattern') return true;
  const form = exampleForms[member];
  const tolerable = form?.test(String(at(situation.input, path)));
  return !tolerable || situation.answered('EXAMPLES_BREAK_PATTERNS', 'PATTERN_WINS_FOR_REQUESTS');
}

function at(input: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined,
      input,
    );
}

/** The operations that name a store by its ID. */
export const namedStoreRules = {
  'store/not-found': {
    says: 'The ID is that of a custom key store of the account and Region; its name is not accepted in its place.',
    error: 'CustomKeyStoreNotFoundException',
    sources: [{ page: 'API:DescribeCustomKeyStores', says: 'no store has that ID' }],
    rejects: ({ input, store }) => {
      const { CustomKeyStoreId: id } = input as { CustomKeyStoreId?: unknown };
      return id !== undefined && id !== null && store === undefined;
    },
  },
} as const satisfies RulesOf<Operation>;
