import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersTo, askedOf, asksOfOthers, saidOf } from '../../src/oracle/asked.ts';
import { Assumptions } from '../../src/oracle/assumptions.ts';
import { Automaton, edgeAlong } from '../../src/oracle/automaton.ts';
import { namesIn } from '../../src/oracle/clauses.ts';
import { Grounds } from '../../src/oracle/grounds.ts';
import { standIn } from '../../src/oracle/opaque.ts';
import { nameOf } from '../../src/oracle/simplify.ts';
import { type Atom, any, type Condition, type Open, resolved } from '../../src/spec/condition.ts';
import { choicesOf, type QuestionId } from '../../src/spec/questions.ts';

describe('what is taken for granted of what was asked for', () => {
  it('decides what is left of a condition', () => {
    let alike = 0;
    fc.assert(
      fc.property(clauses, clauses, clauses, condition, (common, some, others, asked) => {
        const [one, other] = [taken([...common, ...some]), taken([...common, ...others])];
        if (one === undefined || other === undefined || one.key === other.key) return;
        if (said(one, asked) !== said(other, asked)) return;
        alike += 1;
        const left = one.residue(asked);
        const possible = ways.filter((way) => allows(other, way));

        expect(possible.filter((way) => holds(left, way) !== holds(asked, way))).toEqual([]);
        if (possible.every((way) => !holds(asked, way))) expect(left).toBe(false);
      }),
      { numRuns: 20_000, seed: 11 },
    );
    expect(alike).toBeGreaterThan(2000);
  });

  it('also by way of what was not asked for', () => {
    const [a, b, c, d] = facts.map((name) => [asFact(name, true), asFact(name, false)] as const) as readonly Pair[];
    if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('too few facts');
    const some = [any(a[0], b[0]), any(b[1], c[0]), any(c[1], d[0])];
    const [one, other] = [taken(some), taken([...some, any(c[1], d[1])])] as readonly [Assumptions, Assumptions];

    expect([one.residue(a[1]), other.residue(a[1])]).toEqual([a[1], false]);
    expect(said(one, a[1])).not.toBe(said(other, a[1]));
  });
});

describe('what is taken for granted about a store', () => {
  const names = (piece: string) => (piece === own ? standIn(0) : piece);
  const related = (about: string): Open => ({ fact: 'cluster.unrelated', about, is: true });
  const grounds = (...conditions: readonly Open[]) => [new Grounds(taken(conditions) as Assumptions)];
  const alone = { fact: 'cluster.active', about: own, is: true } as const;

  it('leaves out what is so of it and of another one', () => {
    const about = new Set([own]);
    const [few, more] = [grounds(alone), grounds(alone, related(`${own} cluster-b`))];

    expect(saidOf(more, about, names, true)).toBe(saidOf(few, about, names, true));
    expect(saidOf(more, about, names)).not.toBe(saidOf(few, about, names));
    const both = new Set([own, 'cluster-b']);
    expect(saidOf(more, both, names, true)).not.toBe(saidOf(few, both, names, true));
  });

  it('is not enough for a step that asked for that', () => {
    const automaton = new Automaton();
    const node = automaton.nodeOf({ sets: [], literals: new Set() }, '');
    const bound = { values: [], roles: [], marks: [] };
    const asking = (...facts: readonly string[]) => askedOf(facts, names);
    const step = (facts: readonly string[]) =>
      edgeAlong({ ...bound, asked: asking(...facts), said: 1, form: undefined, lessons: undefined }, bound, undefined);
    automaton.addEdge(node, 1, step([`cluster.unrelated ${own} cluster-b`]));
    automaton.addEdge(node, 2, step([`cluster.active ${own}`]));

    expect([...node.edges.keys()]).toEqual([2]);
    expect(asksOfOthers(asking(`cluster.unrelated cluster-b ${own}`))).toBe(true);
    expect(asksOfOthers(asking(`cluster.unrelated ${own} ${own}`))).toBe(false);
  });
});

// Helpers

const own = 'cluster-a';
const questions: readonly QuestionId[] = ['NAME_CASE', 'CONNECT_WHEN_CONNECTED'];
const facts = [
  `cluster.active ${own}`,
  `cluster.exists ${own}`,
  'cluster.exists cluster-b',
  'cluster.active cluster-b',
];
type Pair = readonly [is: Atom, isNot: Atom];

const asFact = (name: string, is: boolean): Atom => {
  const [kind, about] = name.split(' ');
  return { fact: kind, about, is } as Atom;
};
const atom: fc.Arbitrary<Atom> = fc.oneof(
  fc.tuple(fc.constantFrom(...facts), fc.boolean()).map(([name, is]) => asFact(name, is)),
  fc
    .constantFrom(...questions)
    .chain((question) =>
      fc
        .subarray([...choicesOf(question)], { minLength: 1, maxLength: choicesOf(question).length - 1 })
        .map((among) => ({ question, among, of: choicesOf(question) }) as Atom),
    ),
);
const part = fc.oneof(
  atom,
  fc.array(atom, { minLength: 2, maxLength: 2 }).map((atoms) => any(...atoms)),
);
const clauses = fc.array(part, { maxLength: 2 });
const condition: fc.Arbitrary<Open> = fc.oneof(
  atom,
  fc.array(atom, { minLength: 2, maxLength: 3 }).map((parts) => ({ all: parts })),
  fc.array(atom, { minLength: 2, maxLength: 3 }).map((parts) => ({ any: parts })),
);

/** What is taken for granted once all of these were seen to hold; nothing, if they cannot. */
function taken(conditions: readonly Condition[]): Assumptions | undefined {
  let assumed: Assumptions | undefined = Assumptions.none(true);
  for (const each of conditions) assumed = assumed?.with(each);
  return assumed;
}

const said = (assumed: Assumptions, asked: Open): string =>
  answersTo(
    askedOf(namesIn(asked), (piece) => piece),
    [new Grounds(assumed)],
    [],
    (piece) => piece,
  );

type Way = ReadonlyMap<string, boolean | string>;
const ways: readonly Way[] = [
  ...questions.map((question) => choicesOf(question).map((choice) => [question, choice] as const)),
  ...facts.map((name) => [true, false].map((is) => [name, is] as const)),
].reduce<readonly Way[]>(
  (before, next) => before.flatMap((way) => next.map(([name, is]) => new Map([...way, [name, is]]))),
  [new Map()],
);

const holds = (when: Condition, way: Way): boolean =>
  resolved(when, (each) => {
    const is = way.get(nameOf(each));
    return 'fact' in each ? is === each.is : (each.among as readonly unknown[]).includes(is);
  }) === true;

const allows = ({ facts: known, choices, clauses: open }: Assumptions, way: Way): boolean =>
  [...known].every(([name, is]) => way.get(name) === is) &&
  [...choices].every(([question, left]) => left.includes(way.get(question) as string)) &&
  open.every((clause) => holds(clause, way));
