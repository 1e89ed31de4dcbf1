import { type Arrow, arrows, chartStates } from '../src/machine/chart.ts';
import { effects } from '../src/machine/effects.ts';
import { guards } from '../src/machine/guards.ts';
import { catalogue, operationsOf, type RuleId, ruleIds, rules } from '../src/spec/catalogue.ts';
import { accepting, updatable } from '../src/spec/eligibility.ts';
import { keyStateTable } from '../src/spec/key-state.ts';
import { choicesOf, type QuestionId, questionIds } from '../src/spec/questions.ts';
import type { Answers } from '../src/spec/reading.ts';
import { operations } from '../src/spec/vocabulary.ts';

/** One fault of first order in the specification. */
export interface SpecFault {
  readonly group: 'rule' | 'forgotten' | 'arrow' | 'guard' | 'effect' | 'cell';
  readonly name: string;
  readonly change: Change;
  /** What meets the fault: whoever does nothing that this change would change. The change itself, but for one group. */
  readonly metWith: Change;
  /** Answers under which it shows, where it is about a question. */
  readonly answers: readonly Answers[];
  /** The operations in which it can show; all, if left out. */
  readonly ops?: readonly string[];
}

/** Another value of one member of the specification. */
export interface Change {
  readonly target: object;
  readonly member: string;
  readonly value: unknown;
}

type Fault = Omit<SpecFault, 'group'>;

/** Puts a fault in, does something, and takes it out again. */
export function having<T>({ change: { target, member, value } }: SpecFault, work: () => T): T {
  const loose = target as Record<string, unknown>;
  const before = loose[member];
  loose[member] = value;
  try {
    return work();
  } finally {
    loose[member] = before;
  }
}

const replacing = (target: object, member: string, value: unknown): Change => ({ target, member, value });

const fault = (name: string, change: Change, answers: readonly Answers[] = [], ops?: readonly string[]): Fault => ({
  name,
  change,
  metWith: change,
  answers,
  ...(ops && { ops }),
});

const answersTo = (question: QuestionId): readonly Answers[] =>
  choicesOf(question).map((choice) => ({ [question]: choice }) as Answers);

/** The questions that the error of a rule, and what it rejects, ask. */
function answersOf(id: RuleId): readonly Answers[] {
  const { error, rejects } = rules[id];
  const asked = [...String(rejects).matchAll(/answered\)?\(\s*'([A-Z_]+)'/g)].map(
    ([, question]) => question as QuestionId,
  );
  const named = typeof error === 'object' && 'answerTo' in error ? [error.answerTo] : [];
  return [...new Set([...asked, ...named])].flatMap(answersTo);
}

const ruleFaults = ruleIds.flatMap((id) => [
  fault(
    `rule ${id} never refuses`,
    replacing(rules[id], 'rejects', () => false),
    answersOf(id),
    operationsOf(id),
  ),
  fault(
    `rule ${id} always refuses`,
    replacing(rules[id], 'rejects', () => true),
    answersOf(id),
    operationsOf(id),
  ),
  fault(
    `rule ${id} gives another error`,
    replacing(rules[id], 'error', 'TagException'),
    answersOf(id),
    operationsOf(id),
  ),
]);

/** An operation forgets a rule that others keep as well. */
const forgotten = ruleIds.flatMap((id) =>
  operationsOf(id).length < 2
    ? []
    : operationsOf(id).map((op) => ({
        ...fault(
          `${op} forgets rule ${id}`,
          replacing(
            catalogue,
            op,
            catalogue[op].filter((named) => named.id !== id),
          ),
          answersOf(id),
          [op],
        ),
        metWith: replacing(rules[id], 'rejects', () => false),
      })),
);

const arrowFaults = arrows.flatMap((arrow) =>
  faultsOf(arrow).map(([what, change]) =>
    fault(
      `arrow ${arrow.from ?? 'any state'} ${arrow.event} ${arrow.target ?? ''}: ${what}`,
      change,
      [],
      (operations as readonly string[]).includes(arrow.event) ? [arrow.event] : undefined,
    ),
  ),
);

/** What can be wrong with one arrow. Arrows that refuse are not followed by the account, so nothing of theirs counts. */
function faultsOf(arrow: Arrow): readonly (readonly [string, Change])[] {
  if (arrow.actions.includes('refuse')) return [];
  const elsewhere = chartStates.filter((state) => state !== (arrow.target ?? arrow.from) && state !== 'DELETED');
  const doing = arrow.actions.filter((name) => name !== 'answer');
  return [
    ...elsewhere.map((state) => [`leads to ${state}`, replacing(arrow, 'target', state)] as const),
    ...(arrow.guard === undefined ? [] : [['no guard', replacing(arrow, 'guard', undefined)] as const]),
    ...doing.map(
      (name) =>
        [
          `no ${name}`,
          replacing(
            arrow,
            'actions',
            arrow.actions.filter((other) => other !== name),
          ),
        ] as const,
    ),
  ];
}

const guardFaults = Object.keys(guards).flatMap((name) => [
  fault(
    `guard ${name} always holds`,
    replacing(guards, name, () => true),
  ),
  fault(
    `guard ${name} never holds`,
    replacing(guards, name, () => false),
  ),
]);

const effectFaults = Object.keys(effects).map((name) =>
  fault(
    `effect ${name} is lost`,
    replacing(effects, name, (store: object) => [{ store, when: true }]),
  ),
);

/** The questions that a value of a cell asks. */
const asks: Readonly<Record<string, string>> = { 'pending deletion': 'PENDING_DELETION_CRYPTO' };
const isQuestion = (text: string): text is QuestionId => (questionIds as readonly string[]).includes(text);

/** Each cell of a table gets every other value that occurs in it, or the two that decide. */
function cellFaults(table: string, rows: Readonly<Record<string, object>>, values: readonly string[]) {
  return Object.entries(rows).flatMap(([row, shared]) => {
    // Some rows are one object: with a copy for each, a fault stays in one place.
    const cells: Readonly<Record<string, string>> = { ...shared };
    (rows as Record<string, object>)[row] = cells;
    return Object.entries(cells).flatMap(([column, cell]) =>
      values
        .filter((value) => value !== cell)
        .map((value) =>
          fault(
            `cell ${table} ${row} ${column}: ${cell} becomes ${value}`,
            replacing(cells, column, value),
            [cell, asks[value] ?? ''].flatMap((asked) => (isQuestion(asked) ? answersTo(asked) : [])),
            table === 'key state' || table === 'accepting' ? [row] : ['UpdateCustomKeyStore'],
          ),
        ),
    );
  });
}

const grouped = (group: SpecFault['group'], faults: readonly Fault[]): readonly SpecFault[] =>
  faults.map((each) => ({ ...each, group }));

/** Every fault that is put in. */
export const specFaults: readonly SpecFault[] = [
  ...grouped('rule', ruleFaults),
  ...grouped('forgotten', forgotten),
  ...grouped('arrow', arrowFaults),
  ...grouped('guard', guardFaults),
  ...grouped('effect', effectFaults),
  ...grouped('cell', [
    ...Object.entries(updatable).flatMap(([type, rows]) => cellFaults(type, rows, ['allow', 'reject'])),
    ...cellFaults('accepting', accepting, ['allow', 'reject']),
    ...cellFaults('key state', keyStateTable, [
      'ok',
      'disabled',
      'pending deletion',
      'not pending deletion',
      'unavailable',
      'unsupported',
    ]),
  ]),
];
