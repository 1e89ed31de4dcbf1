// Events that `judge` takes in a second, parsing included, with ten stores and with one; beside it, in the same run,
// XState's bare transition() on the same events, and fast-check's model runner.
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { transition } from 'xstate';
import { customKeyStoreMachine } from '../dist/index.js';
import { Judge } from '../dist/oracle/judge.js';
import { read } from '../dist/wire/readers/read.js';
import { historyOf, mixedHistoryOf } from './history.mjs';

const count = Number(process.argv[2] ?? 40_000);
const first = 3000;
const folder = await mkdtemp(join(tmpdir(), 'kms-cks-'));
const [one, ten] = [
  await judged('1 store(s)', historyOf(count, 1)),
  await judged('10 store(s)', historyOf(count, 10)),
  await judged('everything in any order', mixedHistoryOf(count / 10)),
];
await rm(folder, { recursive: true });

const events = historyOf(2000, 10);
const walk = rate(events, walker());
const model = await modelRate(events);
console.log(`XState's transition(): ${Math.round(walk)} a second; fast-check's model runner: ${Math.round(model)}`);
console.log(
  `ten stores cost ${(one / ten).toFixed(1)} times one; judge beside transition(): ${(ten / walk).toFixed(2)}`,
);

async function judged(what, history) {
  const { length } = history;
  const path = join(folder, 'history.ndjson');
  writeFileSync(path, history.map((event) => JSON.stringify(event)).join('\n'));
  const begin = performance.now();
  const judge = new Judge();
  const { batches } = await read(path, 'history', { lenient: false });
  let taken = 0;
  let early = 0;
  let half = 0;
  for await (const batch of batches) {
    for (const event of batch.events) {
      judge.take(event);
      taken += 1;
      if (taken === first) early = performance.now() - begin;
      if (taken === length >> 1) half = performance.now();
    }
  }
  const { verdict } = judge.verdict();
  const end = performance.now();
  const sustained = (length * 500) / (end - half);
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(
    `judge, ${what}: ${Math.round((length * 1000) / (end - begin))} events a second from the beginning, ` +
      `${Math.round(sustained)} over the second half; the first ${first} in ${Math.round(early)} ms; ` +
      `${memory} MB after ${length} events (${verdict})`,
  );
  return sustained;
}

function walker() {
  const store = {
    id: 'cks-1',
    type: 'AWS_CLOUDHSM',
    connectionState: 'DISCONNECTED',
    keys: [],
    properties: { CustomKeyStoreName: 'a' },
  };
  const context = { store, reading: { edition: '2022-11', answers: {} } };
  const snapshot = customKeyStoreMachine.resolveState({ value: 'DISCONNECTED', context });
  return ({ op, input }) =>
    transition(customKeyStoreMachine, snapshot, { type: op, input: { ...input, CustomKeyStoreId: 'cks-1' } });
}

/** How often a second, over about a second. */
function rate(events, act) {
  const begin = performance.now();
  let done = 0;
  while (performance.now() - begin < 1000) for (const event of events) act(event) && done++;
  return (done * 1000) / (performance.now() - begin);
}

/** The same events as commands of a model that does nothing but count. */
async function modelRate(events) {
  const commands = events.map(() => ({
    check: () => true,
    run: (model) => void model.count++,
    toString: () => 'event',
  }));
  const begin = performance.now();
  let done = 0;
  while (performance.now() - begin < 1000) {
    fc.modelRun(() => ({ model: { count: 0 }, real: {} }), commands);
    done += commands.length;
  }
  return (done * 1000) / (performance.now() - begin);
}
