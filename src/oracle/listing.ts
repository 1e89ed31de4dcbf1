import { isPrivate } from '../spec/candidate.ts';
import { all, type Condition } from '../spec/condition.ts';
import { canFail } from '../spec/connection.ts';
import type { ConnectionErrorCode } from '../spec/connection-error-codes.ts';
import { describedStore } from '../spec/description.ts';
import type { Store } from '../spec/model.ts';
import { given } from '../spec/properties.ts';
import type { Known } from '../spec/reading.ts';
import { type Assumptions, askAgain, listening } from './assumptions.ts';
import { type Branch, discharged, renamed, settled, stepsFrom, withSets, withStore } from './branch.ts';
import { withoutFacts } from './free.ts';
import { type HistoryEvent, isPhantom, type Output } from './history.ts';
import { conjoined, disjoined } from './joined.ts';
import { matchesDescription } from './match.ts';
import type { Setting } from './setting.ts';
import { anyState, bounded, following, nothing, type State, type StateSet, stateOf, valuesOf } from './states.ts';

type Describe = Extract<HistoryEvent, { op: 'DescribeCustomKeyStores' }>;

/** What is left of a branch when DescribeCustomKeyStores gave this list; it is taken store by store. */
export function listed(
  branch: Branch,
  event: Describe & { readonly ok: Output },
  setting: Setting,
  reached: (state: State, assumed: Assumptions) => readonly State[],
  moment: number,
): readonly Branch[] {
  const { CustomKeyStores, Truncated, NextMarker } = event.ok;
  if (event.partial === true && CustomKeyStores === undefined) return [branch];
  const { Limit, Marker, CustomKeyStoreId, CustomKeyStoreName } = event.input;
  const entries = new Map<unknown, Output>();
  for (const entry of Array.isArray(CustomKeyStores) ? (CustomKeyStores as readonly unknown[]) : []) {
    if (typeof entry !== 'object' || entry === null) return [];
    entries.set((entry as Output)['CustomKeyStoreId'], entry as Output);
  }
  if (!Array.isArray(CustomKeyStores) || entries.size !== CustomKeyStores.length) return [];
  if (given(Limit) && entries.size > Number(Limit)) return [];
  if (Truncated === true && !given(NextMarker) && event.partial !== true) return [];
  const isFiltered = given(CustomKeyStoreId) || given(CustomKeyStoreName);
  const isCut = Truncated === true || (given(Limit) && (Truncated !== false || isFiltered));
  const complete = !isCut && !given(Marker) && event.partial !== true;
  let left: readonly Branch[] = [branch];
  for (const [id] of entries)
    left = left.flatMap((each) => seen(each, String(id), setting, setting.staleness && moment + setting.staleness));
  const ids = new Set(left.flatMap((each) => [...each.stores.keys()]));
  for (const id of ids) {
    const look = { id, event, entry: entries.get(id), complete, setting, reached, moment };
    left = left.flatMap((each) => narrowed(each, look));
  }
  return left;
}

/** The branches in which a store with this ID may exist. */
function seen(
  branch: Branch,
  id: string,
  { unseenStores, known }: Setting,
  until: number | undefined,
): readonly Branch[] {
  if (branch.stores.has(id)) return [branch];
  if (unseenStores) return [withStore(branch, id, anyState(id, known, until))];
  return [...branch.stores.keys()].filter(isPhantom).flatMap((phantom) => renamed(branch, phantom, id));
}

/** What was looked at of one store. */
interface Look {
  readonly id: string;
  readonly event: Describe;
  /** What the list shows of the store, if it does. */
  readonly entry: Output | undefined;
  /** Does the list leave nothing out that was asked for? */
  readonly complete: boolean;
  readonly setting: Setting;
  readonly reached: (state: State, assumed: Assumptions) => readonly State[];
  readonly moment: number;
}

function narrowed(branch: Branch, look: Look): readonly Branch[] {
  const set = branch.stores.get(look.id);
  if (set === undefined) return [branch];
  if (look.entry === undefined && valuesOf(set).every((store) => isListed(store, look) !== 'surely')) return [branch];
  if (look.setting.staleness !== undefined) return narrowedTo(branch, set, look);
  const { partial = false } = look.event;
  const { CustomKeyStoreId, CustomKeyStoreName } = look.event.input;
  const { edition } = look.setting.known;
  const key = JSON.stringify([edition, look.entry, look.complete, partial, CustomKeyStoreId, CustomKeyStoreName]);
  const steps = stepsFrom(branch.assumed, set);
  const step =
    steps.get(key) ??
    listening(() =>
      narrowedTo(branch, set, look).map(({ assumed, stores }) => [assumed, stores.get(look.id) ?? nothing] as const),
    );
  steps.set(key, step);
  askAgain(step.asked);
  return step.value.map(([assumed, then]) =>
    withSets(assumed === branch.assumed ? branch : { ...branch, assumed }, [[look.id, then]]),
  );
}

function narrowedTo(branch: Branch, set: StateSet, look: Look): readonly Branch[] {
  const states = statesShown(set.states, set.recent, look, branch.assumed);
  if (states.length === 0) return [];
  const { staleness } = look.setting;
  const then = following(set, states, staleness === undefined ? undefined : look.moment + staleness);
  const left = staleness === undefined ? then : bounded(look.id, then, look.setting.known);
  return discharged(withSets(branch, [[look.id, settled(left, branch.assumed, look.setting.known)]]), look.id);
}

