import type { ConnectionErrorCode } from './connection-error-codes.ts';
import type { ConnectionState, KeyState, StoreType, XksProxyConnectivity } from './vocabulary.ts';

/**
 * The properties of a store, under the names that CreateCustomKeyStore gives them. A property that the store's type
 * does not have is absent; one whose value nobody has seen yet is `null`.
 */
export interface Properties {
  readonly CustomKeyStoreName: string | null;
  readonly CloudHsmClusterId?: string | null;
  readonly TrustAnchorCertificate?: string | null;
  readonly XksProxyConnectivity?: XksProxyConnectivity | null;
  readonly XksProxyUriEndpoint?: string | null;
  readonly XksProxyUriPath?: string | null;
  readonly XksProxyVpcEndpointServiceName?: string | null;
  readonly XksProxyVpcEndpointServiceOwner?: string | null;
  /** The public half of XksProxyAuthenticationCredential, the only half that is ever shown. */
  readonly AccessKeyId?: string | null;
  /** Of the secret (password, or secret access key) only this is kept; see mark() in properties.ts. */
  readonly secretMark?: number | null;
}
export type PropertyName = keyof Properties;

/** One KMS key in a custom key store. */
export interface Key {
  readonly id: string;
  /** What was decided about the key. Unavailable is not stored: the state of the store decides it. */
  readonly state: KeyState;
  /** The external key behind it; only in external key stores. */
  readonly xksKeyId?: string | null;
  /** Its deletion was cancelled while the store was not connected, and the store has not connected since. */
  readonly cancelledOffline?: true;
}

/** One custom key store, as far as its behaviour depends on it. Values are never changed in place. */
export interface Store {
  readonly id: string;
  readonly type: StoreType;
  readonly connectionState: ConnectionState;
  /** Why the last connection attempt failed; absent when it did not, or when there was none since. */
  readonly connectionErrorCode?: ConnectionErrorCode | null;
  /** The properties with which it failed, where they have changed since and nobody has seen the code yet. */
  readonly failedWith?: Properties;
  /** DisconnectCustomKeyStore was accepted while CONNECTING, and waits for the attempt to end. */
  readonly disconnectPending?: true;
  /** What a disconnection began from, as long as it runs. */
  readonly disconnectingFrom?: ConnectionState;
  /** The store has been CONNECTED, so KMS has changed the password of kmsuser since the caller gave it. */
  readonly rotated?: true;
  /** The caller has given a password since, with which KMS has not connected yet. */
  readonly passwordGiven?: true;
  /** The store may hold more keys than those that are listed: it was there before anybody looked. */
  readonly partlySeen?: true;
  readonly properties: Properties;
  readonly keys: readonly Key[];
}

/** All custom key stores of one account and Region, in the order of their creation. */
export interface Account {
  readonly stores: readonly Store[];
  /** How many more stores there are, where only those that matter to a request are listed. */
  readonly others?: number;
  /** There may be any number of stores besides: nobody looked at the account from its beginning. */
  readonly mayHoldMore?: true;
}

export const emptyAccount: Account = { stores: [] };
