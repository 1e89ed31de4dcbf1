import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { Judge } from '../../src/oracle/judge.ts';
import { verdictText } from '../../src/render/verdict.ts';
import { membersOf } from '../../src/spec/shapes.ts';
import { operations } from '../../src/spec/vocabulary.ts';
import { eventOf } from '../../src/wire/readers/event.ts';
import * as r from './recorded.ts';

const isExhaustive = process.env['SUITE'] === 'exhaustive';
const runs = isExhaustive ? 80 : 40;

describe('an event with any values', () => {
  it('is judged or refused in a line, and never breaks the judge', () => {
    fc.assert(
      fc.property(
        fc.array(events(), { minLength: 1, maxLength: 4 }),
        isExhaustive ? fc.boolean() : fc.constant(false),
        (strange, isTrail) => {
          const judge = new Judge(isTrail ? { initial: 'unknown', worldIs: 'changing' } : {});
          for (const value of [r.createHsm(), r.createXks(), ...strange, r.connect(r.hsm)]) {
            const event = eventOf(value, true);
            if (typeof event === 'string') expect(event).not.toContain('\n');
            else judge.take(event);
          }

          expect(verdictText(judge.verdict(), { name: 'x' })).toContain('x: ');
        },
      ),
      { numRuns: runs, seed: 3 },
    );
  });
});

// Helpers

function value(): fc.Arbitrary<unknown> {
  return fc.oneof(fc.constantFrom(null, '', 'a', r.hsm, r.xks, 5, true, [], {}, [null]), fc.jsonValue({ maxDepth: 2 }));
}

function entry(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constant(r.hsmEntry('DISCONNECTED')),
    fc.record({
      CustomKeyStoreId: fc.oneof(fc.constant(r.hsm), value()),
      CustomKeyStoreName: value(),
      ConnectionState: value(),
      ConnectionErrorCode: value(),
      CreationDate: value(),
      XksProxyConfiguration: value(),
    }),
    value(),
  );
}

function events(): fc.Arbitrary<unknown> {
  return fc.constantFrom(...operations).chain((op) => {
    const input = fc.record(
      Object.fromEntries(
        Object.keys(membersOf(op)).map((name) => [name, fc.oneof(fc.constantFrom(r.hsm, r.xks), value())]),
      ),
      { requiredKeys: [] },
    );
    const list = fc.record({
      CustomKeyStores: fc.oneof(fc.array(entry(), { maxLength: 2 }), value()),
      Truncated: value(),
    });
    const ok = fc.oneof(
      list,
      fc.record({ CustomKeyStoreId: value() }),
      fc.record({ KeyMetadata: value() }),
      fc.object(),
    );
    return fc.oneof(
      fc.record({ op: fc.constant(op), input, ok }),
      fc.record({ op: fc.constant(op), input, error: fc.oneof(fc.constant('NotFoundException'), fc.string()) }),
      fc.record({ op: fc.constant(op), input, unknown: fc.string() }),
    ) as fc.Arbitrary<HistoryEvent>;
  });
}
