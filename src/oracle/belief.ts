import type { Outcome } from '../machine/account.ts';
import { all, any, type Condition } from '../spec/condition.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account, Store } from '../spec/model.ts';
import { afterLate, afterNow } from './aftermath.ts';
import type { Assumptions } from './assumptions.ts';
import { aged, type Branch, coarsened, discharged, merged, renamed, settled, withSets, withStore } from './branch.ts';
import { newId } from './fits.ts';
import { closure } from './hidden-steps.ts';
import { type HistoryEvent, isPhantom, isUnanswered, saysNothing } from './history.ts';
import { involvedIn, wildcards } from './involved.ts';
import { listed, shownAlone } from './listing.ts';
import type { Moment, Setting } from './setting.ts';
import { isOfStrangeKey, keyShownBy, withShownKey, withTurnedUp, withUnknownScheduled } from './shown-key.ts';
import { eachOnce, type Situation, situationsIn } from './situations.ts';
import {
  anyState,
  bounded,
  following,
  mayBeRepeated,
  nothing,
  type State,
  type StateSet,
  setOf,
  stateOf,
} from './states.ts';
import { afterIncomplete, type Variants, variantsOf } from './withheld.ts';
import { type Fitting, Workings } from './workings.ts';

/** From this many branches on, or this many pairs of a state and a value of the past in them, they become one. */
const manyBranches = 64;
const manyPairs = 4000;

function isMany(branches: readonly Branch[]): boolean {
  if (branches.length < 2) return false;
  let pairs = 0;
  for (const { stores } of branches)
    for (const { states, recent } of stores.values()) pairs += states.length * (1 + recent.length);
  return branches.length > manyBranches || pairs > manyPairs;
}

/**
 * Everything that may be so, under one edition: branches, each a set of assumptions with, for every store, the states
 * that it may be in. What is independent per store is kept per store, so ten stores cost ten times what one does.
 */
export class Belief {
  readonly setting: Setting;
  branches: readonly Branch[];
  readonly #workings: Workings;

  constructor(
    setting: Setting,
    branches: readonly Branch[],
    workings: Workings = new Workings(setting.known, new Map()),
  ) {
    this.setting = setting;
    this.branches = branches;
    this.#workings = workings;
  }

  /** The store of each key that was seen. */
  get owners(): ReadonlyMap<string, string> {
    return this.#workings.owners;
  }

  /** Takes note of a key that was made. */
  own(key: string, store: string): void {
    this.#workings.own(key, store);
  }

