import { all, any, type Condition, not } from '../condition.ts';
import { keyArnsOf, keyIdsOf } from '../key-id.ts';
import { isOfPairs, type KeyStateReason, keyStateTable, reasonsOf, usesKey, visibleStates } from '../key-state.ts';
import type { Named, RulesOf, Situation } from '../rule.ts';
import { inDoubt } from './arguments.ts';
import { faultRules, hasFault, hasFaultForKey } from './proxy.ts';

/** An operation on a key that exists. */
type OnKey = keyof typeof keyStateTable;

const keyStatePage = (says: string) => ({ page: 'G:key-state', says }) as const;

/** What the state of a key refuses. The table in key-state.ts decides. */
export const keyStateRules = {
  'key/disabled': {
    says: 'The key is not disabled.',
    error: 'DisabledException',
    sources: [keyStatePage('a disabled key is not used')],
    rejects: (situation) =>
      // A key that was disabled while it was Unavailable is refused for either reason: no order is documented.
      any(
        inState(situation, 'disabled'),
        usesKey(situation.op) && situation.keys.some(({ key }) => key.state === 'Disabled'),
      ),
  },
  'key/pending-deletion': {
    says: 'The key is not pending deletion.',
    error: 'KMSInvalidStateException',
    sources: [keyStatePage('a key that is pending deletion only shows, and takes back its deletion')],
    rejects: (situation) => all(inState(situation, 'pending deletion'), not(saysDisabled(situation))),
  },
  'key/pending-deletion-is-disabled': {
    says: 'A key that is pending deletion does not count as disabled when it is used.',
    error: 'DisabledException',
    sources: [keyStatePage('gives both exceptions for the use of such a key')],
    rejects: (situation) => all(inState(situation, 'pending deletion'), saysDisabled(situation)),
  },
  'key/not-pending-deletion': {
    says: 'The key is pending deletion.',
    error: 'KMSInvalidStateException',
    sources: [keyStatePage('there is no deletion to take back')],
    rejects: (situation) => inState(situation, 'not pending deletion'),
  },
  'key/unavailable': {
    says: 'The key is not Unavailable.',
    error: 'KMSInvalidStateException',
    sources: [keyStatePage('keys of a disconnected store are Unavailable')],
    rejects: (situation) => inState(situation, 'unavailable'),
  },
  'key/unsupported': {
    says: 'The operation is one that keys in custom key stores support.',
    error: 'UnsupportedOperationException',
    sources: [keyStatePage('names the operations that such keys never support')],
    rejects: (situation) => inState(situation, 'unsupported'),
  },
  'key/pair-unavailable': {
    says: 'A data key pair is not asked of an Unavailable key.',
    error: 'KMSInvalidStateException',
    sources: [keyStatePage('the older table has the error of an Unavailable key here, the newer the unsupported one')],
    rejects: (situation) =>
      isOfPairs(situation.op) &&
      all(
        any(...situation.keys.map(({ key, store }) => shows('Unavailable', key, store, situation))),
        situation.answered('DATAKEYPAIR_UNAVAILABLE', 'REJECT_KMS_INVALID_STATE'),
      ),
  },
} as const satisfies RulesOf<OnKey>;

