import * as alphabet from '../../../machine/alphabet.ts';
import { fieldsOf, type UpdateField } from '../../../spec/eligibility.ts';
import { type ConnectionState, connectionStates } from '../../../spec/vocabulary.ts';
import type { WorldFile } from '../../../spec/world.ts';
import type { Script, ScriptStep } from '../script.ts';
import {
  called,
  describe,
  failing,
  type Kind,
  leadingTo,
  newValues,
  otherService,
  ownerSince,
  related,
  slug,
  typeOf,
  update,
} from './common.ts';

/** The kinds that between them have every property. */
const kinds = ['cloudhsm', 'private'] as const satisfies readonly Kind[];

/** New values for the members of a store behind an endpoint service. */
const changes: Readonly<Record<UpdateField, object>> = {
  ...(Object.fromEntries(Object.entries(newValues).map(([field, value]) => [field, { [field]: value }])) as Record<
    Exclude<UpdateField, 'XksProxyConnectivity'>,
    object
  >),
  // The endpoint stays: then, where it may, the switch is refused for its state and for nothing else.
  XksProxyConnectivity: { XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyUriEndpoint: alphabet.endpoints[2] },
};

const hotFields: readonly UpdateField[] = [
  'NewCustomKeyStoreName',
  'XksProxyAuthenticationCredential',
  'XksProxyUriPath',
];

/** Every cell of the table of eligibility: each member by itself, in each state. */
const oneByOne = kinds.flatMap((kind) =>
  connectionStates.flatMap((state): readonly Script[] => {
    const fields = fieldsOf(typeOf(kind));
    const setup = leadingTo(state, kind);
    const world = worldOf(kind, state);
    if (state === 'DISCONNECTING') {
      // Whether the disconnection has ended by then shows only afterwards, so each member has a vector of its own.
      return fields.map((field) => ({
        id: `cell/${kind}-${slug(state)}-${field}`,
        says: `${field} of an ${called(kind)} that is ${state}`,
        steps: [...setup, update(changes[field]), describe(), describe()],
        world,
        ...sinceOf(field),
      }));
    }
    const together: readonly Script[] = groupsOf(fields, state).map(([name, group]) => ({
      id: `cell/${kind}-${slug(state)}${name}`,
      says: `Members of an ${called(kind)} that is ${state} change one by one`,
      steps: [...setup, ...inTurn(group, state), describe()],
      world,
      ...(name === '-owner' ? { since: ownerSince } : {}),
    }));
    return together;
  }),
);

/** The owner of an endpoint service is a member only since 2025. */
function groupsOf(fields: readonly UpdateField[], state: ConnectionState) {
  const owner: readonly UpdateField[] = fields.filter((field) => field === 'XksProxyVpcEndpointServiceOwner');
  const others = fields.filter((field) => !owner.includes(field));
  if (state !== 'CONNECTING') return [['', others] as const, ...(owner.length > 0 ? [['-owner', owner] as const] : [])];
  const hot = others.filter((field) => hotFields.includes(field));
  const cold = others.filter((field) => !hot.includes(field));
  return [['', [...cold, ...hot]] as const, ...(owner.length > 0 ? [['-owner', owner] as const] : [])];
}

/** While a store connects nobody looks between the members, since looking takes time. */
function inTurn(fields: readonly UpdateField[], state: ConnectionState): readonly ScriptStep[] {
  return fields.flatMap((field) =>
    state === 'CONNECTING' ? [update(changes[field])] : [update(changes[field]), describe()],
  );
}

function sinceOf(field: UpdateField) {
  return field === 'XksProxyVpcEndpointServiceOwner' ? { since: ownerSince } : {};
}

function worldOf(kind: Kind, state: ConnectionState): WorldFile {
  const copies = kind === 'cloudhsm' ? related : {};
  if (state !== 'FAILED') return copies;
  const { clusters = {}, ...rest } = failing(kind);
  if (kind !== 'cloudhsm') return { ...rest };
  const [first, second] = alphabet.clusters;
  return {
    clusters: {
      [first]: { ...copies.clusters?.[first], ...clusters[first] },
      [second]: { ...copies.clusters?.[second] },
    },
  };
}

/** Values that the store has already, and several members at once, in every state that lasts. */
const combined = kinds.flatMap((kind) =>
  (['CONNECTED', 'FAILED', ...(kind === 'cloudhsm' ? (['DISCONNECTED'] as const) : [])] as const).flatMap(
    (state): readonly Script[] => {
      const [first, second] = (
        kind === 'cloudhsm'
          ? [{ NewCustomKeyStoreName: alphabet.names[1] }, { KeyStorePassword: alphabet.passwords[1] }]
          : [{ NewCustomKeyStoreName: alphabet.names[1] }, { XksProxyVpcEndpointServiceName: otherService }]
      ) as readonly [object, object];
      const same =
        kind === 'cloudhsm'
          ? [{ NewCustomKeyStoreName: alphabet.names[0] }, { CloudHsmClusterId: alphabet.clusters[0] }]
          : [{ NewCustomKeyStoreName: alphabet.names[0] }, { XksProxyUriEndpoint: alphabet.endpoints[2] }];
      const base = { world: worldOf(kind, state) };
      const setup = leadingTo(state, kind);
      return [
        {
          id: `mixed/${kind}-${slug(state)}`,
          says: `Two members at once of an ${called(kind)} that is ${state}`,
          steps: [...setup, update({ ...first, ...second }), describe()],
          ...base,
        },
        {
          id: `same/${kind}-${slug(state)}`,
          says: `Members of an ${called(kind)} that is ${state} get the values that they have`,
          steps: [...setup, ...same.flatMap((members) => [update(members), describe()])],
          ...base,
        },
      ];
    },
  ),
);

export const cells: readonly Script[] = [...oneByOne, ...combined];
