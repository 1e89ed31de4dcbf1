import { keyStateOperations, storeOperations } from '../spec/vocabulary.ts';
import { hasWorked, isAbout } from './on-record.ts';
import { type Plan, type Step, stateIn } from './run.ts';
import { closing } from './shortened.ts';

// What was left out on record may be what made an implementation go wrong, though nothing on record tells.

/**
 * The steps, and then with what is most likely to be the cause besides: the last changes of the key or the store, those
 * of other keys of the store, and the last times that it was connected again. Each with all its waits.
 */
export function suspects(steps: readonly Step[], all: readonly Step[]): readonly (readonly Step[])[] {
  const isMeant = isAbout(all);
  const inStore = all.slice(0, -1).filter((step) => changing.has(step.event.op) && hasWorked(step));
  const changes = inStore.filter(isMeant);
  const moves = changes.filter(({ event }) => moving.has(event.op));
  const reconnections = moves.flatMap((step, index) => {
    const before = moves[index - 1];
    const isAgain = before?.event.op === 'DisconnectCustomKeyStore' && step.event.op === 'ConnectCustomKeyStore';
    return isAgain ? [[before, step]] : [];
  });
  const closed = closing(all);
  const lists = [
    [],
    changes.slice(-1),
    changes.slice(-3),
    inStore.slice(-2),
    reconnections.slice(-1).flat(),
    reconnections.slice(-2).flat(),
    inStore.slice(-4),
    changes.slice(-8),
  ].map((more) => closed(all.filter((step) => steps.includes(step) || more.includes(step))));
  return lists
    .filter((list, place) => !lists.slice(0, place).some((other) => isSame(other, list)))
    .map((list) => patient(list, all));
}

/** The steps, with the store connected and disconnected again so many times before anything else happens to it. */
export function reconnected(steps: readonly Step[], times: number): readonly Plan[] {
  const place = steps.findIndex(({ event: { op } }) => op === 'CreateCustomKeyStore');
  const CustomKeyStoreId = steps[place]?.makes;
  if (CustomKeyStoreId === undefined || times === 0) return steps;
  const input = { CustomKeyStoreId };
  const look = { op: 'DescribeCustomKeyStores', input } as const;
  const round: readonly Plan[] = [
    { request: { op: 'ConnectCustomKeyStore', input } },
    { request: look, awaits: 'CONNECTED' },
    { request: { op: 'DisconnectCustomKeyStore', input } },
    { request: look, awaits: 'DISCONNECTED' },
  ];
  return [
    ...steps.slice(0, place + 1),
    ...Array.from({ length: times }, () => round).flat(),
    ...steps.slice(place + 1),
  ];
}

/** The steps that may have changed the store or the key that the last one is about, with the waits between them. */
export function changesIn(steps: readonly Step[]): readonly Step[] {
  const isMeant = isAbout(steps);
  const last = steps.at(-1);
  const named = Object.values(last?.request.input ?? {}) as readonly unknown[];
  return steps.filter(
    (step) =>
      step === last ||
      (step.makes !== undefined && named.includes(step.makes)) ||
      (isMeant(step) && hasWorked(step) && (step.awaits !== undefined || changing.has(step.event.op))),
  );
}

/**
 * The steps with a wait wherever a store was seen settled: what was left out in between may have been what took the
 * time. A store that is settled is looked at once, as before. `all`: the steps before any was left out, so that a wait
 * after a connection or a disconnection is found that nobody has to have seen.
 */
export function patient(steps: readonly Step[], all: readonly Step[]): readonly Step[] {
  const kept = new Set(steps);
  const unsettled = new Set<string>();
  return all.flatMap((step): readonly Step[] => {
    const { op, input } = step.event;
    const { CustomKeyStoreId: id = '' } = input as { CustomKeyStoreId?: string };
    const state = stateIn(step.event, id);
    const isSettled = state !== undefined && !state.endsWith('ING');
    const isWaitedFor = isSettled && unsettled.has(id);
    if (isSettled) unsettled.delete(id);
    if (!kept.has(step)) return isWaitedFor ? [{ ...step, awaits: state }] : [];
    if (moving.has(op)) unsettled.add(id);
    return [isSettled && step !== steps.at(-1) ? { ...step, awaits: state } : step];
  });
}

const moving: ReadonlySet<string> = new Set(['ConnectCustomKeyStore', 'DisconnectCustomKeyStore']);
const changing: ReadonlySet<string> = new Set(
  [...storeOperations, ...keyStateOperations].filter((op) => !op.startsWith('Describe')),
);

const isSame = (a: readonly Step[], b: readonly Step[]): boolean =>
  a.length === b.length && a.every((step, place) => step === b[place]);
