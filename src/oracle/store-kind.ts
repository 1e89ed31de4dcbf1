import type { StateSet } from './states.ts';

/** The cluster of a store, by all that it may be; `none`: it has none; nothing, if it is not the same in every state. */
export type ClusterOf = string | 'none' | undefined;

export function clusterOf(sets: readonly StateSet[]): ClusterOf {
  const clusters = new Set<unknown>();
  for (const { states } of sets)
    for (const { store } of states)
      clusters.add(store?.type === 'AWS_CLOUDHSM' ? store.properties.CloudHsmClusterId : 'none');
  const [only] = clusters;
  return clusters.size === 1 && typeof only === 'string' ? only : undefined;
}

/** May the store be gone? */
export const isDoubtful = (sets: readonly StateSet[]): boolean =>
  sets.some(({ states }) => states.some(({ store }) => store === undefined));

/** May it have a name, an endpoint or a service that nobody has seen? */
export const isVague = (sets: readonly StateSet[]): boolean => uniqueOf(sets).includes(null);

/** What it may have that no other store may, in small letters. */
export const lowerIn = (sets: readonly StateSet[]): readonly string[] =>
  uniqueOf(sets).flatMap((value) => (typeof value === 'string' ? [value.toLowerCase()] : []));

const uniqueOf = (sets: readonly StateSet[]): readonly (string | null | undefined)[] =>
  sets.flatMap(({ states }) =>
    states.flatMap(({ store }) => {
      const { CustomKeyStoreName, XksProxyUriEndpoint, XksProxyVpcEndpointServiceName } = store?.properties ?? {};
      return [CustomKeyStoreName, XksProxyUriEndpoint, XksProxyVpcEndpointServiceName];
    }),
  );
