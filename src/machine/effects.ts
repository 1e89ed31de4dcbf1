import { all, type Condition, not } from '../spec/condition.ts';
import type { ConnectionErrorCode } from '../spec/connection-error-codes.ts';
import type { InputOf, Request } from '../spec/inputs.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import type { Key, Store } from '../spec/model.ts';
import { applicable, given, knowsOwner, updated, without } from '../spec/properties.ts';
import type { Known } from '../spec/reading.ts';
import { switchesTo } from '../spec/rules/update.ts';
import type { ConnectionState, KeyState } from '../spec/vocabulary.ts';

/** Something that happens without a request. Nobody sees it happen; only its consequences show. */
export type HiddenStep =
  | { readonly step: 'connection.succeeds' }
  | { readonly step: 'connection.fails'; readonly code: ConnectionErrorCode }
  | { readonly step: 'disconnection.begins' }
  | { readonly step: 'disconnection.ends' }
  | { readonly step: 'disconnection.fails' }
  | { readonly step: 'key.deleted'; readonly keyId: string };

/** What moves a store: an accepted request, or a hidden step. */
export type Occasion = Request | HiddenStep;

/** What becomes of a store, and when: several where a question decides. */
export interface Alternative {
  readonly store: Store;
  readonly when: Condition;
}

/** An action of the chart, as a pure function. `fresh` is the ID for a key that comes into being. */
type Effect = (store: Store, occasion: Occasion, known: Known, fresh: string) => readonly Alternative[];

/** The actions that the chart names. */
export const effects = {
  /** The store has a new connection attempt, and no longer the code of the last one. */
  beginConnection: (store) => surely(less(store, 'connectionErrorCode')),
  /** The attempt failed for this reason. */
  keepCode: (store, occasion) => surely('code' in occasion ? { ...store, connectionErrorCode: occasion.code } : store),
  /** KMS changes the password of kmsuser whenever it connects; deferred changes of keys show from now on. */
  completeConnection: (store) => {
    const keys = store.keys.map(({ cancelledOffline: _, ...key }) => key);
    return surely(
      store.type === 'AWS_CLOUDHSM' ? { ...less(store, 'passwordGiven'), keys, rotated: true } : { ...store, keys },
    );
  },
  /** The disconnection waits until the running attempt has ended. */
  postponeDisconnection: (store) => surely({ ...store, disconnectPending: true }),
  /** Where a disconnection that fails leads back to. */
  beginDisconnection: (store) =>
    surely({ ...less(store, 'disconnectPending'), disconnectingFrom: store.connectionState }),
  completeDisconnection: (store) => surely(less(less(store, 'disconnectPending'), 'disconnectingFrom')),
  failDisconnection: (store) => surely(less(store, 'disconnectingFrom')),
  applyUpdate: (store, occasion, known) =>
    isOp(occasion, 'UpdateCustomKeyStore') ? updates(store, occasion.input, known) : surely(store),
  addKey: (store, occasion, _, fresh) => {
    if (!isOp(occasion, 'CreateKey')) return surely(store);
    const key: Key = { id: fresh, state: 'Enabled', ...xksKey(occasion.input.XksKeyId) };
    return surely({ ...store, keys: [...store.keys, key] });
  },
  enableKey: (store, occasion) => keysBecome(store, occasion, 'Enabled'),
  disableKey: (store, occasion, known) => {
    const disabled = keysBecome(store, occasion, 'Disabled');
    const key = store.keys.find((each) => staysDisabled(each, occasion));
    if (key === undefined) return disabled;
    const stays = known.holds('key.staysDisabled', key.id);
    return [{ store, when: stays }, ...disabled.map(({ store: next }) => ({ store: next, when: not(stays) }))];
  },
  scheduleKeyDeletion: (store, occasion) => keysBecome(store, occasion, 'PendingDeletion'),
  cancelKeyDeletion: (store, occasion) => keysBecome(store, occasion, 'Disabled'),
  removeKey: (store, occasion) =>
    surely('keyId' in occasion ? { ...store, keys: store.keys.filter(({ id }) => id !== occasion.keyId) } : store),
} as const satisfies Record<string, Effect>;
export type EffectName = keyof typeof effects;

/** The store, shown in this connection state. */
export const shownAs = (store: Store, connectionState: ConnectionState): Store =>
  store.connectionState === connectionState ? store : { ...store, connectionState };

const surely = (store: Store): readonly Alternative[] => [{ store, when: true }];

function less(
  store: Store,
  member: 'connectionErrorCode' | 'disconnectPending' | 'disconnectingFrom' | 'passwordGiven',
): Store {
  if (store[member] === undefined) return store;
  const { [member]: _, ...rest } = store;
  return rest;
}

const isOp = <Op extends Request['op']>(occasion: Occasion, op: Op): occasion is Extract<Request, { op: Op }> =>
  'op' in occasion && occasion.op === op;

const xksKey = (id: string | undefined) => (given(id) ? { xksKeyId: id as string } : {});

function keysBecome(store: Store, occasion: Occasion, state: KeyState): readonly Alternative[] {
  if (!('op' in occasion)) return surely(store);
  const ids = keyIdsOf(occasion.input);
  const keys = store.keys.map((key): Key => {
    if (!ids.includes(key.id)) return key;
    const { cancelledOffline: _, ...rest } = key;
    const cancelled = occasion.op === 'CancelKeyDeletion' && store.connectionState !== 'CONNECTED';
    return { ...rest, state, ...(cancelled ? { cancelledOffline: true } : {}) };
  });
  return surely({ ...store, keys });
}

/** Does the request disable a key that shows Disabled already, since its deletion was cancelled offline? */
const staysDisabled = ({ id, state, cancelledOffline }: Key, occasion: Occasion): boolean =>
  cancelledOffline === true && state === 'Disabled' && 'op' in occasion && keyIdsOf(occasion.input).includes(id);

/** The service owner of a store that leaves public endpoints is a question, unless the request gives it. */
function updates(store: Store, input: InputOf<'UpdateCustomKeyStore'>, known: Known): readonly Alternative[] {
  const { answered, edition } = known;
  const fields = applicable(input, store, edition);
  const changed = { ...store, properties: updated(store.properties, input, fields) };
  const isGivenAnew = store.rotated === true && fields.includes('KeyStorePassword');
  const next = isGivenAnew ? { ...changed, passwordGiven: true as const } : changed;
  const situation = { store, input };
  const unnamed = !given(input.XksProxyVpcEndpointServiceOwner) && knowsOwner(edition);
  if (!unnamed || !switchesTo(situation, 'VPC_ENDPOINT_SERVICE')) return surely(next);
  const ownerless = { ...next, properties: without(next.properties, 'XksProxyVpcEndpointServiceOwner') };
  const asked = 'UPDATE_VPC_OWNER_DEFAULT_ON_SWITCH';
  if (store.properties.XksProxyVpcEndpointServiceOwner === undefined) return surely(next);
  return [
    { store: ownerless, when: answered(asked, 'DEFAULT_CALLER_ACCOUNT', 'CLEARED', 'REJECT_MISSING') },
    { store: next, when: all(answered(asked, 'KEEP_OLD_VALUE')) },
  ].filter(({ when }) => when !== false);
}
