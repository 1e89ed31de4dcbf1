import type { Entry } from './journal.ts';
import { Oracle } from './oracle.ts';
import type { OracleOptions } from './oracle-options.ts';
import type { Violation } from './violation.ts';

/** So many histories are tried at most, until the shortest so far has to do. */
const mostTries = 2000;

/**
 * The fewest of these events that still end in the same violation; undefined if not even all of them do. Parts are
 * left out, halves at first and single events at last, as long as what is left shows the same fault at its last event.
 */
export function shortened(entries: readonly Entry[], violation: Violation, options: OracleOptions) {
  let tries = 0;
  const shows = (some: readonly Entry[]): boolean => {
    tries += 1;
    const again = violationIn(some, options);
    return again !== undefined && reasonOf(again) === reasonOf(violation);
  };
  const first = likely(entries).find(shows);
  if (first === undefined) return undefined;
  let left = first;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = left.length - 1; end > 0 && tries < mostTries; end -= size) {
      const fewer = [...left.slice(0, Math.max(0, end - size)), ...left.slice(end)];
      if (fewer.length < left.length && shows(fewer)) left = fewer;
    }
  }
  return left;
}

/**
 * Histories that may show it, the shortest first: the latest events about what the last one is about, with the
 * creations of that; all events at last. A long history may take long to judge, and most often few events will do.
 */
function likely(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const last = entries.at(-1);
  if (last === undefined) return [];
  const found: (readonly Entry[])[] = [];
  const about = valuesIn(last);
  const near = entries.filter((entry) => [...valuesIn(entry)].some((value) => about.has(value)));
  for (let latest = 1; latest < near.length; latest *= 2) {
    found.push(near.filter(({ event }, place) => place >= near.length - latest || event.op.startsWith('Create')));
  }
  if (near.length < entries.length) found.push(near);
  return [...found, entries];
}

/** The IDs, names and other values of an event that tell one thing from another. */
function valuesIn({ event }: Entry): ReadonlySet<string> {
  const values = new Set<string>();
  JSON.stringify([event.input, 'ok' in event ? event.ok : null], (name, value: unknown) => {
    if (typeof value === 'string' && names.test(name)) values.add(value);
    return value;
  });
  return values;
}
const names = /Id$|Name$|Endpoint$|Arn$/;

/** The violation at the last of these events; none if there is none, or an earlier one. */
export function violationIn(entries: readonly Entry[], options: OracleOptions): Violation | undefined {
  const oracle = new Oracle(options);
  for (const [place, { event }] of entries.entries()) {
    const { violation } = oracle.observe(event);
    if (violation !== undefined) return place === entries.length - 1 ? violation : undefined;
  }
  return undefined;
}

/** Two violations with the same reason show the same fault. */
const reasonOf = ({ event, rules, mismatches, allowed }: Violation): string =>
  JSON.stringify([
    event.op,
    'error' in event ? event.error : 'ok' in event,
    rules.toSorted(),
    mismatches.map(({ member, observed, expected }) => [member, observed, expected.map(String).sort()]),
    rules.length + mismatches.length > 0 || allowed.map(({ result }) => result).sort(),
  ]);

/** Is nothing wrong with these events? */
export function isConforming(entries: readonly Entry[], options: OracleOptions): boolean {
  const oracle = new Oracle(options);
  return entries.every(({ event }) => oracle.observe(event).violation === undefined);
}
