import type { Requirement } from './requirement.ts';
import { keysAndWire } from './requirements/keys.ts';
import { operationEffects } from './requirements/operations.ts';
import { sourceDocument } from './requirements/source-document.ts';
import { statesAndLimits } from './requirements/states.ts';

/** The register: what the documents say, row by row, and what answers to it. */
export const requirements: Readonly<Record<string, Requirement>> = {
  ...sourceDocument,
  ...operationEffects,
  ...statesAndLimits,
  ...keysAndWire,
};
