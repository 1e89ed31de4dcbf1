import type { OperationShape } from '../shape.ts';

/** The operations that only need to know which store. */
export const storeShapes = {
  ConnectCustomKeyStore: {
    says: 'Begins to connect a store; success does not mean that it is connected.',
    input: {
      CustomKeyStoreId: {
        type: 'string',
        min: 1,
        max: 64,
        required: true,
        says: 'The store to connect; its name is not accepted in its place.',
      },
    },
    output: [],
    errors: [
      'CloudHsmClusterNotActiveException',
      'CustomKeyStoreInvalidStateException',
      'CustomKeyStoreNotFoundException',
      'KMSInternalException',
      'CloudHsmClusterInvalidConfigurationException',
    ],
    alsoNeeds: ['cloudhsm:DescribeClusters', 'iam:CreateServiceLinkedRole'],
  },
  DisconnectCustomKeyStore: {
    says: 'Disconnects a store, so that its keys become Unavailable.',
    input: {
      CustomKeyStoreId: {
        type: 'string',
        min: 1,
        max: 64,
        required: true,
        says: 'The store to disconnect; its name is not accepted in its place.',
      },
    },
    output: [],
    errors: ['CustomKeyStoreInvalidStateException', 'CustomKeyStoreNotFoundException', 'KMSInternalException'],
  },
  DeleteCustomKeyStore: {
    says: 'Removes the record of a store from KMS; the backing key store is not touched.',
    input: {
      CustomKeyStoreId: {
        type: 'string',
        min: 1,
        max: 64,
        required: true,
        says: 'The store to delete; its name is not accepted in its place.',
      },
    },
    output: [],
    errors: [
      'CustomKeyStoreHasCMKsException',
      'CustomKeyStoreInvalidStateException',
      'CustomKeyStoreNotFoundException',
      'KMSInternalException',
    ],
  },
  DescribeCustomKeyStores: {
    says: 'Lists the stores of the account and Region.',
    input: {
      CustomKeyStoreId: {
        type: 'string',
        min: 1,
        max: 64,
        says: 'Only the store with this ID; not together with a name.',
      },
      CustomKeyStoreName: {
        type: 'string',
        min: 1,
        max: 256,
        says: 'Only the store with this name; not together with an ID.',
      },
      Limit: {
        type: 'integer',
        min: 1,
        max: 1000,
        says: 'At most this many stores in one answer; there may be fewer.',
      },
      Marker: {
        type: 'string',
        min: 1,
        max: 1024,
        pattern: String.raw`[\u0020-\u00FF]*`,
        says: 'NextMarker of the answer before, if that was truncated.',
      },
    },
    output: ['CustomKeyStores', 'NextMarker', 'Truncated'],
    errors: ['CustomKeyStoreNotFoundException', 'InvalidMarkerException', 'KMSInternalException'],
  },
} as const satisfies Record<string, OperationShape>;
