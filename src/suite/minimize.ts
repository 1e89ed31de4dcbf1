import type { HistoryEvent } from '../oracle/history.ts';
import { createOracle, type Oracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import { type Fault, faultOf, isLike } from './fault.ts';
import { type Lab, Stopped } from './lab.ts';
import type { Lessons } from './lessons.ts';
import {
  asItWas,
  asRecorded,
  changesIn,
  eventsOf,
  hasWorked,
  isAbout,
  isStep,
  leavesStore,
  patient,
  rejudged,
} from './on-record.ts';
import { type Failure, type Plan, Run, type Step, Violated } from './run.ts';
import { simplified, unchanged } from './simpler.ts';
import { sweep } from './sweep.ts';

/** The shortest sequence that was found, and whether it shows the violation whenever it is sent. */
export interface Minimal extends Failure {
  readonly fault: Fault;
  /** How often the sequence was sent again at the end, and how often it showed the violation. */
  readonly again: { readonly of: number; readonly seen: number };
}

/** Sends symbolic steps again, and judges the answers from nothing. Leaves nothing behind, if that can be. */
export async function replay(lab: Lab, plans: readonly Plan[], options: OracleOptions): Promise<Failure | undefined> {
  if (!lab.hasRoom && !(await lab.startOver())) throw new Stopped('no room for another store');
  const run = new Run(lab, createOracle(options));
  try {
    for (const { request, awaits, makes, part = 0 } of plans) {
      run.enter(part);
      const { CustomKeyStoreId } = request.input as { CustomKeyStoreId?: string };
      if (awaits !== undefined && CustomKeyStoreId !== undefined)
        await run.poll(request, CustomKeyStoreId, false, awaits);
      else await run.send(request, makes);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Violated) return error;
    throw error;
  } finally {
    await sweep(lab, run.made, run.leavesKeys);
  }
}

/**
 * The failure with as few steps as it takes. What was recorded is shortened first, which costs nothing; then the rest
 * is sent again, and shortened further as long as it still shows the same fault.
 */
export async function minimize(
  lab: Lab,
  failure: Failure,
  lessons: Lessons,
  base: Oracle,
  options: OracleOptions,
  until: number,
  waits: 'may go' | 'stay' = 'may go',
): Promise<Minimal> {
  let fault = faultOf(failure.violation, eventsOf(failure.steps));
  const same = (other: Failure | undefined): other is Failure =>
    other !== undefined &&
    isLike(faultOf(other.violation, eventsOf(other.steps)), fault) &&
    (waits === 'may go' || waitsIn(other.steps) === waitsIn(failure.steps));
  // Where stores cannot be deleted, each attempt takes room: what it takes to send the shortest again is kept.
  const { room } = lab;
  const hasRoom = () => lab.canStartOver || lab.room >= room || lab.room > repeats * storesIn(smallest.steps);
  const inTime = () => performance.now() < until && hasRoom();
  const live = async (plans: readonly Plan[]): Promise<Failure | undefined> => {
    const again = await replay(lab, plans, options);
    return same(again) ? again : undefined;
  };
  /** The failure after the earlier sequences that it takes, where it does not show alone. */
  const withLessons = async (recorded: Failure): Promise<Failure | undefined> => {
    const shows = (before: Oracle, taught: readonly Step[]): boolean => {
      const steps = [...taught, ...recorded.steps];
      const again = rejudged(steps, before.fork());
      return same(again) && again.steps.length === steps.length;
    };
    const taught = await lessons.needed(shows, inTime);
    return taught && { ...recorded, steps: [...taught, ...recorded.steps] };
  };
  let smallest = failure;
  let told: Failure | undefined;
  try {
    const inTheSameSituation = (other: Failure | undefined): other is Failure =>
      same(other) && situationIn(other) === situationIn(failure);
    const recorded = await onRecord(failure, base, inTheSameSituation, inTime);
    // What was seen before may have to be part of the history.
    const joined = (await withLessons(recorded)) ?? recorded;
    const isAlone = joined.steps.length === recorded.steps.length;
    const candidate = isAlone ? recorded : await onRecord(joined, createOracle(options), inTheSameSituation, inTime);
    const taught = joined.steps.slice(0, joined.steps.length - recorded.steps.length);
    const whole = [...taught, ...failure.steps];
    const careful = patient(candidate.steps, whole);
    told = asRecorded(careful, createOracle(options));
    const isDear = candidate.steps.some(leavesStore) && !lab.canStartOver;
    // Where every attempt leaves a store behind, what was shortened on record is sent with all its waits, and then without.
    const first = isDear ? await live(careful) : undefined;
    if (first !== undefined) {
      smallest = first;
      const second = await live(first.steps.filter(({ awaits }) => awaits === undefined));
      smallest = second ?? first;
      const seen = second === undefined && (await live(first.steps)) === undefined ? 1 : 2;
      return { ...smallest, fault: faultOf(smallest.violation, eventsOf(smallest.steps)), again: { of: 2, seen } };
    }
    const confirmed = isDear ? await live(changesIn(whole)) : ((await live(candidate.steps)) ?? (await live(careful)));
    if (confirmed !== undefined) smallest = confirmed;
    else {
      // Whatever violation shows then is the one to go on with: it may show elsewhere when nothing came before.
      const again = await replay(lab, whole, options);
      if (again === undefined) {
        const was = asItWas(failure, options);
        return { ...was, fault: faultOf(was.violation, eventsOf(was.steps)), again: { of: 1, seen: 0 } };
      }
      smallest = again;
      fault = faultOf(again.violation, eventsOf(again.steps));
    }
    smallest = await shortened(smallest, live, inTime);
    smallest = await unchanged(smallest, live, inTime);
    smallest = await simplified(smallest, live, inTime);
    let seen = 0;
    for (let i = 0; i < repeats; i++) if ((await live(smallest.steps)) !== undefined) seen += 1;
    // What shows only now and then may need the time that a wait took: an endpoint may be slow.
    if (seen < repeats && waits === 'may go' && waitsIn(failure.steps) > 0) {
      const patient = await minimize(lab, failure, lessons, base, options, until, 'stay');
      if (patient.again.seen > seen) return patient;
    }
    return { ...smallest, fault: faultOf(smallest.violation, eventsOf(smallest.steps)), again: { of: repeats, seen } };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    // There was no room to send it again.
    const left = smallest === failure ? (told ?? asItWas(failure, options)) : smallest;
    return { ...left, fault: faultOf(left.violation, eventsOf(left.steps)), again: { of: 0, seen: 0 } };
  }
}
const repeats = 2;

/**
 * The states that the store in question may have been in, and what should have been shown: another way there may be one
 * that the implementation does not go, and without its cause a wrong answer may be wrong for another reason.
 */
const situationIn = ({ violation, steps }: Failure): string =>
  JSON.stringify([
    faultOf(violation, eventsOf(steps)).connectionStates,
    violation.mismatches.map(({ member, expected }) => [member, expected]),
  ]);

const storesIn = (steps: readonly Step[]): number =>
  steps.filter(({ event }) => event.op === 'CreateCustomKeyStore' && 'ok' in event).length;

/** How many steps wait for a store to come to a state. */
const waitsIn = (steps: readonly Step[]): number => steps.filter(({ awaits }) => awaits !== undefined).length;

/** Shortens what was recorded, without sending anything. The oracle is kept at every step, so that only the rest is judged. */
async function onRecord(
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
  return shortened(
    failure,
    async (steps) => {
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

const creates = (event: HistoryEvent, id: string): boolean =>
  event.op === 'CreateCustomKeyStore' && 'ok' in event && event.ok['CustomKeyStoreId'] === id;

/** Leaves out ever smaller parts, as long as what is left fails in the same way; at last every pair of steps. */
async function shortened(
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
    for (let start = smallest.steps.length - 1 - size; start > -size && inTime(); start -= size) {
      const { steps } = smallest;
      const from = Math.max(0, start);
      const to = Math.min(start + size, steps.length - 1);
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
