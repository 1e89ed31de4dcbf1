import { parentPort, workerData } from 'node:worker_threads';
import type { Answers } from '../../spec/reading.ts';
import type { Edition } from '../../spec/vocabulary.ts';
import type { WorldFile } from '../../spec/world.ts';
import { listen } from '../../wire/endpoint.ts';
import { type FaultName, faults } from '../../wire/faults.ts';
import { ReferenceService } from '../../wire/reference-service.ts';

/** What the embedded endpoint is told. */
export interface EmbeddedOptions {
  readonly edition: Edition;
  readonly answers: Answers;
  readonly world: WorldFile;
  readonly fault?: FaultName;
}

const { edition, answers, world, fault } = workerData as EmbeddedOptions;
const service = new ReferenceService({ reading: { edition, answers }, world, ...(fault && { fault: faults[fault] }) });
const endpoint = await listen(service);
parentPort?.postMessage(endpoint.url);
// There is one thing that it is asked: to forget everything.
parentPort?.on('message', () => {
  service.reset();
  parentPort?.postMessage('forgotten');
});
