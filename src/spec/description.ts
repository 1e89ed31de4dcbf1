import { isPrivate } from './candidate.ts';
import { any, type Condition, not } from './condition.ts';
import type { Request } from './inputs.ts';
import { withBareKeys } from './key-id.ts';
import { visibleStates } from './key-state.ts';
import type { Key, Store } from './model.ts';
import { given, knowsOwner } from './properties.ts';
import type { Known } from './reading.ts';
import { shapeOf } from './shapes.ts';

/** A value that a member of an answer may have. */
export interface Shown {
  /** `undefined`: the member is absent. `anyValue`: something well formed that nobody can foretell. */
  readonly value: unknown;
  readonly when: Condition;
}

/** Stands for a value that the specification does not foretell: an identifier, a date, a ciphertext. */
export const anyValue = Symbol('any value');

/** What every member of an answer may be. A member that is not listed may be anything, or absent. */
export interface Description {
  readonly [member: string]: readonly Shown[] | Description;
}

const surely = (value: unknown): readonly Shown[] => [{ value: value === null ? anyValue : value, when: true }];
const absent = surely(undefined);
const perhaps = (value: unknown): readonly Shown[] => [...surely(value), ...absent];

/** One entry of DescribeCustomKeyStores. Secrets are never shown. */
export function describedStore(store: Store, known: Known): Description {
  const { properties, type } = store;
  const always = {
    CustomKeyStoreId: surely(store.id),
    CustomKeyStoreName: surely(properties.CustomKeyStoreName),
    CustomKeyStoreType: surely(type),
    ConnectionState: surely(store.connectionState),
    ConnectionErrorCode: errorCode(store, known),
    CreationDate: surely(anyValue),
    KeyStorePassword: absent,
    XksProxyAuthenticationCredential: absent,
  };
  if (type === 'AWS_CLOUDHSM') {
    const { CloudHsmClusterId, TrustAnchorCertificate } = properties;
    return {
      ...always,
      CloudHsmClusterId: surely(CloudHsmClusterId),
      TrustAnchorCertificate: surely(TrustAnchorCertificate),
      XksProxyConfiguration: absent,
    };
  }
  return {
    ...always,
    CloudHsmClusterId: absent,
    TrustAnchorCertificate: absent,
    XksProxyConfiguration: {
      Connectivity: surely(properties.XksProxyConnectivity),
      AccessKeyId: surely(properties.AccessKeyId),
      UriEndpoint: surely(properties.XksProxyUriEndpoint),
      UriPath: surely(properties.XksProxyUriPath),
      VpcEndpointServiceName: isPrivate(properties) ? surely(properties.XksProxyVpcEndpointServiceName) : absent,
      VpcEndpointServiceOwner: serviceOwner(store, known),
      RawSecretAccessKey: absent,
    },
  };
}

/** The metadata of a key in a custom key store, as DescribeKey and CreateKey give it. */
export function describedKey(key: Key, store: Store, known: Known): Description {
  const states = visibleStates(key, store, known);
  const enabled = any(...states.map(({ state, when }) => state === 'Enabled' && when));
  const behind = key.xksKeyId === undefined ? absent : { Id: surely(key.xksKeyId) };
  return {
    KeyId: surely(key.id),
    KeyState: states.map(({ state, when }) => ({ value: state, when })),
    Enabled: [
      { value: true, when: enabled },
      { value: false, when: not(enabled) },
    ].filter(({ when }) => when !== false),
    CustomKeyStoreId: surely(store.id),
    CloudHsmClusterId: store.type === 'AWS_CLOUDHSM' ? surely(store.properties.CloudHsmClusterId) : absent,
    XksKeyConfiguration: behind,
    Origin: surely(store.type),
  };
}

/** What every key in a custom key store is, as far as its metadata show it. */
export const keyKind = {
  KeySpec: 'SYMMETRIC_DEFAULT',
  CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
  MultiRegion: false,
} as const;

/**
 * What the answer to an operation on a key shows of the request, if it does: any member may be left out. A key is named
 * as in `keyIdsOf`.
 */
export function describedAnswer({ op, input }: Request): Description {
  const { KeyId, SourceKeyId, DestinationKeyId } = input as Readonly<Record<string, unknown>>;
  const members = withBareKeys({
    KeyId: DestinationKeyId ?? KeyId,
    SourceKeyId,
    ...(op === 'ScheduleKeyDeletion' && {
      KeyState: 'PendingDeletion',
      PendingWindowInDays: input.PendingWindowInDays ?? defaultPendingWindow,
    }),
  });
  const shown = Object.entries(members).filter(([name, value]) => shapeOf(op).output.includes(name) && given(value));
  const described = Object.fromEntries(shown.map(([name, value]) => [name, perhaps(value)]));
  return op === 'GenerateDataKeyWithoutPlaintext' ? { ...described, Plaintext: absent } : described;
}

/** How many days a key waits for its deletion where the request does not say. */
export const defaultPendingWindow = 30;

function errorCode({ connectionState, connectionErrorCode }: Store, { answered }: Known): readonly Shown[] {
  if (connectionErrorCode === undefined || connectionState === 'CONNECTED') return absent;
  if (connectionState === 'FAILED') return surely(connectionErrorCode);
  const kept = answered('ERROR_CODE_AFTER_DISCONNECT', 'PRESENT');
  const shown = { value: connectionErrorCode === null ? anyValue : connectionErrorCode, when: kept };
  return [shown, { value: undefined, when: not(kept) }].filter(({ when }) => when !== false);
}

/**
 * The owner of the endpoint service: the given one; if none was given, the account of the caller. Whether it shows when
 * it is that account is a question, and the given one may be that account.
 */
function serviceOwner({ properties }: Store, { answered, edition }: Known): readonly Shown[] {
  if (!isPrivate(properties) || !knowsOwner(edition)) return absent;
  const owner = properties.XksProxyVpcEndpointServiceOwner;
  const isGiven = owner !== undefined; // null: nobody knows whether, or which
  return [
    { value: owner ?? anyValue, when: isGiven || answered('DESCRIBE_VPC_OWNER_SHOWN', 'PRESENT') },
    { value: undefined, when: answered('DESCRIBE_VPC_OWNER_SHOWN', 'ABSENT') },
  ].filter(({ when }) => when !== false);
}

/** Is it a list of values, or a structure with members of its own? */
export const isShownList = (described: readonly Shown[] | Description): described is readonly Shown[] =>
  Array.isArray(described);
