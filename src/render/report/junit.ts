import type { CheckedViolation, CheckVerdict } from '../../oracle/verdict.ts';
import { escaped } from './html-text.ts';

/** The verdict as JUnit has it: a test for every place that was observed, and a failure for every violation. */
export function junitReport(
  verdict: CheckVerdict,
  explain: (violation: CheckedViolation) => readonly string[],
): string {
  const { observed, violations, baseline, notes } = verdict;
  const accepted = (fingerprint: string) => baseline?.known.includes(fingerprint) === true;
  const good = Object.entries(observed).filter(([, what]) => what === 'conforms');
  const undetermined = verdict.verdict === 'undetermined' ? 1 : 0;
  const failures = violations.filter(({ fingerprint }) => !accepted(fingerprint)).length;
  const gone = baseline?.gone ?? [];
  const tests = good.length + violations.length + gone.length + undetermined;
  const cases = [
    ...good.map(([place]) => `    <testcase classname="kms-cks" name="${escaped(place)}"/>`),
    ...violations.map((violation) => {
      const text = escaped(explain(violation).join('\n'));
      const outcome = accepted(violation.fingerprint)
        ? '<skipped message="accepted by the baseline"/>'
        : `<failure type="violation" message="${escaped(violation.title)}">${text}</failure>`;
      return `    <testcase classname="kms-cks" name="${escaped(`${violation.fingerprint} ${violation.title}`)}">${outcome}</testcase>`;
    }),
    ...gone.map(
      (print) =>
        `    <testcase classname="kms-cks" name="baseline ${escaped(print)}"><failure type="baseline" message="does not occur any more; take it out of the baseline"/></testcase>`,
    ),
    ...(undetermined
      ? [
          `    <testcase classname="kms-cks" name="verdict"><failure type="undetermined" message="undetermined">${escaped(notes.join('\n'))}</failure></testcase>`,
        ]
      : []),
  ];
  const counts = `tests="${tests}" failures="${failures + gone.length + undetermined}" skipped="${violations.length - failures}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="kms-cks check" ${counts}>`,
    `  <testsuite name="${escaped(verdict.endpoint)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
