import { setup } from 'xstate';
import { machineActions } from './actions.ts';
import { machineGuards } from './guards.ts';
import type { MachineContext, MachineEvent, MachineInput } from './types.ts';
import { contextOf } from './types.ts';

/**
 * One custom key store, from its creation to its deletion, as a statechart.
 *
 * The chart is one static literal, so that it reads, and pastes into Stately, as it stands. A request is an event of
 * its AWS name; what happens without a request has a name in lower case with a dot. A request that no arrow of the
 * state accepts is refused by the arrow of the root. Whether `accepts` holds, the rules in src/spec decide.
 */
export const customKeyStoreMachine = setup({
  types: {
    context: {} as MachineContext,
    events: {} as MachineEvent,
    input: {} as MachineInput,
    emitted: {} as { readonly type: 'answer'; readonly op: string; readonly ok?: true; readonly error?: string },
  },
  guards: machineGuards,
  actions: machineActions,
}).createMachine({
  id: 'customKeyStore',
  description: 'One AWS KMS custom key store, from its creation (T01) to its deletion.',
  context: ({ input }) => contextOf(input),
  initial: 'DISCONNECTED',
  states: {
    DISCONNECTED: {
      description: 'Never connected, or disconnected on request. The only state in which every property may change.',
      entry: [{ type: 'show', params: { ConnectionState: 'DISCONNECTED' } }, 'completeDisconnection'],
      on: {
        ConnectCustomKeyStore: {
          description: 'The attempt goes on after the answer.',
          guard: 'accepts',
          target: 'CONNECTING',
          actions: ['beginConnection', 'answer'],
          meta: { transition: 'T02' },
        },
        UpdateCustomKeyStore: {
          description: 'Every property of the type of the store may change.',
          guard: {
            type: 'acceptsFields',
            params: {
              AWS_CLOUDHSM: {
                NewCustomKeyStoreName: 'allow',
                KeyStorePassword: 'allow',
                CloudHsmClusterId: 'allow',
              },
              EXTERNAL_KEY_STORE: {
                NewCustomKeyStoreName: 'allow',
                XksProxyAuthenticationCredential: 'allow',
                XksProxyUriPath: 'allow',
                XksProxyUriEndpoint: 'allow',
                XksProxyConnectivity: 'allow',
                XksProxyVpcEndpointServiceName: 'allow',
                XksProxyVpcEndpointServiceOwner: 'allow',
              },
            },
          },
          actions: ['applyUpdate', 'answer'],
          meta: { transition: 'T20' },
        },
        DeleteCustomKeyStore: {
          description: 'Only a store without keys.',
          guard: 'accepts',
          target: 'DELETED',
          actions: 'answer',
          meta: { transition: 'T16' },
        },
      },
    },
    CONNECTING: {
      description: 'A connection attempt is running. It may take 20 minutes, and ends in CONNECTED or in FAILED.',
      entry: { type: 'show', params: { ConnectionState: 'CONNECTING' } },
      on: {
        'connection.succeeds': {
          guard: 'canSucceed',
          target: 'CONNECTED',
          actions: 'completeConnection',
          meta: { transition: 'T03' },
        },
        'connection.fails': {
          description: 'For a reason that ConnectionErrorCode names.',
          guard: 'canFail',
          target: 'FAILED',
          actions: 'keepCode',
          meta: { transition: 'T04' },
        },
        ConnectCustomKeyStore: {
          description: 'Changes nothing, or begins anew: the attempt is running either way.',
          guard: 'accepts',
          actions: 'answer',
          meta: { transition: 'T09' },
        },
        DisconnectCustomKeyStore: [
          {
            description: 'The attempt is cancelled.',
            guard: { type: 'acceptsAs', params: { DISCONNECT_WHILE_CONNECTING: 'DISCONNECTING_THEN_DISCONNECTED' } },
            target: 'DISCONNECTING',
            actions: ['beginDisconnection', 'answer'],
            meta: { transition: 'T12' },
          },
          {
            description: 'The attempt is cancelled at once.',
            guard: { type: 'acceptsAs', params: { DISCONNECT_WHILE_CONNECTING: 'DISCONNECTED' } },
            target: 'DISCONNECTED',
            actions: 'answer',
            meta: { transition: 'T12' },
          },
          {
            description: 'The attempt ends first.',
            guard: { type: 'acceptsAs', params: { DISCONNECT_WHILE_CONNECTING: 'CONNECTED_OR_FAILED_FIRST' } },
            actions: ['postponeDisconnection', 'answer'],
            meta: { transition: 'T12' },
          },
        ],
        UpdateCustomKeyStore: {
          description: 'Nothing changes, unless name, credential and path of an external store do in every state.',
          guard: {
            type: 'acceptsFields',
            params: {
              AWS_CLOUDHSM: { NewCustomKeyStoreName: 'HSM_NAME_IN_OTHER_STATES' },
              EXTERNAL_KEY_STORE: {
                NewCustomKeyStoreName: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
                XksProxyAuthenticationCredential: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
                XksProxyUriPath: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
              },
            },
          },
          actions: ['applyUpdate', 'answer'],
          meta: { transition: 'T20' },
        },
      },
    },
    CONNECTED: {
      description: 'The last attempt succeeded, and nobody disconnected. It says nothing about present health (T18).',
      entry: { type: 'show', params: { ConnectionState: 'CONNECTED' } },
      on: {
        ConnectCustomKeyStore: [
          {
            description: 'Connects anew.',
            guard: { type: 'acceptsAs', params: { CONNECT_WHEN_CONNECTED: 'SUCCEED_RECONNECT' } },
            target: 'CONNECTING',
            actions: ['beginConnection', 'answer'],
            meta: { transition: 'T08' },
          },
          {
            description: 'Changes nothing.',
            guard: { type: 'acceptsAs', params: { CONNECT_WHEN_CONNECTED: 'SUCCEED_NO_CHANGE' } },
            actions: 'answer',
            meta: { transition: 'T08' },
          },
        ],
        DisconnectCustomKeyStore: {
          description: 'The keys of the store become Unavailable.',
          guard: 'accepts',
          target: 'DISCONNECTING',
          actions: ['beginDisconnection', 'answer'],
          meta: { transition: 'T10' },
        },
        'disconnection.begins': {
          description: 'The disconnection that was asked for while CONNECTING, if it waited for the attempt to end.',
          guard: 'disconnectionIsPending',
          target: 'DISCONNECTING',
          actions: 'beginDisconnection',
          meta: { transition: 'T12' },
        },
        UpdateCustomKeyStore: {
          description:
            'An external store may change name, credential and path; an AWS CloudHSM store its name or nothing.',
          guard: {
            type: 'acceptsFields',
            params: {
              AWS_CLOUDHSM: { NewCustomKeyStoreName: 'HSM_NAME_WHILE_CONNECTED' },
              EXTERNAL_KEY_STORE: {
                NewCustomKeyStoreName: 'allow',
                XksProxyAuthenticationCredential: 'XKS_HOT_FIELDS_WHILE_CONNECTED',
                XksProxyUriPath: 'XKS_HOT_FIELDS_WHILE_CONNECTED',
              },
            },
          },
          actions: ['applyUpdate', 'answer'],
          meta: { transition: 'T20' },
        },
        CreateKey: {
          description: 'Keys come into being only here.',
          guard: 'accepts',
          actions: ['addKey', 'answer'],
        },
        GenerateRandom: {
          description: 'From the cluster of an AWS CloudHSM store.',
          guard: 'accepts',
          actions: 'answer',
        },
      },
    },
    DISCONNECTING: {
      description: 'A disconnection is running. It ends in DISCONNECTED, perhaps before anybody sees it run.',
      entry: { type: 'show', params: { ConnectionState: 'DISCONNECTING' } },
      on: {
        'disconnection.ends': { target: 'DISCONNECTED', meta: { transition: 'T13' } },
        'disconnection.fails': [
          {
            description: 'The store is connected as before.',
            guard: { type: 'failsBackTo', params: { from: 'CONNECTED', DISCONNECT_FAILURE: 'STATE_UNCHANGED' } },
            target: 'CONNECTED',
            actions: 'failDisconnection',
          },
          {
            description: 'The store is FAILED as before.',
            guard: { type: 'failsBackTo', params: { from: 'FAILED', DISCONNECT_FAILURE: 'STATE_UNCHANGED' } },
            target: 'FAILED',
            actions: 'failDisconnection',
          },
        ],
        UpdateCustomKeyStore: {
          description: 'Nothing changes, unless name, credential and path of an external store do in every state.',
          guard: {
            type: 'acceptsFields',
            params: {
              AWS_CLOUDHSM: { NewCustomKeyStoreName: 'HSM_NAME_IN_OTHER_STATES' },
              EXTERNAL_KEY_STORE: {
                NewCustomKeyStoreName: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
                XksProxyAuthenticationCredential: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
                XksProxyUriPath: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
              },
            },
          },
          actions: ['applyUpdate', 'answer'],
          meta: { transition: 'T20' },
        },
      },
    },
    FAILED: {
      description: 'A connection attempt failed; ConnectionErrorCode tells why. Only a disconnection leads out (T19).',
      entry: { type: 'show', params: { ConnectionState: 'FAILED' } },
      on: {
        DisconnectCustomKeyStore: {
          guard: 'accepts',
          target: 'DISCONNECTING',
          actions: ['beginDisconnection', 'answer'],
          meta: { transition: 'T11' },
        },
        'disconnection.begins': {
          description: 'The disconnection that was asked for while CONNECTING, if it waited for the attempt to end.',
          guard: 'disconnectionIsPending',
          target: 'DISCONNECTING',
          actions: 'beginDisconnection',
          meta: { transition: 'T12' },
        },
        UpdateCustomKeyStore: {
          description: 'Nothing changes, unless name, credential and path of an external store do in every state.',
          guard: {
            type: 'acceptsFields',
            params: {
              AWS_CLOUDHSM: { NewCustomKeyStoreName: 'HSM_NAME_IN_OTHER_STATES' },
              EXTERNAL_KEY_STORE: {
                NewCustomKeyStoreName: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
                XksProxyAuthenticationCredential: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
                XksProxyUriPath: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
              },
            },
          },
          actions: ['applyUpdate', 'answer'],
          meta: { transition: 'T20' },
        },
      },
    },
    DELETED: {
      type: 'final',
      description: 'The record of the store is gone. Its cluster or proxy was never touched, and is free again.',
    },
  },
  on: {
    ConnectCustomKeyStore: { actions: 'refuse', description: 'Refused: T05, T06 and T07.' },
    DisconnectCustomKeyStore: { actions: 'refuse', description: 'Refused: T14 and T15.' },
    UpdateCustomKeyStore: { actions: 'refuse', description: 'Refused: a property may not change in this state (T20).' },
    DeleteCustomKeyStore: { actions: 'refuse', description: 'Refused: T17, or the store holds keys.' },
    DescribeCustomKeyStores: [{ guard: 'accepts', actions: 'answer' }, { actions: 'refuse' }],
    CreateKey: { actions: 'refuse', description: 'Refused: keys come into being only while CONNECTED.' },
    GenerateRandom: { actions: 'refuse' },
    DescribeKey: [{ guard: 'accepts', actions: 'answer' }, { actions: 'refuse' }],
    EnableKey: [{ guard: 'accepts', actions: ['enableKey', 'answer'] }, { actions: 'refuse' }],
    DisableKey: [{ guard: 'accepts', actions: ['disableKey', 'answer'] }, { actions: 'refuse' }],
    ScheduleKeyDeletion: [{ guard: 'accepts', actions: ['scheduleKeyDeletion', 'answer'] }, { actions: 'refuse' }],
    CancelKeyDeletion: [{ guard: 'accepts', actions: ['cancelKeyDeletion', 'answer'] }, { actions: 'refuse' }],
    Encrypt: [{ guard: 'accepts', actions: 'answer' }, { actions: 'refuse' }],
    Decrypt: [{ guard: 'accepts', actions: 'answer' }, { actions: 'refuse' }],
    ReEncrypt: [{ guard: 'accepts', actions: 'answer' }, { actions: 'refuse' }],
    GenerateDataKey: [{ guard: 'accepts', actions: 'answer' }, { actions: 'refuse' }],
    GenerateDataKeyWithoutPlaintext: [{ guard: 'accepts', actions: 'answer' }, { actions: 'refuse' }],
    GenerateDataKeyPair: { actions: 'refuse' },
    GenerateDataKeyPairWithoutPlaintext: { actions: 'refuse' },
    EnableKeyRotation: { actions: 'refuse' },
    DisableKeyRotation: { actions: 'refuse' },
    GetKeyRotationStatus: { actions: 'refuse' },
    RotateKeyOnDemand: { actions: 'refuse' },
    GetParametersForImport: { actions: 'refuse' },
    ImportKeyMaterial: { actions: 'refuse' },
    DeleteImportedKeyMaterial: { actions: 'refuse' },
    'key.deleted': {
      description: 'The waiting period of a key that is pending deletion is over.',
      guard: 'waitingPeriodIsOver',
      actions: 'removeKey',
    },
  },
});
