import type { Output } from '../../oracle/history.ts';
import type { AllowedInstead, CheckedViolation, CheckVerdict } from '../../oracle/verdict.ts';
import { counted } from '../../suite/counted.ts';
import { outcomeText } from '../event.ts';
import { mismatchText, valueText } from '../outcome-text.ts';
import { beforeText, insteadText } from '../verdict.ts';
import { coverageLines } from './coverage.ts';
import { type Group, grouped } from './grouped.ts';

/** How to come back to a violation. */
export interface Ways {
  /** The command that sends its history again. */
  readonly again: string;
  /** The page, or the link, that opens the explorer at the step that fails. */
  readonly look?: string;
}

/** The verdict for a terminal: what is wrong in one table, then each violation with as few words as it takes. */
export function terminalReport(verdict: CheckVerdict, waysTo: (violation: CheckedViolation) => Ways): string {
  const { endpoint, events, violations, baseline, seed } = verdict;
  const editions = Object.entries(verdict.editions).flatMap(([edition, what]) =>
    what === 'conforms' ? [edition] : [],
  );
  const groups = grouped(violations);
  const numbers = new Map(groups.flatMap((group) => group.violations).map((each, index) => [each, index + 1]));
  const isKnown = ({ fingerprint }: CheckedViolation): boolean => baseline?.known.includes(fingerprint) ?? false;
  return [
    `${verdict.verdict}: ${endpoint} (${events} answers judged${verdict.verdict === 'conforms' ? `; editions ${editions.join(', ')}` : ''})`,
    ...(violations.length === 0 ? [] : ['', headline(violations.length, groups.length)]),
    ...groups.flatMap((group) => groupLines(group, numbers, isKnown)),
    ...[...numbers]
      .filter(([each]) => !isKnown(each))
      .flatMap(([each, number]) => violationText(each, number, waysTo(each), verdict.edition === 'any')),
    ...(baseline?.gone ?? []).flatMap((print) => [
      '',
      `The baseline has ${print}, which does not occur any more. Take it out`,
    ]),
    '',
    ...remarks(verdict),
    ...coverageLines(verdict),
    `seed: ${seed}`,
    '',
  ].join('\n');
}

const headline = (violations: number, groups: number): string =>
  `${counted(violations, 'violation')}, ${counted(groups, 'cause')}:`;

function groupLines(
  { cause, sources, violations }: Group,
  numbers: ReadonlyMap<CheckedViolation, number>,
  isKnown: (violation: CheckedViolation) => boolean,
): readonly string[] {
  return [
    '',
    ...cause.split('\n'),
    ...sources
      .slice(0, mostSources)
      .flatMap(({ says, title, address }) => [
        `  ${says.join('; ')}`,
        `    ${title}${address === undefined ? '' : `\n    ${address}`}`,
      ]),
    ...violations.map(
      (each) =>
        `  ${String(numbers.get(each)).padStart(3)}  ${each.fingerprint}  ${shortTitle(each)}${isKnown(each) ? ' (accepted by the baseline)' : ''}`,
    ),
  ];
}
const mostSources = 3;

/** The rules stand above the table already. */
const shortTitle = ({ title }: CheckedViolation): string => title.replace(/ against [^ ]+\/.*$/, '');

/** @param told whether it is the history that tells the edition */
function violationText(
  violation: CheckedViolation,
  number: number,
  { again, look }: Ways,
  told: boolean,
): readonly string[] {
  const { history, mismatches = [], allowed, before = [], allowedIf = [], fingerprint } = violation;
  return [
    '',
    `${number}: ${shortTitle(violation)}  ${fingerprint}`,
    ...history.map((event, index) => `  ${String(index + 1).padStart(3)}  ${stepText(event, index, history)}`),
    ...(mismatches.length > 0
      ? mismatches.map((each) => `       expected: ${mismatchText(each)}`)
      : allowedText(allowed).map((text) => `       ${text}`)),
    ...before.map((each) => `  ${beforeText(each)}`),
    ...(allowedIf.length === 0
      ? []
      : [
          `  It would be allowed ${allowedIf.map(insteadText).join(', or ')}${told ? '; an earlier step does not go with that' : ''}.`,
        ]),
    `  ${stability(violation)}`,
    ...(look === undefined ? [] : [`  look:  ${look}`]),
    `  again: ${again}`,
  ];
}

