import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { HistoryEvent } from '../../oracle/history.ts';
import { createOracle } from '../../oracle/oracle.ts';
import { editions } from '../../spec/vocabulary.ts';
import { Replay } from '../../suite/replay.ts';
import { tour } from '../../suite/tour.ts';
import { writeExplorer } from '../explorer-file.ts';
import { readShown } from '../history-file.ts';
import { inspectorPackages, inspectorPage, startRelay } from '../inspector.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { integer, oneOf } from '../options.ts';
import { print, say } from '../output.ts';

interface Options {
  readonly speed?: string;
  readonly port: string;
  readonly edition: string;
  readonly open: boolean;
  readonly vector?: string;
}

/** Replays a history as live actors in the Stately inspector. */
export async function run(options: Options, file?: string): Promise<number> {
  const { history } = file === undefined ? { history: tour } : await readShown(file, options.vector);
  const port = integer('--port', options.port, 0, 65535);
  const speed = options.speed === undefined ? undefined : integer('--speed', options.speed, 0, 600_000);
  const edition = oneOf('edition', options.edition, [...editions, 'any'] as const);
  const packages = await inspectorPackages();
  if (options.open && !(await isThere(inspectorPage))) {
    say(`kms-cks: ${inspectorPage} cannot be reached. The offline explorer shows the same:`);
    const page = writeExplorer({ history });
    print(page);
    openInBrowser(pathToFileURL(page).href);
    return 0;
  }
  const relay = await startRelay(packages, port);
  const inspector = packages.inspect.createWebSocketInspector({
    url: relay.socket,
    maxDeferredEvents: Number.POSITIVE_INFINITY,
    serializationDepthLimit: 20,
  });
  print(`inspector on ${relay.url}`);
  say(`The page comes from ${inspectorPage}, so it needs a network. Ctrl+C ends it.`);
  if (options.open) openInBrowser(relay.url);
  const over = new AbortController();
  const ended = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve(), { once: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => over.abort());
  const replay = new Replay(history, { edition, inspect: inspector.inspect });
  const oracle = createOracle({ edition });
  const next = stepper(speed, over);
  while (!over.signal.aborted && (await next()) && replay.step()) {
    const event = replay.history[replay.at - 1] as HistoryEvent;
    const states = replay.stores().map(({ id, connectionState }) => `${id} ${connectionState}`);
    const { violation } = oracle.observe(event);
    const wrong = violation === undefined ? '' : ` (violates ${violation.rules.join(', ') || 'the specification'})`;
    print(`${replay.at}. ${event.op}: ${states.join(', ') || 'no store'}${wrong}`);
  }
  if (!over.signal.aborted) say('The history is over. Ctrl+C ends the inspector.');
  await ended;
  inspector.stop();
  await relay.close();
  return 0;
}

/** Waits for what lets the next event happen: a key at a terminal, or time. */
function stepper(speed: number | undefined, over: AbortController): () => Promise<boolean> {
  const { stdin } = process;
  if (speed !== undefined || !stdin.isTTY) {
    const wait = () => pause(speed ?? 1000, true, { signal: over.signal }).catch(() => false);
    return wait;
  }
  say('Press any key for the next step, q to end.');
  stdin.setRawMode(true).resume();
  const end = () => {
    stdin.setRawMode(false).pause();
    over.abort();
  };
  stdin.on('data', (data) => {
    if (data.toString() === 'q' || data[0] === 3) end();
  });
  return () =>
    new Promise((resolve) => {
      stdin.once('data', () => resolve(!over.signal.aborted));
      over.signal.addEventListener('abort', () => resolve(false), { once: true });
    });
}

async function isThere(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(4000) });
    return true;
  } catch {
    return false;
  }
}
