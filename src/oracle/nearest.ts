import { catalogue, type RuleId } from '../spec/catalogue.ts';
import { decide } from '../spec/decide.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account, Store } from '../spec/model.ts';
import { choicesOf } from '../spec/questions.ts';
import type { Known } from '../spec/reading.ts';
import { errorsOf, namesOf } from '../spec/rejection.ts';
import type { Rule } from '../spec/rule.ts';
import { type ConnectionState, connectionStates } from '../spec/vocabulary.ts';

/** The rule that comes nearest to an error that nothing allows, and where it would have. */
export interface Nearest {
  readonly rule: RuleId;
  /** It would refuse, if the store were in one of these states; none, if the state is not what keeps it from that. */
  readonly inStates: readonly ConnectionState[];
}

/** The rules of the operation that have this error, those first that another state of the store would break. */
export function nearestRules(
  request: Request,
  error: string,
  account: Account,
  store: Store | undefined,
  known: Known,
) {
  const named = catalogue[request.op].filter(({ rule }) => errorNamesOf(rule).includes(error));
  const arising = new Map<RuleId, ConnectionState[]>(named.map(({ id }) => [id, []]));
  if (store !== undefined) {
    for (const connectionState of connectionStates) {
      const { connectionErrorCode: _, ...rest } = store;
      const other: Store = { ...rest, connectionState };
      const stores = account.stores.map((each) => (each.id === store.id ? other : each));
      for (const refusal of decide({ ...account, stores }, request, known).refusals) {
        if (refusal.error === error) arising.get(refusal.rule)?.push(connectionState);
      }
    }
  }
  const all = [...arising].map(([rule, inStates]): Nearest => ({ rule, inStates: [...new Set(inStates)] }));
  const byState = all.filter(({ inStates }) => inStates.length > 0 && inStates.length < connectionStates.length);
  return byState.length > 0 ? byState : all;
}

/** Every error that a rule may stand for, under each of its names. */
export function errorNamesOf({ error }: Rule): readonly string[] {
  if (typeof error === 'string') return namesOf(error);
  if (!('answerTo' in error)) return error.flatMap(namesOf);
  return choicesOf(error.answerTo).flatMap((choice) => errorsOf(choice).flatMap(namesOf));
}
