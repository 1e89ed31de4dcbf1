import { assign, emit } from 'xstate';
import type { ConnectionState } from '../spec/vocabulary.ts';
import { type EffectName, effects, shownAs } from './effects.ts';
import { decisionOf, occasionOf } from './guards.ts';
import { knownIn, type MachineContext, type MachineEvent } from './types.ts';

interface ActionArgs {
  readonly context: MachineContext;
  readonly event: MachineEvent;
}

/** An effect as an action of XState: of several alternatives, the one that the answers of the machine leave. */
const apply = (name: EffectName) =>
  assign(({ context, event }: ActionArgs) => {
    const { requests } = knownIn(context);
    const fresh = 'fresh' in event && event.fresh !== undefined ? event.fresh : `key-${context.store.keys.length + 1}`;
    const alternatives = effects[name](context.store, occasionOf(event), requests, fresh);
    return { store: alternatives.find(({ when }) => when === true)?.store ?? context.store };
  }) as never;

/** The actions that the chart names. */
export const machineActions = {
  show: assign(
    ({ context }: ActionArgs, { ConnectionState: state }: { readonly ConnectionState: ConnectionState }) => ({
      store: shownAs(context.store, state),
    }),
  ) as never,
  answer: emit(({ event }: ActionArgs) => ({ type: 'answer' as const, op: event.type, ok: true as const })) as never,
  refuse: emit((args: ActionArgs) => {
    const refusal = decisionOf(args).refusals.find(({ when }) => when === true);
    return { type: 'answer' as const, op: args.event.type, error: refusal?.error ?? 'KMSInternalException' };
  }) as never,
  ...(Object.fromEntries(Object.keys(effects).map((name) => [name, apply(name as EffectName)])) as Record<
    EffectName,
    never
  >),
};
