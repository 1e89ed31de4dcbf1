import type { Condition } from '../condition.ts';
import { accepting, refuses } from '../eligibility.ts';
import type { Situation } from '../rule.ts';

/** Does the connection state of the store refuse the operation? The table in eligibility.ts decides. */
export function refusedByState(situation: Situation, op: keyof typeof accepting): Condition {
  const { store } = situation;
  return store !== undefined && refuses(accepting[op][store.connectionState], situation);
}
