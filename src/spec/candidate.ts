import type { InputOf } from './inputs.ts';
import type { Properties, PropertyName, Store } from './model.ts';
import { applicable, propertiesOfNew, typeOfNew, updated } from './properties.ts';
import { remembered } from './remembered.ts';
import type { Situation } from './rule.ts';
import type { StoreType } from './vocabulary.ts';

/** What a store would be after a request that creates or changes it: what the rules of uniqueness look at. */
export interface Candidate {
  readonly type: StoreType;
  readonly properties: Properties;
  /** The properties that the request gives, whether they differ from the present ones or not. */
  readonly gives: ReadonlySet<PropertyName>;
  /** Every store of the account but the one that changes. */
  readonly others: readonly Store[];
}

/** The store that a Create or Update request would make; none for an Update of a store that does not exist. */
export const candidateOf = remembered((situation: Situation): Candidate | undefined => {
  const { op, account, store, edition } = situation;
  if (op === 'CreateCustomKeyStore') {
    const input = situation.input as InputOf<'CreateCustomKeyStore'>;
    const properties = propertiesOfNew(input, edition);
    const gives = new Set(Object.keys(properties) as PropertyName[]);
    return { type: typeOfNew(input), properties, gives, others: account.stores };
  }
  if (op !== 'UpdateCustomKeyStore' || store === undefined) return undefined;
  const input = situation.input as InputOf<'UpdateCustomKeyStore'>;
  const fields = applicable(input, store, edition);
  const gives = new Set(
    fields.map((field) => (field === 'NewCustomKeyStoreName' ? 'CustomKeyStoreName' : field) as PropertyName),
  );
  return {
    type: store.type,
    properties: updated(store.properties, input, fields),
    gives,
    others: account.stores.filter(({ id }) => id !== store.id),
  };
});

/** The endpoint service that a request is about, and whether it counts: a public store may ignore what is given to it. */
export function serviceOf(situation: Situation, { properties }: Candidate) {
  const { op, answered } = situation;
  const { XksProxyVpcEndpointServiceName: service } = properties;
  if (op !== 'UpdateCustomKeyStore' || isPrivate(properties)) return { service, counts: true };
  const { XksProxyVpcEndpointServiceName: named } = situation.input as InputOf<'UpdateCustomKeyStore'>;
  const counts = answered('UPDATE_VPC_FIELD_ON_PUBLIC_STORE', ...refusing);
  return named === null || named === '' ? { service: undefined, counts } : { service: named, counts };
}
const refusing = ['REJECT_VALIDATION', 'REJECT_XKS_PROXY_INVALID_CONFIGURATION'] as const;

/** Does the store, or would it, reach its proxy through a VPC endpoint service? */
export const isPrivate = ({ XksProxyConnectivity }: Properties): boolean =>
  XksProxyConnectivity === 'VPC_ENDPOINT_SERVICE';
