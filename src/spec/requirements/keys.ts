import type { Requirement } from '../requirement.ts';

/** Keys in custom key stores, eventual consistency, and the wire. */
export const keysAndWire = {
  'key/create': {
    page: 'API:CreateKey',
    says: 'A key is made in a CONNECTED store, with matching origin, symmetric and of one Region.',
    rules: ['create-key/in-state', 'create-key/origin', 'create-key/unsupported-key'],
    properties: ['keys-made-while-connected'],
  },
  'key/random': {
    page: 'API:GenerateRandom',
    says: 'Random bytes come from a CONNECTED AWS CloudHSM store only.',
    rules: ['generate-random/in-state', 'generate-random/external'],
  },
  'key/use': {
    page: 'G:key-state',
    says: 'A key is used while it is Enabled and its store CONNECTED.',
    rules: ['key/store-not-connected', 'key/disabled', 'key/unavailable'],
    properties: ['keys-used-while-connected'],
  },
  'key/describe': {
    page: 'API:DescribeKey',
    says: 'DescribeKey shows the state and what is behind the key.',
    properties: ['keys-show-their-store', 'available-while-connected', 'unavailable-while-disconnected'],
    file: 'src/spec/description.ts',
  },
  'key/answer': {
    page: 'API:Encrypt',
    says: 'Who uses a key is told which one it was.',
    file: 'src/spec/description.ts',
    testedBy: 'test/oracle/one-fault.test.ts',
  },
  'key/without-plaintext': {
    page: 'API:GenerateDataKeyWithoutPlaintext',
    says: 'Who asks for a data key without its plaintext gets it encrypted only.',
    file: 'src/spec/description.ts',
    testedBy: 'test/oracle/one-fault.test.ts',
  },
  'key/enable': {
    page: 'G:key-state',
    says: 'Enabling or disabling an Unavailable key shows after the store reconnects.',
    properties: ['available-while-connected', 'unavailable-while-disconnected'],
  },
  'key/schedule': {
    page: 'G:key-state',
    says: 'Deletion is scheduled also while the store is disconnected.',
    rules: ['key/pending-deletion', 'key/window-out-of-range'],
  },
  'key/scheduled': {
    page: 'API:ScheduleKeyDeletion',
    says: 'The answer names the key, shows that it is pending deletion, and for how many days: 30 if nothing was said.',
    file: 'src/spec/description.ts',
    testedBy: 'test/oracle/one-fault.test.ts',
  },
  'key/cancel': {
    page: 'G:key-state',
    says: 'A deletion is taken back at any time in the window; the key is Disabled then.',
    rules: ['key/not-pending-deletion'],
    questions: ['CANCEL_DELETION_WHILE_DISCONNECTED'],
  },
  'key/rotation': { page: 'G:key-state', says: 'No rotation, no import, no key pairs.', rules: ['key/unsupported'] },
  'key/others': {
    page: 'G:key-state',
    says: 'Aliases, grants, policies, tags and descriptions work while a key is Unavailable.',
    notModelled: 'these operations do not depend on the store',
  },
  'key/unavailable-cause': {
    page: 'G:key-state',
    says: 'Unavailable comes from an intentional disconnection.',
    properties: ['unavailable-while-disconnected'],
    questions: ['KEY_STATE_WHILE_TRANSIENT'],
  },
  'key/unavailable-at-once': {
    page: 'G:disconnect-keystore',
    says: 'A disconnection makes every key Unavailable at once, but for those pending deletion.',
    properties: ['unavailable-while-disconnected', 'pending-deletion-always-shows'],
  },
  'key/restored': {
    page: 'API:ConnectCustomKeyStore',
    says: 'A reconnection restores the earlier state.',
    properties: ['available-while-connected', 'decisions-survive-disconnection'],
  },
  'key/pending-hides': {
    page: 'G:key-state',
    says: 'PendingDeletion hides Unavailable.',
    properties: ['pending-deletion-always-shows'],
  },
  'key/backing-lost': {
    page: 'G:key-state',
    says: 'A lost backing key leaves the key state; its use fails.',
    rules: ['key/backing-store-fails'],
    questions: ['BACKING_KEY_DELETED'],
  },
  'key/orphans': {
    page: 'API:ScheduleKeyDeletion',
    says: 'Deleting the material in a cluster is best effort; external keys are never deleted.',
    notModelled: 'what is left in the backing store is not seen through the API',
  },
  'consistency/delay': {
    page: 'G:accessing-kms',
    says: 'Answers may be stale for seconds, rarely for minutes.',
    questions: ['STALE_READS'],
  },
  'consistency/early': {
    page: 'G:accessing-kms',
    says: 'Early calls may get not-found or invalid-state errors.',
    questions: ['STALE_READS', 'DELETE_STALE'],
  },
  'consistency/note': {
    page: 'API:UpdateCustomKeyStore',
    says: 'Each of the six operations says so.',
    questions: ['STALE_READS'],
  },
  'consistency/disconnect': {
    page: 'G:disconnect-keystore',
    says: 'Keys stop working right after a disconnection, but for staleness.',
    rules: ['key/store-not-connected'],
  },
  'consistency/update': {
    page: 'G:update-xks-keystore',
    says: 'Updates show at once and take full effect within minutes.',
    questions: ['UPDATE_EFFECT_DELAY'],
  },
  'wire/protocol': {
    page: 'SMITHY',
    says: 'AWS JSON 1.1: POST to /, with the operation in X-Amz-Target.',
    file: 'src/wire/endpoint.ts',
    testedBy: 'test/cli/check.test.ts',
  },
  'wire/errors': {
    page: 'SMITHY',
    says: 'The error is in __type, perhaps with a namespace before it.',
    file: 'src/spec/errors.ts',
    testedBy: 'test/cli/check.test.ts',
  },
  'wire/statuses': {
    page: 'MODEL',
    says: 'Store errors are 400, internal ones 500, time-outs 503, key states 409, missing keys 404.',
    file: 'src/spec/errors.ts',
    questions: ['HTTP_STATUS'],
  },
  'wire/values': {
    page: 'SMITHY',
    says: 'Times are seconds, bytes base64, null is absent.',
    file: 'src/wire/sdk-target.ts',
    testedBy: 'test/cli/check.test.ts',
  },
  'wire/common': {
    page: 'G:throttling',
    says: 'Any request may be throttled, unauthorised, or fail inside.',
    rules: ['request/throttled', 'request/access-denied', 'request/internal-failure'],
  },
} as const satisfies Record<string, Requirement>;
