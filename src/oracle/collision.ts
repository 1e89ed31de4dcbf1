import type { Role } from './opaque.ts';
import type { Shape } from './shape.ts';
import type { Slot, Slots } from './slots.ts';

/** Members of an update that give something that no other store may have. */
const unique: ReadonlySet<string> = new Set([
  'NewCustomKeyStoreName',
  'CloudHsmClusterId',
  'XksProxyUriEndpoint',
  'XksProxyUriPath',
  'XksProxyConnectivity',
  'XksProxyVpcEndpointServiceName',
  'XksProxyVpcEndpointServiceOwner',
]);

/** May another store have what the update gives, and no other may have? */
export function mayCollide(input: object, slot: Slot, slots: Slots): boolean {
  const given = Object.keys(input).filter((name) => unique.has(name));
  if (given.length === 0) return false;
  if (slots.vague > 0 || given.includes('CloudHsmClusterId')) return true;
  for (const name of given) {
    const value = (input as Readonly<Record<string, unknown>>)[name];
    if (typeof value === 'string' && name !== 'XksProxyUriPath' && slots.isHeld(value, slot)) return true;
  }
  if (given.length === 1 && given[0] === 'NewCustomKeyStoreName') return false;
  const { values, roles } = slot.bound;
  const isTaken = (value: string, place: number): boolean =>
    (roles[place] === 'endpoint' || roles[place] === 'service') && slots.isHeld(value, slot);
  return values.some(isTaken) || [...(slot.node?.form.literals ?? [])].some((value) => slots.isHeld(value, slot));
}

const distinguishing: ReadonlySet<Role> = new Set<Role>(['store', 'name', 'cluster', 'endpoint', 'service']);

/** May a store that is there have something of what a creation gives, and no other may have? */
export const mayBeTaken = ({ values, roles, literals }: Shape, slots: Slots): boolean =>
  slots.vague > 0 ||
  literals.length > 0 ||
  values.some((value, place) => distinguishing.has(roles[place] as Role) && slots.isHeld(value));
