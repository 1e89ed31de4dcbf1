import type { StoreBefore, Verdict, VerdictViolation } from '../oracle/verdict.ts';
import { rules } from '../spec/catalogue.ts';
import { cellOf, type UpdateField } from '../spec/eligibility.ts';
import { connectionStates } from '../spec/vocabulary.ts';
import { counted } from '../suite/counted.ts';
import { eventText, inputText, outcomeText } from './event.ts';
import { explorerAddress } from './explorer-page.ts';
import { allowedText, mismatchText } from './outcome-text.ts';

/** What a verdict is about. */
export interface About {
  readonly name: string;
  readonly part?: string | undefined;
}

/** A verdict as a page for a terminal. */
export function verdictText(verdict: Verdict, { name, part }: About): string {
  const { violation, events, common = 0, skipped = 0 } = verdict;
  const counts = [
    counted(events, 'event'),
    ...(common > 0 ? [`${common} that say nothing (throttling, permissions, faults of the service)`] : []),
    ...(skipped > 0 ? [`${counted(skipped, 'record')} passed over`] : []),
  ].join(', ');
  const head = `${part === undefined ? name : `${name}, ${part}`}: ${words[verdict.verdict]}. ${counts}.`;
  return [
    head,
    ...(violation === undefined ? well(verdict) : [...violationLines(violation), ...seenIn(violation)]),
  ].join('\n');
}

/** Where the violation can be seen. */
export const seenIn = ({ explorer }: VerdictViolation, file?: string): readonly string[] =>
  explorer === undefined ? [] : ['', `See it: ${file ?? explorerAddress(explorer)}`];

const words = {
  conforms: 'conforms',
  violates: 'violates the specification',
  undetermined: 'undetermined: whatever had been answered, nothing in it could have been told to be wrong',
} as const;

function well({ editions, profile, inconsistent = [], observeNext = [] }: Verdict): readonly string[] {
  const left = Object.entries(editions).filter(([, each]) => each === 'conforms');
  const decided = Object.entries(profile);
  return [
    `Editions that allow it: ${left.map(([edition]) => edition).join(', ')}.`,
    ...(decided.length === 0 ? [] : ['', 'How it takes what the documents leave open:']),
    ...decided.map(([question, choices]) => `  ${question}: ${choices.join(' or ')}`),
    ...(inconsistent.length === 0
      ? []
      : ['', 'Answered one way, and later another (--strict makes this a violation):']),
    ...inconsistent.map(({ event, question, before = [], now = [] }) => {
      return `  ${question}: ${before.join(' or ')}, at event ${event} ${now.join(' or ')}`;
    }),
    ...(observeNext.length === 0 ? [] : ['', 'To find out more:', ...observeNext.map((each) => `  ${each}`)]),
  ];
}

/** A violation as a page: what happened, what was allowed, why, and the shortest way to see it. */
export function violationLines(violation: VerdictViolation): readonly string[] {
  const { event, op, input = {}, observed, mismatches = [], before = [], allowedIf = [] } = violation;
  const isWrongError = mismatches.some(({ member }) => member === 'error');
  return [
    '',
    `Event ${event}, counted from 0: ${op}${inputText(op, input)}`,
    `  answered  ${mismatches.length > 0 && !isWrongError ? 'ok' : outcomeText(observed)}`,
    ...mismatches.map((each) => `  expected  ${mismatchText(each)}`),
    ...(mismatches.length > 0 && !isWrongError ? [] : allowedLines(violation)),
    ...(before.length === 0 ? [] : ['', ...before.map(beforeText)]),
    ...rulesText(violation),
    ...requirementLines(violation),
    ...sourceLines(violation),
    ...(allowedIf.length === 0 ? [] : ['', `Allowed ${allowedIf.map(insteadText).join(', or ')}.`]),
    '',
    `The shortest history that shows it (${counted(violation.history.length, 'event')}):`,
    ...violation.history.map(
      (each, place) => `  ${String(violation.places?.[place] ?? place).padStart(5)}  ${eventText(each)}`,
    ),
  ];
}

