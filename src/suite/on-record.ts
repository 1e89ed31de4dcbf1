import type { HistoryEvent } from '../oracle/history.ts';
import { createOracle, type Oracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import { madeBy } from './made.ts';
import type { Failure, Step } from './run.ts';

export const eventsOf = (steps: readonly Step[]): readonly HistoryEvent[] => steps.map(({ event }) => event);

/** Judges what was recorded, from what an oracle believes; the steps up to the first violation, if there is one. */
export function rejudged(steps: readonly Step[], oracle: Oracle): Failure | undefined {
  for (const [index, { event }] of steps.entries()) {
    const { violation } = oracle.observe(event);
    if (violation !== undefined) return { steps: steps.slice(0, index + 1), violation };
  }
  return undefined;
}

/** A store that holds keys cannot be deleted for days. */
export const leavesStore = ({ event }: Step): boolean => event.op === 'CreateKey' && 'ok' in event;

/** What was recorded, if it shows the violation by itself. */
export function asRecorded(steps: readonly Step[], oracle: Oracle): Failure | undefined {
  const again = rejudged(steps, oracle);
  return again?.steps.length === steps.length ? again : undefined;
}

/**
 * What does not show again is told as it was: of what was done to the stores in question nothing is left out, or it would
 * tell of something that never happened.
 */
export function asItWas(failure: Failure, options: OracleOptions): Failure {
  const isMeant = isAbout(failure.steps);
  const last = failure.steps.at(-1);
  const changed = failure.steps.filter((step) => step === last || (isMeant(step) && mayHaveChanged(step)));
  const settled = changed.filter(({ event: { op }, awaits }, place) =>
    op === 'DescribeCustomKeyStores' ? awaits !== undefined || place === changed.length - 1 : true,
  );
  const told = asRecorded(settled, createOracle(options)) ?? asRecorded(changed, createOracle(options));
  return told ?? failure;
}

/** Is the step about the store or the key that the last one is about, the store of the key, or the keys of the store? */
export function isAbout(steps: readonly Step[]): (step: Step) => boolean {
  const ids = new Set(steps.slice(-1).flatMap(({ event }) => idsIn(event.input)));
  const stores = new Set(ids);
  for (const { event } of steps) {
    const made = madeIn(event);
    const { CustomKeyStoreId: store } = event.input as { CustomKeyStoreId?: string };
    if (made?.kind !== 'key' || typeof store !== 'string') continue;
    if (ids.has(made.id)) ids.add(store);
    else if (stores.has(store)) ids.add(made.id);
  }
  return ({ event }) => {
    const made = madeIn(event);
    return [...idsIn(event.input), ...(made?.kind === 'store' ? [made.id] : [])].some((id) => ids.has(id));
  };
}

const madeIn = (event: HistoryEvent) => ('ok' in event ? madeBy(event.op, event.ok) : undefined);

const idsIn = (input: object): readonly string[] => {
  const { CustomKeyStoreId } = input as { CustomKeyStoreId?: unknown };
  return [...(typeof CustomKeyStoreId === 'string' ? [CustomKeyStoreId] : []), ...keyIdsOf(input)];
};

export const hasWorked = ({ event }: Step): boolean => !('error' in event);

/** A refused update may have been applied in part. */
const mayHaveChanged = (step: Step): boolean => hasWorked(step) || step.event.op === 'UpdateCustomKeyStore';

/** Did the step change something, or wait for something? */
export const isStep = ({ event, awaits }: Step): boolean =>
  hasWorked({ event } as Step) && (awaits !== undefined || !event.op.startsWith('Describe'));
