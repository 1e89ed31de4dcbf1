import { codesOf } from '../spec/connection-error-codes.ts';
import { describedKey, describedStore, isShownList } from '../spec/description.ts';
import { fieldsOf } from '../spec/eligibility.ts';
import { healthyWorld } from '../spec/facts.ts';
import { visibleStates } from '../spec/key-state.ts';
import type { Account, Key, PropertyName, Store } from '../spec/model.ts';
import { fieldsGiven, propertiesOf } from '../spec/properties.ts';
import { type Known, known, type Reading } from '../spec/reading.ts';
import type { ConnectionState } from '../spec/vocabulary.ts';
import { credentials, passwords } from './alphabet.ts';
import type { Step } from './explore.ts';

/**
 * A claim about every account that can come about, decided by complete exploration.
 *
 * `always` holds in every state, or for every step. `sometimes` holds in at least one, so that the `always` beside it
 * is not empty. `leads to` says that from every state with the one thing there is a way to a state with the other.
 */
export type Property = { readonly says: string } & (
  | { readonly holds: 'always' | 'sometimes'; readonly of: (account: Account, known: Known) => boolean }
  | { readonly holds: 'always' | 'sometimes'; readonly ofStep: (step: Step) => boolean }
  | {
      readonly holds: 'leads to';
      readonly from: (account: Account) => boolean;
      readonly to: (account: Account) => boolean;
    }
);

/** What a property is decided under: nothing is wrong in the world, and the reading answers every question. */
export const knownFor = (reading: Reading): Known => known(reading, healthyWorld);

