import { all, type Condition } from './condition.ts';
import { fieldsOf, type UpdateField, updateFields } from './eligibility.ts';
import type { InputOf } from './inputs.ts';
import type { Properties, PropertyName, Store } from './model.ts';
import type { Known } from './reading.ts';
import { isMember } from './shapes.ts';
import type { Edition } from './vocabulary.ts';

/** What a masked secret looks like in a history: some value that keeps the rules. */
export const masked = '***';

/** The properties that each member of UpdateCustomKeyStore changes. */
export const propertiesOf: Readonly<Record<UpdateField, readonly PropertyName[]>> = {
  NewCustomKeyStoreName: ['CustomKeyStoreName'],
  KeyStorePassword: ['secretMark'],
  CloudHsmClusterId: ['CloudHsmClusterId'],
  XksProxyAuthenticationCredential: ['AccessKeyId', 'secretMark'],
  XksProxyUriPath: ['XksProxyUriPath'],
  XksProxyUriEndpoint: ['XksProxyUriEndpoint'],
  XksProxyConnectivity: ['XksProxyConnectivity'],
  XksProxyVpcEndpointServiceName: ['XksProxyVpcEndpointServiceName'],
  XksProxyVpcEndpointServiceOwner: ['XksProxyVpcEndpointServiceOwner'],
};

type UpdateInput = InputOf<'UpdateCustomKeyStore'>;
type CreateInput = InputOf<'CreateCustomKeyStore'>;
type Secrets = Pick<CreateInput, 'XksProxyAuthenticationCredential'>;

/** Is the member there? An explicit null means the same as its absence. */
export const given = (value: unknown): boolean => value !== undefined && value !== null;

/** The members of the request that change a property, as far as the edition knows them. */
export function fieldsGiven(input: UpdateInput, edition: Edition): readonly UpdateField[] {
  return updateFields.filter((field) => given(input[field]) && isMember('UpdateCustomKeyStore', field, edition));
}

/** Does the edition know that an endpoint service has an owner? */
export const knowsOwner = (edition: Edition): boolean =>
  isMember('CreateCustomKeyStore', 'XksProxyVpcEndpointServiceOwner', edition);

/** The members of the request that are properties of this type of store. */
export function applicable(input: UpdateInput, store: Store, edition: Edition): readonly UpdateField[] {
  const own = fieldsOf(store.type);
  return fieldsGiven(input, edition).filter((field) => own.includes(field));
}

/**
 * The properties of a store after these members of the request were applied. A store that is or becomes public has no
 * endpoint service: a name or an owner that is given to it all the same has no effect.
 */
export function updated(properties: Properties, input: UpdateInput, fields: readonly UpdateField[]): Properties {
  if (fields.length === 0) return properties;
  const values = valuesOf(input, fields);
  const connectivity = fields.includes('XksProxyConnectivity') ? input.XksProxyConnectivity : undefined;
  const isPublic = (connectivity ?? properties.XksProxyConnectivity) === 'PUBLIC_ENDPOINT';
  const changes = fields
    .filter((field) => !isPublic || !isOfService(field))
    .flatMap((field) => propertiesOf[field].map((name) => [name, values[name]] as const));
  const next: Properties = { ...properties, ...Object.fromEntries(changes) };
  const hasService = !isPublic && next.XksProxyVpcEndpointServiceName !== '';
  return hasService ? next : without(next, 'XksProxyVpcEndpointServiceName');
}

/** Is it a member about the endpoint service of a store? */
export const isOfService = (field: UpdateField): boolean =>
  field === 'XksProxyVpcEndpointServiceName' || field === 'XksProxyVpcEndpointServiceOwner';

/** The same properties, less one. */
export function without(properties: Properties, name: Exclude<PropertyName, 'CustomKeyStoreName'>): Properties {
  const { [name]: _, ...rest } = properties;
  return rest;
}

/** Does the member give the value that the store has already? Open where the present value is not known. */
export function isSame(store: Store, input: UpdateInput, field: UpdateField, known: Known): Condition {
  // KMS changed the password when it connected.
  if (field === 'KeyStorePassword' && store.rotated && !store.passwordGiven) return false;
  const values = valuesOf(input, [field]);
  const parts = propertiesOf[field].map((name) => {
    const wanted = field === 'XksProxyVpcEndpointServiceName' && values[name] === '' ? undefined : values[name];
    const present = store.properties[name];
    const isUnknown = present === null || wanted === null || isNeverCompared(name, present, wanted);
    return isUnknown ? known.holds('value.same', store.id, name) : present === wanted;
  });
  return all(...parts);
}

