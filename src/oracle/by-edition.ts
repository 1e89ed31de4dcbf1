import type { Belief } from './belief.ts';
import type { Branch } from './branch.ts';
import type { HistoryEvent } from './history.ts';
import type { Moment } from './setting.ts';

/**
 * What is left of the belief under each edition when this was observed. Editions differ in what creates and changes a
 * store, and in how a store behind an endpoint service is shown; of everything else they say the same. So beliefs
 * that have come to the same have the same branches, and what one of them makes of such an event, all do.
 */
export function afterEach(beliefs: readonly Belief[], event: HistoryEvent, moment: Moment): readonly Belief[] {
  const [only, ...others] = beliefs;
  if (only === undefined || others.length === 0) return beliefs.flatMap((belief) => belief.after(event, moment) ?? []);
  if (differsByEdition(event)) return joined(beliefs.flatMap((belief) => belief.after(event, moment) ?? []));
  const worked = new Map<readonly Branch[], Belief | undefined>();
  return beliefs.flatMap((belief) => {
    if (!worked.has(belief.branches)) worked.set(belief.branches, belief.after(event, moment));
    const left = worked.get(belief.branches);
    return left === undefined ? [] : left.setting === belief.setting ? left : belief.having(left.branches);
  });
}

export const differsByEdition = (event: HistoryEvent): boolean =>
  event.op === 'CreateCustomKeyStore' ||
  event.op === 'UpdateCustomKeyStore' ||
  (event.op === 'DescribeCustomKeyStores' && 'ok' in event && isAboutServices(event.ok));

function isAboutServices({ CustomKeyStores: list }: Readonly<Record<string, unknown>>): boolean {
  if (!Array.isArray(list)) return true;
  return list.some((entry) => {
    const proxy = entry?.XksProxyConfiguration;
    return proxy !== undefined && proxy?.Connectivity !== 'PUBLIC_ENDPOINT';
  });
}

/** The beliefs, those that say the same with the same branches. */
function joined(beliefs: readonly Belief[]): readonly Belief[] {
  const distinct: Belief[] = [];
  return beliefs.map((belief) => {
    const same = distinct.find((each) => isSame(each.branches, belief.branches));
    if (same === undefined) distinct.push(belief);
    return same === undefined || same.branches === belief.branches ? belief : belief.having(same.branches);
  });
}

const isSame = (one: readonly Branch[], other: readonly Branch[]): boolean =>
  one === other ||
  (one.length === other.length &&
    one.every(({ assumed, stores }, place) => {
      const { assumed: otherAssumed, stores: otherStores } = other[place] as Branch;
      if (assumed !== otherAssumed && assumed.key !== otherAssumed.key) return false;
      return stores.size === otherStores.size && [...stores].every(([id, { key }]) => otherStores.get(id)?.key === key);
    }));
