/** What custom key stores belong to: an AWS account, by its number, and a Region. */
export interface Scope {
  readonly owner: string;
  readonly region: string;
}

/** Whose stores they are where a request does not say. The number is the one of AWS's examples. */
export const defaultScope: Scope = { owner: '111122223333', region: 'us-east-1' };
