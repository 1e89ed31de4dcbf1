import { unknownWorld, type World } from '../spec/facts.ts';
import { isImpartial } from '../spec/world.ts';
import { Automaton } from './automaton.ts';
import type { OracleOptions } from './oracle-options.ts';
import { Recent } from './recent.ts';
import { StateSteps } from './state-steps.ts';

/** What is remembered of steps that were taken: where nothing else decides, the next oracle takes them, too. */
export interface Tables {
  readonly automaton: Automaton;
  readonly stateSteps: StateSteps;
  /** May the world that is known tell one value from another? */
  readonly isPlain: boolean;
}

/** The tables of all oracles under the same answers in the same world; editions are told apart inside. */
export function tablesFor({ answers = {}, world = unknownWorld, worldIs = 'steady' }: OracleOptions): Tables {
  const inWorld = kept.get(world) ?? new Recent<string, Tables>(mostKept);
  kept.set(world, inWorld);
  const key = JSON.stringify([worldIs, Object.entries(answers).sort()]);
  return inWorld.get(key, () => {
    const isPlain = !isImpartial(world);
    return { automaton: new Automaton(), stateSteps: new StateSteps(isPlain), isPlain };
  });
}
const kept = new WeakMap<World, Recent<string, Tables>>();
const mostKept = 4;
