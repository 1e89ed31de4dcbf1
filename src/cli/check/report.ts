import { accessSync, constants, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckedViolation, CheckVerdict } from '../../oracle/verdict.ts';
import { explorerAddress, explorerPage } from '../../render/explorer-page.ts';
import { githubReport } from '../../render/report/github.ts';
import { htmlReport } from '../../render/report/html.ts';
import type { Explorers } from '../../render/report/html-explorer.ts';
import { junitReport } from '../../render/report/junit.ts';
import { type ReproForm, repro, reproForms } from '../../render/report/repro.ts';
import { sarifReport } from '../../render/report/sarif.ts';
import { terminalReport } from '../../render/report/terminal.ts';
import { seenIn } from '../../render/verdict.ts';
import { explorerStateOf } from '../explorer-links.ts';
import { makeFolder } from '../folder.ts';
import { oneOf } from '../options.ts';
import { print } from '../output.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import { violationLines } from '../violation.ts';

/** What a report may tell besides the verdict. */
interface Telling {
  /** The command that drove the endpoint, for whoever wants to do it again. */
  readonly command: string;
  /** The folder that has a page of the explorer for every violation, if there is one. */
  readonly out: string | undefined;
}
type Write = (verdict: CheckVerdict, telling: Telling) => string | Promise<string>;

/** The ways to report a verdict, each with the name of its file. */
const reporters = {
  terminal: ['check.txt', (verdict, telling) => terminal(verdict, telling)],
  json: ['check.json', (verdict) => `${JSON.stringify(verdict, null, 2)}\n`],
  junit: ['check.junit.xml', (verdict, { out }) => junitReport(verdict, linesAndLink(out))],
  html: ['check.html', async (verdict) => htmlReport(verdict, violationLines, await explorersOf(verdict))],
  github: ['check.github.txt', (verdict, { out }) => githubReport(verdict, linkIn(out))],
  sarif: ['check.sarif', (verdict, { out }) => sarifReport(verdict, linesAndLink(out), version)],
} as const satisfies Record<string, readonly [string, Write]>;
type Reporter = keyof typeof reporters;

export interface Reporting {
  readonly reporter: string;
  readonly out?: string;
  readonly json?: true;
  readonly repro?: string;
}

/** Which reporters are wanted; told before anything is driven. */
export function reportersIn({ reporter, out, json }: Reporting): readonly Reporter[] {
  const wanted = json
    ? ['json' as const]
    : reporter.split(',').map((name) => oneOf('reporter', name.trim(), Object.keys(reporters) as Reporter[]));
  const forFiles = wanted.filter((name) => name !== 'terminal' && name !== 'github');
  if (out === undefined && (forFiles.length > 1 || (forFiles.length === 1 && wanted.length > 1)))
    throw new UsageError(`--reporter ${reporter}: only one of them can go to stdout. Give a folder with --out`);
  return wanted;
}

/** The folder of the reports has to be there before anything is driven: nobody wants to learn at the end that it cannot. */
export function prepare({ out }: Reporting): void {
  if (out === undefined) return;
  inFolder(out, () => {
    makeFolder(out);
    accessSync(out, constants.W_OK);
  });
}

/** Writes a verdict in every wanted way. `command` is what drove the endpoint. */
export async function report(verdict: CheckVerdict, options: Reporting, command: string): Promise<void> {
  const wanted = reportersIn(options);
  const { out, repro: form } = options;
  const forms = form === undefined ? [] : [oneOf('form of program', form, Object.keys(reproForms) as ReproForm[])];
  const telling = { command, out };
  if (out !== undefined) await writeFiles(out, verdict, wanted, telling);
  for (const name of wanted) {
    if (out === undefined || name === 'terminal' || name === 'github' || options.json)
      print((await written(name, verdict, telling)).trimEnd());
  }
  for (const each of forms)
    for (const violation of verdict.violations) print(`\n${repro(violation, verdict.endpoint, each).trimEnd()}`);
}

const written = async (name: Reporter, verdict: CheckVerdict, telling: Telling): Promise<string> => {
  const [, write]: readonly [string, Write] = reporters[name];
  return write(verdict, telling);
};

async function writeFiles(
  out: string,
  verdict: CheckVerdict,
  wanted: readonly Reporter[],
  telling: Telling,
): Promise<void> {
  const files: [string, string][] = [];
  for (const name of wanted) files.push([join(out, reporters[name][0]), await written(name, verdict, telling)]);
  for (const violation of verdict.violations) {
    if (violation.explorer !== undefined)
      files.push([explorerIn(out, violation), explorerPage(await explorerStateOf(violation))]);
    for (const [form, extension] of Object.entries(reproForms))
      files.push([
        join(out, `${violation.fingerprint}.${extension}`),
        repro(violation, verdict.endpoint, form as ReproForm),
      ]);
  }
  inFolder(out, () => {
    makeFolder(out);
    for (const [path, content] of files) writeFileSync(path, content);
  });
}

function inFolder(out: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new UsageError(
      `${out}: cannot be written to (${(error as NodeJS.ErrnoException).code}). Give a folder that can`,
    );
  }
}

/** The page of the explorer for a violation, in the folder of the reports. */
const explorerIn = (out: string, { fingerprint }: CheckedViolation): string => join(out, `${fingerprint}.html`);

/** Where a violation can be seen. */
const linkIn = (out: string | undefined) => (violation: CheckedViolation) =>
  seenIn(violation, out === undefined ? undefined : explorerIn(out, violation));

/** A violation in full, and where it can be seen. */
const linesAndLink = (out: string | undefined) => (violation: CheckedViolation) => [
  ...violationLines(violation),
  ...linkIn(out)(violation),
];

/** The page of the explorer, and what it shows of each violation. */
async function explorersOf({ violations }: CheckVerdict): Promise<Explorers | undefined> {
  const linked = violations.filter(({ explorer }) => explorer !== undefined);
  if (linked.length === 0) return undefined;
  const states = await Promise.all(
    linked.map(async (violation) => [violation.fingerprint, await explorerStateOf(violation)] as const),
  );
  return { page: explorerPage(), states: new Map(states) };
}

/** The verdict for a terminal, with how to come back to each violation. */
const terminal = (verdict: CheckVerdict, { command, out }: Telling): string =>
  terminalReport(verdict, (violation) => {
    const { explorer, replay } = violation;
    const look = out === undefined ? explorer && explorerAddress(explorer) : explorerIn(out, violation);
    return { again: `${command} --replay ${replay}`, ...(explorer !== undefined && look && { look }) };
  });
