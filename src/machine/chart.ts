import type { ConnectionState } from '../spec/vocabulary.ts';
import { customKeyStoreMachine } from './custom-key-store.machine.ts';
import type { EffectName } from './effects.ts';
import type { GuardName } from './guards.ts';

/** The states of the chart: the connection states, and the end. */
export type ChartState = ConnectionState | 'DELETED';

/** One arrow of the chart, in one form whatever form the literal has. */
export interface Arrow {
  readonly from: ChartState | undefined;
  readonly event: string;
  readonly target: ChartState | undefined;
  readonly guard: { readonly type: GuardName; readonly params: Readonly<Record<string, string>> } | undefined;
  readonly actions: readonly ActionName[];
  readonly description: string | undefined;
  /** The id of the transition in the register of requirements. */
  readonly transition: string | undefined;
}
type ActionName = EffectName | 'answer' | 'refuse';

interface ArrowConfig {
  readonly target?: ChartState;
  readonly guard?: GuardName | { readonly type: GuardName; readonly params?: Readonly<Record<string, string>> };
  readonly actions?: ActionName | readonly ActionName[];
  readonly description?: string;
  readonly meta?: { readonly transition?: string };
}
interface NodeConfig {
  readonly type?: 'final';
  readonly description?: string;
  readonly entry?: EntryConfig | readonly EntryConfig[];
  readonly on?: Readonly<Record<string, ArrowConfig | readonly ArrowConfig[]>>;
}
type EntryConfig =
  | EffectName
  | { readonly type: 'show'; readonly params: { readonly ConnectionState: ConnectionState } };

/** The chart as it was written: the literal of the machine. */
export const chart = customKeyStoreMachine.config as unknown as NodeConfig & {
  readonly initial: ChartState;
  readonly states: Readonly<Record<ChartState, NodeConfig>>;
};

export const chartStates = Object.keys(chart.states) as readonly ChartState[];

/** Every arrow of the chart; those of the root, which serve every state, come last. */
export const arrows: readonly Arrow[] = [
  ...chartStates.flatMap((state) => arrowsIn(chart.states[state], state)),
  ...arrowsIn(chart, undefined),
];

const placeOf = ({ from, event }: Pick<Arrow, 'from' | 'event'>): string => `${from ?? ''} ${event}`;
const byPlace: Readonly<Record<string, readonly Arrow[]>> = Object.fromEntries(
  [...new Set(arrows.map(placeOf))].map((place) => [place, arrows.filter((arrow) => placeOf(arrow) === place)]),
);

/** The arrows that an event may take in a state: its own, or else those of the root. */
export function arrowsFor(state: ChartState, event: string): readonly Arrow[] {
  return [...(byPlace[`${state} ${event}`] ?? []), ...(byPlace[` ${event}`] ?? [])];
}

/** What happens whenever a state is entered. */
export const entryEffects = (state: ChartState): readonly EffectName[] =>
  list(chart.states[state].entry).filter((entry): entry is EffectName => typeof entry === 'string');

/** The connection state that a state of the chart shows. */
export const shownState = (state: ChartState): ConnectionState | undefined =>
  list(chart.states[state].entry).find((entry) => typeof entry !== 'string')?.params.ConnectionState;

function arrowsIn({ on = {} }: NodeConfig, from: ChartState | undefined): readonly Arrow[] {
  return Object.entries(on).flatMap(([event, configs]) =>
    list(configs).map(({ target, guard, actions, description, meta }) => ({
      from,
      event,
      target,
      guard: typeof guard === 'string' ? { type: guard, params: {} } : guard && { params: {}, ...guard },
      actions: list(actions),
      description,
      transition: meta?.transition,
    })),
  );
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
