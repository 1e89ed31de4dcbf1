import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { historyOfTrace, isTrace, traceOf } from '../../src/render/itf.ts';
import { operations } from '../../src/spec/vocabulary.ts';
import { withoutSecrets } from '../../src/suite/masked.ts';
import { tour } from '../../src/suite/tour.ts';

const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false }).map(normal);
const members = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('#map', '#set', 'CustomKeyStoreId')), json, {
  maxKeys: 4,
});
const event = fc
  .record({
    op: fc.constantFrom(...operations),
    input: members,
    outcome: fc.oneof(
      members.map((ok) => ({ ok })),
      fc.record({ error: fc.string(), status: fc.constantFrom(400, 404) }),
      fc.string().map((unknown) => ({ unknown })),
    ),
    noted: fc.record({ start: fc.nat(), client: fc.string() }, { requiredKeys: [] }),
  })
  .map(({ op, input, outcome, noted }) => normal({ op, input, ...outcome, ...noted }) as HistoryEvent);

describe('an ITF trace', () => {
  it('gives back the history that it was made of', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), (history) => {
        const trace: unknown = normal(traceOf(history));
        if (!isTrace(trace)) throw new Error('not a trace');
        expect(historyOfTrace(trace)).toEqual(withoutSecrets(history));
      }),
      { numRuns: 50 },
    );
  });

  it('has a state for the beginning and one for every event, each with every variable', () => {
    const { states, vars } = traceOf(tour);
    expect(states).toHaveLength(tour.length + 1);
    for (const state of states) expect(Object.keys(state)).toEqual(['#meta', ...vars]);
    expect(states.map(({ verdict }) => verdict)).toEqual(states.map(() => 'conforms'));
    expect(states.at(5)?.['stores']).toEqual({
      '#map': [
        ['cks-hsm', { '#set': ['FAILED'] }],
        ['cks-xks', { '#set': ['CONNECTED'] }],
      ],
    });
  });

  it('holds only values that the format has', () => {
    const values = (value: unknown): readonly unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(values) : [value];
    fc.assert(
      fc.property(event, (each) => {
        for (const value of values(traceOf([each]).states)) {
          expect(typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value)).toBe(true);
        }
      }),
    );
  });

  it('names the state that has no event', () => {
    expect(historyOfTrace({ states: [{ event: { op: 'Init' } }, { event: 5 }] })).toContain('state 1');
  });
});

/** The value as it is after a file. */
function normal<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
