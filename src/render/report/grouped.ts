import type { CheckedViolation } from '../../oracle/verdict.ts';
import { rules } from '../../spec/catalogue.ts';
import { pageOf } from '../../spec/sources.ts';

/** Violations that come of the same thing, as far as can be told. */
export interface Group {
  /** What is broken, in a sentence. */
  readonly cause: string;
  /** Where the documents say so: what they say, and the address of the page. */
  readonly sources: readonly { readonly says: readonly string[]; readonly title: string; readonly address?: string }[];
  readonly violations: readonly CheckedViolation[];
}

/** Puts together what breaks the same rules, or goes wrong in the same way; the order of the first of each is kept. */
export function grouped(violations: readonly CheckedViolation[]): readonly Group[] {
  const groups = new Map<string, CheckedViolation[]>();
  for (const violation of violations) {
    const cause = causeOf(violation);
    groups.set(cause, [...(groups.get(cause) ?? []), violation]);
  }
  return [...groups].map(([cause, all]) => ({ cause, sources: sourcesOf(all), violations: all }));
}

/** What a violation breaks: rules, if success was wrong; otherwise the operation and what is odd about its answer. */
function causeOf({ op, observed, rules: broken, mismatches = [] }: CheckedViolation): string {
  if (mismatches.length > 0) return `${op} shows what is not so.`;
  if (typeof observed['error'] === 'string') return `${op} is refused with ${observed['error']}, which does not apply.`;
  return broken.length === 0
    ? `${op} succeeds where it may not.`
    : broken.map((id) => `${id}: ${rules[id].says}`).join('\n');
}

function sourcesOf(violations: readonly CheckedViolation[]): Group['sources'] {
  const cited = violations.flatMap(({ sources = [] }) => sources);
  const pages = [...new Set(cited.map(({ page }) => page))];
  return pages.map((id) => {
    const { title, address } = pageOf(id);
    const says = [...new Set(cited.flatMap((each) => (each.page === id ? [each.says] : [])))];
    return { says, title, ...(address !== undefined && { address }) };
  });
}
