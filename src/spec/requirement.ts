import type { RuleId } from './catalogue.ts';
import type { QuestionId } from './questions.ts';
import type { PageId } from './sources.ts';

/**
 * One thing that a document says, and what in the specification answers to it. Rows that are whole tables (members,
 * errors, eligibility cells, connection error codes, proxy faults) are not repeated here: the tables are their register.
 */
export interface Requirement {
  readonly page: PageId;
  /** What the document says, in our own words. */
  readonly says: string;
  readonly rules?: readonly RuleId[];
  /** Ids of arrows of the chart. */
  readonly transitions?: readonly string[];
  /** Ids of properties. */
  readonly properties?: readonly string[];
  readonly questions?: readonly QuestionId[];
  /** The file that holds the table, or the code, that answers to it. */
  readonly file?: string;
  /** The test that would fail, where no rule, arrow, property or question can. */
  readonly testedBy?: string;
  /** Why nothing answers to it. */
  readonly notModelled?: string;
}
