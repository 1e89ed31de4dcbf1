import { all, any, type Condition, not } from '../condition.ts';
import { given } from '../properties.ts';
import type { QuestionId } from '../questions.ts';
import type { RulesOf, Situation } from '../rule.ts';
import { faultRules, hasFault, hasFaultForKey, ofOneKey } from './proxy.ts';
import { refusedByState } from './store-state.ts';

/** A key is made in a custom key store when the request names one; without that, these rules say nothing. */
export const createKeyRules = {
  'create-key/in-state': {
    says: 'The store is CONNECTED.',
    error: 'CustomKeyStoreInvalidStateException',
    sources: [{ page: 'API:CreateKey', says: 'the store has to be connected' }],
    rejects: (situation) => refusedByState(situation, 'CreateKey'),
  },
  'create-key/origin': {
    says:
      'Origin is AWS_CLOUDHSM in an AWS CloudHSM key store; in an external one it is EXTERNAL_KEY_STORE, and XksKeyId ' +
      'names the external key.',
    error: { answerTo: 'CREATEKEY_ORIGIN_MISMATCH' satisfies QuestionId },
    sources: [{ page: 'API:CreateKey', says: 'the members belong together' }],
    rejects: ({ input, store }) => {
      if (store !== undefined) return input.Origin !== store.type || given(input.XksKeyId) !== isExternal(store.type);
      return !given(input.CustomKeyStoreId) && (given(input.XksKeyId) || isStoreOrigin(input.Origin));
    },
  },
  'create-key/unsupported-key': {
    says: 'The key is a symmetric encryption key of a single Region.',
    error: ['UnsupportedOperationException', 'ValidationException'],
    sources: [{ page: 'API:CreateKey', says: 'custom key stores hold only such keys' }],
    rejects: ({ input, store }) => {
      if (store === undefined) return false;
      const specs = [input.KeySpec, input.CustomerMasterKeySpec].filter(given);
      const usage = input.KeyUsage ?? 'ENCRYPT_DECRYPT';
      return (
        input.MultiRegion === true || usage !== 'ENCRYPT_DECRYPT' || specs.some((spec) => spec !== 'SYMMETRIC_DEFAULT')
      );
    },
  },
  'create-key/external-key-in-use': {
    says: 'No other KMS key of the store has the external key.',
    error: 'XksKeyAlreadyInUseException',
    sources: [
      { page: 'API:CreateKey', says: 'one KMS key for each external key in a store; other stores may use it again' },
    ],
    rejects: ({ input, store, holds }) =>
      given(input.XksKeyId) &&
      any(
        ...(store?.keys ?? []).map(({ id, xksKeyId }) =>
          xksKeyId === null ? holds('value.same', id, 'XksKeyId') : xksKeyId === input.XksKeyId,
        ),
        store?.partlySeen === true && not(holds('store.fullySeen', store.id)),
      ),
  },
} as const satisfies RulesOf<'CreateKey'>;

/** A proxy that fails when a key is made. */
export const createKeyFaultRules = faultRules('create-key/proxy' as const, 'createKey', (situation, fault) => {
  const { store, input, answered } = situation as Situation<'CreateKey'>;
  // Nobody asks the proxy of a store that is DISCONNECTED.
  if (store?.type !== 'EXTERNAL_KEY_STORE' || store.connectionState === 'DISCONNECTED') return false;
  const forKey = hasFaultForKey(situation, store.properties, fault, input.XksKeyId);
  if (ofOneKey.has(fault)) return forKey;
  return all(any(hasFault(situation, store.properties, fault), forKey), shownAsInvalidState(answered));
});

/** Random bytes come from the cluster of a store when the request names one. */
export const generateRandomRules = {
  'generate-random/in-state': {
    says: 'The store is CONNECTED.',
    error: 'CustomKeyStoreInvalidStateException',
    sources: [{ page: 'API:GenerateRandom', says: 'the store has to be connected' }],
    rejects: (situation) => refusedByState(situation, 'GenerateRandom'),
  },
  'generate-random/external': {
    says: 'The store is an AWS CloudHSM key store.',
    error: 'UnsupportedOperationException',
    sources: [{ page: 'API:GenerateRandom', says: 'not for external key stores' }],
    rejects: ({ store }) => store !== undefined && isExternal(store.type),
  },
} as const satisfies RulesOf<'GenerateRandom'>;

const isExternal = (type: string): boolean => type === 'EXTERNAL_KEY_STORE';
const isStoreOrigin = (origin: string | undefined): boolean =>
  origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE';
const shownAsInvalidState = (answered: Situation['answered']): Condition =>
  answered('CREATEKEY_INVALID_STATE_OVERLOAD', 'PROXY_FAULT_WHILE_CONNECTED');
