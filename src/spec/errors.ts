/** An error name on the wire, and what it means. */
interface ErrorNote {
  /** HTTP status of the answer. */
  readonly status: number;
  readonly fault: 'client' | 'server';
  readonly says: string;
}

/** The errors that the service model lists for at least one operation of this specification. */
export const modelledErrors = {
  CloudHsmClusterInUseException: {
    status: 400,
    fault: 'client',
    says: 'The cluster, or one with the same backup history, belongs to another store of the account.',
  },
  CloudHsmClusterInvalidConfigurationException: {
    status: 400,
    fault: 'client',
    says: 'The cluster misses a requirement: subnets, security group or number of active HSMs.',
  },
  CloudHsmClusterNotActiveException: { status: 400, fault: 'client', says: 'The cluster is not active.' },
  CloudHsmClusterNotFoundException: { status: 400, fault: 'client', says: 'No cluster has the ID.' },
  CloudHsmClusterNotRelatedException: {
    status: 400,
    fault: 'client',
    says: 'The new cluster does not share the backup history of the old one.',
  },
  ConflictException: { status: 409, fault: 'client', says: 'Another request is changing the key.' },
  CustomKeyStoreHasCMKsException: { status: 400, fault: 'client', says: 'The store still holds KMS keys.' },
  CustomKeyStoreInvalidStateException: {
    status: 400,
    fault: 'client',
    says: 'The connection state of the store does not permit the operation.',
  },
  CustomKeyStoreNameInUseException: {
    status: 400,
    fault: 'client',
    says: 'Another store of the account has the name.',
  },
  CustomKeyStoreNotFoundException: { status: 400, fault: 'client', says: 'No store has the ID, or the name.' },
  DependencyTimeoutException: {
    status: 503,
    fault: 'server',
    says: 'Something that KMS depends on did not answer in time.',
  },
  DisabledException: { status: 409, fault: 'client', says: 'The key is disabled.' },
  DryRunOperationException: {
    status: 412,
    fault: 'client',
    says: 'The request asked only whether it would succeed, and it would.',
  },
  ExpiredImportTokenException: { status: 400, fault: 'client', says: 'The import token has expired.' },
  IncorrectKeyException: { status: 400, fault: 'client', says: 'The ciphertext was made with another key.' },
  IncorrectKeyMaterialException: {
    status: 400,
    fault: 'client',
    says: 'The key material is not the one imported before.',
  },
  IncorrectTrustAnchorException: {
    status: 400,
    fault: 'client',
    says: 'The certificate is not the trust anchor of the cluster.',
  },
  InvalidArnException: { status: 400, fault: 'client', says: 'An ARN is malformed, or its resource does not exist.' },
  InvalidCiphertextException: {
    status: 400,
    fault: 'client',
    says: 'The ciphertext is damaged, or its encryption context differs.',
  },
  InvalidGrantTokenException: { status: 400, fault: 'client', says: 'A grant token is not valid.' },
  InvalidImportTokenException: {
    status: 400,
    fault: 'client',
    says: 'The import token is not valid, or belongs to another key.',
  },
  InvalidKeyUsageException: { status: 400, fault: 'client', says: 'The key is not for this use.' },
  InvalidMarkerException: { status: 400, fault: 'client', says: 'The pagination marker is not valid.' },
  KMSInternalException: { status: 500, fault: 'server', says: 'Something failed inside KMS; try again.' },
  KMSInvalidStateException: {
    status: 409,
    fault: 'client',
    says: 'The state of the key, or of its store, does not permit the operation.',
  },
  KeyUnavailableException: {
    status: 500,
    fault: 'server',
    says: 'The key cannot be reached at the moment; try again.',
  },
  LimitExceededException: { status: 400, fault: 'client', says: 'A quota or a length was exceeded.' },
  MalformedPolicyDocumentException: { status: 400, fault: 'client', says: 'The key policy is not well formed.' },
  NotFoundException: {
    status: 404,
    fault: 'client',
    says: 'The key, or another thing that the request names, does not exist.',
  },
  TagException: { status: 400, fault: 'client', says: 'A tag is not valid.' },
  UnsupportedOperationException: {
    status: 400,
    fault: 'client',
    says: 'The operation, or a value of a member, is not supported for this key or store.',
  },
  XksKeyAlreadyInUseException: {
    status: 400,
    fault: 'client',
    says: 'Another KMS key of the store has the external key.',
  },
  XksKeyInvalidConfigurationException: {
    status: 400,
    fault: 'client',
    says: 'The external key is not an enabled AES-256 key for encryption and decryption.',
  },
  XksKeyNotFoundException: { status: 400, fault: 'client', says: 'The external key manager has no such key.' },
  XksProxyIncorrectAuthenticationCredentialException: {
    status: 400,
    fault: 'client',
    says: 'The proxy refused the credential.',
  },
  XksProxyInvalidConfigurationException: {
    status: 400,
    fault: 'client',
    says: 'The proxy is not configured as KMS expects.',
  },
  XksProxyInvalidResponseException: {
    status: 400,
    fault: 'client',
    says: 'KMS cannot understand the answer of the proxy.',
  },
  XksProxyUriEndpointInUseException: {
    status: 400,
    fault: 'client',
    says: 'Another store uses the proxy endpoint in a way that forbids sharing it.',
  },
  XksProxyUriInUseException: {
    status: 400,
    fault: 'client',
    says: 'Another store uses the proxy endpoint with the same path.',
  },
  XksProxyUriUnreachableException: {
    status: 400,
    fault: 'client',
    says: 'The proxy cannot be reached, or every key manager instance behind it is unavailable.',
  },
  XksProxyVpcEndpointServiceInUseException: {
    status: 400,
    fault: 'client',
    says: 'Another store uses the VPC endpoint service.',
  },
  XksProxyVpcEndpointServiceInvalidConfigurationException: {
    status: 400,
    fault: 'client',
    says: 'The VPC endpoint service misses a requirement.',
  },
  XksProxyVpcEndpointServiceNotFoundException: {
    status: 400,
    fault: 'client',
    says: 'The VPC endpoint service does not exist, or KMS may not see it.',
  },
} as const satisfies Record<string, ErrorNote>;

