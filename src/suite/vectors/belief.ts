import { hiddenOutcomesOf, outcomesOf } from '../../machine/account.ts';
import type { RuleId } from '../../spec/catalogue.ts';
import { all, type Condition } from '../../spec/condition.ts';
import type { ErrorName } from '../../spec/errors.ts';
import { declaredHealthy, unknownWorld } from '../../spec/facts.ts';
import type { Request } from '../../spec/inputs.ts';
import type { Account } from '../../spec/model.ts';
import { type Answers, type Known, known } from '../../spec/reading.ts';
import type { Edition } from '../../spec/vocabulary.ts';
import { drivenWorld, type WorldFile, worldOf } from '../../spec/world.ts';
import type { Pattern } from './format.ts';
import { type Choices, joined, questionsIn, textOf, waysOf } from './open.ts';
import { overlap, shownIn } from './patterns.ts';

/** An account that is possible, with the answers to questions that it presupposes. */
export interface Item {
  readonly account: Account;
  readonly chosen: Choices;
}

/** Something that an implementation may answer, and what is possible then. */
export interface Branch {
  /** The patterns of a success; none for an error. */
  readonly ok?: readonly Pattern[];
  readonly error?: ErrorName;
  readonly rules: readonly RuleId[];
  /** What the request made is new. */
  readonly isNew: boolean;
  readonly items: readonly Item[];
}

/** Under what a vector is worked out: every question that is not answered here stays open. */
export interface Setting {
  readonly requests: Known;
  readonly hidden: Known;
}

/** Without a world nothing is known of it; in a world, everything that it does not name is healthy. */
export function settingOf(edition: Edition, answers: Answers, world: WorldFile | undefined): Setting {
  const reading = { edition, answers };
  const today = drivenWorld(world);
  const is = known(reading, worldOf(today, world === undefined ? unknownWorld : declaredHealthy));
  return { requests: is, hidden: is };
}

/** What is possible, and all that hidden steps may make of it. */
export function settled(items: readonly Item[], { hidden }: Setting): readonly Item[] {
  const found = new Map(items.map((item) => [keyOf(item), item]));
  for (const item of found.values()) {
    for (const { next, when } of hiddenOutcomesOf(item.account, hidden)) {
      for (const chosen of waysOf(when, item.chosen)) {
        const reached = { account: next, chosen };
        if (!found.has(keyOf(reached))) found.set(keyOf(reached), reached);
      }
    }
  }
  return [...found.values()];
}

/** What may come of a request; `fresh` is the ID of what it makes. `touched` gathers the questions that matter. */
export function branchesOf(
  items: readonly Item[],
  request: Request,
  { requests }: Setting,
  fresh: string,
  touched: Set<string>,
): readonly Branch[] {
  const errors = new Map<ErrorName, { readonly rules: Set<RuleId>; readonly items: Item[] }>();
  const shows: Success[] = [];
  const waysFor = (when: Condition, { chosen }: Item): readonly Choices[] => {
    const ways = waysOf(when, chosen);
    if (ways.length > 0) for (const question of questionsIn(when)) touched.add(question);
    return ways;
  };
  for (const item of items) {
    const { outcomes, refusals } = outcomesOf(item.account, request, requests, fresh);
    for (const { result, when, next, id } of outcomes) {
      if (result === 'anything') throw new Error(`${request.op} is about something else`);
      if (result === 'ok') {
        for (const { pattern, when: shown } of shownIn(request, next, id, requests, fresh)) {
          const ways = waysFor(all(when, shown), item);
          const after = ways.map((chosen) => ({ account: next, chosen }));
          if (ways.length > 0) shows.push({ pattern, isNew: id === fresh, items: after });
        }
        continue;
      }
      const ways = waysFor(when, item);
      if (ways.length === 0) continue;
      const { error } = result;
      const branch = errors.get(error) ?? { rules: new Set(), items: [] };
      errors.set(error, branch);
      for (const refusal of refusals) {
        if (refusal.error === error && waysFor(refusal.when, item).length > 0) branch.rules.add(refusal.rule);
      }
      branch.items.push(...ways.map((chosen) => ({ account: next, chosen })));
    }
  }
  return [
    ...apart(shows),
    ...[...errors].map(([error, branch]) => ({
      error,
      rules: [...branch.rules],
      isNew: false,
      items: distinct(branch.items),
    })),
  ];
}

interface Success {
  readonly pattern: Pattern;
  readonly isNew: boolean;
  readonly items: readonly Item[];
}

interface Group {
  readonly patterns: Map<string, Pattern>;
  readonly isNew: boolean;
  readonly items: Item[];
}

/** Successes that one answer may fit belong together; the others are told apart by what they show. */
function apart(shows: readonly Success[]): readonly Branch[] {
  const groups: Group[] = [];
  for (const { pattern, isNew, items } of shows) {
    const fitting = groups.filter(
      (group) => group.isNew === isNew && [...group.patterns.values()].some((other) => overlap(pattern, other)),
    );
    const group: Group = fitting[0] ?? { patterns: new Map(), isNew, items: [] };
    if (fitting.length === 0) groups.push(group);
    for (const other of fitting.slice(1)) {
      for (const [key, each] of other.patterns) group.patterns.set(key, each);
      group.items.push(...other.items);
      groups.splice(groups.indexOf(other), 1);
    }
    group.patterns.set(JSON.stringify(pattern), pattern);
    group.items.push(...items);
  }
  return groups.map(({ patterns, isNew, items }) => ({
    ok: [...patterns.values()],
    rules: [],
    isNew,
    items: distinct(items),
  }));
}

/** Each account once for every way in which it is possible. */
export function distinct(items: readonly Item[]): readonly Item[] {
  const accounts = new Map<string, { readonly account: Account; readonly ways: Choices[] }>();
  for (const { account, chosen } of items) {
    const key = JSON.stringify(account);
    const found = accounts.get(key) ?? { account, ways: [] };
    accounts.set(key, found);
    found.ways.push(chosen);
  }
  return [...accounts.values()].flatMap(({ account, ways }) => joined(ways).map((chosen) => ({ account, chosen })));
}

export const keyOf = ({ account, chosen }: Item): string => JSON.stringify(account) + textOf(chosen);
