import { requestsAbout } from '../machine/alphabet.ts';
import { type HistoryEvent, isCommon } from './history.ts';
import type { Oracle } from './oracle.ts';
import type { OracleOptions } from './oracle-options.ts';

/**
 * Finds out whether anything in a history could have been wrong. Where every answer would have been allowed whatever
 * it was, because nothing is known of the account or of the world, "conforms" would say too much.
 */
export class Telling {
  readonly #options: OracleOptions;
  /** Some answer could have been wrong, and was not. */
  found = false;

  constructor(options: OracleOptions) {
    this.#options = options;
  }

  /** Looks at an event before the oracle does. */
  look(event: HistoryEvent, oracle: Oracle): void {
    if (this.found || 'unknown' in event || event.incomplete || isCommon(event)) return;
    if (event.op === 'DescribeCustomKeyStores' && 'ok' in event) {
      this.found = event.partial !== true && (this.#options.initial !== 'unknown' || showsKnown(event.ok, oracle));
    } else this.found = oracle.isDecided(event);
  }

  /** What to do next, so that an answer could be wrong. */
  advice(oracle: Oracle): readonly string[] {
    const advice: string[] = [];
    for (const { id, type } of oracle.possible()[0]?.stores.slice(0, 1) ?? []) {
      const plain = requestsAbout(id, type, '').filter(({ input }) => Object.keys(input).join() === 'CustomKeyStoreId');
      const decided = plain.find((request) => oracle.isDecided(request));
      if (decided !== undefined) advice.push(`${decided.op} of ${id}: only one kind of answer is allowed`);
    }
    if (this.#options.initial === 'unknown') {
      advice.push('say --initial empty, if the account held no custom key stores when this begins');
      advice.push('DescribeCustomKeyStores, with its output, before and after each change');
    }
    if (this.#options.world === undefined)
      advice.push('declare the clusters and proxies in a world file (--world FILE)');
    return advice;
  }
}

function showsKnown(output: Readonly<Record<string, unknown>>, oracle: Oracle): boolean {
  const { CustomKeyStores: list } = output;
  const known = new Set(oracle.possible().flatMap(({ stores }) => stores.map(({ id }) => id)));
  return Array.isArray(list) && list.some((entry) => known.has(String(entry?.CustomKeyStoreId)));
}
