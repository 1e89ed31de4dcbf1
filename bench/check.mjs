// How long the systematic part takes against the embedded endpoint, and when the first violation of a wrong one shows.
// Each is a whole process, start-up included.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const faults = ['update-while-connected', 'wrong-error', 'name-taken-twice', 'delete-while-connected', 'secret-shown'];

const start = performance.now();
const { child, lines } = check();
for await (const line of lines) if (line.startsWith('conforms')) console.log(line);
await ended(child);
console.log(`the systematic part: ${seconds(start)} (wanted: less than 10 s)`);
for (const fault of faults) {
  const begun = performance.now();
  const wrong = check('--endpoint-fault', fault);
  for await (const line of wrong.lines) {
    if (!line.startsWith('violation: ')) continue;
    console.log(`the first violation of ${fault}: ${seconds(begun)} (wanted: less than 5 s)`);
    break;
  }
  wrong.child.kill('SIGKILL');
  await ended(wrong.child);
}

function check(...more) {
  const running = spawn(process.execPath, [program, 'check', '--runs', '0', '--seed', '1', ...more]);
  // The verdict comes on stdout, a violation at first sight on stderr.
  const input = more.length > 0 ? running.stderr : running.stdout;
  return { child: running, lines: createInterface({ input }) };
}

async function ended(running) {
  if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
