import type { CheckedViolation, CheckVerdict } from '../../oracle/verdict.ts';
import { ruleIds, rules } from '../../spec/catalogue.ts';
import { pageOf } from '../../spec/sources.ts';

/** The verdict as SARIF 2.1.0, which code hosts show beside the code. */
export function sarifReport(
  verdict: CheckVerdict,
  explain: (violation: CheckedViolation) => readonly string[],
  version: string,
): string {
  const named = new Set(verdict.violations.map(ruleOf));
  const results = verdict.violations.map((violation) => ({
    ruleId: ruleOf(violation),
    level: 'error',
    message: { text: [violation.title, '', ...explain(violation)].join('\n') },
    partialFingerprints: { 'kms-cks/v1': violation.fingerprint },
    locations: [
      { logicalLocations: [{ fullyQualifiedName: `${verdict.endpoint} ${violation.op}`, kind: 'function' }] },
    ],
    ...(verdict.baseline && {
      baselineState: verdict.baseline.known.includes(violation.fingerprint) ? 'unchanged' : 'new',
    }),
  }));
  const described = [...named].map((id) => {
    const rule = ruleIds.find((each) => each === id);
    const address =
      rule === undefined
        ? undefined
        : rules[rule].sources.map(({ page }) => pageOf(page).address).find((each) => each !== undefined);
    return {
      id,
      shortDescription: {
        text: rule === undefined ? 'The answer is one that the specification allows.' : rules[rule].says,
      },
      ...(address === undefined ? {} : { helpUri: address }),
    };
  });
  const run = {
    tool: { driver: { name: 'kms-cks', version, rules: described } },
    results,
  };
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

const ruleOf = ({ rules: broken }: CheckedViolation): string => broken[0] ?? 'answer/allowed';
