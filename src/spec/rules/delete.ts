import { any, not } from '../condition.ts';
import type { RulesOf } from '../rule.ts';
import { refusedByState } from './store-state.ts';

export const deleteRules = {
  'delete/in-state': {
    says: 'The store is DISCONNECTED.',
    error: 'CustomKeyStoreInvalidStateException',
    sources: [{ page: 'API:DeleteCustomKeyStore', says: 'a store has to be DISCONNECTED to be deleted' }],
    rejects: (situation) => refusedByState(situation, 'DeleteCustomKeyStore'),
  },
  'delete/has-keys': {
    says: 'The store holds no KMS key; one that is pending deletion counts until it is gone.',
    error: 'CustomKeyStoreHasCMKsException',
    sources: [
      { page: 'API:DeleteCustomKeyStore', says: 'the store has to be empty of keys' },
      { page: 'G:delete-keystore', says: 'keys pending deletion count' },
    ],
    rejects: ({ store, holds }) =>
      store !== undefined &&
      any(store.keys.length > 0, store.partlySeen === true && not(holds('store.fullySeen', store.id))),
  },
} as const satisfies RulesOf<'DeleteCustomKeyStore'>;
