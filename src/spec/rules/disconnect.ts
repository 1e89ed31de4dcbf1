import type { RulesOf } from '../rule.ts';
import { refusedByState } from './store-state.ts';

export const disconnectRules = {
  'disconnect/in-state': {
    says: 'The store is neither DISCONNECTED nor DISCONNECTING.',
    error: 'CustomKeyStoreInvalidStateException',
    sources: [
      { page: 'API:DisconnectCustomKeyStore', says: 'valid in every state but DISCONNECTED and DISCONNECTING' },
    ],
    rejects: (situation) => refusedByState(situation, 'DisconnectCustomKeyStore'),
  },
} as const satisfies RulesOf<'DisconnectCustomKeyStore'>;
