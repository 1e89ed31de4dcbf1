import type { CheckVerdict, Unreached } from '../../oracle/verdict.ts';
import { counted } from '../../suite/counted.ts';

/** What was reached of what can be reached, and what stands in the way of the rest: a line each. */
export function coverageLines({
  coverage,
  unreached,
}: Pick<CheckVerdict, 'coverage' | 'unreached'>): readonly string[] {
  const counts = Object.entries(coverage).map(
    ([what, { seen }]) => `${what} ${seen}/${seen + missed(what, unreached)}`,
  );
  const lines = whys.flatMap(([why, says]) => {
    const items = unreached[why];
    return items.length === 0 ? [] : [`not reached: ${countsOf(items)} ${says}`];
  });
  return [`coverage: ${counts.join(', ')}`, ...lines];
}

/** How many of a kind might have been reached and were not. */
export const missed = (what: string, { untried }: Unreached): number =>
  untried.filter((item) => `${kindOf(item)}s` === what).length;

const whys: readonly (readonly [keyof Unreached, string])[] = [
  ['world', 'that need a world, see --world'],
  ['choice', 'where the endpoint decides an open point otherwise, see the profile'],
  ['edition', 'that its edition does not have'],
  ['chance', 'that nobody can bring about'],
  ['untried', 'left untried'],
];

/** `3 rules, 2 errors`. */
function countsOf(items: readonly string[]): string {
  const kinds = [...new Set(items.map(kindOf))];
  return kinds
    .map((kind) => {
      const count = items.filter((item) => kindOf(item) === kind).length;
      return counted(count, kind);
    })
    .join(', ');
}

const kindOf = (item: string): string => item.split(' ', 1)[0] ?? '';
