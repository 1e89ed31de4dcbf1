import { defaultEdition } from '../spec/editions.ts';
import { healthyWorld, unknownWorld } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import type { Account, Store } from '../spec/model.ts';
import { defaultChoice, fixedChoice, questionIds } from '../spec/questions.ts';
import { type Answers, type Known, known, type Reading } from '../spec/reading.ts';
import type { Edition, Operation } from '../spec/vocabulary.ts';
import type { HiddenStep } from './effects.ts';

/** What an actor of the machine is started with. */
export interface MachineInput {
  /** The store as CreateCustomKeyStore left it. */
  readonly store: Store;
  readonly edition?: Edition;
  /** Answers to questions; a question that is not answered here has its default. */
  readonly answers?: Answers;
}

/** What an actor of the machine remembers. It survives JSON. */
export interface MachineContext {
  readonly store: Store;
  readonly reading: Reading;
}

/** A request as an event: its type is the operation. `others` are the other stores of the account, if there are any. */
export type RequestEvent = {
  readonly [Op in Operation]: {
    readonly type: Op;
    readonly input: Extract<Request, { readonly op: Op }>['input'];
    readonly others?: Account['stores'];
    /** The ID that a key gets which the request makes. */
    readonly fresh?: string;
  };
}[Operation];

/** A hidden step as an event. */
export type HiddenEvent = {
  readonly [Step in HiddenStep['step']]: { readonly type: Step } & Omit<Extract<HiddenStep, { step: Step }>, 'step'>;
}[HiddenStep['step']];

export type MachineEvent = RequestEvent | HiddenEvent;

/** A machine decides everything, so its reading answers every question. */
export function contextOf({ store, edition = defaultEdition, answers = {} }: MachineInput): MachineContext {
  return { store, reading: completed({ edition, answers }) };
}

/** The reading, with every open question answered by what its edition settles, or else by its default. */
export function completed({ edition, answers }: Reading): Reading {
  const given: Readonly<Record<string, string | undefined>> = answers;
  const all = questionIds.map((id) => [id, given[id] ?? fixedChoice(id, edition) ?? defaultChoice(id)] as const);
  return { edition, answers: Object.fromEntries(all) as Answers };
}

const knownByReading = new WeakMap<Reading, { readonly requests: Known; readonly hidden: Known }>();

/** An actor lives where nothing is wrong, but for connection attempts, which may end in every way. */
export function knownIn({ reading }: MachineContext) {
  const cached = knownByReading.get(reading);
  if (cached !== undefined) return cached;
  const fresh = { requests: known(reading, healthyWorld), hidden: known(reading, unknownWorld) };
  knownByReading.set(reading, fresh);
  return fresh;
}
