import type { HistoryEvent, Output } from './history.ts';
import type { Mismatch } from './mismatch.ts';

/**
 * When each store was created, as the first answer that showed it says: it cannot change. Nobody can foretell the date,
 * and nothing else depends on it, so that it is no part of what is believed of a store.
 */
export class Dates {
  readonly #shown: Map<string, unknown>;

  constructor(shown: Iterable<readonly [string, unknown]> = []) {
    this.#shown = new Map(shown);
  }

  copy(): Dates {
    return new Dates(this.#shown);
  }

  /** Dates that an answer shows, and that cannot be. */
  wrongIn(event: HistoryEvent): readonly Mismatch[] {
    const mismatches: Mismatch[] = [];
    for (const [about, observed] of datesIn(event)) {
      const before = this.#shown.get(about);
      if (before === observed) continue; // It was a date then.
      const wrong = { about, member: 'CreationDate', observed };
      if (!isDate(observed)) mismatches.push({ ...wrong, expected: ['a date'] });
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
}
const mostDates = 10_000;

const none: readonly (readonly [string, unknown])[] = [];

function datesIn(event: HistoryEvent): readonly (readonly [string, unknown])[] {
  if (event.op !== 'DescribeCustomKeyStores' || !('ok' in event)) return none;
  const list: unknown = event.ok['CustomKeyStores'];
  if (!Array.isArray(list)) return none;
  const found: (readonly [string, unknown])[] = [];
  for (const entry of list as readonly Output[]) {
    const { CustomKeyStoreId: id, CreationDate: date } = entry ?? {};
    if (typeof id === 'string' && date !== undefined && date !== null) found.push([id, date]);
  }
  return found;
}

/** A number on the wire; a recorder may have written it out. */
const isDate = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') || value instanceof Date;

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
/** A number above this is one of milliseconds: as seconds it would be the year 5138. */
const latestSeconds = 1e11;
