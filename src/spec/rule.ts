import type { Condition } from './condition.ts';
import type { ErrorName } from './errors.ts';
import type { InputOf } from './inputs.ts';
import type { Account, Key, Store } from './model.ts';
import type { ByAnswer, ProxyFaultName } from './proxy-faults.ts';
import type { Known } from './reading.ts';
import type { Source } from './source.ts';
import type { Malformation } from './validate.ts';
import type { Operation } from './vocabulary.ts';

/** Everything a rule may look at: a request, the account it meets, and what is known. */
export interface Situation<Op extends Operation = Operation> extends Known {
  readonly op: Op;
  readonly input: InputOf<Op>;
  readonly account: Account;
  /** The store that the request names, or that holds the key it names. */
  readonly store: Store | undefined;
  /** The keys of custom key stores that the request names. */
  readonly keys: readonly Named[];
  /** Constraints of the service model that the input breaks. */
  readonly malformations: readonly Malformation[];
}

/** A key, with the store that holds it. */
export interface Named {
  readonly key: Key;
  readonly store: Store;
}

/** One reason for which the service refuses a request. */
export interface Rule<Op extends Operation = Operation> {
  /** What is so when nothing is refused; one sentence, for people. */
  readonly says: string;
  /** The error; several where the documents name none; or a question whose refusing answers name theirs. */
  readonly error: ErrorName | readonly ErrorName[] | ByAnswer;
  readonly sources: readonly [Source, ...Source[]];
  /** Documents that say otherwise, so that a reader can judge the choice made here. */
  readonly contradictedBy?: readonly Source[];
  /** The fault that the rule is about, if it is one of those that are made from the table of proxy faults. */
  readonly fault?: ProxyFaultName;
  /**
   * Is the request refused for this reason? `true` is certain; an open condition means perhaps: it depends on the
   * unknowns that it names. For an error by answer, this is whether the question arises at all.
   */
  // A method rather than a property, so that the rules of one operation fit a list of all rules.
  rejects(situation: Situation<Op>): Condition;
}

/** The rules of one operation, by stable id. An id reads `<subject>/<what is wrong>`. */
export type RulesOf<Op extends Operation> = Readonly<Record<`${string}/${string}`, Rule<Op>>>;
