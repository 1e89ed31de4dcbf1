// Events that `judge` takes in a second, parsing included, with ten stores and with one; beside it, in the same run,
// XState's bare transition() on the same events, and fast-check's model runner.
import { fork } from 'node:child_process';
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

const [, script, path, what] = process.argv;
if (what !== undefined) {
  process.send(await judged(path, what));
  process.exit();
}

// Each in a process of its own: what one remembers would serve the next.
const count = 300_000;
const one = await inChild('one store', historyOf(count, 1));
const ten = await inChild('ten stores', historyOf(count, 10));
await inChild('everything in any order', mixedHistoryOf(count / 50));

const events = historyOf(2000, 10);
const walk = rate(events, walker());
const model = await modelRate(events);
console.log(`XState's transition(): ${Math.round(walk)} a second; fast-check's model runner: ${Math.round(model)}`);
console.log(
  `ten stores cost ${(one / ten).toFixed(1)} times one; judge beside transition(): ${(ten / walk).toFixed(1)}`,
);

/** What `judged` says of a history, in a process that does nothing else. */
async function inChild(name, history) {
  const folder = await mkdtemp(join(tmpdir(), 'kms-cks-'));
  const file = join(folder, 'history.ndjson');
  writeFileSync(file, history.map((event) => JSON.stringify(event)).join('\n'));
  const figure = await new Promise((resolve, reject) => {
    fork(script, [file, name]).once('message', resolve).once('error', reject);
  });
  await rm(folder, { recursive: true });
  return figure;
}

/** Events a second over the second half of a history. */
async function judged(file, name) {
  const first = 3000;
  const marks = [performance.now()];
  const judge = new Judge();
  const { batches } = await read(file, 'history', { lenient: false });
  for await (const batch of batches) {
    for (const event of batch.events) {
      judge.take(event);
      marks.push(performance.now());
    }
  }
  const { verdict } = judge.verdict();
  const length = marks.length - 1;
  const between = (from, to) => Math.round(((to - from) * 1000) / (marks[to] - marks[from]));
  const sustained = between(length >> 1, length);
  console.log(
    `judge, ${name}: ${between(0, length)} events a second from the beginning, ${sustained} over the second half; ` +
      `the first ${first} in ${Math.round(marks[first] - marks[0])} ms; ` +
      `${Math.round(process.memoryUsage().rss / 1e6)} MB after ${length} events (${verdict})`,
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
