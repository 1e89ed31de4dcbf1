import type { CheckedViolation, CheckVerdict } from '../../oracle/verdict.ts';
import { allowedText, mismatchText } from '../outcome-text.ts';

/** The verdict as commands of GitHub Actions: an annotation for every violation. */
export function githubReport(
  { violations, verdict, baseline, notes, endpoint, events }: CheckVerdict,
  link: (violation: CheckedViolation) => readonly string[],
): string {
  const lines = violations.map((violation) => {
    const { title, fingerprint, history, mismatches = [], allowed } = violation;
    const level = baseline?.known.includes(fingerprint) ? 'notice' : 'error';
    const why =
      mismatches.length > 0 ? mismatches.map(mismatchText) : [`allowed: ${allowed.map(allowedText).join(', ')}`];
    const steps = history.map((event, index) => `${index + 1}. ${JSON.stringify(event)}`);
    return `::${level} title=${property(`kms-cks ${fingerprint}`)}::${data([title, ...why, ...steps, ...link(violation)].join('\n'))}`;
  });
  const gone = (baseline?.gone ?? []).map(
    (print) =>
      `::error title=${property('kms-cks baseline')}::${data(`${print} does not occur any more; take it out of the baseline`)}`,
  );
  const level = verdict === 'undetermined' ? 'warning' : 'notice';
  return [
    ...lines,
    ...gone,
    `::${level} title=kms-cks::${data([`${verdict}: ${endpoint} (${events} answers judged)`, ...notes].join('\n'))}`,
    '',
  ].join('\n');
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
