const like = (pattern: RegExp, min: number, max: number) => (value: unknown) =>
  typeof value === 'string' && value.length >= min && value.length <= max && pattern.test(value);
const any = /^/;

/** The constraints of the service model, by member. */
export const forms: Readonly<Record<string, (value: unknown) => boolean>> = {
  CustomKeyStoreId: like(any, 1, 64),
  CustomKeyStoreName: like(any, 1, 256),
  NewCustomKeyStoreName: like(any, 1, 256),
  CloudHsmClusterId: like(/^cluster-[2-7a-zA-Z]{11,16}$/, 19, 24),
  TrustAnchorCertificate: like(any, 1, 5000),
  KeyStorePassword: like(any, 7, 32),
  CustomKeyStoreType: like(/^(AWS_CLOUDHSM|EXTERNAL_KEY_STORE)$/, 1, 64),
  XksProxyUriEndpoint: like(/^https:\/\/[a-zA-Z0-9.-]+$/, 10, 128),
  XksProxyUriPath: like(/^(\/[a-zA-Z0-9/_-]+)?\/kms\/xks\/v\d{1,2}$/, 10, 128),
  XksProxyConnectivity: like(/^(PUBLIC_ENDPOINT|VPC_ENDPOINT_SERVICE)$/, 1, 64),
  XksProxyVpcEndpointServiceName: (value) =>
    value === '' || like(/^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$/, 20, 64)(value),
  XksProxyVpcEndpointServiceOwner: like(/^\d{12}$/, 12, 12),
  XksProxyAuthenticationCredential: (value) => {
    const { AccessKeyId, RawSecretAccessKey } = (value ?? {}) as Record<string, unknown>;
    return (
      typeof value === 'object' &&
      like(/^[A-Z2-7]+$/, 20, 30)(AccessKeyId) &&
      like(/^[a-zA-Z0-9/+=]+$/, 43, 64)(RawSecretAccessKey)
    );
  },
  Limit: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1000,
  Marker: like(/^[\u0020-\u00FF]*$/, 1, 1024),
};
