/** A document that this specification rests on. */
interface Page {
  readonly title: string;
  /** Where to read it; absent for an observation whose place is not public any more. */
  readonly address?: string;
  /** Which copy was read, or what the page is good for. */
  readonly note?: string;
}

/** A page of the API reference; its text is that of the doc comments of the SDK, and was read there. */
const apiPage = (name: string): Page => ({
  title: `AWS KMS API Reference: ${name}`,
  address: `https://docs.aws.amazon.com/kms/latest/APIReference/API_${name}.html`,
  note: 'read as doc comments of @aws-sdk/client-kms 3.1164.0',
});

/**
 * The bibliography. SEED is the source document; SDK, MODEL and SMITHY are AWS's API texts and service models as wholes,
 * API:… are pages of the API reference, G:… pages of the Developer Guide; OBS-… are public observations, which show
 * what happens but promise nothing.
 */
export const pages = {
  SEED: {
    title: 'Seed document: AWS SDK for .NET V3 reference, AmazonKeyManagementServiceClient.UpdateCustomKeyStoreAsync',
    address:
      'https://docs.aws.amazon.com/sdkfornet/v3/apidocs/items/KeyManagementService/MKeyManagementServiceUpdateCustomKeyStoreAsyncUpdateCustomKeyStoreRequestCancellationToken.html',
    note: 'Primary source; wins where it speaks. Its wording equals the API text published up to SDK JS 3.1037.0 (before the 2026 rename change). It ends before the exception table.',
  },
  SDK: {
    title:
      '@aws-sdk/client-kms 3.1164.0 (npm): doc comments, enums, runtime schemas with httpError and awsQueryError traits',
    address: 'https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html',
    note: 'Newest API text read (Nov 2026). Error lists identical to MODEL for all operations compared.',
  },
  'API:CancelKeyDeletion': apiPage('CancelKeyDeletion'),
  'API:ConnectCustomKeyStore': apiPage('ConnectCustomKeyStore'),
  'API:CreateCustomKeyStore': apiPage('CreateCustomKeyStore'),
  'API:CreateKey': apiPage('CreateKey'),
  'API:CustomKeyStoresListEntry': apiPage('CustomKeyStoresListEntry'),
  'API:Decrypt': apiPage('Decrypt'),
  'API:DeleteCustomKeyStore': apiPage('DeleteCustomKeyStore'),
  'API:DescribeCustomKeyStores': apiPage('DescribeCustomKeyStores'),
  'API:DescribeKey': apiPage('DescribeKey'),
  'API:DisconnectCustomKeyStore': apiPage('DisconnectCustomKeyStore'),
  'API:Encrypt': apiPage('Encrypt'),
  'API:GenerateDataKey': apiPage('GenerateDataKey'),
  'API:GenerateDataKeyWithoutPlaintext': apiPage('GenerateDataKeyWithoutPlaintext'),
  'API:GenerateRandom': apiPage('GenerateRandom'),
  'API:ScheduleKeyDeletion': apiPage('ScheduleKeyDeletion'),
  'API:UpdateCustomKeyStore': apiPage('UpdateCustomKeyStore'),
  MODEL: {
    title: 'botocore 1.43.107 (PyPI): data/kms/2014-11-01 service-2.json, examples-1.json, paginators-1.json',
    address: 'https://pypi.org/project/botocore/1.43.107/',
    note: 'Lengths, patterns, required flags, error lists, documented examples.',
  },
  SMITHY: {
    title: 'aws/api-models-aws: kms-2014-11-01.json (Smithy), commit 56c8953, April 2025',
    address: 'https://github.com/aws/api-models-aws/tree/main/models/kms',
    note: 'httpError/awsQueryError traits and protocol trait; same status values as SDK runtime schemas.',
  },
  BISECT: {
    title: 'Comparison of published @aws-sdk/client-kms versions (wording and fields)',
    address: 'https://www.npmjs.com/package/@aws-sdk/client-kms?activeTab=versions',
    note: 'XksProxyVpcEndpointServiceOwner first in 3.921.0; rename-while-CONNECTED wording (operation, parameter and exception text together) first in 3.1038.0.',
  },
  XKS: {
    title: 'AWS KMS External Key Store Proxy API Specification, last updated 15 May 2024, commit c79624e',
    address: 'https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md',
  },
  'G:update-keystore': {
    title: 'AWS KMS Developer Guide: Edit AWS CloudHSM key store settings',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/update-keystore.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:update-xks-keystore': {
    title: 'AWS KMS Developer Guide: Edit external key store properties',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/update-xks-keystore.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:connect-keystore': {
    title: 'AWS KMS Developer Guide: Connect an AWS CloudHSM key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/connect-keystore.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:disconnect-keystore': {
    title: 'AWS KMS Developer Guide: Disconnect an AWS CloudHSM key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/disconnect-keystore.html',
    note: 'read in the public archive of April 2023',
  },
  'G:about-xks-connecting': {
    title: 'AWS KMS Developer Guide: Connect an external key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/about-xks-connecting.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:about-xks-disconnecting': {
    title: 'AWS KMS Developer Guide: Disconnect an external key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/about-xks-disconnecting.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:xks-connect-disconnect': {
    title: 'AWS KMS Developer Guide: Connect and disconnect external key stores (Connection state)',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/xks-connect-disconnect.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:create-keystore': {
    title: 'AWS KMS Developer Guide: Create an AWS CloudHSM key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/create-keystore.html',
    note: 'read in the public archive of April 2023',
  },
  'G:create-xks-keystore': {
    title: 'AWS KMS Developer Guide: Create an external key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/create-xks-keystore.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:delete-keystore': {
    title: 'AWS KMS Developer Guide: Delete an AWS CloudHSM key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/delete-keystore.html',
    note: 'read in the public archive of April 2023',
  },
  'G:delete-xks': {
    title: 'AWS KMS Developer Guide: Delete an external key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/delete-xks.html',
    note: 'read in the public archive of April 2023',
  },
  'G:view-keystore': {
    title: 'AWS KMS Developer Guide: View an AWS CloudHSM key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/view-keystore.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:view-xks-keystore': {
    title: 'AWS KMS Developer Guide: View external key stores',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/view-xks-keystore.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:fix-keystore': {
    title: 'AWS KMS Developer Guide: Troubleshooting a custom key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/fix-keystore.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:xks-troubleshooting': {
    title: 'AWS KMS Developer Guide: Troubleshooting external key stores',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/xks-troubleshooting.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:xks-monitoring': {
    title: 'AWS KMS Developer Guide: Monitor external key stores (error table)',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/xks-monitoring.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:keystore-external': {
    title: 'AWS KMS Developer Guide: External key stores (concepts, proxy API table)',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/keystore-external.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:keystore-cloudhsm': {
    title: 'AWS KMS Developer Guide: AWS CloudHSM key stores (concepts)',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/keystore-cloudhsm.html',
    note: 'read in the public archive of April 2023',
  },
  'G:vpc-connectivity': {
    title: 'AWS KMS Developer Guide: Configure VPC endpoint service connectivity',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/vpc-connectivity.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:key-state': {
    title: 'AWS KMS Developer Guide: Key states of AWS KMS keys',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:resource-limits': {
    title: 'AWS KMS Developer Guide: Resource quotas',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:requests-per-second': {
    title: 'AWS KMS Developer Guide: Request quotas',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:throttling': {
    title: 'AWS KMS Developer Guide: Throttling AWS KMS requests',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html',
    note: 'read in the public archive of April 2023',
  },
  'G:accessing-kms': {
    title: 'AWS KMS Developer Guide: AWS KMS eventual consistency',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html',
    note: 'read in copies of late 2025 and 2026',
  },
  'G:authorize-key-store': {
    title: 'AWS KMS Developer Guide: Control access to your AWS CloudHSM key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/authorize-key-store.html',
    note: 'read in the public archive of April 2023',
  },
  'G:authorize-xks-key-store': {
    title: 'AWS KMS Developer Guide: Control access to your external key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/authorize-xks-key-store.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:permissions': {
    title: 'AWS KMS Developer Guide: AWS KMS permissions',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html',
    note: 'read in copies of late 2025 and 2026',
  },
  'G:create-cmk-keystore': {
    title: 'AWS KMS Developer Guide: Create a KMS key in an AWS CloudHSM key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/create-cmk-keystore.html',
    note: 'read in the public archive of April 2023',
  },
  'G:create-xks-keys': {
    title: 'AWS KMS Developer Guide: Create a KMS key in an external key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/create-xks-keys.html',
    note: 'read in the public archive of April 2023',
  },
  'G:delete-cmk-keystore': {
    title: 'AWS KMS Developer Guide: Schedule deletion of KMS keys from an AWS CloudHSM key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/delete-cmk-keystore.html',
    note: 'read in the public archive of April 2023',
  },
  'G:use-cmk-keystore': {
    title: 'AWS KMS Developer Guide: Use KMS keys in a custom key store',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/manage-cmk-keystore.html',
    note: 'read in the public archive of April 2023',
  },
  'G:cloudtrail': {
    title: 'AWS KMS Developer Guide: Logging AWS KMS API calls with AWS CloudTrail',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:ct-keystores': {
    title:
      'AWS KMS Developer Guide: CloudTrail examples ct-create-keystore, ct-connect-keystore, ct-disconnect-keystore, ct-update-keystore, ct-delete-keystore, ct-describe-keystores',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/ct-update-keystore.html',
    note: 'read in copies of late 2025 and 2026 and the public archive of April 2023',
  },
  'G:ct-keys': {
    title:
      'AWS KMS Developer Guide: CloudTrail examples ct-createkey, ct-decrypt, ct-schedule-key-deletion, ct-cancel-key-deletion, ct-delete-key, ct-generaterandom',
    address: 'https://docs.aws.amazon.com/kms/latest/developerguide/ct-createkey.html',
    note: 'read in the public archive of April 2023',
  },
  'OBS-STATUS': {
    title: 'A public run log of a Terraform KMS grant example',
    note: 'Observation, not documentation.',
  },
  'OBS-VALIDATION': {
    title:
      'stelligent/mu issue 382: KMS ValidationException, status code 400, "1 validation error detected" message form',
    address: 'https://github.com/stelligent/mu/issues/382',
    note: 'Observation.',
  },
  'OBS-INTERNAL': {
    title:
      'kubernetes-sigs/aws-encryption-provider pull requests 129 and 171: XKS proxy messages arrive under KMSInternalException as well as KMSInvalidStateException',
    address: 'https://github.com/kubernetes-sigs/aws-encryption-provider/pull/171',
    note: 'Observation.',
  },
  'OBS-USERNF': {
    title:
      'aws-samples/aws-cloudhsm-cloudformation-template issue 12: connect fails with USER_NOT_FOUND when kmsuser is missing on one HSM',
    address: 'https://github.com/aws-samples/aws-cloudhsm-cloudformation-template/issues/12',
    note: 'Observation.',
  },
  'OBS-CTCODE': {
    title: 'A public CloudTrail record of a failed Decrypt',
    note: 'Observation.',
  },
} as const satisfies Record<string, Page>;

export type PageId = keyof typeof pages;

/** One page, with its optional members. */
export const pageOf = (id: PageId): Page => pages[id];
