import { hiddenOutcomesOfStore } from '../machine/account.ts';
import type { HiddenStep } from '../machine/effects.ts';
import { unknownWorld } from '../spec/facts.ts';
import type { Store } from '../spec/model.ts';
import { known, type Reading } from '../spec/reading.ts';

/** A hidden step, and the store afterwards. */
export interface Happening {
  readonly step: HiddenStep;
  readonly store: Store | undefined;
}

/** The hidden steps that may happen to a store now. */
export const hiddenStepsOf = (store: Store, reading: Reading): readonly Happening[] =>
  hiddenOutcomesOfStore(store, known(reading, unknownWorld)).filter(({ when }) => when !== false);
