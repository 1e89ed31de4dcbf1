import type { OperationShape } from '../shape.ts';

/** The operations that look after one key. */
export const keyStateShapes = {
  DescribeKey: {
    says: 'Shows a key and its state.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      GrantTokens: { type: 'list', min: 0, max: 10, of: { type: 'string', min: 1, max: 8192 } },
    },
    output: ['KeyMetadata'],
    errors: ['NotFoundException', 'InvalidArnException', 'DependencyTimeoutException', 'KMSInternalException'],
  },
  EnableKey: {
    says: 'Enables a key.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
    },
    output: [],
    errors: [
      'NotFoundException',
      'InvalidArnException',
      'DependencyTimeoutException',
      'KMSInternalException',
      'LimitExceededException',
      'KMSInvalidStateException',
    ],
  },
  DisableKey: {
    says: 'Disables a key.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
    },
    output: [],
    errors: [
      'NotFoundException',
      'InvalidArnException',
      'DependencyTimeoutException',
      'KMSInternalException',
      'KMSInvalidStateException',
    ],
  },
  ScheduleKeyDeletion: {
    says: 'Begins the waiting period after which a key is deleted.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
      PendingWindowInDays: { type: 'integer', min: 1, max: 365, says: 'Days to wait; 30 if left out.' },
    },
    output: ['KeyId', 'DeletionDate', 'KeyState', 'PendingWindowInDays'],
    errors: [
      'NotFoundException',
      'InvalidArnException',
      'DependencyTimeoutException',
      'KMSInternalException',
      'KMSInvalidStateException',
    ],
  },
  CancelKeyDeletion: {
    says: 'Takes back the deletion of a key, which is Disabled then.',
    input: {
      KeyId: { type: 'string', min: 1, max: 2048, required: true },
    },
    output: ['KeyId'],
    errors: [
      'NotFoundException',
      'InvalidArnException',
      'DependencyTimeoutException',
      'KMSInternalException',
      'KMSInvalidStateException',
    ],
  },
} as const satisfies Record<string, OperationShape>;
