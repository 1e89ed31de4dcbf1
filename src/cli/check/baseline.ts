import type { BaselineResult, CheckVerdict } from '../../oracle/verdict.ts';
import { readJson } from '../options.ts';
import { UsageError } from '../usage-error.ts';

/** The fingerprints in a baseline: a list of them, or an earlier result of `check --json`. */
export function readBaseline(path: string): readonly string[] {
  const file = readJson(path);
  const list = Array.isArray(file) ? file : ((file ?? {}) as { violations?: unknown }).violations;
  const prints = Array.isArray(list)
    ? list.map((entry: unknown) =>
        typeof entry === 'string' ? entry : ((entry ?? {}) as { fingerprint?: unknown }).fingerprint,
      )
    : [undefined];
  if (prints.every((print) => typeof print === 'string')) return prints as readonly string[];
  throw new UsageError(`${path}: not a baseline. Give a JSON list of fingerprints, or a file that check --json wrote`);
}

export function compared({ violations }: CheckVerdict, baseline: readonly string[]): BaselineResult {
  const found = violations.map(({ fingerprint }) => fingerprint);
  return {
    new: found.filter((print) => !baseline.includes(print)),
    known: found.filter((print) => baseline.includes(print)),
    gone: baseline.filter((print) => !found.includes(print)),
  };
}
