import { all, any, type Condition, not } from '../spec/condition.ts';
import { canFail, canSucceed } from '../spec/connection.ts';
import { decide } from '../spec/decide.ts';
import { type Cell, refuses } from '../spec/eligibility.ts';
import type { Request } from '../spec/inputs.ts';
import type { Store } from '../spec/model.ts';
import { applicable, isSame } from '../spec/properties.ts';
import type { Known } from '../spec/reading.ts';
import { isIgnored } from '../spec/rules/update.ts';
import type { StoreType } from '../spec/vocabulary.ts';
import type { HiddenStep, Occasion } from './effects.ts';
import { knownIn, type MachineContext, type MachineEvent } from './types.ts';

/** What a guard looks at. */
export interface Moment {
  readonly store: Store;
  readonly occasion: Occasion;
  readonly known: Known;
  /** Do the rules accept the request? Asked only of requests. */
  readonly accepted: () => Condition;
}

/** The cells of the table of eligibility in which a member may change, as an arrow of the chart states them. */
export type ChangeableFields = Readonly<Record<StoreType, Readonly<Record<string, Cell>>>>;

/** The guards that the chart names, each as a condition, so that what is open stays open. */
export const guards = {
  accepts: ({ accepted }) => accepted(),
  acceptsAs: ({ accepted, known }, answer) => all(accepted(), answers(known, answer)),
  acceptsFields: (moment, fields) => all(moment.accepted(), changesOnly(moment, fields as unknown as ChangeableFields)),
  canSucceed: ({ store, known }) => canSucceed(store, known),
  canFail: ({ store, occasion, known }) => 'code' in occasion && canFail(store, occasion.code, known),
  disconnectionIsPending: ({ store }) => store.disconnectPending === true,
  failsBackTo: ({ store, known }, { from, ...answer }) =>
    all(store.disconnectingFrom === from, not(known.holds('disconnection.works', store.id)), answers(known, answer)),
  waitingPeriodIsOver: ({ store, occasion, known }) =>
    'keyId' in occasion &&
    store.keys.some(({ id, state }) => id === occasion.keyId && state === 'PendingDeletion') &&
    known.holds('key.waitingPeriodOver', occasion.keyId),
} as const satisfies Record<string, (moment: Moment, params: Readonly<Record<string, string>>) => Condition>;
export type GuardName = keyof typeof guards;

/** The guards as XState takes them: an actor decides, so requests have to be accepted, and hidden steps be possible. */
export const machineGuards = {
  accepts: (args: GuardArgs) => holds('accepts', args),
  acceptsAs: (args: GuardArgs, params: Readonly<Record<string, string>>) => holds('acceptsAs', args, params),
  acceptsFields: (args: GuardArgs, params: ChangeableFields) => holds('acceptsFields', args, params as never),
  canSucceed: (args: GuardArgs) => holds('canSucceed', args),
  canFail: (args: GuardArgs) => holds('canFail', args),
  disconnectionIsPending: (args: GuardArgs) => holds('disconnectionIsPending', args),
  failsBackTo: (args: GuardArgs, params: Readonly<Record<string, string>>) => holds('failsBackTo', args, params),
  waitingPeriodIsOver: (args: GuardArgs) => holds('waitingPeriodIsOver', args),
} satisfies Record<GuardName, unknown>;

interface GuardArgs {
  readonly context: MachineContext;
  readonly event: MachineEvent;
}

/** The event, as the specification speaks of it. */
export function occasionOf(event: MachineEvent): Occasion {
  if ('input' in event) return { op: event.type, input: event.input } as Request;
  const { type: step, ...rest } = event;
  return { step, ...rest } as HiddenStep;
}

/** What the rules say to an event of an actor. */
export function decisionOf({ context, event }: GuardArgs) {
  const others = 'others' in event ? (event.others ?? []) : [];
  return decide({ stores: [context.store, ...others] }, occasionOf(event) as Request, knownIn(context).requests);
}

function holds(guard: GuardName, args: GuardArgs, params: Readonly<Record<string, string>> = {}): boolean {
  const { requests, hidden } = knownIn(args.context);
  const isRequest = 'input' in args.event;
  const condition = guards[guard](
    {
      store: args.context.store,
      occasion: occasionOf(args.event),
      known: isRequest ? requests : hidden,
      accepted: () => decisionOf(args).accepted,
    },
    params,
  );
  return isRequest ? condition === true : condition !== false;
}

function answers({ answered }: Known, answer: Readonly<Record<string, string>>): Condition {
  return all(...Object.entries(answer).map(([question, choice]) => (answered as LooselyAnswered)(question, choice)));
}
type LooselyAnswered = (question: string, choice: string) => Condition;

/** Does the arrow let every given property of the store change? A value that is repeated or ignored changes nothing. */
function changesOnly({ store, occasion, known }: Moment, fields: ChangeableFields): Condition {
  if (!('op' in occasion) || occasion.op !== 'UpdateCustomKeyStore') return false;
  const { input } = occasion;
  const parts = applicable(input, store, known.edition).map((field) => {
    const cell = fields[store.type][field];
    const isFree = cell !== undefined && not(refuses(cell, known));
    return any(isFree, isSame(store, input, field, known), isIgnored({ store, input, ...known }, field));
  });
  return all(...parts);
}