export const properties = {
  'refused-changes-nothing': {
    says: 'A refused request changes nothing.',
    holds: 'always',
    ofStep: (step) => !isRefused(step) || step.before === step.after,
  },
  'refused-happens': { says: 'Some requests are refused.', holds: 'sometimes', ofStep: isRefused },
  'only-connect-and-disconnect-move': {
    says: 'Only ConnectCustomKeyStore, DisconnectCustomKeyStore and hidden steps change a connection state.',
    holds: 'always',
    ofStep: (step) =>
      'step' in step.cause ||
      moved(step).length === 0 ||
      step.cause.op === 'ConnectCustomKeyStore' ||
      step.cause.op === 'DisconnectCustomKeyStore',
  },
  'update-keeps-state': {
    says: 'UpdateCustomKeyStore leaves the connection state as it is.',
    holds: 'always',
    ofStep: (step) => !isOp(step, 'UpdateCustomKeyStore') || moved(step).length === 0,
  },
  'update-succeeds-while-connected': {
    says: 'Some property of an external key store changes while it is CONNECTED.',
    holds: 'sometimes',
    ofStep: (step) => isOp(step, 'UpdateCustomKeyStore') && changedWhile(step, 'CONNECTED', 'EXTERNAL_KEY_STORE'),
  },
  'frozen-while-connected': {
    says: 'Cluster, endpoint, connectivity and endpoint service stay as they are for as long as a store is CONNECTED.',
    holds: 'always',
    ofStep: ({ before, after }) =>
      pairs(before, after).every(([was, is]) => was.connectionState !== 'CONNECTED' || sameProperties(was, is, frozen)),
  },
  'frozen-outside-disconnected': {
    says: 'These change only while the store is DISCONNECTED.',
    holds: 'always',
    ofStep: ({ before, after }) =>
      pairs(before, after).every(
        ([was, is]) => was.connectionState === 'DISCONNECTED' || sameProperties(was, is, frozen),
      ),
  },
  'frozen-change-while-disconnected': {
    says: 'These do change while the store is DISCONNECTED.',
    holds: 'sometimes',
    ofStep: ({ before, after }) =>
      pairs(before, after).some(
        ([was, is]) => was.connectionState === 'DISCONNECTED' && !sameProperties(was, is, frozen),
      ),
  },
  immutable: {
    says: 'The type and the trust anchor certificate of a store never change.',
    holds: 'always',
    ofStep: ({ before, after }) =>
      pairs(before, after).every(
        ([was, is]) => was.type === is.type && sameProperties(was, is, ['TrustAnchorCertificate']),
      ),
  },
  'names-unique': {
    says: 'No two stores have the same name.',
    holds: 'always',
    of: ({ stores }) => distinct(stores.map(({ properties }) => properties.CustomKeyStoreName)),
  },
  'clusters-unique': {
    says: 'No two stores have the same cluster.',
    holds: 'always',
    of: ({ stores }) => distinct(present(stores.map(({ properties }) => properties.CloudHsmClusterId))),
  },
  'proxy-uris-unique': {
    says: 'No two stores have the same proxy endpoint and path.',
    holds: 'always',
    of: ({ stores }) =>
      distinct(
        stores
          .filter(({ type }) => type === 'EXTERNAL_KEY_STORE')
          .map(
            ({ properties: { XksProxyUriEndpoint, XksProxyUriPath } }) => `${XksProxyUriEndpoint}${XksProxyUriPath}`,
          ),
      ),
  },
  'private-endpoints-unshared': {
    says: 'A store behind a VPC endpoint service shares its proxy endpoint with no other.',
    holds: 'always',
    of: ({ stores }) =>
      stores.every(
        (store) =>
          !isPrivate(store) || stores.every((other) => other === store || endpointOf(other) !== endpointOf(store)),
      ),
  },
  'endpoint-services-unique': {
    says: 'No two stores have the same VPC endpoint service.',
    holds: 'always',
    of: ({ stores }) => distinct(present(stores.map(({ properties }) => properties.XksProxyVpcEndpointServiceName))),
  },
  'public-endpoints-shared': {
    says: 'Two public external key stores may share a proxy endpoint, with different paths.',
    holds: 'sometimes',
    of: ({ stores }) =>
      stores.length === 2 &&
      stores.every((store) => endpointOf(store) !== undefined && !isPrivate(store)) &&
      !distinct(stores.map(endpointOf)),
  },
  'two-stores': {
    says: 'Two stores live side by side.',
    holds: 'sometimes',
    of: ({ stores }) => stores.length === 2,
  },
  'accounts-can-be-emptied': {
    says: 'Every store can be deleted in the end, so that its name, cluster and proxy are free again.',
    holds: 'leads to',
    from: ({ stores }) => stores.length > 0,
    to: ({ stores }) => stores.length === 0,
  },
  'no-secret-shown': {
    says: 'No answer shows a password or a secret access key.',
    holds: 'always',
    of: ({ stores }, is) => stores.every((store) => !secrets.some((secret) => shownText(store, is).includes(secret))),
  },
  'no-secret-kept': {
    says: 'No state holds a password or a secret access key.',
    holds: 'always',
    of: (account) => !secrets.some((secret) => JSON.stringify(account).includes(secret)),
  },
  'no-deletion-with-keys': {
    says: 'A store that holds keys is never deleted.',
    holds: 'always',
    ofStep: ({ before, after }) => gone(before, after).every(({ keys }) => keys.length === 0),
  },
  'deletion-only-while-disconnected': {
    says: 'A store is deleted only while it is DISCONNECTED.',
    holds: 'always',
    ofStep: ({ before, after }) =>
      gone(before, after).every(({ connectionState }) => connectionState === 'DISCONNECTED'),
  },
  'deletion-happens': {
    says: 'Stores are deleted.',
    holds: 'sometimes',
    ofStep: ({ before, after }) => gone(before, after).length > 0,
  },
  'new-stores-disconnected': {
    says: 'A new store is DISCONNECTED and has no keys.',
    holds: 'always',
    ofStep: ({ before, after }) =>
      gone(after, before).every(({ connectionState, keys }) => connectionState === 'DISCONNECTED' && keys.length === 0),
  },
  'failed-left-by-disconnect': {
    says: 'Nothing but a disconnection leads out of FAILED.',
    holds: 'always',
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
    ofStep: (step) =>
      moved(step).every(([was, is]) => is.connectionState !== 'CONNECTED' || was.connectionState === 'CONNECTING'),
  },
  'failed-through-connecting': {
    says: 'A store becomes FAILED only from CONNECTING.',
    holds: 'always',
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
    of: ({ stores }) =>
      stores.every(
        ({ type, connectionErrorCode: code }) => code === undefined || code === null || codesOf(type).includes(code),
      ),
  },
  'failed-happens': { says: 'Connection attempts fail.', holds: 'sometimes', of: someIn('FAILED') },
  'keys-made-while-connected': {
    says: 'Keys come into being only in CONNECTED stores.',
    holds: 'always',
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
    of: everyKey(
      (key, store, states) => store.connectionState !== 'CONNECTED' || states.every((state) => state === key.state),
    ),
  },
  'pending-deletion-always-shows': {
    says: 'A key that is pending deletion shows it whatever the state of its store.',
    holds: 'always',
    of: everyKey(
      (key, _, states) => key.state !== 'PendingDeletion' || states.every((state) => state === 'PendingDeletion'),
    ),
  },
  'keys-used-while-connected': {
    says: 'A key is used only while it is Enabled and its store is CONNECTED.',
    holds: 'always',
    ofStep: (step) =>
      !(isOp(step, 'Encrypt') && step.result === 'ok') ||
      step.before.stores.some(
        ({ connectionState, keys }) => connectionState === 'CONNECTED' && keys.some(({ state }) => state === 'Enabled'),
      ),
  },
  'decisions-survive-disconnection': {
    says: 'Connecting and disconnecting do not change what was decided about a key.',
    holds: 'always',
    ofStep: (step) =>
      moved(step).every(([was, is]) =>
        was.keys.every(({ id, state }) => is.keys.find((key) => key.id === id)?.state === state),
      ),
  },
  'only-given-members-change': {
    says: 'An update changes only the properties that it gives; a switch to a public endpoint also clears the service.',
    holds: 'always',
    ofStep: ({ before, after, cause }) => {
      if (!('op' in cause) || cause.op !== 'UpdateCustomKeyStore') return true;
      const may = new Set(fieldsGiven(cause.input, '2026-04').flatMap((field) => propertiesOf[field]));
      if (cause.input.XksProxyConnectivity === 'PUBLIC_ENDPOINT') may.add('XksProxyVpcEndpointServiceName');
      if (cause.input.XksProxyConnectivity === 'VPC_ENDPOINT_SERVICE') may.add('XksProxyVpcEndpointServiceOwner');
      return pairs(before, after).every(([was, is]) => changedProperties(was, is).every((name) => may.has(name)));
    },
  },
  'one-store-at-a-time': {
    says: 'A request, or a hidden step, concerns one store and leaves the others alone.',
    holds: 'always',
    ofStep: ({ before, after }) => pairs(before, after).filter(([was, is]) => was !== is).length <= 1,
  },
  'disconnecting-happens': {
    says: 'A disconnection may be seen while it runs.',
    holds: 'sometimes',
    of: someIn('DISCONNECTING'),
  },
} as const satisfies Record<string, Property>;
export type PropertyId = keyof typeof properties;

