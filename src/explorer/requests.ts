import { requestFor } from '../machine/allowed.ts';
import * as alphabet from '../machine/alphabet.ts';
import type { UpdateField } from '../spec/eligibility.ts';
import type { InputOf, Request } from '../spec/inputs.ts';
import type { Store } from '../spec/model.ts';
import type { Edition, Operation } from '../spec/vocabulary.ts';
import { standIn } from '../suite/masked.ts';

/** A store that can be created, by the words for it. */
export interface Creation {
  readonly title: string;
  readonly request: Request;
}

/** A store of each kind, none of which collides with another: `number` tells them apart. */
export function creationsFor(number: number): readonly Creation[] {
  const letter = String.fromCharCode('a'.charCodeAt(0) + ((number - 1) % 26));
  const endpoint = `https://proxy-${number}.example`;
  const inputs: Readonly<Record<string, InputOf<'CreateCustomKeyStore'>>> = {
    'AWS CloudHSM key store': {
      ...alphabet.cloudHsmStore(`hsm-${number}`, `cluster-${letter.repeat(11)}`),
      KeyStorePassword: standIn.KeyStorePassword(number),
    },
    'External, public endpoint': { ...alphabet.publicStore(`xks-${number}`, endpoint), ...credential(0, number) },
    'External, VPC endpoint service': {
      ...alphabet.privateStore(`vpc-${number}`),
      ...credential(0, number),
      XksProxyUriEndpoint: `https://private-${number}.example`,
      XksProxyVpcEndpointServiceName: serviceOf(number),
    },
  };
  return Object.entries(inputs).map(([title, input]) => ({ title, request: { op: 'CreateCustomKeyStore', input } }));
}

/** The request that changes these members of a store to values that it does not have. */
export function updateOf(store: Store, fields: readonly UpdateField[], edition: Edition, number: number): Request {
  const { properties, type } = store;
  const wish = { type, state: store.connectionState, operation: 'UpdateCustomKeyStore', edition, answers: {} } as const;
  const { input } = requestFor({ ...wish, update: fields }) as Extract<Request, { op: 'UpdateCustomKeyStore' }>;
  const isPrivate = properties.XksProxyConnectivity === 'VPC_ENDPOINT_SERVICE';
  const leaving = isPrivate && fields.includes('XksProxyConnectivity');
  const other: Required<Omit<InputOf<'UpdateCustomKeyStore'>, 'CustomKeyStoreId'>> = {
    NewCustomKeyStoreName: `name-${number}`,
    KeyStorePassword: standIn.KeyStorePassword(changed + number),
    CloudHsmClusterId: differing(alphabet.clusters, properties.CloudHsmClusterId),
    ...credential(alphabet.credentials[0].AccessKeyId === properties.AccessKeyId ? 1 : 0, changed + number),
    XksProxyUriPath: differing(alphabet.paths, properties.XksProxyUriPath),
    XksProxyUriEndpoint: `https://proxy-${number}.example`,
    XksProxyConnectivity: isPrivate ? 'PUBLIC_ENDPOINT' : 'VPC_ENDPOINT_SERVICE',
    XksProxyVpcEndpointServiceName: serviceOf(number),
    XksProxyVpcEndpointServiceOwner: alphabet.owner,
  };
  const given = Object.keys(input).filter(
    (name): name is UpdateField => name in other && !(leaving && name.startsWith('XksProxyVpc')),
  );
  const values = Object.fromEntries(given.map((name) => [name, other[name]]));
  return { op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: store.id, ...values } };
}

/** The plain request of an operation about a store, or about its key. */
export function requestAbout(op: Operation, store: Store, keyId: string | undefined, edition: Edition): Request {
  const wish = { type: store.type, state: store.connectionState, operation: op, edition, answers: {} } as const;
  const { input } = requestFor(wish);
  const named: Readonly<Record<string, string>> = {
    CustomKeyStoreId: store.id,
    KeyId: keyId ?? 'no-such-key',
    SourceKeyId: keyId ?? 'no-such-key',
    DestinationKeyId: keyId ?? 'no-such-key',
    XksKeyId: `external-key-${store.keys.length + 1}`,
  };
  const members = Object.entries(input).map(([name, value]) => [name, named[name] ?? value]);
  return { op, input: Object.fromEntries(members) } as Request;
}

/** Secrets of updates are told from those of creations. */
const changed = 1000;

const credential = (place: 0 | 1, secret: number) => ({
  XksProxyAuthenticationCredential: {
    AccessKeyId: alphabet.credentials[place].AccessKeyId,
    RawSecretAccessKey: standIn.RawSecretAccessKey(secret),
  },
});

const serviceOf = (number: number): string =>
  `com.amazonaws.vpce.us-east-1.vpce-svc-${number.toString(16).padStart(17, '0')}`;

const differing = (values: readonly string[], present: unknown): string =>
  values.find((value) => value !== present) ?? (values[0] as string);
