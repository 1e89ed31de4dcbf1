import type { Condition } from './condition.ts';
import type { QuestionId } from './questions.ts';
import type { Known } from './reading.ts';
import type { ConnectionState, StoreType } from './vocabulary.ts';

/**
 * May it be done in this connection state? Where the documents leave it open, the cell names the question; its answer
 * REJECT_INVALID_STATE refuses, every other answer allows.
 */
export type Cell = 'allow' | 'reject' | StateQuestion;
type Row = Readonly<Record<ConnectionState, Cell>>;
type StateQuestion = Extract<
  QuestionId,
  | 'HSM_NAME_WHILE_CONNECTED'
  | 'HSM_NAME_IN_OTHER_STATES'
  | 'XKS_HOT_FIELDS_WHILE_CONNECTED'
  | 'XKS_HOT_FIELDS_IN_OTHER_STATES'
  | 'CONNECT_WHEN_CONNECTED'
  | 'CONNECT_WHEN_CONNECTING'
  | 'DELETE_IN_FAILED'
>;

const whileDisconnected = {
  DISCONNECTED: 'allow',
  CONNECTING: 'reject',
  CONNECTED: 'reject',
  DISCONNECTING: 'reject',
  FAILED: 'reject',
} as const satisfies Row;

const whileConnected = { ...whileDisconnected, DISCONNECTED: 'reject', CONNECTED: 'allow' } as const satisfies Row;

/** Credential and path: the source document names CONNECTED and DISCONNECTED; others say less, or more. */
const hot = {
  DISCONNECTED: 'allow',
  CONNECTING: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
  CONNECTED: 'XKS_HOT_FIELDS_WHILE_CONNECTED',
  DISCONNECTING: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
  FAILED: 'XKS_HOT_FIELDS_IN_OTHER_STATES',
} as const satisfies Row;

/**
 * The connection states in which UpdateCustomKeyStore may change each member, per store type.
 * A member that is absent from a type's list is not a property of that type.
 */
export const updatable = {
  AWS_CLOUDHSM: {
    NewCustomKeyStoreName: {
      DISCONNECTED: 'allow',
      CONNECTING: 'HSM_NAME_IN_OTHER_STATES',
      CONNECTED: 'HSM_NAME_WHILE_CONNECTED',
      DISCONNECTING: 'HSM_NAME_IN_OTHER_STATES',
      FAILED: 'HSM_NAME_IN_OTHER_STATES',
    },
    KeyStorePassword: whileDisconnected,
    CloudHsmClusterId: whileDisconnected,
  },
  EXTERNAL_KEY_STORE: {
    NewCustomKeyStoreName: { ...hot, CONNECTED: 'allow' },
    XksProxyAuthenticationCredential: hot,
    XksProxyUriPath: hot,
    XksProxyUriEndpoint: whileDisconnected,
    XksProxyConnectivity: whileDisconnected,
    XksProxyVpcEndpointServiceName: whileDisconnected,
    XksProxyVpcEndpointServiceOwner: whileDisconnected,
  },
} as const satisfies Record<StoreType, Record<string, Row>>;

/** A member of UpdateCustomKeyStore that changes a property. */
export type UpdateField = { [T in StoreType]: keyof (typeof updatable)[T] }[StoreType];

/** The connection states in which a store takes part in the other operations. */
export const accepting = {
  ConnectCustomKeyStore: {
    DISCONNECTED: 'allow',
    CONNECTING: 'CONNECT_WHEN_CONNECTING',
    CONNECTED: 'CONNECT_WHEN_CONNECTED',
    DISCONNECTING: 'reject',
    FAILED: 'reject',
  },
  DisconnectCustomKeyStore: {
    DISCONNECTED: 'reject',
    CONNECTING: 'allow',
    CONNECTED: 'allow',
    DISCONNECTING: 'reject',
    FAILED: 'allow',
  },
  DeleteCustomKeyStore: { ...whileDisconnected, FAILED: 'DELETE_IN_FAILED' },
  CreateKey: whileConnected,
  GenerateRandom: whileConnected,
} as const satisfies Record<string, Row>;

/** Every member of UpdateCustomKeyStore that changes a property, in the order of the tables above. */
export const updateFields: readonly UpdateField[] = [
  ...new Set(Object.values(updatable).flatMap((rows) => Object.keys(rows) as UpdateField[])),
];

/** The members that change a property of a store of this type. */
export const fieldsOf = (type: StoreType): readonly UpdateField[] => Object.keys(updatable[type]) as UpdateField[];

/** May this member change a store of this type in this state? Undefined if the type has no such property. */
export function cellOf(type: StoreType, field: UpdateField, state: ConnectionState): Cell | undefined {
  const rows: Readonly<Partial<Record<UpdateField, Row>>> = updatable[type];
  return rows[field]?.[state];
}

/** Does the cell refuse, under what is known? */
export function refuses(cell: Cell, { answered }: Known): Condition {
  if (cell === 'allow') return false;
  return cell === 'reject' || answered(cell, 'REJECT_INVALID_STATE');
}