/** What the use of a key needs of its store. */
export const cryptographicRules = {
  'key/store-not-connected': {
    says: 'The store of the key is CONNECTED.',
    error: 'KMSInvalidStateException',
    sources: [
      { page: 'API:Encrypt', says: 'a key is used only while its store is connected' },
      { page: 'G:xks-monitoring', says: 'gives the exception' },
    ],
    rejects: ({ keys }) => keys.some(({ store }) => store.connectionState !== 'CONNECTED'),
  },
  'key/backing-store-fails': {
    says: 'The backing key store answers: its cluster has an active HSM, its key is there.',
    error: { answerTo: 'CRYPTO_INTERNAL_EXCEPTION' },
    sources: [
      { page: 'G:xks-troubleshooting', says: 'every such failure is an invalid state of the key' },
      { page: 'G:xks-monitoring', says: 'an internal failure, if the proxy was reliable until now' },
    ],
    rejects: ({ keys, holds }) =>
      any(
        ...keys.map(({ key, store }) => {
          const gone = not(holds('backingKey.exists', key.id));
          const cluster = store.properties.CloudHsmClusterId;
          if (cluster === undefined) return gone;
          return any(gone, not(holds('cluster.oneHsm', cluster)), not(holds('cluster.freeSession', cluster)));
        }),
      ),
  },
  'key/ciphertext': {
    says: 'The ciphertext was made with the key, and for the same encryption context.',
    error: ['InvalidCiphertextException', 'IncorrectKeyException'],
    sources: [{ page: 'MODEL', says: 'lists both for the operations that decrypt' }],
    rejects: ({ op, keys, holds }) =>
      (op === 'Decrypt' || op === 'ReEncrypt') && keys.length > 0 && not(holds('ciphertext.valid', op)),
  },
  'key/data-key-unsupported': {
    says: 'A data key may be asked of a key in a custom key store.',
    error: { answerTo: 'DATAKEY_KEYID_TEXT' },
    sources: [{ page: 'G:key-state', says: 'the operation is supported' }],
    contradictedBy: [{ page: 'API:GenerateDataKey', says: 'the text of the parameter excludes such keys' }],
    rejects: ({ op, keys }) => op.startsWith('GenerateDataKey') && keys.length > 0,
  },
} as const satisfies RulesOf<OnKey>;

/** A proxy that fails when a key is used. */
export const cryptographicFaultRules = faultRules('key/proxy' as const, 'crypto', (situation, fault) =>
  any(
    ...situation.keys.map(
      ({ key, store }) =>
        store.type === 'EXTERNAL_KEY_STORE' &&
        any(
          hasFault(situation, store.properties, fault),
          // That a key can be used says nothing of what KMS asks of it when it is taken for a new one.
          all(inDoubt(situation, true), hasFaultForKey(situation, store.properties, fault, key.xksKeyId)),
        ),
    ),
  ),
);

/** What depends on one operation only. */
export const keyRequestRules = {
  'key/not-found': {
    says: 'A key has the ID, and the account and the Region of the ARN, if it is one.',
    error: ['NotFoundException', 'InvalidArnException'],
    sources: [{ page: 'API:DescribeKey', says: 'no such key' }],
    // A key that is not in a custom key store of this account is none of our business: see `elsewhere` in decide.ts.
    rejects: ({ keys, input, holds }) =>
      any(
        keys.length === 0 && keyIdsOf(input).length > 0,
        keys.length > 0 && any(...keyArnsOf(input).map((arn) => not(holds('key.arn', arn)))),
      ),
  },
  'key/window-out-of-range': {
    says: 'The waiting period is 7 to 30 days.',
    error: { answerTo: 'PENDING_WINDOW_RANGE' },
    sources: [
      { page: 'API:ScheduleKeyDeletion', says: '7 to 30 days' },
      { page: 'MODEL', says: '1 to 365 days' },
    ],
    rejects: ({ input }) => {
      const { PendingWindowInDays: days } = input as { PendingWindowInDays?: unknown };
      return typeof days === 'number' && days >= 1 && days <= 365 && (days < 7 || days > 30);
    },
  },
} as const satisfies RulesOf<OnKey>;

const saysDisabled = ({ op, answered }: Situation): Condition =>
  usesKey(op) && answered('PENDING_DELETION_CRYPTO', 'REJECT_DISABLED');

function shows(state: string, key: Named['key'], store: Named['store'], situation: Situation): Condition {
  return any(...visibleStates(key, store, situation).map((each) => each.state === state && each.when));
}

/** Is one of the keys in a state for which the table gives this reason? */
function inState(situation: Situation<OnKey>, reason: KeyStateReason): Condition {
  const row = keyStateTable[situation.op];
  return any(
    ...situation.keys.flatMap(({ key, store }) =>
      visibleStates(key, store, situation).map(
        ({ state, when }) => (reasonsOf[row[state]] as readonly string[]).includes(reason) && when,
      ),
    ),
  );
}
