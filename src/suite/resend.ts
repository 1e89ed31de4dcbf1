import { createOracle } from '../oracle/oracle.ts';
import type { OracleOptions } from '../oracle/oracle-options.ts';
import { type Lab, Stopped } from './lab.ts';
import { madeBy } from './made.ts';
import { type Failure, type Plan, Run, type Step, Violated } from './run.ts';
import { disconnected, sweep } from './sweep.ts';

/** Sends symbolic steps again, and judges the answers from nothing. Leaves nothing behind, if that can be. */
export async function resend(lab: Lab, plans: readonly Plan[], options: OracleOptions): Promise<Failure | undefined> {
  if (!lab.hasRoom && !(await lab.startOver())) throw new Stopped('no room for another store');
  await lab.surveyAgain();
  return send(lab, plans, options);
}

/** The creation of the one store that the steps of a failure made, if it is still there. */
export function usedStore(lab: Lab, steps: readonly Step[]): Step | undefined {
  const [created, ...others] = steps.filter(({ makes, event: { op } }) => makes && op === 'CreateCustomKeyStore');
  return created !== undefined && others.length === 0 && lab.ours.has(idOf(created)) ? created : undefined;
}

/**
 * The same in the store of that creation: a store with keys stays behind, and to use it once more takes no further room.
 * It begins DISCONNECTED, as a new one does; keys of its past are not named.
 */
export async function resendTo(
  created: Step,
  lab: Lab,
  plans: readonly Plan[],
  options: OracleOptions,
): Promise<Failure | undefined> {
  const id = idOf(created);
  if (!plans.some(({ makes }) => makes === created.makes) || !(await disconnected(lab, id))) return undefined;
  lab.show(id);
  return send(lab, plans, options, created);
}

const idOf = ({ event }: Step): string => ('ok' in event && madeBy(event.op, event.ok)?.id) || '';

async function send(
  lab: Lab,
  plans: readonly Plan[],
  options: OracleOptions,
  created?: Step,
): Promise<Failure | undefined> {
  const run = new Run(lab, createOracle(options));
  try {
    for (const { request, awaits, makes, part = 0, overlooks = [] } of plans) {
      run.enter(part);
      lab.overlooked.add(request.op, overlooks);
      const { CustomKeyStoreId } = request.input as { CustomKeyStoreId?: string };
      if (awaits !== undefined && CustomKeyStoreId !== undefined)
        await run.poll(request, CustomKeyStoreId, false, awaits);
      else if (created !== undefined && makes === created.makes) run.take(created);
      else await run.send(request, makes);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Violated) return error;
    throw error;
  } finally {
    await sweep(lab, run.made, run.leavesKeys);
  }
}
