import type { HistoryEvent } from '../oracle/history.ts';
import { defaultEdition } from '../spec/editions.ts';
import type { Vector } from '../suite/vectors/format.ts';
import { VectorRun } from '../suite/vectors/run.ts';
import { ReferenceService } from '../wire/reference-service.ts';

/** So often a step waits for what goes on. */
const patience = 8;

/** What happens when a vector is run against the reference endpoint, in the world that it declares. */
export function historyOfVector(vector: Vector): readonly HistoryEvent[] {
  const { editions, assumes = {}, world } = vector;
  const service = new ReferenceService({
    reading: { edition: editions[0] ?? defaultEdition, answers: assumes },
    ...(world && { world }),
  });
  const run = new VectorRun(vector, new Set(), patience);
  const history: HistoryEvent[] = [];
  while (run.result === undefined) {
    const { request } = run;
    const answer = service.answer(request);
    history.push({ ...request, ...answer } as HistoryEvent);
    run.observe(answer);
  }
  return history;
}
