import { all, type Condition, not } from './condition.ts';
import type { Key, Store } from './model.ts';
import type { Known } from './reading.ts';
import { cryptographicOperations, type KeyOperation, type VisibleKeyState } from './vocabulary.ts';

/** Why the state of a key refuses an operation. */
export type KeyStateReason = 'disabled' | 'pending deletion' | 'not pending deletion' | 'unavailable' | 'unsupported';

/** What comes of an operation on a key in some state: success, or the reasons for its refusal, of which any may show. */
export const reasonsOf = {
  ok: [],
  disabled: ['disabled'],
  'pending deletion': ['pending deletion'],
  'not pending deletion': ['not pending deletion'],
  unavailable: ['unavailable'],
  unsupported: ['unsupported'],
  'unsupported or disabled': ['unsupported', 'disabled'],
  'unsupported or pending deletion': ['unsupported', 'pending deletion'],
} as const satisfies Readonly<Record<string, readonly KeyStateReason[]>>;
type KeyStateOutcome = keyof typeof reasonsOf;

type Row = Readonly<Record<VisibleKeyState, KeyStateOutcome>>;

const always = { Enabled: 'ok', Disabled: 'ok', PendingDeletion: 'ok', Unavailable: 'ok' } as const satisfies Row;
const unlessPendingDeletion = { ...always, PendingDeletion: 'pending deletion' } as const satisfies Row;
const cryptographic = {
  Enabled: 'ok',
  Disabled: 'disabled',
  PendingDeletion: 'pending deletion',
  Unavailable: 'unavailable',
} as const satisfies Row;
const never = {
  Enabled: 'unsupported',
  Disabled: 'unsupported',
  PendingDeletion: 'unsupported',
  Unavailable: 'unsupported',
} as const satisfies Row;
/** For these the guide's table names the state of the key beside. */
const neverNorInState = {
  Enabled: 'unsupported',
  Disabled: 'unsupported or disabled',
  PendingDeletion: 'unsupported or pending deletion',
  Unavailable: 'unsupported',
} as const satisfies Row;

/**
 * What the state of a key does to each operation, as the guide's table of key states has it. A success on an
 * Unavailable key shows only when its store is CONNECTED again.
 */
export const keyStateTable = {
  DescribeKey: always,
  EnableKey: unlessPendingDeletion,
  DisableKey: unlessPendingDeletion,
  ScheduleKeyDeletion: unlessPendingDeletion,
  CancelKeyDeletion: {
    Enabled: 'not pending deletion',
    Disabled: 'not pending deletion',
    PendingDeletion: 'ok',
    Unavailable: 'not pending deletion',
  },
  Encrypt: cryptographic,
  Decrypt: cryptographic,
  ReEncrypt: cryptographic,
  GenerateDataKey: cryptographic,
  GenerateDataKeyWithoutPlaintext: cryptographic,
  GenerateDataKeyPair: neverNorInState,
  GenerateDataKeyPairWithoutPlaintext: neverNorInState,
  EnableKeyRotation: neverNorInState,
  DisableKeyRotation: neverNorInState,
  GetKeyRotationStatus: never,
  RotateKeyOnDemand: neverNorInState,
  GetParametersForImport: never,
  ImportKeyMaterial: never,
  DeleteImportedKeyMaterial: never,
} as const satisfies Record<Exclude<KeyOperation, 'CreateKey' | 'GenerateRandom'>, Row>;

export const isOfPairs = (op: string): boolean => op.startsWith('GenerateDataKeyPair');

/** Is it an operation that uses the key, or would, if such keys supported it? */
export const usesKey = (op: string): boolean =>
  (cryptographicOperations as readonly string[]).includes(op) || isOfPairs(op);

/** A state that DescribeKey may show, and when it does. */
export interface Visible {
  readonly state: VisibleKeyState;
  readonly when: Condition;
}

/** Every state in which a key may show. A key that is pending deletion shows it whatever the state of its store. */
export function visibleStates(key: Key, store: Store, known: Known): readonly Visible[] {
  if (key.state === 'PendingDeletion') return [{ state: 'PendingDeletion', when: true }];
  const hidden = isUnavailable(key, store, known);
  const states: readonly Visible[] = [
    { state: 'Unavailable', when: hidden },
    { state: key.state, when: not(hidden) },
  ];
  return states.filter(({ when }) => when !== false);
}

function isUnavailable(key: Key, store: Store, { answered, holds }: Known): Condition {
  if (store.connectionState === 'CONNECTED') {
    return all(not(holds('backingKey.exists', key.id)), answered('BACKING_KEY_DELETED', 'UNAVAILABLE'));
  }
  const cancelled = key.cancelledOffline === true && answered('CANCEL_DELETION_WHILE_DISCONNECTED', 'DISABLED');
  if (store.connectionState === 'DISCONNECTED') return not(cancelled);
  // What is said of a disconnected store says nothing of the attempts to connect that come after.
  const stays = all(cancelled, holds('key.staysDisabled', key.id));
  return all(not(stays), answered('KEY_STATE_WHILE_TRANSIENT', 'UNAVAILABLE'));
}
