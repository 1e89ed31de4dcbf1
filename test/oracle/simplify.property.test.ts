import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conjoined, disjoined } from '../../src/oracle/joined.ts';
import { nameOf, simplified } from '../../src/oracle/simplify.ts';
import { type Atom, all, any, type Condition, resolved } from '../../src/spec/condition.ts';

describe('a condition in fewer words', () => {
  it('holds where it held before', () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        const short = simplified(condition);

        expect(ways.filter((way) => holds(short, way) !== holds(condition, way))).toEqual([]);
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it('of which both have to hold, or one, holds where they do', () => {
    fc.assert(
      fc.property(conditions, conditions, conditions, (one, other, third) => {
        const both = conjoined(one, other);
        const either = disjoined([one, other, third]);

        expect(ways.filter((way) => holds(both, way) !== (holds(one, way) && holds(other, way)))).toEqual([]);
        const some = (way: Way) => [one, other, third].some((each) => holds(each, way));
        expect(ways.filter((way) => holds(either, way) !== some(way))).toEqual([]);
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it('says nothing of an alternative that asks for more than another', () => {
    const [first, , fact] = atoms as readonly [Atom, Atom, Atom];
    const wider = { ...first, among: ['A', 'B'] } as Atom;

    expect(simplified(any(all(fact, first), wider))).toEqual(wider);
    const other = { ...first, among: ['B'] } as Atom;
    expect(simplified(any(all(fact, wider), first))).toBe(simplified(any(all(fact, other), first)));
  });
});

// Helpers

const of = ['A', 'B', 'C'];
const facts = ['cluster.active x', 'cluster.exists x'];
const question = (id: string, among: readonly string[]) => ({ question: id, among, of }) as unknown as Atom;
const fact = (name: string, is: boolean) => {
  const [kind, about] = name.split(' ');
  return { fact: kind, about, is } as Atom;
};
const atoms: readonly Atom[] = [
  question('NAME_CASE', ['A']),
  question('URI_CASE', ['C']),
  ...facts.map((name) => fact(name, true)),
];

const atom = fc.oneof(
  fc
    .tuple(fc.constantFrom('NAME_CASE', 'URI_CASE'), fc.subarray(of, { minLength: 1, maxLength: 2 }))
    .map(([id, among]) => question(id, among)),
  fc.tuple(fc.constantFrom(...facts), fc.boolean()).map(([name, is]) => fact(name, is)),
);
const { condition: conditions } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    atom,
    fc.array(tie('condition'), { minLength: 2, maxLength: 4 }).map((parts) => all(...parts)),
    fc.array(tie('condition'), { minLength: 2, maxLength: 4 }).map((parts) => any(...parts)),
  ),
}));

type Way = Readonly<Record<string, unknown>>;

/** Every way in which questions may be answered, and facts hold. */
const ways: readonly Way[] = of.flatMap((name) =>
  of.flatMap((uri) =>
    [true, false].flatMap((one) =>
      [true, false].map((other) => ({
        NAME_CASE: name,
        URI_CASE: uri,
        [facts[0] ?? '']: one,
        [facts[1] ?? '']: other,
      })),
    ),
  ),
);

function holds(condition: Condition, way: Way): boolean {
  const left = resolved(condition, (each) => {
    const is = way[nameOf(each)];
    return 'fact' in each ? is === each.is : each.among.includes(String(is));
  });
  return left === true;
}
