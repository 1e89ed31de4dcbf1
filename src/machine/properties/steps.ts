import type { ErrorName } from '../../spec/errors.ts';
import type { Account, Store } from '../../spec/model.ts';
import type { ConnectionState } from '../../spec/vocabulary.ts';
import type { Step } from '../explore.ts';

export const isOp = ({ cause }: Step, op: string): boolean => 'op' in cause && cause.op === op;

export const isHidden = ({ cause }: Step, step: string): boolean => 'step' in cause && cause.step === step;

export const isRefusedWith = ({ result }: Step, error: ErrorName): boolean =>
  typeof result === 'object' && result.error === error;

type Pairs = readonly (readonly [Store, Store])[];

/** Every store that is there before and after, in both forms. */
export function pairs(before: Account, after: Account): Pairs {
  if (latest.before !== before || latest.after !== after) latest = { before, after, pairs: paired(before, after) };
  return latest.pairs;
}

/** One property after the other asks about the same step. */
let latest: { readonly before?: Account; readonly after?: Account; readonly pairs: Pairs } = { pairs: [] };

const paired = (before: Account, after: Account): Pairs =>
  before.stores.flatMap((was) => {
    const is = after.stores.find(({ id }) => id === was.id);
    return is === undefined ? [] : [[was, is] as const];
  });

export const moved = ({ before, after }: Step) =>
  before === after ? [] : pairs(before, after).filter(([was, is]) => was.connectionState !== is.connectionState);

export const gone = (before: Account, after: Account): readonly Store[] =>
  before.stores.filter(({ id }) => !after.stores.some((store) => store.id === id));

export function someIn(state: ConnectionState): (account: Account) => boolean {
  return ({ stores }) => stores.some(({ connectionState }) => connectionState === state);
}