/** Does the violation show whenever its history is sent? */
export function stability({ again: { of, seen } }: CheckedViolation): string {
  if (of === 0) return 'It was not sent again.';
  return seen === of ? 'It shows every time.' : `Unstable: it showed ${seen} times of ${of}.`;
}

/** What is allowed whatever is open (errors of rules that refuse for certain, or success), and what may be besides. */
function allowedText(allowed: readonly AllowedInstead[]): readonly string[] {
  if (allowed.length === 0) return ['allowed: nothing: what was seen before and this cannot both be'];
  const certain = allowed.filter(isCertain).map(nameOf);
  const open = allowed.filter((each) => !isCertain(each));
  const shown = open.slice(0, mostOpen).map((each) => ('error' in each ? each.error : nameOf(each)));
  const more = open.length > mostOpen ? ` and ${open.length - mostOpen} more` : '';
  const perhaps = `${shown.join(', ')}${more}`;
  if (certain.length === 0) return [`allowed, depending on the world and on what the documents leave open: ${perhaps}`];
  return [
    `allowed: ${certain.join(', ')}`,
    ...(open.length === 0 ? [] : [`or, depending on the world and on what the documents leave open: ${perhaps}`]),
  ];
}
const mostOpen = 3;

const isCertain = ({ questions, facts }: AllowedInstead): boolean => questions.length + facts.length === 0;

const nameOf = (outcome: AllowedInstead): string => {
  const name = 'error' in outcome ? outcome.error : 'ok' in outcome ? 'ok' : 'anything';
  return outcome.rules.length === 0 ? name : `${name} (${outcome.rules.join(', ')})`;
};

/** A step with the members that matter: all in the last, and before it those that say what and which. */
function stepText(event: Output, index: number, history: readonly Output[]): string {
  const { op, input = {} } = event as { readonly op?: string; readonly input?: Output };
  const others = history.filter((_, other) => other !== index).map((other) => JSON.stringify(other['input'] ?? {}));
  const isLast = index === history.length - 1;
  const matters = (name: string, value: unknown): boolean =>
    op !== 'CreateCustomKeyStore' ||
    isLast ||
    telling.has(name) ||
    others.some((other) => typeof value === 'string' && other.includes(JSON.stringify(value)));
  const shown = Object.entries(input).filter(([name, value]) => matters(name, value));
  const left = Object.keys(input).length - shown.length;
  return [
    op,
    ...shown.map(([name, value]) => (name === 'CustomKeyStoreId' ? valueText(value) : `${name}=${brief(value)}`)),
    ...(left > 0 ? ['…'] : []),
    ` ${outcomeText(event)}`,
  ].join(' ');
}
const telling: ReadonlySet<string> = new Set(['CustomKeyStoreName', 'CustomKeyStoreType', 'XksProxyConnectivity']);

function brief(value: unknown): string {
  const text = valueText(value);
  return text.length > 48 ? `${text.slice(0, 24)}…${text.slice(-16)} (${text.length} characters)` : text;
}

function remarks({ missing, inconsistent, notes, left }: CheckVerdict): readonly string[] {
  return [
    ...Object.entries(missing).map(([op, answer]) => `not implemented: ${op} (${answer})`),
    ...inconsistent.map(({ question }) => `inconsistent: ${question} was answered one way and then another`),
    ...notes.map((note) => `note: ${note}`),
    ...(left.length > 0 ? [`left behind: ${left.join(', ')}`] : []),
  ];
}
