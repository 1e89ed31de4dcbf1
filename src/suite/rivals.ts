import { clusters, endpoints, paths } from '../machine/alphabet.ts';
import { creationOf, otherService, type Variant, variants } from './goals.ts';

/** Creations that share something with the first store of each kind, and one more that shares nothing with any. */
export function rivals(variant: Variant): readonly object[] {
  const mine = creationOf[variant]();
  const others = variants.flatMap((each) => [
    creationOf[each](),
    creationOf[each]('beta'),
    { ...creationOf[each](), CustomKeyStoreName: 'ALPHA' },
  ]);
  const more =
    variant === 'AWS_CLOUDHSM'
      ? [
          { ...mine, CloudHsmClusterId: clusters[1] },
          { ...mine, CustomKeyStoreName: 'beta', CloudHsmClusterId: clusters[1] },
          { ...mine, KeyStorePassword: 'password2' },
        ]
      : [
          { ...mine, CustomKeyStoreName: 'beta', XksProxyUriPath: paths[1] },
          { ...mine, CustomKeyStoreName: 'beta', XksProxyUriEndpoint: endpoints[1] },
          { ...creationOf.PUBLIC_ENDPOINT('beta'), XksProxyUriEndpoint: mine.XksProxyUriEndpoint },
          { ...creationOf.VPC_ENDPOINT_SERVICE('beta'), XksProxyUriEndpoint: 'https://third.example' },
          {
            ...creationOf.VPC_ENDPOINT_SERVICE('beta'),
            XksProxyUriEndpoint: 'https://third.example',
            XksProxyVpcEndpointServiceName: otherService,
          },
          {
            ...creationOf.VPC_ENDPOINT_SERVICE('beta'),
            XksProxyUriEndpoint: mine.XksProxyUriEndpoint,
            XksProxyVpcEndpointServiceName: otherService,
          },
          {
            ...creationOf.VPC_ENDPOINT_SERVICE('beta'),
            XksProxyUriEndpoint: mine.XksProxyUriEndpoint,
            XksProxyUriPath: paths[1],
            XksProxyVpcEndpointServiceName: otherService,
          },
        ];
  return [...others, ...more];
}

/** A second store of each kind, which shares nothing with the first. */
export const distinct: Readonly<Record<Variant, object>> = {
  AWS_CLOUDHSM: { ...creationOf.AWS_CLOUDHSM('beta'), CloudHsmClusterId: clusters[1] },
  PUBLIC_ENDPOINT: { ...creationOf.PUBLIC_ENDPOINT('beta'), XksProxyUriEndpoint: endpoints[1] },
  VPC_ENDPOINT_SERVICE: {
    ...creationOf.VPC_ENDPOINT_SERVICE('beta'),
    XksProxyUriEndpoint: 'https://third.example',
    XksProxyVpcEndpointServiceName: otherService,
  },
};
