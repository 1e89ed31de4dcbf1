import type { RuleId } from '../../spec/catalogue.ts';
import type { ErrorName } from '../../spec/errors.ts';
import type { Answers } from '../../spec/reading.ts';
import type { Edition, Operation } from '../../spec/vocabulary.ts';
import type { WorldFile } from '../../spec/world.ts';

/** A file of vectors. docs/vectors.md says how to run one. */
export interface VectorFile {
  /** The address of the JSON Schema that the file keeps. */
  readonly $schema: string;
  /** The version of this format. It grows by one when a runner has to change. */
  readonly format: 1;
  readonly suite: 'core' | 'full';
  /** What the vectors of the file have in common, in one line. */
  readonly about: string;
  /** The editions that occur; each vector names its own. */
  readonly editions: readonly Edition[];
  /** @TJS-type integer */
  readonly numberOfVectors: number;
  /** Errors that may come at any time, whatever a step allows: see docs/vectors.md. */
  readonly anyTime: readonly AnyTime[];
  /** Members that no answer shows, at any depth. */
  readonly neverShown: readonly string[];
  /** Every rule that the file mentions. */
  readonly notes: { readonly [rule: string]: Note };
  readonly vectors: readonly Vector[];
}

/** An error that says nothing about custom key stores. */
export interface AnyTime {
  readonly error: ErrorName;
  readonly rules: readonly RuleId[];
}

/** A rule, for people. */
export interface Note {
  /** What is so when the rule refuses nothing. */
  readonly says: string;
  readonly sources: readonly NotedSource[];
  /** Documents that say otherwise. */
  readonly contradictedBy?: readonly NotedSource[];
}

export interface NotedSource {
  readonly says: string;
  readonly page: string;
  readonly address?: string;
}

/** One sequence of requests, with every outcome that the documents allow on the way. */
export interface Vector {
  /** Never changed and never reused. */
  readonly id: string;
  /** One line: what is so, not what ought to be. */
  readonly says: string;
  /** The editions under which the vector is right. */
  readonly editions: readonly Edition[];
  /** What has to be so outside of KMS: see docs/vectors.md. */
  readonly needs: Need;
  /** The world that it declares: everything that it does not name is healthy. Absent if it needs nothing. */
  readonly world?: WorldFile;
  /** The vector is right only for implementations that answer these questions so; skip it if that is not known. */
  readonly assumes?: Answers;
  /** The rules that refuse in one of its steps. */
  readonly rules: readonly RuleId[];
  /** The questions, left open by the documents, on which its allowed outcomes depend. */
  readonly questions: readonly string[];
  /** The answers that it allows; steps name them by their places in this list, from 0. */
  readonly shows: readonly Pattern[];
  readonly steps: readonly Step[];
}

/**
 * `nothing`: the vector runs anywhere. `healthy`: all that it names exists, works and is free. `faults`: something is
 * wrong that an implementation has to be told of.
 */
export type Need = 'nothing' | 'healthy' | 'faults';

/** One request, and everything that may come of it. A step that leads to itself is a wait. */
export interface Step {
  readonly op: Operation;
  /** A string of the form `${name}` stands for what an earlier step kept under that name. */
  readonly input: { readonly [member: string]: unknown };
  readonly allow: readonly Allowed[];
}

/** One outcome that is allowed: success, or any of some errors. */
export type Allowed = AllowedSuccess | AllowedErrors;

export interface AllowedSuccess {
  /** What shows in the answer: any of these patterns of the vector, by their places in its list. */
  readonly ok: readonly number[];
  /** Members of the answer to keep, by the name under which later steps ask for them; a dot leads into a structure. */
  readonly keep?: { readonly [name: string]: string };
  /**
   * The step to go to, from 0; none: the vector ends, and is passed.
   * @TJS-type integer
   */
  readonly next?: number;
}

export interface AllowedErrors {
  readonly error: readonly ErrorName[];
  /** The rules behind the errors. */
  readonly rules: readonly RuleId[];
  /**
   * The step to go to, from 0; none: the vector ends, and is passed.
   * @TJS-type integer
   */
  readonly next?: number;
}

/**
 * Members of an answer, each with its value, a pattern, or a list of patterns (in any order, and none more). Members
 * that it does not name may be anything. Five names say something of the members themselves: `$present` and `$absent`
 * list members, `$new` those whose value is a string that was not kept before, `$oneOf` gives the values that a member
 * may have, and `$empty` says that there is no member.
 */
export interface Pattern {
  readonly [member: string]: unknown;
}
