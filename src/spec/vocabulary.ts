/** The names of this specification, spelled as AWS spells them. Every other file takes them from here. */

/** The two kinds of custom key store. */
export const storeTypes = ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
export type StoreType = (typeof storeTypes)[number];

/** Whether a store is joined to its backing key store, as `DescribeCustomKeyStores` shows it. */
export const connectionStates = ['DISCONNECTED', 'CONNECTING', 'CONNECTED', 'DISCONNECTING', 'FAILED'] as const;
export type ConnectionState = (typeof connectionStates)[number];

/** How KMS reaches the proxy of an external key store. */
export const xksProxyConnectivities = ['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE'] as const;
export type XksProxyConnectivity = (typeof xksProxyConnectivities)[number];

/** The operations that create, change and list custom key stores. */
export const storeOperations = [
  'CreateCustomKeyStore',
  'ConnectCustomKeyStore',
  'DisconnectCustomKeyStore',
  'UpdateCustomKeyStore',
  'DeleteCustomKeyStore',
  'DescribeCustomKeyStores',
] as const;

/** Operations that use the key itself, so that they need its backing key store. */
export const cryptographicOperations = [
  'Encrypt',
  'Decrypt',
  'ReEncrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
] as const;

/** Operations that look after one key. */
export const keyStateOperations = [
  'DescribeKey',
  'EnableKey',
  'DisableKey',
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
] as const;

/** Operations that a key in a custom key store never supports, whatever the state of the store. */
export const unsupportedKeyOperations = [
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'EnableKeyRotation',
  'DisableKeyRotation',
  'GetKeyRotationStatus',
  'RotateKeyOnDemand',
  'GetParametersForImport',
  'ImportKeyMaterial',
  'DeleteImportedKeyMaterial',
] as const;

/** The key operations whose outcome depends on a custom key store. */
export const keyOperations = [
  'CreateKey',
  'GenerateRandom',
  ...keyStateOperations,
  ...cryptographicOperations,
  ...unsupportedKeyOperations,
] as const;
export type KeyOperation = (typeof keyOperations)[number];

/** Every operation that this specification judges. */
export const operations = [...storeOperations, ...keyOperations] as const;
export type Operation = (typeof operations)[number];

const operationNames: ReadonlySet<string> = new Set(operations);
export const isOperation = (name: string): name is Operation => operationNames.has(name);

/** What a key's owner decided about it; `Unavailable` is what the store's state lays over it. */
export const keyStates = ['Enabled', 'Disabled', 'PendingDeletion'] as const;
export type KeyState = (typeof keyStates)[number];

/** The states that `DescribeKey` shows for a key in a custom key store. */
export const visibleKeyStates = [...keyStates, 'Unavailable'] as const;
export type VisibleKeyState = (typeof visibleKeyStates)[number];

/** The dated states of AWS's documents, oldest first. What each changed stands in editions.ts. */
export const editions = ['2022-11', '2025-10', '2026-04'] as const;
export type Edition = (typeof editions)[number];
