import type { Request } from '../../spec/inputs.ts';
import type { ConnectionState } from '../../spec/vocabulary.ts';

/** A step of a scenario. IDs are symbols: the first store is `store-1`, whatever the implementation calls it. */
export type ScenarioStep =
  | { readonly request: Request /** Whatever comes of it, the way goes on. */; readonly mayFail?: true }
  /** Wait until the store is in this state. */
  | { readonly until: ConnectionState; readonly storeId: string };

/** A way to one thing that is worth a test of its own. */
export interface Scenario {
  readonly kind: 'rule' | 'transition' | 'state';
  readonly id: string;
  /** The shortest ways, at most one for each type of store; in a state, one for each thing that may be done there. */
  readonly ways: readonly (readonly ScenarioStep[])[];
  /** Why it cannot be tried; then there are no ways. */
  readonly skip?: string;
}
