import { ruleIds, rules } from '../../spec/catalogue.ts';
import { connectionErrorCodeNames, connectionErrorCodes } from '../../spec/connection-error-codes.ts';
import { questionIds, questionOf } from '../../spec/questions.ts';
import { type PageId, pageOf, pages } from '../../spec/sources.ts';
import { page } from '../markdown.ts';
import { anchor, toQuestion, toRule } from './links.ts';

/** The bibliography, and what rests on each document. */
export function sourcesPage(): string {
  return page(
    'Sources',
    'The documents that the specification rests on, and what rests on each of them. Observations (OBS) are public records of what happened; they promise nothing.',
    ...(Object.keys(pages) as PageId[]).map(entry),
  );
}

function entry(id: PageId): string {
  const { title, address, note } = pageOf(id);
  const says = ({ page: cited }: { readonly page: PageId }) => cited === id;
  const inRules = ruleIds.filter((rule) => rules[rule].sources.some(says));
  const against = ruleIds.filter((rule) => rules[rule].contradictedBy?.some(says));
  const inQuestions = questionIds.filter((question) => questionOf(question).readings.some(says));
  const inCodes = connectionErrorCodeNames.filter((code) => connectionErrorCodes[code].sources.some(says));
  const uses = [
    ['Rules', inRules.map(toRule)],
    ['It contradicts the rules', against.map(toRule)],
    ['Questions', inQuestions.map(toQuestion)],
    ['Connection error codes', inCodes.map((code) => `[${code}](connection-error-codes.md#${anchor(code)})`)],
  ] as const;
  return [
    `## ${id}`,
    address === undefined ? `${title}.` : `[${title}](${address}).`,
    ...(note === undefined ? [] : [note]),
    ...uses.flatMap(([what, links]) => (links.length === 0 ? [] : [`${what}: ${links.join(', ')}`])),
  ].join('\n\n');
}
