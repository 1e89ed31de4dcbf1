import { cloudHsmStore, names, publicStore } from '../machine/alphabet.ts';
import type { HistoryEvent } from '../oracle/history.ts';
import { withoutSecrets } from './masked.ts';

const hsm = { CustomKeyStoreId: 'cks-hsm' };
const xks = { CustomKeyStoreId: 'cks-xks' };
const cluster = cloudHsmStore();
const proxy = publicStore(names[1]);

/** A short history of two stores, for those who have none at hand. */
export const tour: readonly HistoryEvent[] = withoutSecrets([
  { op: 'CreateCustomKeyStore', input: cluster, ok: hsm },
  { op: 'CreateCustomKeyStore', input: proxy, ok: xks },
  { op: 'ConnectCustomKeyStore', input: hsm, ok: {} },
  { op: 'ConnectCustomKeyStore', input: xks, ok: {} },
  {
    op: 'DescribeCustomKeyStores',
    input: {},
    ok: {
      CustomKeyStores: [
        {
          ...hsm,
          CustomKeyStoreName: cluster.CustomKeyStoreName,
          CustomKeyStoreType: 'AWS_CLOUDHSM',
          CloudHsmClusterId: cluster.CloudHsmClusterId,
          TrustAnchorCertificate: cluster.TrustAnchorCertificate,
          ConnectionState: 'FAILED',
          ConnectionErrorCode: 'USER_LOCKED_OUT',
          CreationDate: 0,
        },
        {
          ...xks,
          CustomKeyStoreName: proxy.CustomKeyStoreName,
          CustomKeyStoreType: proxy.CustomKeyStoreType,
          ConnectionState: 'CONNECTED',
          CreationDate: 0,
          XksProxyConfiguration: {
            Connectivity: proxy.XksProxyConnectivity,
            AccessKeyId: proxy.XksProxyAuthenticationCredential?.AccessKeyId,
            UriEndpoint: proxy.XksProxyUriEndpoint,
            UriPath: proxy.XksProxyUriPath,
          },
        },
      ],
      Truncated: false,
    },
  },
  { op: 'UpdateCustomKeyStore', input: { ...xks, NewCustomKeyStoreName: 'gamma' }, ok: {} },
  {
    op: 'UpdateCustomKeyStore',
    input: { ...hsm, KeyStorePassword: 'password2' },
    error: 'CustomKeyStoreInvalidStateException',
    status: 400,
  },
  { op: 'DisconnectCustomKeyStore', input: hsm, ok: {} },
  { op: 'UpdateCustomKeyStore', input: { ...hsm, KeyStorePassword: 'password2' }, ok: {} },
  { op: 'DeleteCustomKeyStore', input: hsm, ok: {} },
]);
