import { covered } from '../oracle/coverage.ts';
import { explained } from '../oracle/explain.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import type { CheckedViolation, CheckVerdict } from '../oracle/verdict.ts';
import { editions } from '../spec/vocabulary.ts';
import type { Finding, Report } from './drive.ts';
import { titleOf } from './fault.ts';
import { eventsOf } from './on-record.ts';
import { tokenOf } from './token.ts';

/** What a report says to programs. Secrets are masked. */
export function verdictOf(
  report: Report,
  { edition, seed, endpoint }: Pick<CheckVerdict, 'edition' | 'seed' | 'endpoint'>,
): CheckVerdict {
  const violations = report.findings.map((finding) => violationOf(finding, report.judging));
  const [violation] = violations;
  const { coverage } = report;
  return {
    verdict: report.verdict,
    edition,
    editions: Object.fromEntries(
      editions.map((each) => [each, report.editions.includes(each) ? 'conforms' : 'violates']),
    ),
    endpoint,
    events: report.events,
    seed,
    ...(violation && { violation }),
    violations,
    profile: report.profile,
    inconsistent: report.inconsistent.map((question) => ({ question })),
    missing: Object.fromEntries(report.missing),
    coverage: covered(coverage),
    observed: Object.fromEntries([
      ...[...coverage.cells, ...coverage.transitions].sort().map((place) => [place, 'conforms'] as const),
      ...[...coverage.violated].sort().map((place) => [place, 'violates'] as const),
    ]),
    unreached: report.unreached,
    notes: report.notes,
    left: report.left,
  };
}

function violationOf(
  { steps, violation, fault, fingerprint, again, times }: Finding,
  options: OracleOptions,
): CheckedViolation {
  const history = eventsOf(steps).map((event, index) => ({ index, event }));
  return {
    ...explained(violation, history, options, () => []),
    fingerprint,
    title: titleOf(fault),
    again,
    times,
    replay: tokenOf(steps),
  };
}