/** Every outcome that would have been allowed; of many errors that the world alone decides, only the names. */
function allowedLines({ allowed, rules: broken }: VerdictViolation): readonly string[] {
  if (allowed.length === 0) return ['  allowed   nothing: what was seen before and this cannot both be'];
  const first = allowed.filter((each) => !('error' in each) || each.rules.some((id) => broken.includes(id)));
  const others = allowed.filter((each) => !first.includes(each));
  const few = others.length <= mostAllowed;
  const lines = [...first, ...(few ? others : [])].map(allowedText);
  const names = others.map((each) => ('error' in each ? each.error : 'ok'));
  return [
    ...lines.map((text, place) => `  ${place === 0 ? 'allowed ' : '        '}  ${text}`),
    ...(few ? [] : wrapped(names, `  ${lines.length === 0 ? 'allowed ' : 'or, as the world may be,'}  `)),
  ];
}
const mostAllowed = 4;

/** Words on lines that fit a terminal, the first after a heading, the others indented like the outcomes. */
function wrapped(words: readonly string[], heading: string): readonly string[] {
  const lines = [heading];
  for (const [place, word] of words.entries()) {
    const text = `${word}${place < words.length - 1 ? ', ' : ''}`;
    if ((lines.at(-1) as string).length + text.length > 110) lines.push('            ');
    lines.push(`${lines.pop()}${text}`);
  }
  return lines.map((line) => line.trimEnd());
}

/** What a store may have been before. */
export function beforeText({ store, types, states, codes, because }: StoreBefore): string {
  const code = codes.length === 0 ? '' : ` (${codes.map((each) => each ?? 'some code').join(' or ')})`;
  const why =
    because.length === 0 ? '' : `, by event${because.length > 1 ? 's' : ''} ${because.slice(-mostBecause).join(', ')}`;
  return `Just before, ${store} (${types.join(' or ')}) was ${states.join(' or ')}${code}${why}.`;
}
const mostBecause = 6;

function rulesText(violation: VerdictViolation): readonly string[] {
  const { rules: ids, nearest = [], observed } = violation;
  const error = typeof observed['error'] === 'string' ? observed['error'] : undefined;
  return ids.slice(0, mostRules).flatMap((id) => {
    const near = nearest.find((each) => each.rule === id);
    const where =
      near === undefined || near.inStates.length === 0
        ? ''
        : ` It would refuse if the store were ${near.inStates.join(' or ')}.`;
    const kept =
      near === undefined || error === undefined ? '' : ` It refuses with ${error}, but has no reason to here.${where}`;
    return [
      '',
      `${id}: ${rules[id].says}${kept}`,
      ...(id === 'update/in-state' ? eligibleText(violation) : []),
      ...rules[id].sources.map(({ page, says }) => `  ${page}: ${says}`),
    ];
  });
}
const mostRules = 4;

/** When each given member of the store may change. */
function eligibleText({ input = {}, before = [] }: VerdictViolation): readonly string[] {
  return (before[0]?.types ?? []).flatMap((type) =>
    (Object.keys(input) as UpdateField[]).flatMap((field) => {
      const states = connectionStates.filter((state) => (cellOf(type, field, state) ?? 'reject') !== 'reject');
      if (states.length === 0) return [];
      const open = states.filter((state) => cellOf(type, field, state) !== 'allow');
      const where = states.filter((state) => !open.includes(state)).join(' or ');
      const asked = open.map((state) => `${state} (${cellOf(type, field, state)})`).join(', ');
      return [`  ${field} of ${type}: only while ${where}${asked === '' ? '' : `; open while ${asked}`}`];
    }),
  );
}

/** Where the documents say how the members of an answer have to be. */
function requirementLines({ requirements: ids = [], sources = [] }: VerdictViolation): readonly string[] {
  return sources
    .filter(({ of }) => ids.includes(of))
    .flatMap(({ of, page, says }) => ['', `${of}: ${says}`, `  ${page}`]);
}

/** The address of every page that was named, once. */
function sourceLines({ rules: ids, requirements: rows = [], sources = [] }: VerdictViolation): readonly string[] {
  const named = new Set<string>([...ids.slice(0, mostRules), ...rows]);
  const found = new Map(sources.filter(({ of }) => named.has(of)).map(({ page, address }) => [page, address]));
  const lines = [...found].flatMap(([page, address]) => (address === undefined ? [] : [`  ${page}  ${address}`]));
  return lines.length === 0 ? [] : ['', 'Read more:', ...lines];
}

/** What else would have allowed it. */
export function insteadText(instead: NonNullable<VerdictViolation['allowedIf']>[number]): string {
  if ('edition' in instead) return `by edition ${instead.edition}`;
  return 'question' in instead
    ? `if ${instead.question} were ${instead.choice}`
    : 'if a cluster, a proxy or a permission had changed in between (--world-is changing)';
}
