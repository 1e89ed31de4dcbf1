import { codesOf } from '../../spec/connection-error-codes.ts';
import { describedStore, isShownList } from '../../spec/description.ts';
import type { Property } from '../property.ts';
import { gone, isHidden, isOp, isRefusedWith, moved, someIn } from './steps.ts';

/** How stores come, connect, fail and go. */
export const states = {
  'new-stores-disconnected': {
    says: 'A new store is DISCONNECTED and has no keys.',
    holds: 'always',
    shownBy: 'creation-happens',
    ofStep: ({ before, after }) =>
      gone(after, before).every(({ connectionState, keys }) => connectionState === 'DISCONNECTED' && keys.length === 0),
  },
  'no-deletion-with-keys': {
    says: 'A store that holds keys is never deleted.',
    holds: 'always',
    shownBy: 'deletion-refused-for-keys',
    ofStep: ({ before, after }) => gone(before, after).every(({ keys }) => keys.length === 0),
  },
  'deletion-only-while-disconnected': {
    says: 'A store is deleted only while it is DISCONNECTED.',
    holds: 'always',
    shownBy: 'deletion-happens',
    ofStep: ({ before, after }) =>
      gone(before, after).every(({ connectionState }) => connectionState === 'DISCONNECTED'),
  },
  'deletion-happens': {
    says: 'Stores are deleted.',
    holds: 'sometimes',
    ofStep: ({ before, after }) => gone(before, after).length > 0,
  },
  'failed-left-by-disconnect': {
    says: 'Nothing but a disconnection leads out of FAILED.',
    holds: 'always',
    shownBy: 'failed-is-left',
    ofStep: (step) =>
      moved(step).every(
        ([was]) =>
          was.connectionState !== 'FAILED' ||
          isOp(step, 'DisconnectCustomKeyStore') ||
          isHidden(step, 'disconnection.begins'),
      ),
  },
  'connected-left-on-request': {
    says: 'Nothing but a disconnection leads out of CONNECTED, unless the store is connected anew.',
    holds: 'always',
    shownBy: 'connected-is-left',
    ofStep: (step) =>
      moved(step).every(
        ([was]) =>
          was.connectionState !== 'CONNECTED' ||
          isOp(step, 'DisconnectCustomKeyStore') ||
          isOp(step, 'ConnectCustomKeyStore') ||
          isHidden(step, 'disconnection.begins'),
      ),
  },
  'connected-through-connecting': {
    says: 'A store becomes CONNECTED only from CONNECTING.',
    holds: 'always',
    shownBy: 'connected-happens',
    ofStep: (step) =>
      moved(step).every(([was, is]) => is.connectionState !== 'CONNECTED' || was.connectionState === 'CONNECTING'),
  },
  'failed-through-connecting': {
    says: 'A store becomes FAILED only from CONNECTING.',
    holds: 'always',
    shownBy: 'failed-happens',
    ofStep: (step) =>
      moved(step).every(([was, is]) => is.connectionState !== 'FAILED' || was.connectionState === 'CONNECTING'),
  },
  'way-to-connected': {
    says: 'From every state with a store there is a way to a CONNECTED store.',
    holds: 'leads to',
    from: ({ stores }) => stores.length > 0,
    to: ({ stores }) => stores.some(({ connectionState }) => connectionState === 'CONNECTED'),
  },
  'attempts-end': {
    says: 'A connection attempt can end.',
    holds: 'leads to',
    from: someIn('CONNECTING'),
    to: ({ stores }) => stores.every(({ connectionState }) => connectionState !== 'CONNECTING'),
  },
  'failure-can-be-overcome': {
    says: 'A FAILED store can be CONNECTED after all.',
    holds: 'leads to',
    from: someIn('FAILED'),
    to: someIn('CONNECTED'),
  },
  'code-exactly-in-failed': {
    says: 'ConnectionErrorCode is shown exactly while the store is FAILED.',
    holds: 'always',
    shownBy: 'failed-happens',
    of: ({ stores }, is) =>
      stores.every((store) => {
        const code = describedStore(store, is)['ConnectionErrorCode'];
        const shown = code !== undefined && isShownList(code) && code.some(({ value }) => value !== undefined);
        return shown === (store.connectionState === 'FAILED');
      }),
  },
  'code-fits-type': {
    says: 'The code is one of those that belong to the type of the store.',
    holds: 'always',
    shownBy: 'failed-happens',
    of: ({ stores }) =>
      stores.every(
        ({ type, connectionErrorCode: code }) => code === undefined || code === null || codesOf(type).includes(code),
      ),
  },
  'failed-happens': { says: 'Connection attempts fail.', holds: 'sometimes', of: someIn('FAILED') },
  'disconnecting-happens': {
    says: 'A disconnection may be seen while it runs.',
    holds: 'sometimes',
    of: someIn('DISCONNECTING'),
  },
  'connecting-rotates-password': {
    says: 'KMS has changed the password of kmsuser in every AWS CloudHSM key store that is CONNECTED.',
    holds: 'always',
    shownBy: 'passwords-rotate',
    of: ({ stores }) =>
      stores.every(
        ({ type, connectionState, rotated }) =>
          type !== 'AWS_CLOUDHSM' || connectionState !== 'CONNECTED' || rotated === true,
      ),
  },
  'passwords-as-given': {
    says: 'The password of an AWS CloudHSM key store that was never CONNECTED is the one that was given.',
    holds: 'sometimes',
    of: ({ stores }) => stores.some(({ type, rotated }) => type === 'AWS_CLOUDHSM' && rotated === undefined),
  },
  'creation-happens': {
    says: 'Stores are created.',
    holds: 'sometimes',
    ofStep: ({ before, after }) => gone(after, before).length > 0,
  },
  'deletion-refused-for-keys': {
    says: 'A deletion is refused because the store holds keys.',
    holds: 'sometimes',
    ofStep: (step) => isRefusedWith(step, 'CustomKeyStoreHasCMKsException'),
  },
  'failed-is-left': {
    says: 'A disconnection leads out of FAILED.',
    holds: 'sometimes',
    ofStep: (step) => moved(step).some(([was]) => was.connectionState === 'FAILED'),
  },
  'connected-happens': { says: 'Connection attempts succeed.', holds: 'sometimes', of: someIn('CONNECTED') },
  'connected-is-left': {
    says: 'A disconnection leads out of CONNECTED.',
    holds: 'sometimes',
    ofStep: (step) => moved(step).some(([was]) => was.connectionState === 'CONNECTED'),
  },
  'passwords-rotate': {
    says: 'KMS changes the password of kmsuser.',
    holds: 'sometimes',
    of: ({ stores }) => stores.some(({ rotated }) => rotated === true),
  },
} as const satisfies Record<string, Property>;