/** An error that a document names, and the service model does not. */
export const unmodelledErrors = {
  XksKeyInvalidResponseException: {
    status: 400,
    fault: 'client',
    says: 'KMS cannot understand what the proxy says of the external key.',
  },
} as const satisfies Record<string, ErrorNote>;

/** Errors that any request to AWS may get; the service model does not list them. */
export const commonErrors = {
  ValidationException: { status: 400, fault: 'client', says: 'A member breaks a constraint of the service model.' },
  ValidationError: {
    status: 400,
    fault: 'client',
    says: 'Another name of the validation error; see VALIDATION_ERROR_NAME.',
  },
  SerializationException: {
    status: 400,
    fault: 'client',
    says: 'The request is not JSON, or a member has the wrong JSON type.',
  },
  AccessDeniedException: { status: 400, fault: 'client', says: 'The caller lacks permission.' },
  AccessDenied: { status: 403, fault: 'client', says: 'Another name for a missing permission; logs may have it.' },
  ThrottlingException: { status: 400, fault: 'client', says: 'The request rate is too high.' },
  UnrecognizedClientException: { status: 400, fault: 'client', says: 'The access key or the token is unknown.' },
  InvalidSignatureException: { status: 400, fault: 'client', says: 'The signature does not fit the request.' },
  ExpiredTokenException: { status: 400, fault: 'client', says: 'The token has expired.' },
  IncompleteSignature: { status: 400, fault: 'client', says: 'The signature misses a part.' },
  IncompleteSignatureException: { status: 400, fault: 'client', says: 'The signature misses a part.' },
  InvalidClientTokenId: { status: 403, fault: 'client', says: 'The access key is unknown.' },
  MissingAuthenticationToken: { status: 403, fault: 'client', says: 'The request carries no signature.' },
  MissingAuthenticationTokenException: { status: 400, fault: 'client', says: 'The request carries no signature.' },
  RequestExpired: { status: 400, fault: 'client', says: 'The signature is too old.' },
  OptInRequired: { status: 403, fault: 'client', says: 'The account is not subscribed to the service.' },
  NotAuthorized: { status: 400, fault: 'client', says: 'The caller lacks permission.' },
  ServiceUnavailable: { status: 503, fault: 'server', says: 'The service does not answer for the moment.' },
  InternalFailure: { status: 500, fault: 'server', says: 'Something failed inside AWS.' },
  UnknownOperationException: { status: 400, fault: 'client', says: 'The service does not know the operation.' },
} as const satisfies Record<string, ErrorNote>;

/** Every error that this specification knows, by its name on the wire. */
export const errors = { ...modelledErrors, ...unmodelledErrors, ...commonErrors } as const;

export type ErrorName = keyof typeof errors;

/** Is it the name of an error that this specification knows? */
export const isErrorName = (name: string): name is ErrorName => Object.hasOwn(errors, name);

/** An error name without the namespace in front of it, and without what a header may put behind it. */
export const bareErrorName = (name: string): string => (name.split(/[,:]/)[0] ?? name).replace(/^.*#/, '');
