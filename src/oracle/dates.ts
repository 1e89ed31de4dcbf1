import type { HistoryEvent, Output } from './history.ts';
import type { Mismatch } from './mismatch.ts';

/**
 * When each store and key was created, as the first answer that showed it says: it cannot change. Nobody can foretell
 * the date, and nothing else depends on it, so that it is no part of what is believed of a store or a key.
 */
export class Dates {
  readonly #shown: Map<string, unknown>;
  /** May a number be one of milliseconds, as some recorders write it? */
  readonly #mayBeMilliseconds: boolean;

  constructor(mayBeMilliseconds: boolean, shown: Iterable<readonly [string, unknown]> = []) {
    this.#shown = new Map(shown);
    this.#mayBeMilliseconds = mayBeMilliseconds;
  }

  copy(): Dates {
    return new Dates(this.#mayBeMilliseconds, this.#shown);
  }

  /** Dates that an answer shows, and that cannot be. */
  wrongIn(event: HistoryEvent): readonly Mismatch[] {
    const mismatches: Mismatch[] = [];
    for (const [about, observed] of datesIn(event)) {
      const before = this.#shown.get(about);
      if (before === observed) continue; // It was a date then.
      const wrong = { about, member: 'CreationDate', observed };
      if (!this.#isDate(observed)) mismatches.push({ ...wrong, expected: ['seconds since 1970'] });
      else if (before !== undefined && !isSame(before, observed)) mismatches.push({ ...wrong, expected: [before] });
    }
    return mismatches;
  }

  learn(event: HistoryEvent): void {
    for (const [id, date] of datesIn(event)) if (!this.#shown.has(id)) this.#shown.set(id, date);
    while (this.#shown.size > mostDates) this.#shown.delete(this.#shown.keys().next().value as string);
  }

  forget(id: string): void {
    this.#shown.delete(id);
  }

  /** A number on the wire; a recorder may have written it out. */
  #isDate = (value: unknown): boolean =>
    typeof value === 'number'
      ? value >= 0 && (value < latestSeconds || this.#mayBeMilliseconds)
      : (typeof value === 'string' && value !== '') || value instanceof Date;
}
const mostDates = 10_000;

const none: readonly (readonly [string, unknown])[] = [];

function datesIn(event: HistoryEvent): readonly (readonly [string, unknown])[] {
  if (!('ok' in event)) return none;
  if (event.op === 'DescribeCustomKeyStores') return datesOf(event.ok['CustomKeyStores'], 'CustomKeyStoreId');
  return event.op === 'CreateKey' || event.op === 'DescribeKey' ? datesOf([event.ok['KeyMetadata']], 'KeyId') : none;
}

function datesOf(list: unknown, idMember: 'CustomKeyStoreId' | 'KeyId'): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(list)) return none;
  const found: (readonly [string, unknown])[] = [];
  for (const entry of list as readonly Output[]) {
    const { [idMember]: id, CreationDate: date } = entry ?? {};
    if (typeof id === 'string' && date !== undefined && date !== null) found.push([id, date]);
  }
  return found;
}

/**
 * What was written out may have lost its fraction, or its milliseconds; a text that is no date tells nothing. Two numbers
 * of one kind, or two dates, are from one hand, and have lost nothing but a rounding.
 */
function isSame(one: unknown, other: unknown): boolean {
  const apart = Math.abs(millisecondsOf(one) - millisecondsOf(other));
  return Number.isNaN(apart) || apart < (kindOf(one) === kindOf(other) && kindOf(one) !== 'text' ? 2 : 1000);
}

const kindOf = (date: unknown): string =>
  typeof date === 'number' ? (Number.isInteger(date) ? 'whole' : 'fraction') : date instanceof Date ? 'date' : 'text';

function millisecondsOf(date: unknown): number {
  if (typeof date === 'number') return date < latestSeconds ? date * 1000 : date;
  return date instanceof Date ? date.getTime() : Date.parse(String(date));
}
/** A number from this on is one of milliseconds: as seconds it would be the year 5138. */
const latestSeconds = 1e11;
