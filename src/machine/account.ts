import type { RuleId } from '../spec/catalogue.ts';
import { all, any, type Condition, not } from '../spec/condition.ts';
import { connectionErrorCodeNames } from '../spec/connection-error-codes.ts';
import { type Decision, decide, type Refusal } from '../spec/decide.ts';
import type { ErrorName } from '../spec/errors.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account, Store } from '../spec/model.ts';
import { propertiesOfNew, typeOfNew } from '../spec/properties.ts';
import type { Known } from '../spec/reading.ts';
import { repeatOf, returnsExisting } from '../spec/rules/repeat.ts';
import { type Arrow, arrowsFor, entryEffects, shownState } from './chart.ts';
import { type Alternative, effects, type HiddenStep, type Occasion, shownAs } from './effects.ts';
import { guards } from './guards.ts';
import { partlyApplied } from './partial-update.ts';

/** One thing that may come of a request, when it may, and the account afterwards. */
export interface Outcome {
  /** `anything` is for requests about things outside this specification. */
  readonly result: 'ok' | 'anything' | { readonly error: ErrorName };
  readonly when: Condition;
  /** The rules that allow the error. */
  readonly rules: readonly RuleId[];
  readonly next: Account;
  /** The store or key that the answer names: the new one, or the one that was there already. */
  readonly id?: string;
}

/** Everything that may come of one request. */
export interface Outcomes extends Decision {
  readonly outcomes: readonly Outcome[];
}

/**
 * Every allowed outcome of a request, each with the account afterwards. What cannot be is left out; what depends on
 * an open question or an unknown fact says so in `when`.
 *
 * @param fresh the ID for a store or key that comes into being
 * @param isSought leaves out results that nobody asks for
 */
export function outcomesOf(
  account: Account,
  request: Request,
  known: Known,
  fresh: string,
  isSought = (_: Outcome['result']): boolean => true,
): Outcomes {
  const decision = decide(account, request, known);
  const outcomes: Outcome[] = [];
  if (decision.elsewhere !== false) {
    outcomes.push({ result: 'anything', when: decision.elsewhere, rules: [], next: account });
  }
  const here = not(decision.elsewhere);
  if (here === false) return { ...decision, outcomes };
  for (const [error, refusals] of byError(decision.refusals)) {
    if (!isSought({ error })) continue;
    const when = any(...refusals.map((refusal) => refusal.when));
    const rules = refusals.map(({ rule }) => rule);
    outcomes.push({ result: { error }, when, rules, next: account });
    for (const { next, ...partial } of partlyApplied(decision, refusals)) {
      outcomes.push({ result: { error }, when: all(when, partial.when), rules, next: replaced(account, next) });
    }
  }
  if (decision.accepted !== false && isSought('ok'))
    outcomes.push(...successes(account, request, decision, known, fresh));
  return { ...decision, outcomes: outcomes.filter(({ when }) => when !== false) };
}

/** A hidden step that may happen now, and the account afterwards. */
export interface HiddenOutcome {
  readonly step: HiddenStep;
  readonly storeId: string;
  readonly when: Condition;
  readonly next: Account;
}

/** Every hidden step that may happen next, to any store. */
export function hiddenOutcomesOf(account: Account, known: Known): readonly HiddenOutcome[] {
  return account.stores.flatMap((store) =>
    hiddenOutcomesOfStore(store, known).map(({ step, when, store: next }) => ({
      step,
      storeId: store.id,
      when,
      next: next === undefined ? without(account, store) : replaced(account, next),
    })),
  );
}

/** Every hidden step that may happen next to one store; `isDue` leaves out those that are not of interest. */
export function hiddenOutcomesOfStore(store: Store, known: Known, isDue = (_: HiddenStep): boolean => true) {
  return hiddenStepsOf(store)
    .filter(isDue)
    .flatMap((step) => moves(store, step, known, () => true, '').map((alternative) => ({ step, ...alternative })));
}

function hiddenStepsOf({ connectionState, disconnectPending, keys }: Store): readonly HiddenStep[] {
  const deletions = keys
    .filter(({ state }) => state === 'PendingDeletion')
    .map(({ id }): HiddenStep => ({ step: 'key.deleted', keyId: id }));
  if (connectionState === 'CONNECTING') return [...attemptEnds, ...deletions];
  if (connectionState === 'DISCONNECTING') return [...disconnectionEnds, ...deletions];
  return disconnectPending ? [{ step: 'disconnection.begins' }, ...deletions] : deletions;
}

