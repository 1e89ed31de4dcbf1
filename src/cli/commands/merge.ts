import type { CheckVerdict } from '../../oracle/verdict.ts';
import { mergedVerdict } from '../../suite/merge.ts';
import { compared, readBaseline } from '../check/baseline.ts';
import { type Reporting, report } from '../check/report.ts';
import { readJson } from '../options.ts';
import { UsageError } from '../usage-error.ts';

interface Options extends Reporting {
  readonly baseline?: string;
}

/** Joins the results of `check --shard`, and reports them as one. */
export async function run(options: Options, first: string, others: readonly string[]): Promise<number> {
  const parts = [first, ...others].map(readVerdict) as [CheckVerdict, ...CheckVerdict[]];
  const merged = mergedVerdict(parts);
  const verdict =
    options.baseline === undefined ? merged : { ...merged, baseline: compared(merged, readBaseline(options.baseline)) };
  const { endpoint } = verdict;
  await report(verdict, options, `kms-cks check${endpoint.startsWith('http') ? ` ${endpoint}` : ''}`);
  if (verdict.baseline === undefined) return verdict.verdict === 'conforms' ? 0 : 1;
  return verdict.baseline.new.length + verdict.baseline.gone.length === 0 ? 0 : 1;
}

function readVerdict(path: string): CheckVerdict {
  const file = readJson(path) as Partial<CheckVerdict> | null;
  const complete = [
    'verdict',
    'editions',
    'violations',
    'profile',
    'coverage',
    'observed',
    'unreached',
    'missing',
    'notes',
    'left',
    'inconsistent',
  ] as const;
  const lacking = complete.find((name) => file?.[name] === undefined);
  if (lacking !== undefined) throw new UsageError(`${path}: no ${lacking} in it. Give files that check --json wrote`);
  return file as CheckVerdict;
}
