import type { RuleId } from '../spec/catalogue.ts';
import type { ConnectionErrorCode } from '../spec/connection-error-codes.ts';
import type { FactKind } from '../spec/facts.ts';
import type { QuestionId } from '../spec/questions.ts';
import type { PageId } from '../spec/sources.ts';
import type { ConnectionState, Operation, StoreType } from '../spec/vocabulary.ts';
import type { Output } from './history.ts';
import type { Mismatch } from './mismatch.ts';
import type { Nearest } from './nearest.ts';

/** What `judge --json` and `check --json` print. */
export interface Verdict {
  /** `undetermined`: nothing was seen that could have been wrong. */
  readonly verdict: 'conforms' | 'violates' | 'undetermined';
  /** The edition that was asked for, or `any`. */
  readonly edition: string;
  /** The verdict under each edition. */
  readonly editions: { readonly [edition: string]: 'conforms' | 'violates' };
  /**
   * The number of answers that were judged.
   * @TJS-type integer
   */
  readonly events: number;
  /** @TJS-type integer */
  readonly seed?: number;
  readonly violation?: VerdictViolation;
  /** Questions that were answered one way, and later another. */
  readonly inconsistent?: readonly InconsistentAt[];
  /** What to do, or to look at, so that there is a verdict. */
  readonly observeNext?: readonly string[];
  /** The answers that were left for each question that came up. */
  readonly profile: { readonly [question: string]: readonly string[] };
  readonly coverage: { readonly [what: string]: Covered };
  /** How many events said nothing: throttling, missing permissions and the like. */
  readonly common?: Count;
  /** How many records were about something else, or could not be read. */
  readonly skipped?: Count;
  /** Which account and Region this is about, where a log holds several. */
  readonly part?: string;
  /** Where a log holds several accounts or Regions: the verdict on each, the worst first. */
  readonly parts?: readonly Verdict[];
}

/** @TJS-type integer */
export type Count = number;

/** The first violation, with the shortest history that was found for it. */
export interface VerdictViolation {
  /**
   * The place of the event in the history, from 0.
   * @TJS-type integer
   */
  readonly event: number;
  readonly op: Operation;
  readonly input?: Output;
  readonly observed: Output;
  readonly allowed: readonly AllowedInstead[];
  /** The rules that it breaks, or that come nearest. */
  readonly rules: readonly RuleId[];
  /** Rules that have the observed error, and would refuse in these states. */
  readonly nearest?: readonly Nearest[];
  /** Members of the output that are not as they may be. */
  readonly mismatches?: readonly Mismatch[];
  /** Rows of the register of requirements that say how these members have to be. */
  readonly requirements?: readonly string[];
  readonly sources?: readonly Cited[];
  /** What the stores that it is about may have been just before. */
  readonly before?: readonly StoreBefore[];
  /** What else would have allowed it. */
  readonly allowedIf?: readonly Instead[];
  readonly history: readonly Output[];
  /** The places of these events in the whole history. */
  readonly places?: readonly Count[];
  /** What follows the # in an address of the explorer that shows this history at its last event. */
  readonly explorer?: string;
}

/** One outcome that would have been allowed: success, an error, or anything, for requests about things elsewhere. */
export type AllowedInstead = ({ readonly ok: true } | { readonly error: string } | { readonly anything: true }) & {
  /** The rules behind the error. */
  readonly rules: readonly RuleId[];
  /** The questions that it depends on. */
  readonly questions: readonly QuestionId[];
  /** The facts of the world that it depends on. */
  readonly facts: readonly FactKind[];
};

/** A source of a rule, or of a row of the register of requirements, with its address. */
export interface Cited {
  /** The id of the rule or of the requirement. */
  readonly of: string;
  readonly page: PageId;
  readonly says: string;
  readonly address?: string;
}

/** What a store may have been. */
export interface StoreBefore {
  readonly store: string;
  readonly types: readonly StoreType[];
  readonly states: readonly ConnectionState[];
  readonly codes: readonly (ConnectionErrorCode | null)[];
  /** The places of the events that say so. */
  readonly because: readonly Count[];
}

/** An edition, another answer to a question, or a world that changed, with which the same would have been allowed. */
export type Instead =
  | { readonly edition: string }
  | { readonly question: string; readonly choice: string }
  | { readonly worldIs: 'changing' };

/** An implementation that answered a question one way, and now another. */
export interface InconsistentAt {
  /**
   * The place of the later answer in the history.
   * @TJS-type integer
   */
  readonly event?: number;
  readonly question: string;
  readonly before?: readonly string[];
  readonly now?: readonly string[];
}

/** How many of the things there are to touch were touched. */
export interface Covered {
  /** @TJS-type integer */
  readonly seen: number;
  /** @TJS-type integer */
  readonly of: number;
  /** The things that were touched. */
  readonly items: readonly string[];
}

/** What `check --json` prints. */
export interface CheckVerdict extends Verdict {
  /** What was driven: its address, or that it is the embedded reference endpoint. */
  readonly endpoint: string;
  /** @TJS-type integer */
  readonly seed: number;
  /** The first of the violations. */
  readonly violation?: CheckedViolation;
  /** Every distinct violation. */
  readonly violations: readonly CheckedViolation[];
  readonly inconsistent: readonly InconsistentAt[];
  /** Operations that the endpoint does not have, with the answer that told. */
  readonly missing: { readonly [operation: string]: string };
  /** What was observed at each cell of the eligibility table (`TYPE MEMBER STATE`) and of each event in each state (`STATE EVENT`). */
  readonly observed: { readonly [place: string]: 'conforms' | 'violates' };
  /** What was not reached, by why not. Where nothing stands in the way, it was not tried: only a part was to be. */
  readonly unreached: Unreached;
  /** What else there is to say. */
  readonly notes: readonly string[];
  /** IDs of stores that were created and could not be deleted. */
  readonly left: readonly string[];
  readonly baseline?: BaselineResult;
}

/** Rules, errors, states, transitions and cells that were not reached, each with its kind before it. */
export interface Unreached {
  /** The endpoint decides an open point in another way; see the profile. */
  readonly choice: readonly string[];
  /** The edition that the endpoint follows does not have it. */
  readonly edition: readonly string[];
  /** It takes something in the world that `--world` has to declare. */
  readonly world: readonly string[];
  /** It happens by itself, or not at all: throttling, internal faults. */
  readonly chance: readonly string[];
  /** Nothing stands in the way. */
  readonly untried: readonly string[];
}

/** How the violations compare with those that were accepted before. */
export interface BaselineResult {
  /** Fingerprints that the baseline does not have. */
  readonly new: readonly string[];
  /** Fingerprints that it has, and that occurred. */
  readonly known: readonly string[];
  /** Fingerprints that it has, and that did not occur any more. */
  readonly gone: readonly string[];
}

/** A violation that was found live, and sent again. */
export interface CheckedViolation extends VerdictViolation {
  /** The same from run to run. */
  readonly fingerprint: string;
  readonly title: string;
  /** How often the history was sent again at the end, and how often it showed the violation again. */
  readonly again: {
    /** @TJS-type integer */
    readonly of: number;
    /** @TJS-type integer */
    readonly seen: number;
  };
  /**
   * How many sequences showed it.
   * @TJS-type integer
   */
  readonly times: number;
  /** For --replay. */
  readonly replay: string;
}
