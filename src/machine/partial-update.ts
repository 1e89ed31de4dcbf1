import type { Condition } from '../spec/condition.ts';
import type { Decision, Refusal } from '../spec/decide.ts';
import type { UpdateField } from '../spec/eligibility.ts';
import type { Store } from '../spec/model.ts';
import { applicable, updated } from '../spec/properties.ts';
import type { Situation } from '../spec/rule.ts';
import { refusedField } from '../spec/rules/update.ts';

/** What a refused update may leave behind. */
interface Remainder {
  readonly next: Store;
  readonly when: Condition;
}

/**
 * The stores that a refused UpdateCustomKeyStore may leave behind, other than the unchanged one. Two questions ask
 * for it: whether members that may change do so beside one that may not, and whether a refusal is all or nothing.
 */
export function partlyApplied({ situation }: Decision, refusals: readonly Refusal[]): readonly Remainder[] {
  const { op, store, answered } = situation;
  if (op !== 'UpdateCustomKeyStore' || store === undefined) return [];
  const update = situation as Situation<typeof op>;
  if (refusals.every(({ rule }) => rule.startsWith('request/'))) return [];
  const fields = applicable(update.input, store, situation.edition);
  const free = fields.filter((field) => refusedField(update, field) !== true);
  const frozen = free.length < fields.length;
  const hotApplied = frozen && free.length > 0 && answered('UPDATE_MIXED_HOT_COLD', 'APPLY_HOT_REJECT_COLD');
  const partial = fields.length > 1 && answered('UPDATE_ATOMICITY', 'PARTIAL');
  const after = (some: readonly UpdateField[]): Store => ({
    ...store,
    properties: updated(store.properties, update.input, some),
  });
  return [
    ...(hotApplied === false ? [] : [{ next: after(free), when: hotApplied }]),
    ...(partial === false
      ? []
      : properSubsets(free, fields.length).map((some) => ({ next: after(some), when: partial }))),
  ];
}

/** Every subset that is neither empty nor everything that was asked for. */
function properSubsets<T>(items: readonly T[], asked: number): readonly (readonly T[])[] {
  let subsets: readonly (readonly T[])[] = [[]];
  for (const item of items) subsets = [...subsets, ...subsets.map((subset) => [...subset, item])];
  return subsets.filter(({ length }) => length > 0 && length < asked);
}
