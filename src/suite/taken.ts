import type { Output } from '../oracle/history.ts';
import type { WorldFile } from '../spec/world.ts';
import { splitUri } from './naming.ts';

/** What is left of a declared world for new stores, where stores hold some of it. */
export function withoutTaken(world: WorldFile, stores: readonly Output[]): WorldFile {
  const { clusters = {}, proxies = {}, endpointServices = {} } = world;
  const held = stores.map(({ CloudHsmClusterId, XksProxyConfiguration }) => ({
    cluster: String(CloudHsmClusterId),
    ...(XksProxyConfiguration as { UriEndpoint?: string; VpcEndpointServiceName?: string } | undefined),
  }));
  const families = held.flatMap(({ cluster }) => clusters[cluster]?.family ?? []);
  return {
    ...world,
    clusters: kept(
      clusters,
      ([id, { family }]) =>
        !held.some(({ cluster }) => cluster === id) && !(family !== undefined && families.includes(family)),
    ),
    proxies: kept(proxies, ([uri]) => !held.some(({ UriEndpoint }) => UriEndpoint === splitUri(uri)[0])),
    endpointServices: kept(
      endpointServices,
      ([name]) => !held.some(({ VpcEndpointServiceName }) => VpcEndpointServiceName === name),
    ),
  };
}

const kept = <T>(all: Readonly<Record<string, T>>, isFree: (entry: [string, T]) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(isFree));
