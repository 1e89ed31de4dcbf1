import fc from 'fast-check';
import { requestsAbout } from '../../machine/alphabet.ts';
import type { HistoryEvent } from '../../oracle/history.ts';
import { createOracle, type Oracle } from '../../oracle/oracle.ts';
import type { OracleOptions } from '../../oracle/oracle-options.ts';
import type { Request } from '../../spec/inputs.ts';
import { type StoreType, storeTypes } from '../../spec/vocabulary.ts';
import { eventLine } from '../told.ts';
import { anyCreation } from './arbitraries.ts';
import { ConformanceError, newId, type Send } from './run-scenario.ts';

/** What the commands know: the oracle, and the stores and keys that they made. */
export interface CommandModel {
  readonly oracle: Oracle;
  readonly history: HistoryEvent[];
  readonly stores: { readonly id: string; readonly type: StoreType; readonly keyIds: string[] }[];
}

/** What the commands act on. Properties of your own may put more into it. */
export interface CommandReal {
  readonly send: Send;
}

/** The model with which fc.asyncModelRun begins. */
export const commandModel = (options: OracleOptions = {}): CommandModel => ({
  oracle: createOracle(options),
  history: [],
  stores: [],
});

/** A command that sends one request, and has the answer judged. */
export class RequestCommand implements fc.AsyncCommand<CommandModel, CommandReal> {
  readonly #label: string;
  readonly #choose: (model: CommandModel) => Request | undefined;
  #sent: HistoryEvent | undefined;

  /** @param choose the request; none, if it cannot be sent now */
  constructor(label: string, choose: (model: CommandModel) => Request | undefined) {
    this.#label = label;
    this.#choose = choose;
  }

  check(model: Readonly<CommandModel>): boolean {
    return this.#choose(model) !== undefined;
  }

  async run({ oracle, history, stores }: CommandModel, { send }: CommandReal): Promise<void> {
    const request = this.#choose({ oracle, history, stores }) as Request;
    const event = { ...request, ...(await send(request)) } as HistoryEvent;
    this.#sent = event;
    history.push(event);
    const { violation } = oracle.observe(event);
    if (violation !== undefined) throw new ConformanceError(violation, history);
    const id = newId(event);
    if (id === undefined) return;
    if (event.op === 'CreateCustomKeyStore' && !stores.some((store) => store.id === id))
      stores.push({ id, type: event.input.CustomKeyStoreType ?? 'AWS_CLOUDHSM', keyIds: [] });
    if (event.op === 'CreateKey') stores.find((store) => store.id === event.input.CustomKeyStoreId)?.keyIds.push(id);
  }

  toString(): string {
    return this.#sent === undefined ? this.#label : eventLine(this.#sent);
  }
}

/**
 * Commands for `fc.commands(requestCommands())`: creations, looks, and every request of the alphabet about the stores
 * and keys that were made on the way.
 */
export function requestCommands({
  withKeys = true,
}: {
  readonly withKeys?: boolean;
} = {}): fc.Arbitrary<fc.AsyncCommand<CommandModel, CommandReal>>[] {
  const about = fc.record({
    nth: fc.nat({ max: 3 }),
    type: fc.constantFrom(...storeTypes),
    pick: fc.nat({ max: 9999 }),
  });
  const look: Request = { op: 'DescribeCustomKeyStores', input: {} };
  return [
    anyCreation().map(
      (request) => new RequestCommand(request.op, ({ stores }) => (stores.length < 4 ? request : undefined)),
    ),
    fc.constant(0).map(() => new RequestCommand(look.op, () => look)),
    ...[
      ['ConnectCustomKeyStore'],
      ['DisconnectCustomKeyStore'],
      ['DeleteCustomKeyStore'],
      ['UpdateCustomKeyStore'],
      undefined,
    ].map((ops) =>
      about.map(
        ({ nth, type, pick }) =>
          new RequestCommand(ops?.[0] ?? 'a request', ({ stores }) => {
            const ofType = stores.filter((store) => store.type === type);
            const store = ofType[nth % Math.max(1, ofType.length)];
            if (store === undefined) return undefined;
            const keyId = store.keyIds[pick % Math.max(1, store.keyIds.length)];
            const requests = requestsAbout(store.id, type, keyId ?? '').filter(
              ({ op, input }) =>
                (ops === undefined || ops.includes(op)) &&
                (withKeys || op !== 'CreateKey') &&
                (keyId !== undefined || !('KeyId' in input)),
            );
            return requests[pick % requests.length];
          }),
      ),
    ),
  ];
}
