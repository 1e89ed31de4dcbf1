import { arrows } from '../machine/chart.ts';
import { rules } from '../spec/catalogue.ts';
import { choicesOf, type QuestionId } from '../spec/questions.ts';
import type { Requirement } from '../spec/requirement.ts';
import { requirements } from '../spec/requirements.ts';
import { withoutSecrets } from '../spec/secrets.ts';
import { pageOf } from '../spec/sources.ts';
import { editions, type Operation, storeOperations } from '../spec/vocabulary.ts';
import { admitted } from '../spec/world.ts';
import type { HistoryEvent, Output } from './history.ts';
import type { Entry } from './journal.ts';
import type { Mismatch } from './mismatch.ts';
import type { OracleOptions } from './oracle-options.ts';
import { isConforming } from './shorten.ts';
import type { AllowedInstead, Cited, Instead, StoreBefore, VerdictViolation } from './verdict.ts';
import type { AllowedNow, Violation } from './violation.ts';

/**
 * A violation as it is told: what was allowed, which rules it breaks and where they come from, what was so before, and
 * what else would have allowed it. The last entry is the event that violates.
 */
export function explained(
  violation: Violation,
  history: readonly Entry[],
  options: OracleOptions,
  because: (store: string) => readonly number[],
): VerdictViolation {
  const { event, allowed, nearest, mismatches } = violation;
  const requirementIds = requirementsFor(mismatches, violation.event.op);
  const { op, input, start: _s, end: _e, client: _c, id: _i, ...observed } = event as HistoryEvent & Output;
  return {
    event: history.at(-1)?.index ?? 0,
    op: event.op,
    input: withoutSecrets(event.input) as Output,
    observed: withoutSecrets(observed),
    allowed: allowed.map(outcomeOf),
    rules: violation.rules,
    ...(nearest.length > 0 && { nearest }),
    ...(mismatches.length > 0 && { mismatches }),
    ...(requirementIds.length > 0 && { requirements: requirementIds }),
    sources: [...violation.rules.flatMap(citedOf), ...requirementIds.map(citedRequirement)],
    before: storesBefore(violation, because),
    allowedIf: allowedIf(history, options),
    history: history.map((entry) => withoutSecrets(entry.event) as unknown as Output),
    places: history.map(({ index }) => index),
  };
}

function storesBefore({ stores }: Violation, because: (store: string) => readonly number[]): readonly StoreBefore[] {
  const ids = [...new Set(stores.map(({ id }) => id))];
  return ids.map((store) => {
    const values = stores.filter(({ id }) => id === store);
    return {
      store,
      types: unique(values.map(({ type }) => type)),
      states: unique(values.map(({ connectionState }) => connectionState)),
      codes: unique(values.flatMap(({ connectionErrorCode: code }) => (code === undefined ? [] : [code]))),
      because: because(store),
    };
  });
}

/** Editions, and answers, other than were given for us or taken for granted, under which nothing would be wrong. */
function allowedIf(history: readonly Entry[], options: OracleOptions): readonly Instead[] {
  const { answers = {}, edition = 'any' } = options;
  const isFine = (other: OracleOptions): boolean => isConforming(history, other);
  const editionsLeft =
    edition === 'any' ? [] : editions.filter((each) => each !== edition && isFine({ ...options, edition: each }));
  const asked = new Set([...(Object.keys(answers) as QuestionId[]), admitted.question]);
  const choices = [...asked].flatMap((question) =>
    choicesOf(question)
      .filter((choice) => choice !== (answers as Readonly<Record<string, string>>)[question])
      .filter((choice) => isFine({ ...options, answers: { ...answers, [question]: choice } }))
      .map((choice) => ({ question, choice })),
  );
  const changing =
    options.worldIs !== 'changing' && isFine({ ...options, worldIs: 'changing' })
      ? [{ worldIs: 'changing' } as const]
      : [];
  return [...editionsLeft.map((each) => ({ edition: each })), ...choices, ...changing];
}

/** The rows of the register that are about the members of an entry, of what describes a key, and of other answers. */
const rows: Readonly<Partial<Record<Operation, string>>> = {
  CreateKey: 'key/describe',
  DescribeKey: 'key/describe',
  ScheduleKeyDeletion: 'key/scheduled',
  GenerateDataKeyWithoutPlaintext: 'key/without-plaintext',
};
const rowOf = (op: Operation): string =>
  rows[op] ?? ((storeOperations as readonly string[]).includes(op) ? 'describe/members' : 'key/answer');

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

const citedOf = (rule: keyof typeof rules): readonly Cited[] =>
  rules[rule].sources.map(({ page, says }) => {
    const { address } = pageOf(page);
    return { of: rule, page, says, ...(address !== undefined && { address }) };
  });

function citedRequirement(id: string): Cited {
  const { page, says } = requirements[id] as Requirement;
  const { address } = pageOf(page);
  return { of: id, page, says, ...(address !== undefined && { address }) };
}

const outcomeOf = ({ result, ...rest }: AllowedNow): AllowedInstead =>
  result === 'ok'
    ? { ok: true, ...rest }
    : result === 'anything'
      ? { anything: true, ...rest }
      : { error: result, ...rest };

/** What the register says of members that are not as they may be: of a connection state, the ways that lead to it. */
export function requirementsFor(mismatches: readonly Mismatch[], op: Operation): readonly string[] {
  const ids = mismatches.flatMap(({ member, observed }): readonly (string | undefined)[] =>
    member === 'error'
      ? []
      : member === 'ConnectionState'
        ? arrows.filter(({ target }) => target === observed).map(({ transition }) => transition)
        : [rowOf(op)],
  );
  return unique(ids).filter((id): id is string => id !== undefined && Object.hasOwn(requirements, id));
}
