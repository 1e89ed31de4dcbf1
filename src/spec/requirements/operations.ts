import type { Requirement } from '../requirement.ts';

/** What the documents say of the operations beside their members and errors. */
export const operationEffects = {
  'create/disconnected': {
    page: 'API:CreateCustomKeyStore',
    says: 'A new store is DISCONNECTED.',
    transitions: ['T01'],
    properties: ['new-stores-disconnected'],
  },
  'create/no-key-material': {
    page: 'API:CreateCustomKeyStore',
    says: 'Creating a store changes neither key material nor cluster users.',
    properties: ['new-stores-disconnected'],
  },
  'create/public-health': {
    page: 'XKS',
    says: 'KMS asks a public proxy for its health when a store is created.',
    rules: ['proxy/no-tcp-connection', 'proxy/all-instances-unavailable'],
  },
  'create/private-health': {
    page: 'API:CreateCustomKeyStore',
    says: 'A proxy behind a VPC endpoint service is first asked at connect; the service is checked when the store is created.',
    questions: ['CREATE_VPC_PROXY_TEST'],
    rules: ['endpoint-service/not-found', 'endpoint-service/not-configured'],
  },
  'create/idempotent': {
    page: 'G:create-keystore',
    says: 'A repeated creation with equal values returns the ID of a DISCONNECTED store.',
    questions: ['CREATE_HSM_IDEMPOTENT', 'CREATE_XKS_IDEMPOTENT'],
  },
  'connect/hsm': {
    page: 'API:ConnectCustomKeyStore',
    says: 'KMS finds the cluster, logs in as kmsuser, changes its password and stays logged in.',
    transitions: ['T03'],
    properties: ['connecting-rotates-password', 'passwords-as-given'],
    file: 'src/machine/effects.ts',
  },
  'connect/public': {
    page: 'API:ConnectCustomKeyStore',
    says: 'KMS asks the proxy for its health.',
    questions: ['CONNECT_HEALTHCHECK_SCOPE'],
    file: 'src/spec/connection.ts',
  },
  'connect/private': {
    page: 'G:about-xks-connecting',
    says: 'KMS verifies the domain, makes an endpoint and a hosted zone, then asks the proxy.',
    transitions: ['T03', 'T04'],
    file: 'src/spec/connection.ts',
    testedBy: 'test/spec/connection.test.ts',
  },
  'connect/asynchronous': {
    page: 'API:ConnectCustomKeyStore',
    says: 'A failure after the answer shows as FAILED with a code.',
    transitions: ['T04'],
    properties: ['code-exactly-in-failed'],
  },
  'connect/valid-states': {
    page: 'API:ConnectCustomKeyStore',
    says: 'Connect is valid in CONNECTED and CONNECTING.',
    questions: ['CONNECT_WHEN_CONNECTED', 'CONNECT_WHEN_CONNECTING'],
    rules: ['connect/in-state'],
  },
  'disconnect/hsm': {
    page: 'G:disconnect-keystore',
    says: 'KMS logs out and removes its network parts.',
    notModelled: 'what is removed on the network is not seen through the API',
  },
  'disconnect/external': {
    page: 'G:about-xks-disconnecting',
    says: 'The endpoint of a VPC store is deleted; a public one has nothing to delete.',
    notModelled: 'what is removed on the network is not seen through the API',
  },
  'disconnect/silence': {
    page: 'G:about-xks-disconnecting',
    says: 'No request goes to the proxy of a DISCONNECTED store.',
    questions: ['UPDATE_HEALTHCHECK_SCOPE'],
  },
  'disconnect/backing-store': {
    page: 'API:DisconnectCustomKeyStore',
    says: 'The backing store is not changed.',
    properties: ['decisions-survive-disconnection'],
  },
  'disconnect/not-idempotent': {
    page: 'API:DisconnectCustomKeyStore',
    says: 'Disconnect is refused in DISCONNECTED and DISCONNECTING.',
    rules: ['disconnect/in-state'],
  },
  'update/several': {
    page: 'G:update-keystore',
    says: 'One call may change several properties.',
    questions: ['UPDATE_MIXED_HOT_COLD', 'UPDATE_ATOMICITY'],
  },
  'update/health': {
    page: 'G:update-xks-keystore',
    says: 'KMS first asks the proxy at the new values; a bad answer fails the edit.',
    questions: ['UPDATE_HEALTHCHECK_SCOPE'],
    rules: ['proxy/invalid-uri-path'],
  },
  'update/delay': {
    page: 'G:update-xks-keystore',
    says: 'Describe shows new values at once; they are in full effect within five minutes.',
    questions: ['UPDATE_EFFECT_DELAY'],
  },
  'update/to-vpc': {
    page: 'API:UpdateCustomKeyStore',
    says: 'A switch to VPC comes with endpoint and service name.',
    rules: ['update/switch-to-vpc-alone', 'update/switch-keeps-endpoint', 'update/switch-without-owner'],
  },
  'update/to-public': {
    page: 'API:UpdateCustomKeyStore',
    says: 'A switch to public comes with an endpoint, and clears the service name.',
    rules: ['update/switch-to-public-alone', 'update/service-name-not-cleared', 'update/service-name-empty'],
  },
  'update/credential': {
    page: 'API:UpdateCustomKeyStore',
    says: 'Both parts of a credential are always given.',
    rules: ['request/malformed'],
  },
  'update/endpoint-alone': {
    page: 'G:update-xks-keystore',
    says: 'A new endpoint may need a new certificate.',
    rules: ['proxy/tls-failure'],
  },
  'update/cluster-alone': {
    page: 'G:update-keystore',
    says: 'kmsuser has to be in the new cluster when the store connects.',
    transitions: ['T04'],
    testedBy: 'test/spec/connection.test.ts',
    file: 'src/spec/connection.ts',
  },
  'update/cluster-checked': {
    page: 'API:UpdateCustomKeyStore',
    says: 'A new cluster is found, active, related and configured, with two HSMs.',
    rules: ['cluster/not-found', 'cluster/not-active', 'cluster/not-related', 'cluster/not-configured'],
  },
  'update/service-checked': {
    page: 'API:UpdateCustomKeyStore',
    says: 'A new service exists, is configured, and free.',
    rules: ['endpoint-service/not-found', 'endpoint-service/not-configured', 'endpoint-service/in-use'],
  },
  'update/uri-checked': {
    page: 'API:UpdateCustomKeyStore',
    says: 'Endpoint and path keep the rules of uniqueness.',
    rules: ['proxy-uri/in-use', 'proxy-endpoint/in-use'],
  },
  'update/same-manager': {
    page: 'SEED',
    says: 'Whether the same key manager is behind a new proxy is not checked.',
    notModelled: 'a duty of the caller that no answer shows',
  },
  'update/immutable': {
    page: 'API:UpdateCustomKeyStore',
    says: 'Type, trust anchor, ID and creation date cannot be changed.',
    properties: ['immutable'],
    file: 'src/spec/eligibility.ts',
  },
  'delete/untouched': {
    page: 'API:DeleteCustomKeyStore',
    says: 'Deletion leaves cluster, users, proxy and external keys alone.',
    notModelled: 'what is outside KMS is not seen through the API',
  },
  'delete/free-again': {
    page: 'G:delete-keystore',
    says: 'Cluster or proxy may be used for a new store.',
    properties: ['accounts-can-be-emptied'],
  },
  'describe/no-effect': {
    page: 'API:DescribeCustomKeyStores',
    says: 'Describe changes nothing.',
    properties: ['describe-changes-nothing', 'descriptions-happen'],
    file: 'src/machine/custom-key-store.machine.ts',
  },
  'describe/members': {
    page: 'API:CustomKeyStoresListEntry',
    says: 'Which members show depends on type, connectivity and state; secrets never do.',
    file: 'src/spec/description.ts',
    properties: ['no-secret-shown', 'code-exactly-in-failed'],
  },
  'describe/filters': {
    page: 'API:DescribeCustomKeyStores',
    says: 'Filter by ID or by name, not both; nothing found is an error.',
    rules: ['describe/no-such-store', 'describe/two-filters'],
  },
  'describe/pages': {
    page: 'MODEL',
    says: 'Limit, Marker, NextMarker and Truncated page the list.',
    rules: ['describe/invalid-marker'],
    file: 'src/oracle/match.ts',
  },
} as const satisfies Record<string, Requirement>;
