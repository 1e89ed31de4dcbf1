import type { Mismatch } from '../oracle/mismatch.ts';
import type { AllowedInstead } from '../oracle/verdict.ts';

/** An outcome that is allowed, with the rules behind it, and the questions and facts that it depends on. */
export const allowedText = (outcome: AllowedInstead): string => {
  const { rules: ids, questions, facts } = outcome;
  const result = 'error' in outcome ? outcome.error : 'ok' in outcome ? 'ok' : 'anything';
  return [
    result,
    ...(ids.length === 0 ? [] : [`(${ids.join(', ')})`]),
    ...(questions.length === 0 ? [] : [`open: ${questions.join(', ')}`]),
    ...(facts.length === 0 || 'ok' in outcome ? [] : [`if so in the world: ${facts.join(', ')}`]),
  ].join(' ');
};

/** A member that is not as it may be. */
export const mismatchText = ({ about, member, observed, expected }: Mismatch): string =>
  `${about === undefined ? '' : `${about} `}${member} ${expected.map(valueText).join(' or ')}, not ${valueText(observed ?? null)}`;

/** A value, not too long. */
export const valueText = (value: unknown): string => {
  if (value === null) return 'absent';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};
