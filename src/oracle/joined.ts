import { all, any, type Condition, type Open } from '../spec/condition.ts';
import { Recent } from './recent.ts';
import { simplified } from './simplify.ts';

const mostPairs = 20_000;
const both = new Recent<string, Condition>(mostPairs);
const either = new Recent<string, Condition>(mostPairs);

/** What two conditions take together, in few words: it is asked for again and again of the same two. */
export function conjoined(one: Condition, other: Condition): Condition {
  if (one === false || other === false) return false;
  if (one === true) return other;
  if (other === true) return one;
  return both.get(`${numberOf(one)} ${numberOf(other)}`, () => simplified(all(one, other)));
}

/** The same for conditions of which one has to hold. */
export function disjoined(conditions: readonly Condition[]): Condition {
  const open: Open[] = [];
  for (const condition of conditions) {
    if (condition === true) return true;
    if (condition !== false) open.push(condition);
  }
  const [only, ...more] = open;
  if (only === undefined) return false;
  if (more.length === 0) return simplified(only);
  return either.get(open.map(numberOf).join(' '), () => simplified(any(...open)));
}

const numbers = new WeakMap<Open, number>();
let numbered = 0;

/** Another number for every other object; equal conditions are most often the same object. */
function numberOf(open: Open): number {
  const known = numbers.get(open);
  if (known !== undefined) return known;
  numbered += 1;
  numbers.set(open, numbered);
  return numbered;
}
