import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Where the documents seem to be run. */
const home = '/home/you';

const mark = '\u0001';

/** For how many milliseconds a command may run, so that one that hangs is found. */
const patience = 180_000;

/** Ports as the documents name them. */
const ports = /(?<=(?:127\.0\.0\.1|localhost):|--port )\d{4,5}\b/g;

/**
 * A shell in an empty folder, where a reader would be who has installed the package. Each port that the documents name
 * stands for a free one of this machine.
 */
export class Shell {
  readonly #folder = mkdtempSync(join(tmpdir(), 'docs-'));
  readonly #free = new Map<string, string>();
  readonly #shell;
  #printed = '';
  #ran = 0;

  constructor() {
    this.#furnish();
    this.#shell = spawn('bash', ['--norc', '--noprofile'], {
      cwd: this.#folder,
      env: {
        PATH: `${this.#folder}/.bin:/usr/bin:${process.env['PATH']}`,
        HOME: this.#folder,
        LANG: 'C.UTF-8',
        AWS_PAGER: '',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#printed += text;
    });
    this.#shell.stdin.write('exec 2>&1\n');
  }

  async write(name: string, text: string): Promise<void> {
    mkdirSync(dirname(join(this.#folder, name)), { recursive: true });
    writeFileSync(join(this.#folder, name), await this.#withFreePorts(`${text}\n`));
  }

  /** Runs a command and gives what it printed; of one that goes on behind the prompt (`&`), what it said first. */
  async run(command: string): Promise<string> {
    this.#printed = '';
    const real = await this.#withFreePorts(command);
    const behind = /^(.*)&$/s.exec(real);
    const said = `.said-${this.#ran++}`;
    this.#shell.stdin.write(
      behind === null
        ? `{ ${real}\n} </dev/null\n`
        : `{ exec ${behind[1]}\n} >${said} 2>&1 </dev/null & until [ -s ${said} ]; do sleep 0.1; done; cat ${said}\n`,
    );
    this.#shell.stdin.write(`code=$?; printf '${mark}'; (exit $code)\n`);
    const signal = AbortSignal.timeout(patience);
    while (!this.#printed.includes(mark)) await once(this.#shell.stdout, 'data', { signal });
    return this.#withNamedPorts(this.#printed.slice(0, this.#printed.indexOf(mark)))
      .replaceAll(this.#folder, home)
      .replaceAll(resolve('.'), `${home}/node_modules/kms-custom-key-store-spec`)
      .replace(/[ \t]+$/gm, '')
      .trimEnd();
  }

  async close(): Promise<void> {
    this.#shell.stdin.end('kill $(jobs -p) 2>/dev/null; wait\n');
    if (this.#shell.exitCode === null) await once(this.#shell, 'exit');
  }

  /** The package and its neighbours, as `npm install` would have them, and the folders that the documents speak of. */
  #furnish(): void {
    const link = (target: string, path: string) => symlinkSync(resolve(target), join(this.#folder, path));
    mkdirSync(join(this.#folder, 'node_modules/.bin'), { recursive: true });
    for (const name of readdirSync('node_modules')) {
      if (!name.startsWith('.')) link(`node_modules/${name}`, `node_modules/${name}`);
    }
    link('.', 'node_modules/kms-custom-key-store-spec');
    for (const name of ['examples', 'schemas', 'vectors', 'table']) link(name, name);
    writeFileSync(join(this.#folder, 'package.json'), '{ "type": "module" }\n');
    mkdirSync(join(this.#folder, '.bin'));
    this.#script('kms-cks', `exec "${process.execPath}" "${resolve('dist/cli/main.js')}" "$@"`);
    this.#script('npx', `exec "$@"`);
    this.#script('node', `exec "${process.execPath}" "$@"`);
    this.#script('vitest', `exec "${process.execPath}" "${resolve('node_modules/vitest/vitest.mjs')}" "$@"`);
  }

  #script(name: string, line: string): void {
    writeFileSync(join(this.#folder, '.bin', name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }

  async #withFreePorts(text: string): Promise<string> {
    for (const [port] of text.matchAll(ports)) {
      if (!this.#free.has(port)) this.#free.set(port, await freePort());
    }
    return text.replace(ports, (port) => this.#free.get(port) ?? port);
  }

  #withNamedPorts(text: string): string {
    return [...this.#free].reduce((result, [named, free]) => result.replaceAll(free, named), text);
  }
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return String(address.port);
}