const attemptEnds: readonly HiddenStep[] = [
  { step: 'connection.succeeds' },
  ...connectionErrorCodeNames.map((code): HiddenStep => ({ step: 'connection.fails', code })),
];
const disconnectionEnds: readonly HiddenStep[] = [{ step: 'disconnection.ends' }, { step: 'disconnection.fails' }];

/** The ways in which a request succeeds. */
function successes(
  account: Account,
  request: Request,
  { accepted, situation }: Decision,
  known: Known,
  fresh: string,
): readonly Outcome[] {
  const ok = { result: 'ok', rules: [] } as const;
  if (request.op === 'CreateCustomKeyStore') {
    const outcomes: Outcome[] = [];
    const repeat = repeatOf(situation);
    if (repeat !== undefined) {
      const existing = returnsExisting(situation, repeat);
      const when = all(accepted, existing);
      if (when !== false) outcomes.push({ ...ok, when, next: account, id: repeat.store.id });
      if (when !== false && repeat.when === true) return outcomes;
    }
    const properties = propertiesOfNew(request.input, known.edition);
    const store: Store = {
      id: fresh,
      type: typeOfNew(request.input),
      connectionState: 'DISCONNECTED',
      properties,
      keys: [],
    };
    return [
      ...outcomes,
      { ...ok, when: accepted, next: { ...account, stores: [...account.stores, store] }, id: fresh },
    ];
  }
  const { store } = situation;
  if (store === undefined) return [{ ...ok, when: accepted, next: account }];
  return moves(store, request, known, () => accepted, fresh).map((move) => ({
    ...ok,
    when: move.when,
    next: move.store === undefined ? without(account, store) : replaced(account, move.store),
    ...(request.op === 'CreateKey' ? { id: fresh } : {}),
  }));
}

/** What becomes of a store; no store means that it is deleted. */
interface Move {
  readonly store: Store | undefined;
  readonly when: Condition;
}

/** What the arrows of the chart make of an occasion. */
function moves(
  store: Store,
  occasion: Occasion,
  known: Known,
  accepted: () => Condition,
  fresh: string,
): readonly Move[] {
  const event = 'op' in occasion ? occasion.op : occasion.step;
  const moment = { store, occasion, known, accepted };
  return arrowsFor(store.connectionState, event)
    .filter(({ actions }) => !actions.includes('refuse'))
    .flatMap((arrow) => {
      const guard = arrow.guard === undefined || guards[arrow.guard.type](moment, arrow.guard.params);
      return guard === false ? [] : along(arrow, store, occasion, known, guard, fresh);
    });
}

function along(
  arrow: Arrow,
  store: Store,
  occasion: Occasion,
  known: Known,
  when: Condition,
  fresh: string,
): readonly Move[] {
  if (arrow.target === 'DELETED') return [{ store: undefined, when }];
  const { target } = arrow;
  const names = [...arrow.actions, ...(target === undefined ? [] : entryEffects(target))];
  let reached: readonly Alternative[] = [{ store, when }];
  for (const name of names) {
    if (name === 'answer' || name === 'refuse') continue;
    reached = reached.flatMap((each) =>
      effects[name](each.store, occasion, known, fresh).map((next) => ({ ...next, when: all(each.when, next.when) })),
    );
  }
  const shown = target === undefined ? undefined : shownState(target);
  return shown === undefined ? reached : reached.map((each) => ({ ...each, store: shownAs(each.store, shown) }));
}

/** The account with another value of one store; the same account, if the store is the same. */
export const replaced = (account: Account, next: Store): Account =>
  account.stores.includes(next)
    ? account
    : { ...account, stores: account.stores.map((store) => (store.id === next.id ? next : store)) };

const without = ({ stores, ...rest }: Account, { id }: Store): Account => ({
  ...rest,
  stores: stores.filter((store) => store.id !== id),
});

function byError(refusals: readonly Refusal[]): readonly (readonly [ErrorName, readonly Refusal[]])[] {
  const errors = new Set(refusals.map(({ error }) => error));
  if (errors.size === refusals.length) return refusals.map((refusal) => [refusal.error, [refusal]]);
  return [...errors].map((error) => [error, refusals.filter((refusal) => refusal.error === error)]);
}
