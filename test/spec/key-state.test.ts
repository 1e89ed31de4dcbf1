import { describe, expect, it } from 'vitest';
import { healthyWorld } from '../../src/spec/facts.ts';
import { visibleStates } from '../../src/spec/key-state.ts';
import type { Store } from '../../src/spec/model.ts';
import { type Answers, known } from '../../src/spec/reading.ts';
import type { ConnectionState, KeyState } from '../../src/spec/vocabulary.ts';

/** State of the key, of its store, whether its deletion was taken back offline, an answer, and what shows. */
const table: readonly (readonly [KeyState, ConnectionState, boolean, Answers, string])[] = [
  ['Enabled', 'CONNECTED', false, {}, 'Enabled'],
  ['Disabled', 'CONNECTED', false, {}, 'Disabled'],
  ['PendingDeletion', 'CONNECTED', false, {}, 'PendingDeletion'],
  ['Enabled', 'DISCONNECTED', false, {}, 'Unavailable'],
  ['Disabled', 'DISCONNECTED', false, {}, 'Unavailable'],
  ['PendingDeletion', 'DISCONNECTED', false, {}, 'PendingDeletion'],
  ['Disabled', 'DISCONNECTED', true, { CANCEL_DELETION_WHILE_DISCONNECTED: 'DISABLED' }, 'Disabled'],
  [
    'Disabled',
    'DISCONNECTED',
    true,
    { CANCEL_DELETION_WHILE_DISCONNECTED: 'UNAVAILABLE_THEN_DISABLED' },
    'Unavailable',
  ],
  ['Disabled', 'DISCONNECTED', true, {}, 'Unavailable or Disabled'],
  ['Enabled', 'FAILED', false, { KEY_STATE_WHILE_TRANSIENT: 'UNAVAILABLE' }, 'Unavailable'],
  ['Enabled', 'CONNECTING', false, { KEY_STATE_WHILE_TRANSIENT: 'PRIOR_STATE' }, 'Enabled'],
  ['Enabled', 'DISCONNECTING', false, {}, 'Unavailable or Enabled'],
  ['PendingDeletion', 'FAILED', false, {}, 'PendingDeletion'],
];

describe('what DescribeKey shows', () => {
  it.each(table)(
    '%s in a %s store (cancelled offline: %s, %o): %s',
    (state, connectionState, offline, answers, shown) => {
      const key = { id: 'key-1', state, ...(offline ? { cancelledOffline: true as const } : {}) };
      const store: Store = {
        id: 'cks-1',
        type: 'AWS_CLOUDHSM',
        connectionState,
        properties: { CustomKeyStoreName: 'a' },
        keys: [key],
      };
      const states = visibleStates(key, store, known({ edition: '2022-11', answers }, healthyWorld));

      expect(states.map((each) => each.state).join(' or ')).toBe(shown);
    },
  );
});