/**
 * May nobody be able to tell? A secret is written and not read again, so that a service may take a repeated one for new.
 * And the owner that nobody gave is the account of the caller, which may be the given one; where it shows, nobody knows
 * whether somebody gave it.
 */
const isNeverCompared = (name: PropertyName, present: unknown, wanted: unknown): boolean =>
  (name === 'secretMark' && present === wanted) ||
  (name === 'XksProxyVpcEndpointServiceOwner' && wanted !== undefined && (present ?? wanted) === wanted);

/** Do all of these members give the values that the store has already? */
export const allSame = (store: Store, input: UpdateInput, fields: readonly UpdateField[], known: Known): Condition =>
  all(...fields.map((field) => isSame(store, input, field, known)));

/** The properties that a new store of this type has. */
export function propertiesOfNew(input: CreateInput, edition: Edition): Properties {
  const CustomKeyStoreName = input.CustomKeyStoreName;
  if (typeOfNew(input) === 'AWS_CLOUDHSM') {
    const { CloudHsmClusterId = null, TrustAnchorCertificate: certificate = null } = input;
    const TrustAnchorCertificate = certificate === masked ? null : certificate;
    return { CustomKeyStoreName, CloudHsmClusterId, TrustAnchorCertificate, secretMark: mark(input.KeyStorePassword) };
  }
  const { XksProxyConnectivity = null, XksProxyUriEndpoint = null, XksProxyUriPath = null } = input;
  const proxy = { CustomKeyStoreName, XksProxyConnectivity, XksProxyUriEndpoint, XksProxyUriPath };
  const { RawSecretAccessKey: secret } = input.XksProxyAuthenticationCredential ?? {};
  const credential = { AccessKeyId: accessKeyId(input), secretMark: mark(secret) };
  if (XksProxyConnectivity !== 'VPC_ENDPOINT_SERVICE') return { ...proxy, ...credential };
  const service = { XksProxyVpcEndpointServiceName: input.XksProxyVpcEndpointServiceName ?? null };
  const owner = knowsOwner(edition) ? input.XksProxyVpcEndpointServiceOwner : undefined;
  return {
    ...proxy,
    ...credential,
    ...service,
    ...(given(owner) ? { XksProxyVpcEndpointServiceOwner: owner as string } : {}),
  };
}

/** Does the request clear the service name of a store that it makes public? See update/service-name-empty. */
export const isClearing = (input: UpdateInput): boolean =>
  input.XksProxyVpcEndpointServiceName === '' && input.XksProxyConnectivity === 'PUBLIC_ENDPOINT';

/** The type of store that a CreateCustomKeyStore request asks for. */
export const typeOfNew = (input: CreateInput) => input.CustomKeyStoreType ?? 'AWS_CLOUDHSM';

function accessKeyId(input: Secrets): string | null {
  const id = input.XksProxyAuthenticationCredential?.AccessKeyId;
  return id === undefined || id === masked ? null : id;
}

/** The values that these members give. Either may bring a secret; a type of store has only one of the two. */
function valuesOf(input: UpdateInput, fields: readonly UpdateField[]): Readonly<Record<string, unknown>> {
  const { KeyStorePassword, XksProxyAuthenticationCredential } = input;
  return {
    ...input,
    CustomKeyStoreName: input.NewCustomKeyStoreName,
    AccessKeyId: accessKeyId(input),
    secretMark: mark(
      fields.includes('KeyStorePassword') ? KeyStorePassword : XksProxyAuthenticationCredential?.RawSecretAccessKey,
    ),
  };
}

/**
 * Eight bits of a secret, so that a repeated one can be told from a new one in 255 cases of 256 without keeping it:
 * too few to guess a secret from. Null for a masked secret, which may be any.
 */
export function mark(secret: string | null | undefined): number | null {
  if (typeof secret !== 'string' || secret === masked) return null;
  let sum = 0x811c9dc5; // FNV-1a, folded to a byte
  for (let i = 0; i < secret.length; i++) sum = Math.imul(sum ^ secret.charCodeAt(i), 0x01000193) >>> 0;
  return (sum ^ (sum >>> 8) ^ (sum >>> 16) ^ (sum >>> 24)) & 0xff;
}
