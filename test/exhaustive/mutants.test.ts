import { describe, expect, it } from 'vitest';
import { type Arrow, arrows, chartStates } from '../../src/machine/chart.ts';
import { type GuardName, guards } from '../../src/machine/guards.ts';
import { catalogue, operationsOf, ruleIds, rules } from '../../src/spec/catalogue.ts';
import { updatable } from '../../src/spec/eligibility.ts';
import { accountsIn, answersIn } from '../machine/decisions.ts';

/**
 * Faults put into single rules, arrows, guards and cells, one at a time: each has to show in the decisions that
 * test/machine/decisions.test.ts pins, or else that test could not see who breaks the specification.
 */
const edition = '2026-04';
const accounts = accountsIn(edition);
const sound = accounts.map((account) => answersIn(account, edition));

/** Puts a fault in, looks in one account after the other whether anything is said otherwise, and takes it out again. */
function shows(put: () => () => void, operations?: readonly string[]): boolean {
  const only = operations && new Set(operations);
  const undo = put();
  try {
    return accounts.some((account, index) => {
      const before = sound[index]?.filter(([group]) => only === undefined || only.has(group.split(' ').at(-1) ?? ''));
      const after = answersIn(account, edition, only).filter(
        ([group]) => only === undefined || only.has(group.split(' ').at(-1) ?? ''),
      );
      return JSON.stringify(before) !== JSON.stringify(after);
    });
  } catch {
    return true; // The specification itself noticed.
  } finally {
    undo();
  }
}

type Loose = Record<string, unknown>;

function replacing(target: object, member: string, value: unknown): () => void {
  const loose = target as Loose;
  const before = loose[member];
  loose[member] = value;
  return () => {
    loose[member] = before;
  };
}

describe('a fault in the specification shows', () => {
  it.each(ruleIds)('rule %s never refuses, or always', (id) => {
    const kept = operationsOf(id);

    expect(shows(() => replacing(rules[id], 'rejects', () => false), kept)).toBe(true);
    expect(shows(() => replacing(rules[id], 'rejects', () => true), kept)).toBe(true);
  });

  it.each(ruleIds)('rule %s gives another error', (id) => {
    const kept = operationsOf(id);

    expect(shows(() => replacing(rules[id], 'error', 'RequestExpired'), kept)).toBe(true);
  });

  it('every rule stands in the catalogue once, as an object that a fault can be put into', () => {
    expect(
      Object.values(catalogue)
        .flat()
        .filter(({ id, rule }) => rules[id] !== rule),
    ).toEqual([]);
  });

  const named = arrows.map((arrow, index) => [`${index} ${arrow.from ?? 'any state'} ${arrow.event}`, arrow] as const);

  it.each(named)('arrow %s leads elsewhere, has no guard or does nothing', (_, arrow) => {
    const survivors = faultsOf(arrow)
      .filter(([, put]) => !shows(put))
      .map(([name]) => name);

    expect(survivors).toEqual([]);
  });

  it.each(Object.keys(guards) as GuardName[])('guard %s always holds, or never', (name) => {
    expect(shows(() => replacing(guards, name, () => true))).toBe(true);
    expect(shows(() => replacing(guards, name, () => false))).toBe(true);
  });

  const cells = Object.entries(updatable).flatMap(([type, rows]) =>
    Object.entries(rows).flatMap(([field, row]) => Object.keys(row).map((state) => [type, field, state, row] as const)),
  );

  it.each(cells)('cell %s %s %s is flipped', (_type, _field, state, row) => {
    const others = (row as Loose)[state] === 'reject' ? ['allow'] : ['reject', 'allow'];
    const shown = others.some((cell) => shows(() => replacing(row, state, cell), ['UpdateCustomKeyStore']));

    expect(shown).toBe(true);
  });
});

/** What can be wrong with one arrow. Arrows that refuse are not followed by the account, so nothing of theirs counts. */
function faultsOf(arrow: Arrow): readonly (readonly [string, () => () => void])[] {
  if (arrow.actions.includes('refuse')) return [];
  const elsewhere = chartStates.find((state) => state !== (arrow.target ?? arrow.from) && state !== 'DELETED');
  const doing = arrow.actions.filter((name) => name !== 'answer');
  return [
    ['leads elsewhere', () => replacing(arrow, 'target', elsewhere)],
    ...(arrow.guard === undefined ? [] : [['no guard', () => replacing(arrow, 'guard', undefined)] as const]),
    ...doing.map(
      (name) =>
        [
          `no ${name}`,
          () =>
            replacing(
              arrow,
              'actions',
              arrow.actions.filter((other) => other !== name),
            ),
        ] as const,
    ),
  ];
}
