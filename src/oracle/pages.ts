import { given } from '../spec/properties.ts';
import { type HistoryEvent, isUnanswered, type Output } from './history.ts';
import type { Mismatch } from './mismatch.ts';

/**
 * What the pages of a list showed so far, under the marker that leads on. As long as no store is made, changed or
 * deleted, a store stands on one page only, and the last page ends a list of all that there are.
 */
export class Pages {
  #shown: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  copy(): Pages {
    const copy = new Pages();
    copy.#shown = this.#shown;
    return copy;
  }

  /** Stores that a page shows again, or that none has shown. `there`: the stores that are there for certain. */
  wrongIn(event: HistoryEvent, there: () => Iterable<string>): readonly Mismatch[] {
    if (this.#shown.size === 0) return [];
    const page = pageOf(event);
    const before = page?.marker === undefined ? undefined : this.#shown.get(page.marker);
    if (page === undefined || before === undefined) return [];
    const again = page.ids
      .filter((id) => before.has(id))
      .map((about) => ({
        about,
        member: 'CustomKeyStoreId',
        observed: 'on two pages',
        expected: ['on one page of the list'],
      }));
    if (again.length > 0 || page.next !== undefined) return again;
    const shown = new Set([...before, ...page.ids]);
    return [...there()]
      .filter((id) => !shown.has(id))
      .map((about) => ({
        about,
        member: 'CustomKeyStores',
        observed: 'on no page',
        expected: ['on one page of the list'],
      }));
  }

  learn(event: HistoryEvent): void {
    if (changesStores(event)) this.#shown = new Map();
    const page = pageOf(event);
    if (page?.next === undefined) return;
    const before = page.marker === undefined ? new Set<string>() : this.#shown.get(page.marker);
    if (before === undefined) return;
    this.#shown = new Map([...this.#shown].slice(1 - mostMarkers)).set(page.next, new Set([...before, ...page.ids]));
  }
}
const mostMarkers = 100;

/** A page of the list of all stores. */
interface Page {
  readonly ids: readonly string[];
  /** Where it begins; nothing: at the beginning. */
  readonly marker: string | undefined;
  /** Where the next one begins, if there is one. */
  readonly next: string | undefined;
}

function pageOf(event: HistoryEvent): Page | undefined {
  if (event.op !== 'DescribeCustomKeyStores' || !('ok' in event) || event.partial) return undefined;
  const { CustomKeyStoreId, CustomKeyStoreName, Marker } = event.input;
  const { CustomKeyStores: list, NextMarker, Truncated } = event.ok;
  if (given(CustomKeyStoreId) || given(CustomKeyStoreName) || !Array.isArray(list)) return undefined;
  const next = given(NextMarker) || Truncated === true ? String(NextMarker) : undefined;
  const ids = (list as readonly Output[]).map((entry) => String(entry?.['CustomKeyStoreId']));
  return { ids, marker: given(Marker) ? String(Marker) : undefined, next };
}

/** May the event have made, changed or deleted a store? */
const changesStores = (event: HistoryEvent): boolean =>
  (event.op === 'CreateCustomKeyStore' || event.op === 'UpdateCustomKeyStore' || event.op === 'DeleteCustomKeyStore') &&
  ('ok' in event || isUnanswered(event));
