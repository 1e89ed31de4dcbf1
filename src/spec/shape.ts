import type { ErrorName } from './errors.ts';
import type { Edition, StoreType } from './vocabulary.ts';

/** The constraints of one member of a request. */
export interface Member {
  readonly type: 'string' | 'integer' | 'boolean' | 'timestamp' | 'blob' | 'structure' | 'list' | 'map';
  /** Least and greatest length (characters, bytes, elements), or value of an integer. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression that the whole value matches. */
  readonly pattern?: string;
  /** The pattern of the documents before an edition, where it was narrower. */
  readonly narrower?: { readonly before: Edition; readonly pattern: string };
  readonly values?: readonly string[];
  /** The members of a structure. */
  readonly members?: Readonly<Record<string, Member>>;
  /** The elements of a list. */
  readonly of?: Member;
  /** The service model requires it. */
  readonly required?: true;
  /** The text requires it, for this type of store or this connectivity. */
  readonly requiredByText?: StoreType | 'VPC_ENDPOINT_SERVICE';
  /** The type of store it belongs to; both, if absent. */
  readonly storeType?: StoreType;
  /** Its value is a secret, or as good as one. */
  readonly sensitive?: true;
  /** The first edition that knows it. */
  readonly since?: Edition;
  readonly says?: string;
}

/** What an operation takes and gives. */
export interface OperationShape {
  readonly says: string;
  readonly input: Readonly<Record<string, Member>>;
  /** The members of the output. */
  readonly output: readonly string[];
  /** The errors that the service model lists for the operation. */
  readonly errors: readonly ErrorName[];
  /** Permissions besides kms:<Operation>, which every operation needs. */
  readonly alsoNeeds?: readonly string[];
}