/** What is left of states of a store when a list showed it so, each with what that takes. */
function statesShown(
  states: readonly State[],
  recent: StateSet['recent'],
  look: Look,
  assumed: Assumptions,
): readonly State[] {
  const is = assumed.knownWith(look.setting.known);
  // What an answer that is late shows is the same whatever the store is now: it is looked at once.
  const sight = recent.filter(({ until }) => until >= look.moment);
  const late = disjoined(sight.map(({ store }) => whenShown(store, look, is)));
  return states
    .flatMap((state) => look.reached(state, assumed))
    .flatMap((state) =>
      [...shown(state, look, is), { after: state, when: late }].flatMap(({ after, when }): readonly State[] => {
        if (when === false) return [];
        if (when === true && after.owed === true) return [after];
        const owed = assumed.residue(conjoined(state.owed, when));
        return owed === false ? [] : [{ ...after, owed }];
      }),
    );
}

/** The same for a list of one store, the one that was asked for. */
export function shownAlone(
  states: readonly State[],
  event: Describe & { readonly ok: Output },
  setting: Setting,
  reached: Look['reached'],
  assumed: Assumptions,
): readonly State[] {
  const [entry] = event.ok['CustomKeyStores'] as readonly Output[];
  const id = event.input.CustomKeyStoreId as string;
  return statesShown(states, [], { id, event, entry, complete: true, setting, reached, moment: 0 }, assumed);
}

interface Seen {
  readonly after: State;
  readonly when: Condition;
}

/** When a store shows like this. */
function whenShown(store: Store | undefined, look: Look, is: Known): Condition {
  const { entry } = look;
  if (entry === undefined) return isListed(store, look) !== 'surely';
  if (store === undefined || isListed(store, look) === 'never') return false;
  return matchesDescription(describedStore(store, is), entry, look.event.partial === true);
}

/** How a store that is in this state may show like this, and what is known of it then. */
function shown(state: State, look: Look, is: Known): readonly Seen[] {
  const { store } = state;
  const { entry } = look;
  const when = whenShown(store, look, is);
  if (when === false) return [];
  if (entry === undefined || store === undefined) return [{ after: state, when }];
  const known = learned(store, entry);
  if (known === store) return [{ after: state, when }];
  if (isListed(known, look) === 'never') return [];
  const { ConnectionErrorCode: code } = entry;
  const fits =
    store.connectionErrorCode === null && typeof code === 'string' && store.partlySeen !== true
      ? withoutFacts(canFail(failed(store), code as ConnectionErrorCode, look.setting.known))
      : true;
  return [{ after: stateOf(known, state.owed), when: all(when, fits) }];
}

/** The store as it was when its attempt failed. */
const failed = (store: Store): Store => ({ ...store, properties: store.failedWith ?? store.properties });

/** Is the store one that was asked for? Names that differ in case only may be equal. */
function isListed(store: Store | undefined, { event, complete }: Look): 'surely' | 'maybe' | 'never' {
  if (store === undefined) return 'never';
  const { CustomKeyStoreId, CustomKeyStoreName } = event.input;
  if (given(CustomKeyStoreId) && store.id !== CustomKeyStoreId) return 'never';
  const whole = complete ? 'surely' : 'maybe';
  const { CustomKeyStoreName: name } = store.properties;
  if (!given(CustomKeyStoreName) || name === CustomKeyStoreName) return whole;
  return name === null || name.toLowerCase() === CustomKeyStoreName?.toLowerCase() ? 'maybe' : 'never';
}

/** The store, with what the list shows of properties that nobody had seen. */
function learned(store: Store, entry: Output): Store {
  const proxy = (entry['XksProxyConfiguration'] ?? {}) as Output;
  const values: Readonly<Record<string, unknown>> = {
    CustomKeyStoreName: entry['CustomKeyStoreName'],
    CloudHsmClusterId: entry['CloudHsmClusterId'],
    TrustAnchorCertificate: entry['TrustAnchorCertificate'],
    XksProxyUriEndpoint: proxy['UriEndpoint'],
    XksProxyUriPath: proxy['UriPath'],
    AccessKeyId: proxy['AccessKeyId'],
    XksProxyVpcEndpointServiceName: proxy['VpcEndpointServiceName'],
    XksProxyVpcEndpointServiceOwner: proxy['VpcEndpointServiceOwner'],
  };
  // Whoever gave no owner has one all the same.
  const owner = isPrivate(store.properties) ? { XksProxyVpcEndpointServiceOwner: null } : {};
  const found = Object.entries({ ...owner, ...store.properties }).flatMap(([name, value]) =>
    value === null && typeof values[name] === 'string' ? [[name, values[name]] as const] : [],
  );
  const { ConnectionErrorCode: code } = entry;
  const hasCode = store.connectionErrorCode === null && typeof code === 'string';
  if (found.length === 0 && !hasCode) return store;
  return {
    ...store,
    ...(hasCode ? { connectionErrorCode: code as ConnectionErrorCode } : {}),
    properties: { ...store.properties, ...Object.fromEntries(found) },
  };
}
