import type { Account } from '../spec/model.ts';
import type { Reading } from '../spec/reading.ts';
import { isColliding } from './alphabet.ts';
import { alphabetOf, type Bounds, type Exploration, explore, type Step } from './explore.ts';
import { knownFor, type PropertyId, properties } from './properties.ts';
import type { Property } from './property.ts';

/** Whether a property holds, and on how much the judgement rests. */
export interface Finding {
  readonly id: PropertyId;
  readonly property: Property;
  readonly holds: boolean;
  /** For `always` the number of states or steps looked at; for `sometimes` of witnesses; for `leads to` of beginnings. */
  readonly instances: number;
  /** Where an `always` fails, or from where a `leads to` finds no way. */
  readonly counterexample?: Step | Account;
}

/** What a complete exploration found. */
export interface Verification {
  readonly states: number;
  readonly transitions: number;
  readonly findings: readonly Finding[];
}

/**
 * Within which bounds the properties are decided: one store with every request, or two with those that can collide. A
 * request that cannot looks at its own store alone, and what comes of it the exploration of one store has seen.
 */
export const boundsFor = (reading: Reading, stores: 1 | 2): Bounds =>
  stores === 1
    ? { reading, stores, codes: ['INTERNAL_ERROR', 'INVALID_CREDENTIALS'] }
    : {
        reading,
        stores,
        codes: ['INTERNAL_ERROR'],
        requests: (account) => alphabetOf(account, stores).filter(isColliding),
      };

/** Explores completely, and decides every property on the way. */
export function verify(bounds: Bounds): Verification {
  const known = knownFor(bounds.reading);
  const ids = Object.keys(properties) as PropertyId[];
  const tallies = ids.map((id): Tally => ({ id, property: properties[id], witnesses: 0, looked: 0 }));
  const byStep = tallies.filter(({ property }) => 'ofStep' in property);
  const exploration = explore(bounds, (step) => {
    for (const tally of byStep) {
      if ('ofStep' in tally.property) count(tally, tally.property.ofStep(step), step);
    }
  });
  for (const account of exploration.states) {
    for (const tally of tallies) if ('of' in tally.property) count(tally, tally.property.of(account, known), account);
  }
  const findings = tallies.map((tally) =>
    'from' in tally.property ? leadsTo(tally, tally.property, exploration) : judged(tally),
  );
  return { states: exploration.states.length, transitions: exploration.transitions, findings };
}

interface Tally {
  readonly id: PropertyId;
  readonly property: Property;
  witnesses: number;
  looked: number;
  failure?: Step | Account;
}

function count(tally: Tally, holds: boolean, where: Step | Account) {
  tally.looked += 1;
  if (holds) tally.witnesses += 1;
  else tally.failure ??= where;
}

function judged({ id, property, witnesses, looked, failure }: Tally): Finding {
  if (property.holds === 'sometimes') return { id, property, holds: witnesses > 0, instances: witnesses };
  const counterexample = failure === undefined ? {} : { counterexample: failure };
  return { id, property, holds: failure === undefined, instances: looked, ...counterexample };
}

/** Walks back from every state with the second thing, and looks whether that reaches every state with the first. */
function leadsTo(
  { id, property }: Tally,
  { from, to }: Extract<Property, { holds: 'leads to' }>,
  { states, successors }: Exploration,
): Finding {
  const predecessors: number[][] = states.map(() => []);
  successors.forEach((next, index) => {
    for (const each of next) predecessors[each]?.push(index);
  });
  const reached = new Set(states.flatMap((account, index) => (to(account) ? [index] : [])));
  for (const index of reached) for (const before of predecessors[index] ?? []) reached.add(before);
  const beginnings = states.flatMap((account, index) => (from(account) ? [index] : []));
  const stuck = beginnings.find((index) => !reached.has(index));
  const counterexample = stuck === undefined ? {} : { counterexample: states[stuck] as Account };
  return { id, property, holds: stuck === undefined, instances: beginnings.length, ...counterexample };
}
