import { editions } from '../spec/vocabulary.ts';
import { type AllowedOutcome, allowed, laterThan, type Wish } from './allowed.ts';

/**
 * What may come of a wish in any edition: every outcome that one of them allows, with the editions that do. An edition
 * that does not have a member yet has no say.
 */
export function allowedInAny(wish: Omit<Wish, 'edition'>): readonly AllowedOutcome[] {
  const found = new Map<string, AllowedOutcome>();
  for (const edition of editions) {
    if (laterThan({ ...wish, edition }) !== undefined) continue;
    for (const outcome of allowed({ ...wish, edition })) {
      const key = outcome.error ?? 'ok';
      const before = found.get(key);
      found.set(key, before === undefined ? { ...outcome, editions: [edition] } : joined(before, outcome, edition));
    }
  }
  return [...found.values()];
}

const joined = (before: AllowedOutcome, outcome: AllowedOutcome, edition: (typeof editions)[number]) => ({
  ...before,
  ...(outcome.rules && { rules: [...new Set([...(before.rules ?? []), ...outcome.rules])] }),
  questions: [...new Set([...before.questions, ...outcome.questions])],
  sources: [
    ...new Map([...before.sources, ...outcome.sources].map((source) => [JSON.stringify(source), source])).values(),
  ],
  editions: [...(before.editions ?? []), edition],
});
