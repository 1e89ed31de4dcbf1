import type { HistoryEvent } from '../oracle/history.ts';
import type { CheckVerdict, VerdictViolation } from '../oracle/verdict.ts';
import { counterexample, type Found } from '../render/counterexample.ts';
import { type ExplorerState, hashOf, partsOf } from '../render/explorer-state.ts';
import type { Report } from '../suite/drive.ts';
import { eventsOf } from '../suite/on-record.ts';

/** A violation, with what opens the explorer at the end of this history. Secrets become stand-ins. */
export const withExplorer = async <V extends VerdictViolation>(
  violation: V,
  history: readonly HistoryEvent[],
  found: Found,
): Promise<V> => ({ ...violation, explorer: await hashOf(counterexample(history, found)) });

/** A verdict of check, with what opens the explorer at each of its violations. */
export async function withExplorers(verdict: CheckVerdict, report: Report, found: Found): Promise<CheckVerdict> {
  const violations = await Promise.all(
    verdict.violations.map((violation, index) =>
      withExplorer(violation, eventsOf(report.findings[index]?.steps ?? []), found),
    ),
  );
  const [violation] = violations;
  return { ...verdict, ...(violation && { violation }), violations };
}

/** What the explorer shows of a violation. The page itself checks what it is given. */
export const explorerStateOf = async ({ explorer = '' }: VerdictViolation): Promise<ExplorerState> =>
  (await partsOf(explorer)) as unknown as ExplorerState;
