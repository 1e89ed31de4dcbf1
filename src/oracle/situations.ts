import type { Condition } from '../spec/condition.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account, Store } from '../spec/model.ts';
import { given } from '../spec/properties.ts';
import { tellsAbsence } from './absence.ts';
import type { Branch } from './branch.ts';
import { isPhantom } from './history.ts';
import { type Involved, wildcards } from './involved.ts';
import type { Moment } from './setting.ts';
import { textOf } from './simplify.ts';
import { keyOf, lookOf, nothing, type State, type StateSet, setOf } from './states.ts';

/** What the other stores are taken to be, and what the store in question may be then. */
export interface Situation {
  readonly groups: readonly (readonly [string, StateSet])[];
  readonly accounts: readonly (Option & { readonly account: Account; readonly owed: Condition })[];
}

/** Every combination of what the other stores may be, each with all that the store in question may be. */
export function situationsIn(
  branch: Branch,
  involved: Involved,
  request: Request,
  moment: Moment,
  unseenStores: boolean,
): readonly Situation[] {
  const [about, ...more] = involved.focus;
  const every: readonly Option[] = about === undefined ? nobody : optionsOf(about, branch, moment);
  const options = about !== undefined && tellsAbsence(request) ? every.filter(({ seen }) => seen === undefined) : every;
  const others = [...more, ...involved.related].map((id) => ({
    id,
    groups: groupsOf(id, branch, moment, more.includes(id) ? undefined : request),
  }));
  const gives = request.op === 'CreateCustomKeyStore' || request.op === 'UpdateCustomKeyStore';
  const mayMeet = gives || (request.op === 'DescribeCustomKeyStores' && given(request.input.CustomKeyStoreName));
  const most = unseenStores ? fewAccounts : mostAccounts;
  const open =
    gives || (unseenStores && mayMeet)
      ? leftOpen(others, options.length, most, (id) => !more.includes(id) && !isPhantom(id) && id !== answered(request))
      : [];
  let combinations: readonly (readonly Group[])[] = [[]];
  for (const { id, groups } of others) {
    if (open.includes(id)) continue;
    combinations = combinations.flatMap((chosen) => groups.map((group) => [...chosen, group]));
  }
  const unseen = (unseenStores && mayMeet) || open.length > 0 ? wildcards : [];
  const order = involved.related.length > 0 ? [...branch.stores.keys()] : [];
  return combinations.map((chosen) => {
    // What an answer may rest on is the same for many states: it is looked at once.
    const accounts = new Map<Store | undefined, Account>();
    const accountWith = (seen: Store | undefined): Account => {
      const present = [seen, ...chosen.map(([, , store]) => store)].filter((store) => store !== undefined);
      if (present.length > 1) present.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
      if (unseen.length === 0) return { stores: present, others: involved.others };
      // What stands for stores that may be there is not counted among those that are.
      return { stores: [...present, ...unseen], others: involved.others - unseen.length, mayHoldMore: true };
    };
    return {
      groups: chosen.map(([id, set]) => [id, set] as const),
      accounts: options.map(({ state, seen }) => {
        const account = accounts.get(seen) ?? accountWith(seen);
        accounts.set(seen, account);
        return { account, state, seen, owed: state?.owed ?? true };
      }),
    };
  });
}

/**
 * With more accounts than this to look at, some of the other stores are left open: they may be anything, or not be
 * there, as stores that nobody has seen. That allows more, never less.
 */
const mostAccounts = 400;
/** The same where stores that nobody has seen may be there anyway. */
const fewAccounts = 20;

function leftOpen(
  others: readonly { readonly id: string; readonly groups: readonly Group[] }[],
  options: number,
  most: number,
  mayBe: (id: string) => boolean,
): readonly string[] {
  let accounts = others.reduce((product, { groups }) => product * groups.length, options);
  const open: string[] = [];
  const largest = others.filter(({ id }) => mayBe(id)).sort((a, b) => b.groups.length - a.groups.length);
  for (const { id, groups } of largest) {
    if (accounts <= most || groups.length < 2) break;
    accounts /= groups.length;
    open.push(id);
  }
  return open;
}

/** The store that an answer names, if it does: a request that was repeated names one that was there. */
function answered(event: Request): unknown {
  return 'ok' in event ? (event.ok as { readonly CustomKeyStoreId?: unknown } | null)?.CustomKeyStoreId : undefined;
}

/** One of each of the accounts that are the same but for the state that is to follow. */
export function eachOnce(accounts: Situation['accounts']): Situation['accounts'] {
  const seen = new Map(
    accounts.map((each) => [`${keyOf(each.seen)} ${typeof each.owed === 'object' && textOf(each.owed)}`, each]),
  );
  return [...seen.values()];
}

/** A state of the store in question, and the value of it, now or not long ago, that the answer rests on. */
interface Option {
  readonly state: State | undefined;
  readonly seen: Store | undefined;
}
const nobody: readonly Option[] = [{ state: undefined, seen: undefined }];

function optionsOf(id: string, { stores }: Branch, moment: Moment): readonly Option[] {
  const { states, recent } = stores.get(id) ?? nothing;
  const past = recent.filter(({ until }) => until >= moment.at);
  return states.flatMap((state) => [state, ...past].map((each) => ({ state, seen: each.store })));
}

/** States of another store that look the same to a request, with the value that it looks at. */
type Group = readonly [id: string, set: StateSet, seen: Store | undefined];

/** `request`: the one that looks; without it, every state is a group of its own. */
function groupsOf(id: string, branch: Branch, moment: Moment, request: Request | undefined): readonly Group[] {
  const { recent } = branch.stores.get(id) ?? nothing;
  const groups = new Map<string, { seen: Store | undefined; states: State[] }>();
  for (const { state, seen } of optionsOf(id, branch, moment)) {
    if (state === undefined) continue;
    const look = request === undefined ? keyOf(seen) : lookOf(seen, request);
    const group = groups.get(look);
    if (group === undefined) groups.set(look, { seen, states: [state] });
    else group.states.push(state);
  }
  return [...groups.values()].map(({ seen, states }): Group => [id, setOf(states, recent), seen]);
}
