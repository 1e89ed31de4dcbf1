import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The examples in examples/, each compiled if it has to be, and run by the program of Debian that is for it. */
const built = mkdtempSync(join(tmpdir(), 'kms-cks-examples-'));
const gson = '/usr/share/java/gson.jar';
const folder = (language: string) => resolve('examples', language);
const scripts = (program: string, language: string, ending: string) => ({
  build: () => {},
  harness: [program, join(folder(language), `harness.${ending}`)],
  client: [program, join(folder(language), `client.${ending}`)],
});

const examples = {
  python: scripts('python3', 'python', 'py'),
  ruby: scripts('ruby', 'ruby', 'rb'),
  perl: scripts('perl', 'perl', 'pl'),
  lua: scripts('lua5.4', 'lua', 'lua'),
  go: {
    build: () => execFileSync('go', ['build', '-o', join(built, 'go'), '.'], { cwd: folder('go') }),
    harness: [join(built, 'go')],
    client: [join(built, 'go')],
  },
  java: {
    build: () => {
      const sources = ['Fake', 'Harness', 'Client'].map((name) => join(folder('java'), `${name}.java`));
      execFileSync('javac', ['-encoding', 'UTF-8', '-cp', gson, '-d', built, ...sources]);
    },
    harness: ['java', '-cp', `${gson}:${built}`, 'Harness'],
    client: ['java', '-cp', `${gson}:${built}`, 'Client'],
  },
  csharp: {
    build: () => {
      for (const name of ['Harness', 'Client']) {
        const sources = [name, 'Fake'].map((each) => join(folder('csharp'), `${each}.cs`));
        execFileSync('mcs', ['-r:System.Web.Extensions.dll', `-out:${join(built, name)}.exe`, ...sources]);
      }
    },
    harness: ['mono', join(built, 'Harness.exe')],
    client: ['mono', join(built, 'Client.exe')],
  },
};

const oracle = [process.execPath, resolve('dist/cli/main.js'), 'oracle'];

describe.each(Object.entries(examples))('the example in %s', (language, { build, harness, client }) => {
  it('is a good harness, and its fault is caught', () => {
    build();
    const tested = consume('--self-test', '--', ...harness);
    const { status, stdout } = consume('--seed', '1', '--json', '--', ...harness);

    expect(tested).toMatchObject({ status: 0 });
    expect(status).toBe(1);
    expect(JSON.parse(stdout).violation).toMatchObject({
      op: 'DeleteCustomKeyStore',
      rules: ['delete/in-state'],
      event: 2,
    });
  });

  it('asks the oracle, which objects', () => {
    const [program = '', ...words] = [...client, ...oracle];
    const { status, stdout } = spawnSync(program, words, { encoding: 'utf8' });

    expect(status).toBe(1);
    expect(stdout).toMatch(/^DeleteCustomKeyStore got ok, which is not allowed here.*\n.*delete\/in-state/);
  });

  it('has files of less than 80 lines', () => {
    const files = readdirSync(folder(language)).map((file) => join(folder(language), file));
    const long = files.filter((file) => statSync(file).isFile() && readFileSync(file, 'utf8').split('\n').length > 80);

    expect(long).toEqual([]);
  });
});

// Helpers

const consume = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['dist/cli/main.js', 'consume', ...words], { encoding: 'utf8' });
