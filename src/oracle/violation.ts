import type { Outcome } from '../machine/account.ts';
import type { RuleId } from '../spec/catalogue.ts';
import { any, atomsOf, type Condition } from '../spec/condition.ts';
import type { FactKind } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import type { Account, Store } from '../spec/model.ts';
import type { QuestionId } from '../spec/questions.ts';
import type { Belief } from './belief.ts';
import type { Branch } from './branch.ts';
import { type HistoryEvent, isCommon, isPhantom } from './history.ts';
import { type Mismatch, mismatchesIn } from './mismatch.ts';
import { type Nearest, nearestRules } from './nearest.ts';
import type { Moment } from './setting.ts';
import { simplified } from './simplify.ts';

/** One outcome that is allowed now. */
export interface AllowedNow {
  /** `ok`, `anything`, or the name of an error. */
  readonly result: string;
  readonly rules: readonly RuleId[];
  /** The questions that it depends on. */
  readonly questions: readonly QuestionId[];
  /** The kinds of facts that it depends on. */
  readonly facts: readonly FactKind[];
}

/** Why an event is not allowed. */
export interface Violation {
  readonly event: HistoryEvent;
  /** Every outcome that would have been allowed. */
  readonly allowed: readonly AllowedNow[];
  /** The rules that the observation breaks, as near as can be told. */
  readonly rules: readonly RuleId[];
  /** Rules with the error that was observed, none of which refuses here. */
  readonly nearest: readonly Nearest[];
  /** What is wrong with the output, where success itself was right. */
  readonly mismatches: readonly Mismatch[];
  /** Every state of every store that the event is about, just before. */
  readonly stores: readonly Store[];
  /** Accounts that were possible just before. */
  readonly before: readonly Account[];
}

/** `otherwise`: what is wrong with the output, where the beliefs do not tell. */
export function violationOf(
  event: HistoryEvent,
  beliefs: readonly Belief[],
  moment: Moment,
  otherwise: readonly Mismatch[] = [],
): Violation {
  const { outcomes, certain } = allowedIn(event, beliefs, moment);
  const before = accountsIn(beliefs);
  const observed = 'error' in event ? event.error : 'ok' in event ? 'ok' : '';
  const isRight = outcomes.some(({ result }) => result === observed);
  const wrong = otherwise.length > 0 ? otherwise : isRight ? mismatchesIn(event, beliefs, moment) : [];
  const stores = storesIn(event, beliefs, moment, wrong);
  const nearest = 'error' in event && !isRight ? nearestIn(event, event.error, beliefs, stores) : [];
  const rules =
    'error' in event && !isRight && certain.length === 0 ? nearest.map(({ rule }) => rule) : isRight ? [] : certain;
  const mismatches = 'error' in event && !isRight && nearest.length === 0 ? unlisted(event.op, event.error) : wrong;
  return { event, allowed: outcomes, rules, nearest, mismatches, stores, before };
}

/** No rule of the operation has the error. */
const unlisted = (op: HistoryEvent['op'], error: string): readonly Mismatch[] => [
  { member: 'error', observed: error, expected: [`one that the documents list for ${op}`] },
];

/** Every allowed outcome of a request, and the rules that refuse it for certain. */
export function allowedIn(request: Request, beliefs: readonly Belief[], moment: Moment) {
  const found = new Map<string, { rules: Set<RuleId>; when: Condition[] }>();
  const certain = new Set<RuleId>();
  for (const outcomes of allowedBy(beliefs, request, moment)) {
    const arising = new Map<RuleId, Condition[]>();
    for (const { result: answer, rules, when } of outcomes) {
      if (when !== true && isAnyTime(answer, request)) continue;
      const result = typeof answer === 'object' ? answer.error : answer;
      const one = found.get(result) ?? { rules: new Set(), when: [] };
      found.set(result, one);
      one.when.push(when);
      for (const rule of rules) {
        one.rules.add(rule);
        arising.set(rule, [...(arising.get(rule) ?? []), when]);
      }
    }
    // A rule whose error is a question refuses for certain if it does by every answer.
    for (const [rule, ways] of arising) if (simplified(any(...ways)) === true) certain.add(rule);
  }
  const outcomes = [...found].map(([result, { rules, when }]): AllowedNow => {
    const atoms = when.includes(true) ? [] : when.flatMap(atomsOf);
    const questions = new Set(atoms.flatMap((atom) => ('question' in atom ? [atom.question] : [])));
    const facts = new Set(atoms.flatMap((atom) => ('fact' in atom ? [atom.fact] : [])));
    return { result, rules: [...rules], questions: [...questions], facts: [...facts] };
  });
  if (outcomes.some(({ result }) => result === 'ok')) return { outcomes, certain: [] };
  // Where none refuses for certain, one of them does.
  return { outcomes, certain: certain.size > 0 ? [...certain] : [...new Set(outcomes.flatMap(({ rules }) => rules))] };
}

