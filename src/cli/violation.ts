import type { CheckedViolation } from '../oracle/verdict.ts';
import { violationLines as explainedLines } from '../render/verdict.ts';

/** One violation in full: the history, what is wrong with its last answer, what was allowed, and why. */
export function violationLines(violation: CheckedViolation): readonly string[] {
  const { again, fingerprint, replay } = violation;
  const stable =
    again.seen === again.of && again.of > 0
      ? 'It shows every time.'
      : again.of === 0
        ? 'It was not sent again.'
        : `Unstable: it showed ${again.seen} times of ${again.of}.`;
  return [...explainedLines(violation), '', `${stable} Fingerprint ${fingerprint}`, `Again: --replay ${replay}`];
}
