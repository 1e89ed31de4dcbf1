import type { Request } from '../spec/inputs.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import type { Properties, Store } from '../spec/model.ts';
import { given, typeOfNew } from '../spec/properties.ts';
import type { Branch } from './branch.ts';
import { type StateSet, valuesOf } from './states.ts';

/** The stores that a request may look at. */
export interface Involved {
  /** Those it is about. */
  readonly focus: readonly string[];
  /** Those whose properties may collide with what it gives. */
  readonly related: readonly string[];
  /** How many more there are for sure. */
  readonly others: number;
}

/** Stores that nobody has seen, of which every property may be any: what a request may collide with unawares. */
export const wildcards: readonly Store[] = [
  { type: 'AWS_CLOUDHSM' as const, properties: { CustomKeyStoreName: null, CloudHsmClusterId: null } },
  ...(['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE'] as const).map((XksProxyConnectivity) => ({
    type: 'EXTERNAL_KEY_STORE' as const,
    properties: {
      CustomKeyStoreName: null,
      XksProxyConnectivity,
      XksProxyUriEndpoint: null,
      XksProxyUriPath: null,
      ...(XksProxyConnectivity === 'PUBLIC_ENDPOINT' ? {} : { XksProxyVpcEndpointServiceName: null }),
    },
  })),
].map((kind, index) => ({ id: `*${index}`, connectionState: 'DISCONNECTED', keys: [], partlySeen: true, ...kind }));

/** Of which keys does it matter to a request whether they are there? */
export function keysSeenBy({ op, input }: Request): (id: string) => boolean {
  if (op === 'DeleteCustomKeyStore' || (op === 'CreateKey' && given(input.XksKeyId))) return () => true;
  const ids = keyIdsOf(input);
  return (id) => ids.includes(id);
}

export function involvedIn({ stores }: Branch, request: Request, owners: ReadonlyMap<string, string>): Involved {
  const input = request.input as Readonly<Record<string, unknown>>;
  const focus: string[] = [];
  const about = [input['CustomKeyStoreId'], ...keyIdsOf(input).map((id) => owners.get(id))];
  for (const id of about) if (typeof id === 'string' && stores.has(id) && !focus.includes(id)) focus.push(id);
  const collides = collider(
    request,
    focus.flatMap((id) => stores.get(id)?.states ?? []).map(({ store }) => store),
  );
  if (collides === undefined) return { focus, related: [], others: 0 };
  const isCreate = request.op === 'CreateCustomKeyStore';
  const related: string[] = [];
  let others = 0;
  for (const [id, set] of stores) {
    if (focus.includes(id)) continue;
    if (valuesOf(set).some((store) => store !== undefined && collides(store)) || (isCreate && isDoubtful(set))) {
      related.push(id);
    } else if (isCreate && set.states[0]?.store !== undefined) others += 1;
  }
  return { focus, related, others };
}

/** May the store be there, or not? Then whoever counts the stores has to look. */
const isDoubtful = ({ states }: StateSet): boolean =>
  states.length > 1 && states.some(({ store }) => store === undefined);

/** Which other stores may have something that the request gives? None, if it gives nothing that is unique. */
function collider(request: Request, focus: readonly (Store | undefined)[]): ((store: Store) => boolean) | undefined {
  const { op, input } = request;
  if (op === 'DescribeCustomKeyStores') {
    const name = lower(input.CustomKeyStoreName);
    return name === undefined ? undefined : ({ properties }) => mayBe(properties.CustomKeyStoreName, [name]);
  }
  if (op !== 'CreateCustomKeyStore' && op !== 'UpdateCustomKeyStore') return undefined;
  const values = (member: 'XksProxyUriEndpoint' | 'XksProxyVpcEndpointServiceName') =>
    [input[member], ...focus.map((store) => store?.properties[member])].flatMap((value) => lower(value) ?? []);
  const givesProxy =
    given(input.XksProxyUriEndpoint) ||
    given(input.XksProxyUriPath) ||
    given(input.XksProxyConnectivity) ||
    given(input.XksProxyVpcEndpointServiceName);
  const name = lower(op === 'CreateCustomKeyStore' ? input.CustomKeyStoreName : input.NewCustomKeyStoreName);
  const endpoints = givesProxy ? values('XksProxyUriEndpoint') : [];
  const services = givesProxy ? values('XksProxyVpcEndpointServiceName') : [];
  const unknownOwn = givesProxy && focus.some((store) => store?.properties.XksProxyUriEndpoint === null);
  const givesCluster =
    given(input.CloudHsmClusterId) || (op === 'CreateCustomKeyStore' && typeOfNew(input) === 'AWS_CLOUDHSM');
  return ({ type, properties }) =>
    (name !== undefined && mayBe(properties.CustomKeyStoreName, [name])) ||
    (type === 'AWS_CLOUDHSM'
      ? givesCluster
      : givesProxy &&
        (unknownOwn || mayBe(properties.XksProxyUriEndpoint, endpoints) || mayBe(service(properties), services)));
}

const service = ({ XksProxyVpcEndpointServiceName: name }: Properties): string | null | undefined => name;

const lower = (value: unknown): string | undefined => (typeof value === 'string' ? value.toLowerCase() : undefined);

const mayBe = (value: string | null | undefined, among: readonly string[]): boolean =>
  value === null || (value !== undefined && among.includes(value.toLowerCase()));