/** Is only one kind of answer to the request allowed: success, or refusal? */
export function isDecidedIn(request: Request, beliefs: readonly Belief[], moment: Moment): boolean {
  let mayPass = false;
  const errors = new Set<string>();
  for (const outcomes of allowedBy(beliefs, request, moment)) {
    for (const { result } of outcomes) {
      if (isAnyTime(result, request)) continue;
      if (result === 'anything') return false;
      if (typeof result === 'object') errors.add(result.error);
      else mayPass = true;
      if (mayPass && errors.size > 0) return false;
    }
  }
  return mayPass || errors.size > 0;
}

function* allowedBy(beliefs: readonly Belief[], request: Request, moment: Moment): Generator<readonly Outcome[]> {
  for (const belief of beliefs) yield* belief.allowed(request, moment);
}

const isAnyTime = (result: Outcome['result'], request: Request): boolean =>
  typeof result === 'object' && isCommon({ ...request, ...result } as HistoryEvent);

/** Accounts that are possible, hidden steps not counted: one for each branch, with its first states. */
export const accountsIn = (beliefs: readonly Belief[]): readonly Account[] =>
  beliefs.flatMap(({ branches }) => branches.map(accountOf));

const accountOf = ({ stores }: Branch): Account => ({
  stores: [...stores.values()].flatMap(({ states }) => states[0]?.store ?? []),
});

/** The stores that are there in whatever way all that was observed came about. */
export function storesThere(beliefs: readonly Belief[]): readonly string[] {
  const branches = beliefs.flatMap((belief) => belief.branches);
  const isThere = (id: string) =>
    !isPhantom(id) &&
    branches.every(({ stores }) => stores.get(id)?.states.every(({ store }) => store !== undefined) === true);
  return [...(branches[0]?.stores.keys() ?? [])].filter(isThere);
}

/** Every state, once, of the stores that the event names or shows. */
function storesIn(
  event: HistoryEvent,
  beliefs: readonly Belief[],
  moment: Moment,
  mismatches: readonly Mismatch[],
): readonly Store[] {
  const { CustomKeyStoreId } = event.input as { readonly CustomKeyStoreId?: unknown };
  const keyIds = keyIdsOf(event.input);
  const abouts = new Set<unknown>([CustomKeyStoreId, ...mismatches.map(({ about }) => about)]);
  const found = new Map<string, Store>();
  for (const belief of beliefs) {
    const ids = new Set(belief.branches.flatMap(({ stores }) => [...stores.keys()]));
    for (const id of ids) {
      for (const store of belief.valuesOf(id, moment)) {
        if (store === undefined) continue;
        const isMeant = abouts.has(id) || store.keys.some((key) => keyIds.includes(key.id) || abouts.has(key.id));
        if (isMeant) found.set(JSON.stringify(store), store);
      }
    }
  }
  return [...found.values()];
}

function nearestIn(event: HistoryEvent, error: string, beliefs: readonly Belief[], [store]: readonly Store[]) {
  const [belief] = beliefs;
  const [branch] = belief?.branches ?? [];
  if (belief === undefined || branch === undefined) return [];
  return nearestRules(event, error, accountOf(branch), store, belief.setting.known);
}
