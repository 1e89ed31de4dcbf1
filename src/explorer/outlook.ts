import { outcomesOf } from '../machine/account.ts';
import { completed } from '../machine/types.ts';
import type { Oracle } from '../oracle/oracle.ts';
import type { AllowedNow } from '../oracle/violation.ts';
import type { RuleId } from '../spec/catalogue.ts';
import { type Atom, any, atomsOf, type Condition, resolved } from '../spec/condition.ts';
import type { ErrorName } from '../spec/errors.ts';
import { type FactKind, healthyWorld, unknownWorld } from '../spec/facts.ts';
import type { Request } from '../spec/inputs.ts';
import { type Account, emptyAccount } from '../spec/model.ts';
import type { QuestionId } from '../spec/questions.ts';
import { type Answers, known, type Reading } from '../spec/reading.ts';

/** One outcome that is allowed now, and what it takes. */
export interface Prospect {
  readonly result: 'ok' | 'anything' | ErrorName;
  readonly rules: readonly RuleId[];
  /** Allowed whatever is answered; by the answer to a question; or only where something is wrong in the world. */
  readonly takes: 'nothing' | 'an answer' | 'a fault';
  readonly questions: readonly QuestionId[];
  readonly facts: readonly FactKind[];
}

/** Every outcome of a request that the oracle allows now, in the order of what it takes. */
export function prospectsOf(oracle: Oracle, request: Request, reading: Reading): readonly Prospect[] {
  const answers = learned(reading, oracle);
  const conditions = new Map<string, Condition[]>();
  for (const account of accountsIn(oracle)) {
    for (const { result, when } of outcomesOf(account, request, known({ ...reading, answers }, unknownWorld), newId)
      .outcomes) {
      const name = typeof result === 'object' ? result.error : result;
      conditions.set(name, [...(conditions.get(name) ?? []), when]);
    }
  }
  const prospects = oracle
    .allowed(request)
    .filter(({ result }, _, all) => result !== 'ValidationError' || !all.some((each) => isPlainValidation(each)))
    .map(({ result, rules }): Prospect => {
      const condition = any(...(conditions.get(result) ?? [true]));
      const left = whatever(inHealth(condition));
      return {
        result: result as Prospect['result'],
        rules,
        takes: left === true ? 'nothing' : left === false ? 'a fault' : 'an answer',
        questions: [...new Set(atomsOf(left).flatMap((atom) => ('question' in atom ? [atom.question] : [])))],
        facts: [...new Set(atomsOf(condition).flatMap((atom) => ('fact' in atom ? [atom.fact] : [])))],
      };
    });
  return (['nothing', 'an answer', 'a fault'] as const).flatMap((takes) => [
    ...prospects.filter((each) => each.takes === takes && each.result === 'ok'),
    ...prospects.filter((each) => each.takes === takes && each.result !== 'ok'),
  ]);
}

/** The outcome that a service gives that answers every question with its default, where nothing is wrong. */
export function usualOf(oracle: Oracle, request: Request, reading: Reading, prospects: readonly Prospect[]) {
  const answers = learned(reading, oracle);
  const is = known(completed({ ...reading, answers }), healthyWorld);
  const certain = outcomesOf(accountsIn(oracle)[0] ?? emptyAccount, request, is, newId).outcomes.find(
    ({ result, when }) => when === true && result !== 'anything',
  )?.result;
  const name = typeof certain === 'object' ? certain.error : certain;
  return prospects.find(({ result }) => result === name) ?? prospects[0];
}

/** The answers of the reading, and those that the observations have left no choice about. */
export function learned({ answers }: Reading, oracle: Oracle): Answers {
  const seen = Object.entries(oracle.profile()).filter(([, choices]) => choices.length === 1);
  return { ...Object.fromEntries(seen.map(([question, [choice]]) => [question, choice])), ...answers } as Answers;
}

/** The accounts that are possible now. */
export function accountsIn(oracle: Oracle): readonly Account[] {
  const accounts = oracle.possible();
  return accounts.length === 0 ? [emptyAccount] : accounts;
}

/** The ID of what does not exist yet. */
const newId = 'new';
const nameOfError = 'VALIDATION_ERROR_NAME';
const isPlainValidation = ({ result }: AllowedNow): boolean => result === 'ValidationException';

/** The condition; decided, if every answer to its questions decides it in the same way. */
function whatever(condition: Condition): Condition {
  let combinations: readonly ReadonlyMap<string, string>[] = [new Map()];
  for (const atom of atomsOf(condition)) {
    if (!('question' in atom) || combinations[0]?.has(atom.question)) continue;
    combinations = combinations.flatMap((chosen) =>
      atom.of.map((choice) => new Map(chosen).set(atom.question, choice)),
    );
    if (combinations.length > mostCombinations) return condition;
  }
  const values = combinations.map((chosen) =>
    resolved(condition, (atom) => ('question' in atom ? atom.among.includes(chosen.get(atom.question) ?? '') : atom)),
  );
  return values.every((value) => value === true) || values.every((value) => value === false)
    ? (values[0] as boolean)
    : condition;
}
const mostCombinations = 48;

/** What is left of a condition where nothing is wrong in the world. */
const inHealth = (condition: Condition): Condition =>
  resolved(condition, (atom: Atom) => {
    if ('fact' in atom) return (healthyWorld(atom.fact, atom.about) ?? true) === atom.is;
    return atom.question === nameOfError ? atom.among.includes('ValidationException') : atom;
  });
