import { type Description, describedKey, isShownList, type Shown } from '../../spec/description.ts';
import { visibleStates } from '../../spec/key-state.ts';
import type { Account, Key, Store } from '../../spec/model.ts';
import type { Known } from '../../spec/reading.ts';
import type { Property } from '../property.ts';
import { isOp, moved, pairs } from './steps.ts';

/** Keys, and the states they show. */
export const keys = {
  'keys-made-while-connected': {
    says: 'Keys come into being only in CONNECTED stores.',
    holds: 'always',
    shownBy: 'keys-are-made',
    ofStep: ({ before, after }) =>
      pairs(before, after).every(
        ([was, is]) => is.keys.length <= was.keys.length || was.connectionState === 'CONNECTED',
      ),
  },
  'keys-in-disconnected-stores': {
    says: 'A DISCONNECTED store may hold keys.',
    holds: 'sometimes',
    of: ({ stores }) =>
      stores.some(({ connectionState, keys }) => connectionState === 'DISCONNECTED' && keys.length > 0),
  },
  'unavailable-while-disconnected': {
    says: 'A key of a DISCONNECTED store is Unavailable, unless it is pending deletion or was until the store went.',
    holds: 'always',
    shownBy: 'keys-in-disconnected-stores',
    of: everyKey(
      (key, store, states) =>
        store.connectionState !== 'DISCONNECTED' ||
        key.state === 'PendingDeletion' ||
        key.cancelledOffline === true ||
        states.every((state) => state === 'Unavailable'),
    ),
  },
  'available-while-connected': {
    says: 'A key of a CONNECTED store shows the state that was decided for it.',
    holds: 'always',
    shownBy: 'keys-in-connected-stores',
    of: everyKey(
      (key, store, states) => store.connectionState !== 'CONNECTED' || states.every((state) => state === key.state),
    ),
  },
  'pending-deletion-always-shows': {
    says: 'A key that is pending deletion shows it whatever the state of its store.',
    holds: 'always',
    shownBy: 'keys-pend-deletion',
    of: everyKey(
      (key, _, states) => key.state !== 'PendingDeletion' || states.every((state) => state === 'PendingDeletion'),
    ),
  },
  'keys-used-while-connected': {
    says: 'A key is used only while it is Enabled and its store is CONNECTED.',
    holds: 'always',
    shownBy: 'keys-are-used',
    ofStep: (step) =>
      !(isOp(step, 'Encrypt') && step.result === 'ok') ||
      step.before.stores.some(
        ({ connectionState, keys }) => connectionState === 'CONNECTED' && keys.some(({ state }) => state === 'Enabled'),
      ),
  },
  'decisions-survive-disconnection': {
    says: 'Connecting and disconnecting do not change what was decided about a key.',
    holds: 'always',
    shownBy: 'stores-with-keys-move',
    ofStep: (step) =>
      moved(step).every(([was, is]) =>
        was.keys.every(({ id, state }) => is.keys.find((key) => key.id === id)?.state === state),
      ),
  },
  'keys-show-their-store': {
    says: 'DescribeKey shows the store of a key, and its cluster if it has one.',
    holds: 'always',
    shownBy: 'keys-are-made',
    of: everyKey((key, store, _, is) => {
      const { CustomKeyStoreId: id = [], CloudHsmClusterId: cluster = [] } = describedKey(key, store, is);
      return isOnly(id, store.id) && isOnly(cluster, store.properties.CloudHsmClusterId);
    }),
  },
  'keys-are-made': {
    says: 'Keys come into being.',
    holds: 'sometimes',
    ofStep: ({ before, after }) => pairs(before, after).some(([was, is]) => is.keys.length > was.keys.length),
  },
  'keys-in-connected-stores': {
    says: 'A CONNECTED store may hold keys.',
    holds: 'sometimes',
    of: ({ stores }) => stores.some(({ connectionState, keys }) => connectionState === 'CONNECTED' && keys.length > 0),
  },
  'keys-pend-deletion': {
    says: 'Keys wait for their deletion.',
    holds: 'sometimes',
    of: ({ stores }) => stores.some(({ keys }) => keys.some(({ state }) => state === 'PendingDeletion')),
  },
  'keys-are-used': {
    says: 'Keys are used.',
    holds: 'sometimes',
    ofStep: (step) => isOp(step, 'Encrypt') && step.result === 'ok',
  },
  'stores-with-keys-move': {
    says: 'Stores that hold keys are connected and disconnected.',
    holds: 'sometimes',
    ofStep: (step) => moved(step).some(([was]) => was.keys.length > 0),
  },
} as const satisfies Record<string, Property>;

function everyKey(holds: (key: Key, store: Store, states: readonly string[], is: Known) => boolean) {
  return ({ stores }: Account, is: Known): boolean =>
    stores.every((store) =>
      store.keys.every((key) =>
        holds(
          key,
          store,
          visibleStates(key, store, is).map(({ state }) => state),
          is,
        ),
      ),
    );
}

/** Is this what the member shows, and nothing else? */
const isOnly = (shown: readonly Shown[] | Description, wanted: unknown): boolean =>
  isShownList(shown) && shown.every(({ value }) => value === wanted);