  /** The same belief with other branches. */
  having(branches: readonly Branch[]): Belief {
    return new Belief(this.setting, branches, this.#workings);
  }

  /** What is left of the belief when this was observed; undefined if nothing is. */
  after(event: HistoryEvent, moment: Moment): Belief | undefined {
    if (saysNothing(event)) return this;
    const { unseenStores } = this.setting;
    const explained = event.incomplete
      ? this.branches.map((branch) => afterIncomplete(branch, event, this.setting))
      : this.branches.flatMap((branch) => this.#worked(branch, event, moment));
    // A log does not show every member that was given, so that any property may have changed with those it shows.
    const hides = event.partial === true && event.op === 'UpdateCustomKeyStore' && !event.incomplete;
    const seen = hides ? explained.map((branch) => afterIncomplete(branch, event, this.setting)) : explained;
    const left = merged(seen.map((branch) => aged(branch, moment.at, unseenStores)));
    if (left.length === 0) return undefined;
    return this.having(isMany(left) ? coarsened(left) : left);
  }

  /** The same for events of which nobody knows the order; undefined if no order can be. */
  afterAnyOrder(events: readonly HistoryEvent[], moment: Moment): Belief | undefined {
    const ends = ordersOf(events).flatMap((order) => {
      let belief: Belief | undefined = this;
      for (const event of order) belief = belief?.after(event, moment);
      return belief?.branches ?? [];
    });
    const left = merged(ends);
    if (left.length === 0) return undefined;
    return this.having(isMany(left) ? coarsened(left) : left);
  }

  /** The outcomes of a request that the belief allows, for each way in which the account may be. */
  *allowed(request: Request, moment: Moment): Generator<readonly Outcome[]> {
    for (const named of this.branches.flatMap((branch) => this.#named(branch, request, moment))) {
      const involved = involvedIn(named, request, this.#workings.owners);
      const branch = this.#moved(named, involved.focus, request);
      for (const { accounts } of situationsIn(branch, involved, request, moment, this.setting.unseenStores)) {
        for (const { account, owed } of eachOnce(accounts)) {
          yield this.#workings
            .outcomes(account, request, '?new', branch.assumed)
            .filter(({ when }) => branch.assumed.residue(all(owed, when)) !== false);
        }
      }
    }
  }

  /** Every value of a store that an answer may rest on now, hidden steps included. */
  valuesOf(id: string, moment: Moment): readonly (Store | undefined)[] {
    return this.branches.flatMap(({ stores }) => {
      const { states, recent } = stores.get(id) ?? nothing;
      const past = recent.filter(({ until }) => until >= moment.at);
      return [...states.flatMap((state) => closure(state, this.setting.known)), ...past].map(({ store }) => store);
    });
  }

  /**
   * What is left of one state of a store when this was the answer to a request about it alone; each state with what
   * that takes. All states of a store together are what is left of each of them.
   */
  afterAlone(before: State, id: string, event: HistoryEvent, assumed: Assumptions): readonly State[] {
    if (saysNothing(event)) return [before];
    const reached = (state: State) => this.#workings.reached(state, event, assumed);
    const answered = reached(before).flatMap((state) => this.#answered(state, id, event, assumed));
    if (event.op !== 'DescribeCustomKeyStores' || !('ok' in event)) return answered;
    return shownAlone(answered, event, this.setting, reached, assumed);
  }

  #answered(state: State, id: string, event: HistoryEvent, assumed: Assumptions): readonly State[] {
    const { store: seen, owed } = state;
    const account: Account = { stores: seen === undefined ? [] : [seen], others: 0 };
    const fitting = (each: Account) => this.#workings.fitting(each, event, newId(event, alone), assumed);
    return afterNow([{ account, state, seen, owed }], id, fitting, assumed);
  }

  #worked(before: Branch, event: HistoryEvent, moment: Moment): readonly Branch[] {
    const branch = this.#knowingKey(before, event, moment);
    const after = this.#named(branch, event, moment).flatMap((named) => this.#afterIn(named, event, moment));
    if (event.op !== 'DescribeCustomKeyStores' || !('ok' in event)) return after;
    const reached = (state: State, assumed: Assumptions) => this.#workings.reached(state, event, assumed);
    return after.flatMap((each) => listed(each, event, this.setting, reached, moment.at));
  }

  /** The branch that knows what the event shows, or does, with a key whose creation nobody saw, or nobody answered. */
  #knowingKey(branch: Branch, event: HistoryEvent, moment: Moment): Branch {
    const isStrange = isOfStrangeKey(event, this.owners);
    if (isStrange && event.op === 'ScheduleKeyDeletion' && 'ok' in event) return withUnknownScheduled(branch);
    const key = keyShownBy(event);
    if (key === undefined) return branch;
    const anywhere = () => anyState(key.store, this.setting.known, this.#until(moment));
    const knowing =
      (isStrange ? withTurnedUp(branch, key) : undefined) ??
      (this.setting.unseenStores ? withShownKey(branch, key, anywhere) : undefined);
    if (knowing !== undefined) this.own(key.id, key.store);
    return knowing ?? branch;
  }

  /** The branch, and where the request names a store that nobody has seen, the branches in which it may be one. */
  #named(branch: Branch, { input }: Request, moment: Moment): readonly Branch[] {
    const { CustomKeyStoreId: id } = input as { readonly CustomKeyStoreId?: unknown };
    if (typeof id !== 'string' || branch.stores.has(id)) return [branch];
    if (this.setting.unseenStores)
      return [withStore(branch, id, anyState(id, this.setting.known, this.#until(moment)))];
    return [branch, ...[...branch.stores.keys()].filter(isPhantom).flatMap((phantom) => renamed(branch, phantom, id))];
  }

  /** The branch in which these stores have taken the hidden steps that the request may look at. */
  #moved(branch: Branch, ids: readonly string[], request: Request): Branch {
    const sets = ids.map((id): readonly [string, StateSet] => {
      const set = branch.stores.get(id) ?? nothing;
      const reached = set.states.flatMap((state) => this.#workings.reached(state, request, branch.assumed));
      // As many as before are not the same as before: one may have come where another had to go.
      const isSame =
        reached.length === set.states.length && reached.every((state, place) => state === set.states[place]);
      return [id, isSame ? set : setOf(reached, set.recent)];
    });
    return withSets(branch, sets);
  }

  /** What may have come of one event in a branch. */
  #afterIn(before: Branch, event: HistoryEvent, moment: Moment): readonly Branch[] {
    const involved = involvedIn(before, event, this.#workings.owners);
    const { focus, related } = involved;
    const isCreate = event.op === 'CreateCustomKeyStore';
    const repeated = related.filter((id) => mayBeRepeated(before.stores.get(id) ?? nothing, event));
    const branch = this.#moved(before, isCreate ? [...focus, ...repeated] : focus, event);
    const fresh = newId(event, moment);
    const variants = variantsOf(event);
    return situationsIn(branch, involved, event, moment, this.setting.unseenStores).flatMap((situation) => {
      const around = withSets(branch, situation.groups);
      return isCreate
        ? this.#afterCreation(around, situation, variants, fresh, moment)
        : this.#afterRequest(around, situation, focus[0], variants, fresh, moment);
    });
  }

  #afterRequest(
    branch: Branch,
    { accounts }: Situation,
    about: string | undefined,
    variants: Variants,
    fresh: string,
    moment: Moment,
  ): readonly Branch[] {
    const [event] = variants;
    const worked = new Map<Account, readonly Fitting[]>();
    const fitting = (account: Account): readonly Fitting[] => {
      const found =
        worked.get(account) ?? variants.flatMap((each) => this.#workings.fitting(account, each, fresh, branch.assumed));
      worked.set(account, found);
      return found;
    };
    if (about === undefined) {
      const ways = accounts.flatMap(({ account, owed }) => fitting(account).map(({ is }) => all(owed, is)));
      const assumed = branch.assumed.with(isUnanswered(event) || any(...ways));
      return assumed === undefined ? [] : [{ ...branch, assumed }];
    }
    const until = this.#until(moment);
    const after = until === undefined ? afterNow : afterLate;
    const states = [...after(accounts, about, fitting, branch.assumed)];
    if (isUnanswered(event)) for (const { state } of accounts) if (state !== undefined) states.push(state);
    if (states.length === 0) return [];
    if (event.op === 'CreateKey' && !('error' in event)) this.own(fresh, about);
    const then = following(branch.stores.get(about) ?? nothing, states, until);
    const left = until === undefined && !isUnanswered(event) ? then : bounded(about, then, this.setting.known);
    return discharged(withSets(branch, [[about, settled(left, branch.assumed, this.setting.known)]]), about);
  }

  #afterCreation(
    branch: Branch,
    { accounts }: Situation,
    variants: Variants,
    fresh: string,
    moment: Moment,
  ): readonly Branch[] {
    const [event] = variants;
    const until = this.#until(moment);
    const recent = until === undefined ? [] : [{ store: undefined, until }];
    const isNew = !branch.stores.has(fresh);
    const made: State[] = isUnanswered(event) ? [stateOf(undefined)] : [];
    const conditions: Condition[] = [];
    const found: Branch[] = [];
    for (const { account, owed } of accounts) {
      const fitting = variants.flatMap((each) => this.#workings.fitting(account, each, fresh, branch.assumed));
      for (const { outcome, is } of fitting) {
        const when = branch.assumed.residue(all(owed, is));
        if (when === false) continue;
        const { next, id } = outcome;
        if (next.stores.length > account.stores.length) {
          if (isNew) made.push(stateOf(next.stores.at(-1), when));
        } else if (id === undefined || id === fresh) conditions.push(when);
        else if (wildcards.some((wildcard) => wildcard.id === id)) {
          if (isNew) made.push(...this.#preexisting(fresh, when));
        } else if (isPhantom(id) && 'ok' in event) {
          const assumed = branch.assumed.with(when);
          if (assumed !== undefined) found.push(...renamed({ ...branch, assumed }, id, fresh));
        }
      }
    }
    if (made.length > 0) found.push(...discharged(withStore(branch, fresh, setOf(made, recent)), fresh));
    else if (isUnanswered(event)) found.push(branch);
    const assumed = conditions.length === 0 ? undefined : branch.assumed.with(any(...conditions));
    if (assumed !== undefined && !isUnanswered(event)) found.push({ ...branch, assumed });
    return found;
  }

  /** A store that was there before anybody looked, and whose creation was repeated. */
  #preexisting(id: string, when: Condition): readonly State[] {
    return anyState(id, this.setting.known).states.flatMap((state) =>
      state.store === undefined ? [] : [{ ...state, owed: when }],
    );
  }

  #until(moment: Moment): number | undefined {
    return this.setting.staleness === undefined ? undefined : moment.at + this.setting.staleness;
  }
}

/** When it is does not matter. */
const alone: Moment = { at: 0, number: 0 };

/** Every order of a few things. */
function ordersOf<T>(things: readonly T[]): readonly (readonly T[])[] {
  if (things.length < 2) return [things];
  return things.flatMap((first, place) =>
    ordersOf(things.filter((_, other) => other !== place)).map((others) => [first, ...others]),
  );
}
