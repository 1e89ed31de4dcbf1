import type { HistoryEvent } from '../oracle/history.ts';
import type { Oracle } from '../oracle/oracle.ts';
import { hasWorked, isAbout, isStep, rejudged } from './on-record.ts';
import type { Failure, Step } from './run.ts';

/** Shortens what was recorded, without sending anything. The oracle is kept at every step, so that only the rest is judged. */
export async function onRecord(
  failure: Failure,
  base: Oracle,
  same: (other: Failure | undefined) => other is Failure,
  inTime: () => boolean,
): Promise<Failure> {
  // A list may show only stores whose creation is part of the history.
  const last = JSON.stringify(failure.violation.event);
  const mentioned = failure.steps.flatMap(({ event }) => {
    const id = event.op === 'CreateCustomKeyStore' && 'ok' in event ? event.ok['CustomKeyStoreId'] : undefined;
    return typeof id === 'string' && last.includes(id) ? [id] : [];
  });
  let current = failure.steps;
  let reached: Oracle[] = [base];
  const after = (count: number): Oracle => {
    for (let done = reached.length - 1; done < count; done++) {
      const next = (reached[done] as Oracle).fork();
      next.observe((current[done] as Step).event);
      reached.push(next);
    }
    return reached[count] as Oracle;
  };
  const closed = closing(failure.steps);
  return shortened(
    failure,
    async (some) => {
      const steps = closed(some);
      let kept = 0;
      while (kept < steps.length && steps[kept] === current[kept]) kept += 1;
      const rest = rejudged(steps.slice(kept), after(kept).fork());
      const again = rest && { ...rest, steps: [...steps.slice(0, kept), ...rest.steps] };
      if (!same(again) || again.steps.length !== steps.length) return undefined;
      if (mentioned.some((id) => !steps.some(({ event }) => creates(event, id)))) return undefined;
      current = again.steps;
      reached = reached.slice(0, kept + 1);
      return again;
    },
    inTime,
  );
}

/** Puts back what made the stores, keys and ciphertexts that the steps name: without it they could not be sent again. */
export function closing(all: readonly Step[]): (steps: readonly Step[]) => readonly Step[] {
  const makers = new Map([...all].reverse().flatMap((step) => (step.makes === undefined ? [] : [[step.makes, step]])));
  return (steps) => {
    const chosen = new Set(steps);
    const made = new Set(steps.flatMap(({ makes }) => makes ?? []));
    for (const { request } of chosen) {
      for (const value of Object.values(request.input) as readonly unknown[]) {
        const maker = typeof value === 'string' && !made.has(value) ? makers.get(value) : undefined;
        if (maker === undefined) continue;
        chosen.add(maker);
        made.add(value as string);
      }
    }
    return chosen.size === steps.length ? steps : all.filter((step) => chosen.has(step));
  };
}

const creates = (event: HistoryEvent, id: string): boolean =>
  event.op === 'CreateCustomKeyStore' && 'ok' in event && event.ok['CustomKeyStoreId'] === id;

/** Leaves out ever smaller parts, as long as what is left fails in the same way; at last every pair of steps. */
export async function shortened(
  failure: Failure,
  fails: (steps: readonly Step[]) => Promise<Failure | undefined>,
  inTime: () => boolean,
): Promise<Failure> {
  let smallest = failure;
  const attempt = async (left: readonly Step[]): Promise<boolean> => {
    const again = await fails(left);
    if (again === undefined || again.steps.length >= smallest.steps.length) return false;
    smallest = again;
    return true;
  };
  // Most of what a sequence did changed nothing; it goes first, all at once.
  const last = failure.steps.at(-1);
  for (const keeps of [isAbout(failure.steps), isStep, hasWorked]) {
    if (smallest.steps.length > 8)
      await attempt(
        smallest.steps.filter((step, index) => index === smallest.steps.length - 1 || step === last || keeps(step)),
      );
  }
  for (let size = Math.max(1, smallest.steps.length >> 1); ; size = Math.max(1, size >> 1)) {
    let removed = false;
    // What came last is most likely to be the cause: it goes last.
    for (let left = smallest.steps.length - 1; left > 0 && inTime(); left -= size) {
      const { steps } = smallest;
      const from = Math.max(0, steps.length - 1 - left);
      const to = Math.min(from + size, steps.length - 1);
      if (from < to && (await attempt([...steps.slice(0, from), ...steps.slice(to)]))) removed = true;
    }
    if (!inTime() || (size === 1 && !removed)) break;
  }
  for (let pairs = true; pairs && inTime(); ) {
    pairs = false;
    const { steps } = smallest;
    if (steps.length > 14) break;
    search: for (let one = 0; one < steps.length - 2; one++) {
      for (let other = one + 1; other < steps.length - 1 && inTime(); other++) {
        if (await attempt(steps.filter((_, index) => index !== one && index !== other))) {
          pairs = true;
          break search;
        }
      }
    }
  }
  return smallest;
}
