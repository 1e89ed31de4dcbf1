import { type WorldFile, worldNames } from '../../spec/world.ts';
import type { Need } from './format.ts';
import type { Script } from './script.ts';

/** The world that a script declares: its own, or one in which everything that it names is healthy. */
export function worldFor({ world, steps }: Script): WorldFile | undefined {
  if (world === 'none') return undefined;
  const inputs = steps.map(({ request }) => request.input as Readonly<Record<string, unknown>>);
  const given = (member: string): readonly string[] =>
    [...new Set(inputs.map((input) => input[member]))].filter(
      (value): value is string => typeof value === 'string' && value.length > 0 && value.length < 200,
    );
  const anchors = given('TrustAnchorCertificate');
  const uris = given('XksProxyUriEndpoint').flatMap((endpoint) =>
    given('XksProxyUriPath').map((path) => endpoint + path),
  );
  const clusters = namesIn('clusters', given('CloudHsmClusterId'));
  const services = namesIn('endpointServices', given('XksProxyVpcEndpointServiceName'));
  return tidied({
    clusters: merged(Object.fromEntries(clusters.map((id) => [id, healthyCluster(id, anchors[0])])), world?.clusters),
    proxies: merged(Object.fromEntries(namesIn('proxies', uris).map((uri) => [uri, { fault: null }])), world?.proxies),
    endpointServices: merged(
      Object.fromEntries(services.map((name) => [name, { exists: true, configured: true }])),
      world?.endpointServices,
    ),
    externalKeys: merged(Object.fromEntries(given('XksKeyId').map((id) => [id, { fault: null }])), world?.externalKeys),
    ...(world?.caller === undefined ? {} : { caller: world.caller }),
    ...(world?.quota === undefined ? {} : { quota: world.quota }),
  });
}

/** The names that a world file may hold: what is malformed exists nowhere. */
const namesIn = (part: keyof typeof worldNames, names: readonly string[]): readonly string[] =>
  names.filter((name) => new RegExp(worldNames[part], 'u').test(name));

/** Each cluster has a backup history of its own, unless the script says otherwise. */
const healthyCluster = (id: string, trustAnchor: string | undefined) => ({
  exists: true,
  active: true,
  configured: true,
  hsms: 2,
  family: id,
  ...(trustAnchor === undefined ? {} : { trustAnchor }),
  kmsuser: 'ready' as const,
  subnets: 'ready' as const,
});

function merged<T extends object>(
  healthy: Readonly<Record<string, T>>,
  declared: Readonly<Record<string, T>> = {},
): Record<string, T> {
  const names = [...new Set([...Object.keys(healthy), ...Object.keys(declared)])];
  return Object.fromEntries(names.map((name) => [name, { ...healthy[name], ...declared[name] } as T]));
}

const tidied = (world: WorldFile): WorldFile =>
  Object.fromEntries(Object.entries(world).filter(([, part]) => Object.keys(part as object).length > 0)) as WorldFile;

/** The world without what it says of backup histories. */
export const withoutFamilies = (world: WorldFile | undefined): WorldFile | undefined =>
  world?.clusters && {
    ...world,
    clusters: Object.fromEntries(Object.entries(world.clusters).map(([id, { family: _, ...rest }]) => [id, rest])),
  };

/**
 * What an implementation has to be told of a world. Backup histories need not be told where nothing depends on them:
 * clusters are related where one takes the place of another, and not where both are used.
 */
export function needOf(world: WorldFile | undefined, areFamiliesUsual: () => boolean): Need {
  if (world === undefined) return 'nothing';
  const { clusters = {}, proxies = {}, endpointServices = {}, externalKeys = {}, caller, quota } = world;
  const isHealthy =
    caller === undefined &&
    quota === undefined &&
    Object.values(clusters).every(
      ({ exists, active, configured, hsms, kmsuser, subnets }) =>
        exists && active && configured && hsms === 2 && kmsuser === 'ready' && subnets === 'ready',
    ) &&
    [...Object.values(proxies), ...Object.values(externalKeys)].every(({ fault }) => fault === null) &&
    Object.values(endpointServices).every(({ exists, configured }) => exists && configured);
  return isHealthy && (Object.keys(clusters).length < 2 || areFamiliesUsual()) ? 'healthy' : 'faults';
}
