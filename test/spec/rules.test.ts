import { describe, expect, it } from 'vitest';
import * as alphabet from '../../src/machine/alphabet.ts';
import { type RuleId, ruleIds } from '../../src/spec/catalogue.ts';
import { decide } from '../../src/spec/decide.ts';
import type { accepting } from '../../src/spec/eligibility.ts';
import { type FactKind, healthyWorld } from '../../src/spec/facts.ts';
import type { Request } from '../../src/spec/inputs.ts';
import type { Key, Store } from '../../src/spec/model.ts';
import { propertiesOfNew } from '../../src/spec/properties.ts';
import { proxyFaultNames } from '../../src/spec/proxy-faults.ts';
import { type Answers, known } from '../../src/spec/reading.ts';
import { connectionStates, operations, storeTypes } from '../../src/spec/vocabulary.ts';

/** The smallest situation in which a rule refuses for certain, and the error that it gives there. */
interface Witness {
  readonly rule: RuleId;
  readonly error: string;
  readonly request: Request;
  readonly stores?: readonly Store[];
  /** Facts that do not hold; all others are healthy. `null`: nobody knows. */
  readonly broken?: readonly string[];
  readonly answers?: Answers;
  readonly edition?: '2026-04';
}

const hsm = store('AWS_CLOUDHSM', alphabet.cloudHsmStore());
const pub = store('EXTERNAL_KEY_STORE', alphabet.publicStore());
const vpc = store('EXTERNAL_KEY_STORE', alphabet.privateStore());
const other = { id: 'cks-other' } as const;
const key: Key = { id: 'key-1', state: 'Enabled' };
const CustomKeyStoreId = 'cks-1';
const update = (input: object): Request => ({ op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId, ...input } });
const create = (input: object): Request => ({ op: 'CreateCustomKeyStore', input }) as Request;
const onKey = (op: string, more: object = {}): Request => ({ op, input: { KeyId: 'key-1', ...more } }) as Request;
const connect: Request = { op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId } };
const toVpc = {
  XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE',
  XksProxyUriEndpoint: alphabet.endpoints[2],
  XksProxyVpcEndpointServiceName: alphabet.service,
};
const createKey = (input: object): Request => ({ op: 'CreateKey', input: { CustomKeyStoreId, ...input } }) as Request;
const faultId = (prefix: string, fault: string): RuleId =>
  `${prefix}/${fault.toLowerCase().replaceAll('_', '-')}` as RuleId;

