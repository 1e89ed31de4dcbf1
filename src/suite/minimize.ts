import type { HistoryEvent } from '../oracle/history.ts';
import { createOracle, type Oracle, type OracleOptions } from '../oracle/oracle.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import { type Fault, faultOf, isLike } from './fault.ts';
import { type Lab, Stopped } from './lab.ts';
import type { Lessons } from './lessons.ts';
import { type Failure, type Plan, Run, type Step, stateIn, Violated } from './run.ts';
import { simplified, unchanged } from './simpler.ts';
import { sweep } from './sweep.ts';

/** The shortest sequence that was found, and whether it shows the violation whenever it is sent. */
export interface Minimal extends Failure {
  readonly fault: Fault;
  /** How often the sequence was sent again at the end, and how often it showed the violation. */
  readonly again: { readonly of: number; readonly seen: number };
}

export const eventsOf = (steps: readonly Step[]): readonly HistoryEvent[] => steps.map(({ event }) => event);

/** Judges what was recorded, from what an oracle believes; the steps up to the first violation, if there is one. */
export function rejudged(steps: readonly Step[], oracle: Oracle): Failure | undefined {
  for (const [index, { event }] of steps.entries()) {
    const { violation } = oracle.observe(event);
    if (violation !== undefined) return { steps: steps.slice(0, index + 1), violation };
  }
  return undefined;
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
  try {
    const inTheSameState = (other: Failure | undefined): other is Failure =>
      same(other) && statesIn(other) === statesIn(failure);
    const recorded = await onRecord(failure, base, inTheSameState, inTime);
    // What was seen before may have to be part of the history.
    const joined = (await withLessons(recorded)) ?? recorded;
    const isAlone = joined.steps.length === recorded.steps.length;
    const candidate = isAlone ? recorded : await onRecord(joined, createOracle(options), inTheSameState, inTime);
    const confirmed = (await live(candidate.steps)) ?? (await live(patient(candidate.steps)));
    if (confirmed !== undefined) smallest = confirmed;
    else {
      // Whatever violation shows then is the one to go on with: it may show elsewhere when nothing came before.
      const taught = joined.steps.slice(0, joined.steps.length - recorded.steps.length);
      const whole = await replay(lab, [...taught, ...failure.steps], options);
      if (whole === undefined) {
        const told = asItWas(failure, createOracle(options));
        return { ...told, fault: faultOf(told.violation, eventsOf(told.steps)), again: { of: 1, seen: 0 } };
      }
      smallest = whole;
      fault = faultOf(whole.violation, eventsOf(whole.steps));
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
    const told = smallest === failure ? asItWas(failure, createOracle(options)) : smallest;
    return { ...told, fault: faultOf(told.violation, eventsOf(told.steps)), again: { of: 0, seen: 0 } };
  }
}
const repeats = 2;

/**
 * The steps with a wait wherever a store was seen settled: what was left out in between may have been what took the
 * time. A store that is settled is looked at once, as before.
 */
const patient = (steps: readonly Step[]): readonly Plan[] =>
  steps.map((step, index) => {
    const { CustomKeyStoreId: id } = step.event.input as { CustomKeyStoreId?: string };
    const state = stateIn(step.event, id);
    const isLast = index === steps.length - 1;
    return isLast || state === undefined || state.endsWith('ING') ? step : { ...step, awaits: state };
  });

/** The states that the store in question may have been in: another way there may be one that the implementation does not go. */
const statesIn = ({ violation, steps }: Failure): string =>
  faultOf(violation, eventsOf(steps)).connectionStates.join(' ');

const storesIn = (steps: readonly Step[]): number =>
  steps.filter(({ event }) => event.op === 'CreateCustomKeyStore' && 'ok' in event).length;

/** How many steps wait for a store to come to a state. */
const waitsIn = (steps: readonly Step[]): number => steps.filter(({ awaits }) => awaits !== undefined).length;

/**
 * What does not show again is told as it was: of what was done to the stores in question nothing is left out, or it would
 * tell of something that never happened.
 */
function asItWas(failure: Failure, oracle: Oracle): Failure {
  const isMeant = isAbout(failure.steps);
  const last = failure.steps.at(-1);
  const told = rejudged(
    failure.steps.filter((step) => step === last || (isMeant(step) && mayHaveChanged(step))),
    oracle,
  );
  return told?.steps.at(-1) === last && told !== undefined ? told : failure;
}

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

/** Is the step about the store, or the key, that the last one is about? */
function isAbout(steps: readonly Step[]): (step: Step) => boolean {
  const ids = new Set(steps.slice(-1).flatMap(({ event }) => idsIn(event.input)));
  for (const { event } of steps) {
    const { KeyMetadata } = ('ok' in event ? event.ok : {}) as { KeyMetadata?: { KeyId?: string } };
    const { CustomKeyStoreId } = event.input as { CustomKeyStoreId?: string };
    if (KeyMetadata?.KeyId !== undefined && ids.has(KeyMetadata.KeyId) && typeof CustomKeyStoreId === 'string')
      ids.add(CustomKeyStoreId);
  }
  return ({ event }) => {
    const made = 'ok' in event && event.op === 'CreateCustomKeyStore' ? [event.ok['CustomKeyStoreId']] : [];
    return [...idsIn(event.input), ...made].some((id) => ids.has(String(id)));
  };
}

const idsIn = (input: object): readonly string[] => {
  const { CustomKeyStoreId } = input as { CustomKeyStoreId?: unknown };
  return [...(typeof CustomKeyStoreId === 'string' ? [CustomKeyStoreId] : []), ...keyIdsOf(input)];
};

const hasWorked = ({ event }: Step): boolean => !('error' in event);

/** A refused update may have been applied in part. */
const mayHaveChanged = (step: Step): boolean => hasWorked(step) || step.event.op === 'UpdateCustomKeyStore';

/** Did the step change something, or wait for something? */
const isStep = ({ event, awaits }: Step): boolean =>
  hasWorked({ event } as Step) && (awaits !== undefined || !event.op.startsWith('Describe'));
