import type { PageId } from './sources.ts';

/** What one document says about a fact, in our own words. The page's address stands in sources.ts. */
export interface Source {
  readonly page: PageId;
  readonly says: string;
}
