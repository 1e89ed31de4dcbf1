import type { PageId } from './sources.ts';

/** What one document says about a fact, in our own words. The page's address stands in sources.ts. */
export interface Source {
  readonly page: PageId;
  readonly says: string;
}

/** How sure a fact is. */
export const certainties = {
  A: 'explicit in the source document, the API reference or the service model',
  B: 'explicit in the Developer Guide or the external key store proxy specification',
  C: 'inferred from several texts, or observed in public',
  S: 'no document speaks',
} as const;
export type Certainty = keyof typeof certainties;
