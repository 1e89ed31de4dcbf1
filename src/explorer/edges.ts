import { type Arrow, arrows, type ChartState, chart } from '../machine/chart.ts';

/** Where a store comes into being. */
export const beginning = 'CREATED';

/** An edge of the diagram: everything that leads from one state to another. */
export interface Edge {
  readonly id: string;
  readonly from: ChartState | typeof beginning;
  readonly to: ChartState;
  readonly arrows: readonly Arrow[];
  /** One line for each event. */
  readonly labels: readonly string[];
}

/** A hidden step in words; an operation by its verb, as in a picture of custom key stores the rest goes without saying. */
export const wordsFor = (event: string): string => event.replace('.', ' ').replace('CustomKeyStore', '');

/** The edges of the diagram. What leads nowhere else is left out. */
export const edges: readonly Edge[] = [
  {
    id: `${beginning}-${chart.initial}`,
    from: beginning,
    to: chart.initial,
    arrows: [],
    labels: [wordsFor('CreateCustomKeyStore')],
  },
  ...[...moving()].map(([id, group]): Edge => {
    const [{ from, target }] = group as [Arrow];
    const labels = [...new Set(group.map(({ event }) => wordsFor(event)))];
    return { id, from: from as ChartState, to: target as ChartState, arrows: group, labels };
  }),
];

/** Does it happen without a request? */
export const isHidden = (event: string): boolean => event.includes('.');

function moving(): ReadonlyMap<string, readonly Arrow[]> {
  const groups = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    if (arrow.from === undefined || arrow.target === undefined || arrow.target === arrow.from) continue;
    const id = `${arrow.from}-${arrow.target}`;
    groups.set(id, [...(groups.get(id) ?? []), arrow]);
  }
  return groups;
}

/** The lines of a label: one for each word, so that the diagram fits a narrow window. */
export const linesOf = (labels: readonly string[]): readonly string[] => labels.flatMap((label) => label.split(' '));

/** The height of a line, in pixels. */
export const line = 15;
