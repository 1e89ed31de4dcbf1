import type { ErrorName } from '../../spec/errors.ts';
import type { Store } from '../../spec/model.ts';
import type { Property } from '../property.ts';
import { isRefusedWith } from './steps.ts';

/** What no two stores share. */
export const uniqueness = {
  'names-unique': {
    says: 'No two stores have the same name.',
    holds: 'always',
    shownBy: 'names-collide',
    of: ({ stores }) => distinct(stores.map(({ properties }) => properties.CustomKeyStoreName)),
  },
  'clusters-unique': {
    says: 'No two stores have the same cluster.',
    holds: 'always',
    shownBy: 'clusters-collide',
    of: ({ stores }) => distinct(present(stores.map(({ properties }) => properties.CloudHsmClusterId))),
  },
  'proxy-uris-unique': {
    says: 'No two stores have the same proxy endpoint and path.',
    holds: 'always',
    shownBy: 'proxy-uris-collide',
    of: ({ stores }) =>
      distinct(
        stores
          .filter(({ type }) => type === 'EXTERNAL_KEY_STORE')
          .map(
            ({ properties: { XksProxyUriEndpoint, XksProxyUriPath } }) => `${XksProxyUriEndpoint}${XksProxyUriPath}`,
          ),
      ),
  },
  'private-endpoints-unshared': {
    says: 'A store behind a VPC endpoint service shares its proxy endpoint with no other.',
    holds: 'always',
    shownBy: 'private-endpoints-collide',
    of: ({ stores }) =>
      stores.every(
        (store) =>
          !isPrivate(store) || stores.every((other) => other === store || endpointOf(other) !== endpointOf(store)),
      ),
  },
  'endpoint-services-unique': {
    says: 'No two stores have the same VPC endpoint service.',
    holds: 'always',
    shownBy: 'endpoint-services-collide',
    of: ({ stores }) => distinct(present(stores.map(({ properties }) => properties.XksProxyVpcEndpointServiceName))),
  },
  'public-endpoints-shared': {
    says: 'Two public external key stores may share a proxy endpoint, with different paths.',
    holds: 'sometimes',
    needs: 'two stores',
    of: ({ stores }) =>
      stores.length === 2 &&
      stores.every((store) => endpointOf(store) !== undefined && !isPrivate(store)) &&
      !distinct(stores.map(endpointOf)),
  },
  'two-stores': {
    says: 'Two stores live side by side.',
    holds: 'sometimes',
    needs: 'two stores',
    of: ({ stores }) => stores.length === 2,
  },
  'accounts-can-be-emptied': {
    says: 'Every store can be deleted in the end, so that its name, cluster and proxy are free again.',
    holds: 'leads to',
    from: ({ stores }) => stores.length > 0,
    to: ({ stores }) => stores.length === 0,
  },
  'names-collide': collision(
    'A request is refused because another store has the name.',
    'CustomKeyStoreNameInUseException',
  ),
  'clusters-collide': collision(
    'A request is refused because another store has the cluster.',
    'CloudHsmClusterInUseException',
  ),
  'proxy-uris-collide': collision(
    'A request is refused because another store has the endpoint and the path.',
    'XksProxyUriInUseException',
  ),
  'private-endpoints-collide': collision(
    'A request is refused because another store has the private endpoint.',
    'XksProxyUriEndpointInUseException',
  ),
  'endpoint-services-collide': collision(
    'A request is refused because another store has the VPC endpoint service.',
    'XksProxyVpcEndpointServiceInUseException',
  ),
} as const satisfies Record<string, Property>;

function collision(says: string, error: ErrorName): Property {
  return { says, holds: 'sometimes', needs: 'two stores', ofStep: (step) => isRefusedWith(step, error) };
}

const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

const present = <T>(values: readonly (T | undefined)[]): readonly T[] =>
  values.filter((value): value is T => value !== undefined);

const endpointOf = ({ properties }: Store) => properties.XksProxyUriEndpoint;

const isPrivate = ({ properties }: Store): boolean => properties.XksProxyConnectivity === 'VPC_ENDPOINT_SERVICE';
