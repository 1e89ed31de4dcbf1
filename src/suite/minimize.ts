import type { HistoryEvent } from '../oracle/history.ts';
import { createOracle, type Violation } from '../oracle/oracle.ts';
import type { Request } from '../spec/inputs.ts';
import type { DriveOptions, Implementation } from './drive.ts';

/** Under what a history is judged. */
type Judging = Pick<DriveOptions, 'editions' | 'answers' | 'world'>;

/** A history whose last event is not allowed. */
export interface Failure {
  readonly history: readonly HistoryEvent[];
  readonly violation: Violation;
}

/**
 * The failure with as few events as it takes: each event is left out in turn, the rest is sent again, and what still
 * ends in a violation of the same operation is kept.
 */
export async function minimize(implementation: Implementation, failure: Failure, options: Judging): Promise<Failure> {
  let smallest = failure;
  for (let index = failure.history.length - 2; index >= 0; index--) {
    const left = smallest.history.filter((_, each) => each !== index);
    const again = await replay(implementation, left, options);
    if (again !== undefined && again.violation.event.op === smallest.violation.event.op) smallest = again;
  }
  return smallest;
}

/** Sends the requests of a history again, with the IDs that the answers give this time. */
export async function replay(
  implementation: Implementation,
  history: readonly HistoryEvent[],
  options: Judging,
): Promise<Failure | undefined> {
  await implementation.reset();
  const { editions, answers, world } = options;
  let oracles = editions.map((edition) => createOracle({ edition, answers }, world));
  const renamed = new Map<string, string>();
  const events: HistoryEvent[] = [];
  for (const past of history) {
    const request = { op: past.op, input: withIds(past.input, renamed) } as Request;
    const event = { ...request, ...(await implementation.send(request)) } as HistoryEvent;
    events.push(event);
    const before = newIds(past);
    newIds(event).forEach((id, index) => {
      renamed.set(before[index] ?? '', id);
    });
    const judged = oracles.map((oracle) => [oracle, oracle.observe(event)] as const);
    const left = judged.filter(([, violation]) => violation === undefined).map(([oracle]) => oracle);
    const [first] = judged;
    if (left.length === 0 && first?.[1] !== undefined) return { history: events, violation: first[1] };
    oracles = left;
  }
  return undefined;
}

function newIds(event: HistoryEvent): readonly string[] {
  if (!('ok' in event)) return [];
  const { CustomKeyStoreId, KeyMetadata } = event.ok as { CustomKeyStoreId?: string; KeyMetadata?: { KeyId?: string } };
  return [CustomKeyStoreId, KeyMetadata?.KeyId].filter((id) => id !== undefined);
}

function withIds(input: object, renamed: ReadonlyMap<string, string>): object {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      typeof value === 'string' ? (renamed.get(value) ?? value) : value,
    ]),
  );
}
