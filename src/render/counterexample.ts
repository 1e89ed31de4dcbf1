import type { HistoryEvent } from '../oracle/history.ts';
import { createOracle } from '../oracle/oracle.ts';
import { unknownWorld } from '../spec/facts.ts';
import type { Answers } from '../spec/reading.ts';
import { type Edition, editions } from '../spec/vocabulary.ts';
import { worldOf } from '../spec/world.ts';
import { withoutSecrets } from '../suite/masked.ts';
import type { ExplorerState, Judging } from './explorer-state.ts';

/** How a violation was found. */
export interface Found extends Judging {
  readonly edition: Edition | 'any';
  readonly answers: Answers;
}

/**
 * The state in which the explorer shows the last event of a history, which violates: under the edition that was asked
 * for, or the first one under which it is this event that violates.
 */
export function counterexample(history: readonly HistoryEvent[], { edition: wanted, ...found }: Found): ExplorerState {
  const { world = {}, ...judging } = found;
  const shown = withoutSecrets(history);
  const violatesAtLast = (edition: Edition): boolean => {
    const oracle = createOracle({ ...judging, edition, world: worldOf(world, unknownWorld) });
    return shown.findIndex((event) => oracle.observe(event).verdict === 'violates') === shown.length - 1;
  };
  const edition = wanted === 'any' ? editions.find(violatesAtLast) : wanted;
  return { ...found, history: shown, at: shown.length, edition };
}
