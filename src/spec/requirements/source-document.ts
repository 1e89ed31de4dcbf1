import type { Requirement } from '../requirement.ts';

/** The claims of the source document. They come first. */
export const sourceDocument = {
  S01: {
    page: 'SEED',
    says: 'CustomKeyStoreId is required, every other member of Update is optional.',
    rules: ['request/malformed', 'update/no-member'],
  },
  S02: {
    page: 'SEED',
    says: 'Update returns no property; Describe shows the new ones.',
    file: 'src/oracle/match.ts',
    properties: ['only-given-members-change'],
  },
  S03: {
    page: 'SEED',
    says: 'Name, password and cluster of an AWS CloudHSM key store can be changed.',
    file: 'src/spec/eligibility.ts',
    rules: ['cluster/not-related'],
  },
  S04: {
    page: 'SEED',
    says: 'An AWS CloudHSM key store has to be DISCONNECTED to change at all.',
    rules: ['update/in-state'],
    questions: ['HSM_NAME_WHILE_CONNECTED'],
  },
  S05: {
    page: 'SEED',
    says: 'Name, credential, connectivity, endpoint and path of an external key store can be changed; with VPC connectivity also the service name.',
    file: 'src/spec/eligibility.ts',
    rules: ['update/vpc-member-on-public'],
  },
  S06: {
    page: 'SEED',
    says: 'Most properties of an external key store change only while it is DISCONNECTED.',
    rules: ['update/in-state'],
    properties: ['frozen-outside-disconnected'],
  },
  S07: {
    page: 'SEED',
    says: 'Name, credential and path change while CONNECTED or DISCONNECTED.',
    rules: ['update/in-state'],
    questions: ['XKS_HOT_FIELDS_WHILE_CONNECTED'],
    properties: ['update-succeeds-while-connected'],
  },
  S08: {
    page: 'SEED',
    says: 'Disconnect, update, connect; Describe shows the state.',
    transitions: ['T10', 'T13', 'T20', 'T02'],
    properties: ['way-to-connected'],
  },
  S09: {
    page: 'SEED',
    says: 'The caller is advised to make sure that new values can connect.',
    notModelled:
      'advice to the caller: KMS is not said to enforce it; what KMS does check are the proxy and cluster rules',
  },
  S10: {
    page: 'SEED',
    says: 'New settings should lead to the same key manager; settings that fail can be corrected.',
    properties: ['failure-can-be-overcome'],
    file: 'src/spec/rules/key.ts',
  },
  S11: {
    page: 'SEED',
    says: 'The operation does not take a proxy configuration file.',
    file: 'src/cli/commands/update-input.ts',
    testedBy: 'test/cli/commands.test.ts',
  },
  S12: {
    page: 'SEED',
    says: 'Success answers with a JSON object without members.',
    file: 'src/oracle/match.ts',
    questions: ['EMPTY_BODY'],
  },
  S13: {
    page: 'SEED',
    says: 'A store of another account cannot be used.',
    rules: ['store/not-found', 'request/access-denied'],
  },
  S14: { page: 'SEED', says: 'The permission kms:UpdateCustomKeyStore is needed.', rules: ['request/access-denied'] },
  S15: { page: 'SEED', says: 'Answers may be stale for a while.', questions: ['STALE_READS'] },
  S16: {
    page: 'SEED',
    says: 'It does not speak of CONNECTING, DISCONNECTING, FAILED, exceptions, companions, atomicity, the service owner or the health check.',
    questions: [
      'XKS_HOT_FIELDS_IN_OTHER_STATES',
      'HSM_NAME_IN_OTHER_STATES',
      'UPDATE_ATOMICITY',
      'UPDATE_VPC_OWNER_REQUIRED',
      'UPDATE_HEALTHCHECK_SCOPE',
    ],
  },
} as const satisfies Record<string, Requirement>;
