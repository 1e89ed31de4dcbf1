import { outcomesOf } from '../machine/account.ts';
import { arrows } from '../machine/chart.ts';
import type { HistoryEvent } from '../oracle/history.ts';
import { ruleIds } from '../spec/catalogue.ts';
import { cellOf, type UpdateField, updatable } from '../spec/eligibility.ts';
import { errors } from '../spec/errors.ts';
import { healthyWorld } from '../spec/facts.ts';
import type { Account } from '../spec/model.ts';
import { fieldsGiven } from '../spec/properties.ts';
import { known } from '../spec/reading.ts';
import { connectionStates, type Edition, storeTypes } from '../spec/vocabulary.ts';

/** What a series of histories has touched. */
export interface Coverage {
  readonly states: ReadonlySet<string>;
  readonly transitions: ReadonlySet<string>;
  readonly cells: ReadonlySet<string>;
  readonly rules: ReadonlySet<string>;
  readonly errors: ReadonlySet<string>;
}

/** The number of things there are to touch. */
export const coverable = {
  states: storeTypes.length * connectionStates.length,
  transitions: new Set(
    arrows.flatMap(({ transition, from, event }) => (transition === undefined ? [] : [`${from} ${event}`])),
  ).size,
  cells: storeTypes.reduce((sum, type) => sum + Object.keys(updatable[type]).length * connectionStates.length, 0),
  rules: ruleIds.length,
  errors: Object.keys(errors).length,
} as const;

/** Gathers coverage from the events that were judged, each with the account before it. */
export class CoverageRecorder implements Coverage {
  readonly states = new Set<string>();
  readonly transitions = new Set<string>();
  readonly cells = new Set<string>();
  readonly rules = new Set<string>();
  readonly errors = new Set<string>();

  add(event: HistoryEvent, before: Account, after: Account, edition: Edition): void {
    for (const { type, connectionState } of after.stores) this.states.add(`${type} ${connectionState}`);
    const { CustomKeyStoreId } = event.input as { CustomKeyStoreId?: string };
    const store = before.stores.find(({ id }) => id === CustomKeyStoreId);
    if (store !== undefined && event.op === 'UpdateCustomKeyStore') {
      const [field, ...more] = fieldsGiven(event.input, edition) as readonly UpdateField[];
      if (field !== undefined && more.length === 0 && cellOf(store.type, field, store.connectionState) !== undefined) {
        this.cells.add(`${store.type} ${field} ${store.connectionState}`);
      }
    }
    if ('ok' in event && store !== undefined) this.#arrow(store.connectionState, event.op);
    for (const was of before.stores) {
      const is = after.stores.find(({ id }) => id === was.id);
      if (is?.connectionState === 'CONNECTED' && was.connectionState === 'CONNECTING')
        this.#arrow('CONNECTING', 'connection.succeeds');
      if (is?.connectionState === 'FAILED' && was.connectionState === 'CONNECTING')
        this.#arrow('CONNECTING', 'connection.fails');
      if (is?.connectionState === 'DISCONNECTED' && was.connectionState === 'DISCONNECTING')
        this.#arrow('DISCONNECTING', 'disconnection.ends');
    }
    if (!('error' in event)) return;
    this.errors.add(event.error);
    const { refusals } = outcomesOf(before, event, known({ edition, answers: {} }, healthyWorld), '');
    for (const { rule, error } of refusals) if (error === event.error) this.rules.add(rule);
  }

  #arrow(from: string, event: string): void {
    if (arrows.some((arrow) => arrow.from === from && arrow.event === event && arrow.transition !== undefined)) {
      this.transitions.add(`${from} ${event}`);
    }
  }
}
