import type { Account } from '../spec/model.ts';
import type { Known } from '../spec/reading.ts';
import type { Step } from './explore.ts';

/**
 * A claim about every account that can come about, decided by complete exploration.
 *
 * `always` holds in every state, or for every step; it names the `sometimes` that shows that it is not empty, which
 * holds in at least one. `leads to` says that from every state with the one thing there is a way to a state with the other.
 */
export type Property = {
  readonly says: string;
  /** What has to be there for it to happen at all. */
  readonly needs?: 'two stores';
} & (
  | ((Always | { readonly holds: 'sometimes' }) &
      ({ readonly of: (account: Account, known: Known) => boolean } | { readonly ofStep: (step: Step) => boolean }))
  | {
      readonly holds: 'leads to';
      readonly from: (account: Account) => boolean;
      readonly to: (account: Account) => boolean;
    }
);

interface Always {
  readonly holds: 'always';
  /** The `sometimes` in which what it speaks of is there. */
  readonly shownBy: string;
}
