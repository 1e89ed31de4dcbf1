import { unknownWorld } from '../spec/facts.ts';
import { known } from '../spec/reading.ts';
import { editions } from '../spec/vocabulary.ts';
import { worldUnder } from '../spec/world.ts';
import { Belief } from './belief.ts';
import { emptyBranch } from './branch.ts';
import { defaultStaleness, type OracleOptions } from './oracle-options.ts';
import type { Setting } from './setting.ts';
import { Workings } from './workings.ts';

/** What is believed before the first event, under each edition. */
export function beginningOf({
  edition = 'any',
  answers = {},
  world = unknownWorld,
  worldIs = 'steady',
  initial = 'empty',
  consistency = 'strong',
  staleness = defaultStaleness,
}: OracleOptions): readonly Belief[] {
  const wanted = edition === 'any' ? editions : typeof edition === 'string' ? [edition] : edition;
  const owners = new Map<string, string>();
  const branches = [emptyBranch(worldIs === 'steady')];
  return wanted.map((each) => {
    const setting: Setting = {
      known: known({ edition: each, answers }, worldUnder(answers, world)),
      unseenStores: initial === 'unknown',
      ...(consistency === 'eventual' ? { staleness: staleness * 1000 } : {}),
    };
    return new Belief(setting, branches, new Workings(setting.known, owners));
  });
}