const everyWitness: readonly Witness[] = [
  {
    rule: 'request/malformed',
    error: 'ValidationException',
    request: { op: 'ConnectCustomKeyStore', input: {} } as never,
  },
  {
    rule: 'request/wrong-json-type',
    error: 'SerializationException',
    request: { op: 'DescribeCustomKeyStores', input: { Limit: 'x' } } as never,
  },
  {
    rule: 'request/access-denied',
    error: 'AccessDeniedException',
    request: connect,
    stores: [hsm],
    broken: ['caller.permitted'],
  },
  {
    rule: 'request/unauthenticated',
    error: 'ExpiredTokenException',
    request: connect,
    stores: [hsm],
    broken: ['caller.authenticated'],
  },
  {
    rule: 'request/throttled',
    error: 'ThrottlingException',
    request: connect,
    stores: [hsm],
    broken: ['request.withinRate'],
  },
  {
    rule: 'request/internal-failure',
    error: 'KMSInternalException',
    request: connect,
    stores: [hsm],
    broken: ['service.healthy'],
  },
  {
    rule: 'key/quota',
    error: 'LimitExceededException',
    request: createKey({ Origin: 'AWS_CLOUDHSM' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['keyQuota.free'],
  },
  {
    rule: 'arguments/policy',
    error: 'MalformedPolicyDocumentException',
    request: createKey({ Origin: 'AWS_CLOUDHSM', Policy: '{}' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['arguments.valid'],
  },
  {
    rule: 'arguments/tags',
    error: 'TagException',
    request: createKey({ Origin: 'AWS_CLOUDHSM', Tags: [{ TagKey: 'a', TagValue: '' }] }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['arguments.valid'],
  },
  {
    rule: 'arguments/two-specs',
    error: 'ValidationException',
    request: createKey({
      Origin: 'AWS_CLOUDHSM',
      KeySpec: 'SYMMETRIC_DEFAULT',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['arguments.valid'],
  },
  {
    rule: 'arguments/incomplete',
    error: 'ValidationException',
    request: onKey('GenerateDataKey'),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['arguments.valid'],
  },
  {
    rule: 'arguments/algorithm',
    error: 'InvalidKeyUsageException',
    request: onKey('Encrypt', { Plaintext: 'AAAA', EncryptionAlgorithm: 'SM2PKE' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['arguments.valid'],
  },
  {
    rule: 'arguments/grant-token',
    error: 'InvalidGrantTokenException',
    request: onKey('Encrypt', { Plaintext: 'AAAA', GrantTokens: ['x'] }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['arguments.valid'],
  },
  {
    rule: 'arguments/dry-run',
    error: 'DryRunOperationException',
    request: onKey('Encrypt', { Plaintext: 'AAAA', DryRun: true }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['arguments.valid'],
  },
  {
    rule: 'arguments/other-key',
    error: 'DisabledException',
    request: { op: 'ReEncrypt', input: { DestinationKeyId: 'key-1', CiphertextBlob: 'AAAA' } },
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['arguments.valid'],
  },
  {
    rule: 'connect/endpoint-service-fails-fast',
    error: 'XksProxyVpcEndpointServiceNotFoundException',
    request: connect,
    stores: [vpc],
    broken: ['endpointService.exists'],
    answers: { CONNECT_XKS_FAIL_FAST: 'EXCEPTION_STAY_DISCONNECTED' },
  },
  {
    rule: 'describe/filters-disagree',
    error: 'UnsupportedOperationException',
    request: { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId, CustomKeyStoreName: 'unknown' } },
    stores: [hsm],
  },
  { rule: 'store/not-found', error: 'CustomKeyStoreNotFoundException', request: connect },
  {
    rule: 'create/too-long',
    error: 'LimitExceededException',
    request: create({ ...alphabet.cloudHsmStore(), CustomKeyStoreName: 'x'.repeat(257) }),
  },
  {
    rule: 'create/member-missing',
    error: 'ValidationException',
    request: create({ CustomKeyStoreName: 'x' }),
    answers: { CREATE_MISSING_PARAMETER: 'REJECT_VALIDATION' },
  },
  {
    rule: 'create/foreign-member',
    error: 'ValidationException',
    request: create({ ...alphabet.cloudHsmStore(), XksProxyUriPath: '/kms/xks/v1' }),
    answers: { CREATE_FOREIGN_PARAMETER: 'REJECT_VALIDATION' },
  },
  {
    rule: 'create/quota',
    error: 'LimitExceededException',
    request: create(alphabet.cloudHsmStore()),
    broken: ['quota.free'],
  },
  {
    rule: 'password/not-alphanumeric',
    error: 'ValidationException',
    request: create({ ...alphabet.cloudHsmStore(), KeyStorePassword: 'pass-word!' }),
    answers: { PASSWORD_CHARSET: 'ALPHANUMERIC_ONLY' },
  },
  {
    rule: 'proxy-uri/not-version-1',
    error: 'XksProxyInvalidConfigurationException',
    request: create({ ...alphabet.publicStore(), XksProxyUriPath: '/kms/xks/v2' }),
    answers: { URI_PATH_VERSION: 'V1_ONLY' },
  },
  {
    rule: 'name/in-use',
    error: 'CustomKeyStoreNameInUseException',
    request: update({ NewCustomKeyStoreName: 'beta' }),
    stores: [hsm, { ...hsm, ...other, properties: { ...hsm.properties, CustomKeyStoreName: 'beta' } }],
  },
  {
    rule: 'proxy-uri/in-use',
    error: 'XksProxyUriInUseException',
    request: create(alphabet.publicStore('another')),
    stores: [pub],
  },
  {
    rule: 'proxy-endpoint/in-use',
    error: 'XksProxyUriEndpointInUseException',
    request: create(alphabet.publicStore('another', alphabet.endpoints[2], alphabet.paths[1])),
    stores: [vpc],
  },
  {
    rule: 'endpoint-service/in-use',
    error: 'XksProxyVpcEndpointServiceInUseException',
    request: create({ ...alphabet.privateStore('another'), XksProxyUriEndpoint: 'https://third.example' }),
    stores: [vpc],
  },
  {
    rule: 'cluster/not-active',
    error: 'CloudHsmClusterNotActiveException',
    request: create(alphabet.cloudHsmStore()),
    broken: ['cluster.active'],
  },
  {
    rule: 'cluster/not-configured',
    error: 'CloudHsmClusterInvalidConfigurationException',
    request: create(alphabet.cloudHsmStore()),
    broken: ['cluster.twoHsms'],
    answers: { HSM_COUNT: 'TWO_FOR_CREATE_UPDATE_CREATEKEY' },
  },
  {
    rule: 'cluster/not-configured',
    error: 'CloudHsmClusterInvalidConfigurationException',
    request: createKey({ Origin: 'AWS_CLOUDHSM' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED' }],
    broken: ['cluster.twoHsms'],
  },
  {
    rule: 'cluster/not-found',
    error: 'CloudHsmClusterNotFoundException',
    request: update({ CloudHsmClusterId: alphabet.clusters[1] }),
    stores: [hsm],
    broken: ['cluster.exists'],
  },
  {
    rule: 'cluster/in-use',
    error: 'CloudHsmClusterInUseException',
    request: create(alphabet.cloudHsmStore('another')),
    stores: [hsm],
  },
  {
    rule: 'cluster/in-use',
    error: 'CloudHsmClusterInUseException',
    request: create(alphabet.cloudHsmStore('another', alphabet.clusters[1])),
    stores: [hsm],
    broken: ['cluster.unrelated'],
  },
  {
    rule: 'cluster/wrong-trust-anchor',
    error: 'IncorrectTrustAnchorException',
    request: create(alphabet.cloudHsmStore()),
    broken: ['cluster.trustAnchor'],
  },
  {
    rule: 'cluster/not-related',
    error: 'CloudHsmClusterNotRelatedException',
    request: update({ CloudHsmClusterId: alphabet.clusters[1] }),
    stores: [hsm],
    broken: ['cluster.related'],
  },
  {
    rule: 'cluster/of-another-store',
    error: 'CloudHsmClusterInUseException',
    request: update({ CloudHsmClusterId: alphabet.clusters[1] }),
    stores: [
      hsm,
      {
        ...hsm,
        ...other,
        properties: { ...hsm.properties, CustomKeyStoreName: 'x', CloudHsmClusterId: alphabet.clusters[1] },
      },
    ],
    answers: { UPDATE_CLUSTER_OF_OTHER_STORE: 'REJECT_CLUSTER_IN_USE' },
  },
  {
    rule: 'endpoint-service/not-found',
    error: 'XksProxyVpcEndpointServiceNotFoundException',
    request: create(alphabet.privateStore()),
    broken: ['endpointService.exists'],
  },
  {
    rule: 'endpoint-service/not-configured',
    error: 'XksProxyVpcEndpointServiceInvalidConfigurationException',
    request: create(alphabet.privateStore()),
    broken: ['endpointService.configured'],
  },
  {
    rule: 'connect/in-state',
    error: 'CustomKeyStoreInvalidStateException',
    request: connect,
    stores: [{ ...hsm, connectionState: 'FAILED' }],
  },
  {
    rule: 'connect/proxy-fails-fast',
    error: 'XksProxyUriUnreachableException',
    request: connect,
    stores: [pub],
    broken: ['proxy.withoutFault'],
    answers: { CONNECT_XKS_FAIL_FAST: 'EXCEPTION_STAY_DISCONNECTED' },
  },
  {
    rule: 'connect/key-manager-unavailable',
    error: 'XksProxyUriUnreachableException',
    request: connect,
    stores: [pub],
    broken: ['proxy.withoutFault'],
    answers: { CONNECT_ALL_EKM_UNAVAILABLE: 'EXCEPTION_XKS_PROXY_URI_UNREACHABLE' },
  },
  {
    rule: 'disconnect/in-state',
    error: 'CustomKeyStoreInvalidStateException',
    request: { op: 'DisconnectCustomKeyStore', input: { CustomKeyStoreId } },
    stores: [hsm],
  },
  {
    rule: 'delete/in-state',
    error: 'CustomKeyStoreInvalidStateException',
    request: { op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId } },
    stores: [{ ...hsm, connectionState: 'CONNECTED' }],
  },
  {
    rule: 'delete/has-keys',
    error: 'CustomKeyStoreHasCMKsException',
    request: { op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId } },
    stores: [{ ...hsm, keys: [{ ...key, state: 'PendingDeletion' }] }],
  },
  {
    rule: 'describe/no-such-store',
    error: 'CustomKeyStoreNotFoundException',
    request: { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreName: 'none' } },
    stores: [hsm],
  },
  {
    rule: 'describe/two-filters',
    error: 'ValidationException',
    request: { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId, CustomKeyStoreName: 'alpha' } },
    stores: [hsm],
    answers: { DESCRIBE_BOTH_FILTERS: 'REJECT_VALIDATION' },
  },
  {
    rule: 'describe/invalid-marker',
    error: 'InvalidMarkerException',
    request: { op: 'DescribeCustomKeyStores', input: { Marker: 'x' } },
    broken: ['marker.valid'],
  },
  {
    rule: 'update/in-state',
    error: 'CustomKeyStoreInvalidStateException',
    request: update({ KeyStorePassword: 'password2' }),
    stores: [{ ...hsm, connectionState: 'FAILED' }],
  },
  {
    rule: 'update/same-value',
    error: 'CustomKeyStoreNameInUseException',
    request: update({ NewCustomKeyStoreName: 'alpha' }),
    stores: [hsm],
    answers: { UPDATE_SAME_VALUE: 'REJECT_NAME_IN_USE' },
  },
  {
    rule: 'update/no-member',
    error: 'ValidationException',
    request: update({}),
    stores: [hsm],
    answers: { UPDATE_NO_OPTIONAL_FIELD: 'REJECT_VALIDATION' },
  },
  {
    rule: 'update/foreign-member',
    error: 'UnsupportedOperationException',
    request: update({ XksProxyUriPath: '/kms/xks/v1' }),
    stores: [hsm],
    answers: { UPDATE_WRONG_TYPE_FIELD: 'REJECT_UNSUPPORTED_OPERATION' },
  },
  {
    rule: 'update/switch-to-vpc-alone',
    error: 'ValidationException',
    request: update({ XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' }),
    stores: [pub],
    answers: { UPDATE_CONNECTIVITY_TO_VPC_COMPANIONS: 'REJECT_VALIDATION' },
  },
  {
    rule: 'update/switch-to-public-alone',
    error: 'ValidationException',
    request: update({ XksProxyConnectivity: 'PUBLIC_ENDPOINT' }),
    stores: [vpc],
  },
  {
    rule: 'update/service-name-not-cleared',
    error: 'ValidationException',
    request: update({ XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: alphabet.endpoints[0] }),
    stores: [vpc],
    answers: { UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS: 'REJECT_MISSING_COMPANION' },
  },
  {
    rule: 'update/service-named-on-switch',
    error: 'XksProxyInvalidConfigurationException',
    request: update({
      XksProxyConnectivity: 'PUBLIC_ENDPOINT',
      XksProxyUriEndpoint: alphabet.endpoints[0],
      XksProxyVpcEndpointServiceName: alphabet.service,
    }),
    stores: [vpc],
    answers: { UPDATE_VPC_FIELD_ON_PUBLIC_STORE: 'REJECT_VALIDATION' },
  },
  {
    rule: 'update/service-name-empty',
    error: 'ValidationException',
    request: update({
      XksProxyConnectivity: 'PUBLIC_ENDPOINT',
      XksProxyUriEndpoint: alphabet.endpoints[0],
      XksProxyVpcEndpointServiceName: '',
    }),
    stores: [vpc],
    answers: { UPDATE_CONNECTIVITY_TO_PUBLIC_COMPANIONS: 'REJECT_EMPTY_VALIDATION' },
  },
  {
    rule: 'update/switch-keeps-endpoint',
    error: 'ValidationException',
    request: update({ XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: alphabet.endpoints[2] }),
    stores: [vpc],
    answers: { UPDATE_SAME_ENDPOINT_ON_SWITCH: 'REJECT_VALIDATION' },
  },
  {
    rule: 'update/switch-without-owner',
    error: 'ValidationException',
    request: update(toVpc),
    stores: [pub],
    answers: { UPDATE_VPC_OWNER_REQUIRED: 'REQUIRED' },
    edition: '2026-04',
  },
  {
    rule: 'update/vpc-member-on-public',
    error: 'ValidationException',
    request: update({ XksProxyVpcEndpointServiceName: alphabet.service }),
    stores: [pub],
    answers: { UPDATE_VPC_FIELD_ON_PUBLIC_STORE: 'REJECT_VALIDATION' },
  },
  {
    rule: 'create-key/in-state',
    error: 'CustomKeyStoreInvalidStateException',
    request: createKey({ Origin: 'AWS_CLOUDHSM' }),
    stores: [hsm],
  },
  {
    rule: 'create-key/origin',
    error: 'ValidationException',
    request: createKey({ Origin: 'EXTERNAL_KEY_STORE' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED' }],
    answers: { CREATEKEY_ORIGIN_MISMATCH: 'REJECT_VALIDATION' },
  },
  {
    rule: 'create-key/unsupported-key',
    error: 'UnsupportedOperationException',
    request: createKey({ Origin: 'AWS_CLOUDHSM', KeySpec: 'RSA_2048' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED' }],
  },
  {
    rule: 'create-key/external-key-in-use',
    error: 'XksKeyAlreadyInUseException',
    request: createKey({ Origin: 'EXTERNAL_KEY_STORE', XksKeyId: 'taken' }),
    stores: [{ ...pub, connectionState: 'CONNECTED', keys: [{ ...key, xksKeyId: 'taken' }] }],
  },
  {
    rule: 'generate-random/in-state',
    error: 'CustomKeyStoreInvalidStateException',
    request: { op: 'GenerateRandom', input: { CustomKeyStoreId, NumberOfBytes: 8 } },
    stores: [hsm],
  },
  {
    rule: 'generate-random/external',
    error: 'UnsupportedOperationException',
    request: { op: 'GenerateRandom', input: { CustomKeyStoreId, NumberOfBytes: 8 } },
    stores: [{ ...pub, connectionState: 'CONNECTED' }],
  },
  { rule: 'key/not-found', error: 'NotFoundException', request: onKey('DescribeKey'), stores: [hsm] },
  {
    rule: 'key/window-out-of-range',
    error: 'ValidationException',
    request: onKey('ScheduleKeyDeletion', { PendingWindowInDays: 3 }),
    stores: [{ ...hsm, keys: [key] }],
    answers: { PENDING_WINDOW_RANGE: 'REJECT_OUTSIDE_7_30' },
  },
  {
    rule: 'key/disabled',
    error: 'DisabledException',
    request: onKey('Encrypt', { Plaintext: 'AAAA' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [{ ...key, state: 'Disabled' }] }],
  },
  {
    rule: 'key/pending-deletion',
    error: 'KMSInvalidStateException',
    request: onKey('EnableKey'),
    stores: [{ ...hsm, keys: [{ ...key, state: 'PendingDeletion' }] }],
  },
  {
    rule: 'key/pending-deletion-is-disabled',
    error: 'DisabledException',
    request: onKey('Encrypt', { Plaintext: 'AAAA' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [{ ...key, state: 'PendingDeletion' }] }],
    answers: { PENDING_DELETION_CRYPTO: 'REJECT_DISABLED' },
  },
  {
    rule: 'key/not-pending-deletion',
    error: 'KMSInvalidStateException',
    request: onKey('CancelKeyDeletion'),
    stores: [{ ...hsm, keys: [key] }],
  },
  {
    rule: 'key/unavailable',
    error: 'KMSInvalidStateException',
    request: onKey('Encrypt', { Plaintext: 'AAAA' }),
    stores: [{ ...hsm, keys: [key] }],
  },
  {
    rule: 'key/unsupported',
    error: 'UnsupportedOperationException',
    request: onKey('EnableKeyRotation'),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
  },
  {
    rule: 'key/pair-unavailable',
    error: 'KMSInvalidStateException',
    request: onKey('GenerateDataKeyPair', { KeyPairSpec: 'RSA_2048' }),
    stores: [{ ...hsm, keys: [key] }],
    answers: { DATAKEYPAIR_UNAVAILABLE: 'REJECT_KMS_INVALID_STATE' },
  },
  {
    rule: 'key/store-not-connected',
    error: 'KMSInvalidStateException',
    request: onKey('Encrypt', { Plaintext: 'AAAA' }),
    stores: [{ ...hsm, connectionState: 'CONNECTING', keys: [key] }],
  },
  {
    rule: 'key/backing-store-fails',
    error: 'KMSInternalException',
    request: onKey('Encrypt', { Plaintext: 'AAAA' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['cluster.freeSession'],
    answers: { CRYPTO_INTERNAL_EXCEPTION: 'REJECT_KMS_INTERNAL' },
  },
  {
    rule: 'key/ciphertext',
    error: 'InvalidCiphertextException',
    request: onKey('Decrypt', { CiphertextBlob: 'AAAA' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    broken: ['ciphertext.valid'],
  },
  {
    rule: 'key/data-key-unsupported',
    error: 'UnsupportedOperationException',
    request: onKey('GenerateDataKey', { KeySpec: 'AES_256' }),
    stores: [{ ...hsm, connectionState: 'CONNECTED', keys: [key] }],
    answers: { DATAKEY_KEYID_TEXT: 'REJECT_UNSUPPORTED_OPERATION' },
  },
  ...proxyFaultNames.map(
    (fault): Witness => ({
      rule: faultId('proxy', fault),
      error: '',
      request: create(alphabet.publicStore()),
      broken: ['proxy.withoutFault'],
      answers: { TLS_FAILURE_EXCEPTION: 'REJECT_XKS_PROXY_URI_UNREACHABLE' },
    }),
  ),
  ...proxyFaultNames.map(
    (fault): Witness => ({
      rule: faultId('create-key/proxy', fault),
      error: '',
      request: createKey({ Origin: 'EXTERNAL_KEY_STORE', XksKeyId: 'free' }),
      stores: [{ ...pub, connectionState: 'CONNECTED' }],
      broken: ['proxy.withoutFault', 'externalKey.withoutFault'],
      answers: {
        CREATEKEY_INVALID_STATE_OVERLOAD: 'PROXY_FAULT_WHILE_CONNECTED',
        PROXY_ACCESS_DENIED_CREATEKEY: 'REJECT_KMS_INVALID_STATE',
        PROXY_UNSUPPORTED_OPERATION: 'REJECT_KMS_INVALID_STATE',
      },
    }),
  ),
  ...proxyFaultNames.map(
    (fault): Witness => ({
      rule: faultId('key/proxy', fault),
      error: '',
      request: onKey('Encrypt', { Plaintext: 'AAAA' }),
      stores: [{ ...pub, connectionState: 'CONNECTED', keys: [key] }],
      broken: ['proxy.withoutFault'],
    }),
  ),
];
/** The table of proxy faults has empty cells; no rule comes of these. */
const witnesses = everyWitness.filter(({ rule }) => ruleIds.includes(rule));

describe('a rule refuses in its smallest situation', () => {
  it.each(witnesses.map((witness) => [witness.rule, witness.error, witness] as const))(
    '%s: %s',
    (rule, error, witness) => {
      const refusals = decided(witness).refusals.filter((refusal) => refusal.rule === rule && refusal.when === true);

      expect(refusals.length).toBeGreaterThan(0);
      if (error !== '') expect(refusals.map((refusal) => refusal.error)).toContain(error);
    },
  );

  it.each(
    witnesses.filter(({ broken, answers }) => broken ?? answers).map((witness) => [witness.rule, witness] as const),
  )('%s refuses for no other reason', (rule, { broken: _, answers: __, ...witness }) => {
    const certain = decided({ ...witness, answers: {} }).refusals.filter(
      (refusal) => refusal.rule === rule && refusal.when === true,
    );
    const choicesAllRefuse = [
      'create/member-missing',
      'create-key/origin',
      'update/switch-to-vpc-alone',
      'cluster/of-another-store',
    ].includes(rule);

    expect(certain.length > 0 && !choicesAllRefuse).toBe(false);
  });

  it('every rule has a witness', () => {
    expect(ruleIds.filter((id) => !witnesses.some(({ rule }) => rule === id))).toEqual([]);
  });
});

describe('the states in which a store takes part', () => {
  /** Once more from the documents: A accepted, R refused, O open; columns as in connectionStates. */
  const table: Readonly<Record<keyof typeof accepting, string>> = {
    ConnectCustomKeyStore: 'AOORR',
    DisconnectCustomKeyStore: 'RAARA',
    DeleteCustomKeyStore: 'ARRRR',
    CreateKey: 'RRARR',
    GenerateRandom: 'RRARR',
  };
  const inputs: Readonly<Record<keyof typeof accepting, object>> = {
    ConnectCustomKeyStore: {},
    DisconnectCustomKeyStore: {},
    DeleteCustomKeyStore: {},
    CreateKey: { Origin: 'AWS_CLOUDHSM' },
    GenerateRandom: { NumberOfBytes: 8 },
  };

  it.each(Object.entries(table))('%s: %s', (op, row) => {
    const cells = connectionStates.map((connectionState) => {
      const request = { op, input: { CustomKeyStoreId, ...inputs[op as keyof typeof accepting] } } as Request;
      const { accepted } = decided({
        rule: 'connect/in-state',
        error: '',
        request,
        stores: [{ ...hsm, connectionState }],
      });
      return accepted === true ? 'A' : accepted === false ? 'R' : 'O';
    });

    expect(cells.join('')).toBe(row);
  });
});

describe('DescribeCustomKeyStores', () => {
  it.each([
    [{ CustomKeyStoreId: 'cks-1' }, true],
    [{ CustomKeyStoreId: 'cks-2' }, false],
    [{ CustomKeyStoreName: 'alpha' }, true],
    [{ CustomKeyStoreName: 'beta' }, false],
    [{}, true],
  ])('%o is answered: %s', (input, accepted) => {
    const request: Request = { op: 'DescribeCustomKeyStores', input };

    expect(decided({ rule: 'describe/no-such-store', error: '', request, stores: [hsm] }).accepted).toBe(accepted);
  });
});

describe('every operation', () => {
  it('is answered for every store type, without a fault of its own', () => {
    for (const op of operations) {
      for (const type of storeTypes) {
        const it = type === 'AWS_CLOUDHSM' ? hsm : pub;
        const request = { op, input: { CustomKeyStoreId, KeyId: 'key-1' } } as Request;
        expect(
          decided({ rule: 'connect/in-state', error: '', request, stores: [{ ...it, keys: [key] }] }).refusals,
        ).toBeDefined();
      }
    }
  });
});

// Helpers

function store(type: Store['type'], input: Parameters<typeof propertiesOfNew>[0]): Store {
  return {
    id: 'cks-1',
    type,
    connectionState: 'DISCONNECTED',
    properties: propertiesOfNew(input, '2022-11'),
    keys: [],
  };
}

function decided({
  request,
  stores = [],
  broken = [],
  answers = {},
  edition = '2022-11',
}: Omit<Witness, 'edition'> & { edition?: '2022-11' | '2026-04' }) {
  const world = (fact: FactKind, about: string) => (broken.includes(fact) ? false : healthyWorld(fact, about));
  const complete = { VALIDATION_ERROR_NAME: 'ValidationException', ...answers } as Answers;
  return decide({ stores }, request, known({ edition, answers: complete }, world));
}