const frozen = fieldsOf('EXTERNAL_KEY_STORE')
  .filter((field) => !['NewCustomKeyStoreName', 'XksProxyUriPath', 'XksProxyAuthenticationCredential'].includes(field))
  .concat('CloudHsmClusterId') as readonly (keyof Store['properties'])[];

const secrets: readonly string[] = [...passwords, ...credentials.map(({ RawSecretAccessKey }) => RawSecretAccessKey)];

function isRefused({ result }: Step): boolean {
  return typeof result === 'object';
}

const isOp = ({ cause }: Step, op: string): boolean => 'op' in cause && cause.op === op;
const isHidden = ({ cause }: Step, step: string): boolean => 'step' in cause && cause.step === step;

/** Every store that is there before and after, in both forms. */
function pairs(before: Account, after: Account): readonly (readonly [Store, Store])[] {
  return before.stores.flatMap((was) => {
    const is = after.stores.find(({ id }) => id === was.id);
    return is === undefined ? [] : [[was, is] as const];
  });
}

const moved = ({ before, after }: Step) =>
  before === after ? [] : pairs(before, after).filter(([was, is]) => was.connectionState !== is.connectionState);

const gone = (before: Account, after: Account): readonly Store[] =>
  before.stores.filter(({ id }) => !after.stores.some((store) => store.id === id));

const changedWhile = ({ before, after }: Step, state: ConnectionState, type: Store['type']): boolean =>
  pairs(before, after).some(
    ([was, is]) => was.type === type && was.connectionState === state && was.properties !== is.properties,
  );

const sameProperties = (a: Store, b: Store, names: readonly (keyof Store['properties'])[]): boolean =>
  names.every((name) => a.properties[name] === b.properties[name]);

const changedProperties = (was: Store, is: Store): readonly PropertyName[] =>
  [...new Set([...Object.keys(was.properties), ...Object.keys(is.properties)] as PropertyName[])].filter(
    (name) => was.properties[name] !== is.properties[name],
  );

const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const present = <T>(values: readonly (T | undefined)[]): readonly T[] =>
  values.filter((value): value is T => value !== undefined);
const endpointOf = ({ properties }: Store) => properties.XksProxyUriEndpoint;
const isPrivate = ({ properties }: Store): boolean => properties.XksProxyConnectivity === 'VPC_ENDPOINT_SERVICE';

function someIn(state: ConnectionState): (account: Account) => boolean {
  return ({ stores }) => stores.some(({ connectionState }) => connectionState === state);
}

function everyKey(holds: (key: Key, store: Store, states: readonly string[]) => boolean) {
  return ({ stores }: Account, is: Known): boolean =>
    stores.every((store) =>
      store.keys.every((key) =>
        holds(
          key,
          store,
          visibleStates(key, store, is).map(({ state }) => state),
        ),
      ),
    );
}

const shownText = (store: Store, is: Known): string =>
  JSON.stringify([describedStore(store, is), store.keys.map((key) => describedKey(key, store, is))]);
