import type { RuleId } from '../../spec/catalogue.ts';
import type { ErrorName } from '../../spec/errors.ts';
import type { QuestionId } from '../../spec/questions.ts';
import type { Rule } from '../../spec/rule.ts';
import type { Source } from '../../spec/source.ts';
import { type PageId, pageOf } from '../../spec/sources.ts';
import type { Operation } from '../../spec/vocabulary.ts';
import { code } from '../markdown.ts';

/** The anchor of a heading, as GitHub makes it. */
export const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

export const toRule = (id: RuleId): string => `[${id}](rules.md#${anchor(id)})`;
export const toQuestion = (id: QuestionId): string => `[${id}](questions.md#${anchor(id)})`;
export const toError = (name: ErrorName): string => `[${code(name)}](errors.md#${anchor(name)})`;
export const toOperation = (op: Operation): string => `[${op}](operations/${op}.md)`;

/** The error of a rule, with links. */
export function errorText(error: Rule['error']): string {
  if (typeof error === 'string') return toError(error);
  if ('answerTo' in error) return `by the answer to ${toQuestion(error.answerTo)}`;
  return error.map(toError).join(' or ');
}

/** A source as a link to its entry in the list of sources. */
export const toSource = (id: PageId): string => `[${shortTitle(id)}](sources.md#${anchor(id)})`;

/** What a document says, with a link to its entry. */
export const cited = ({ page, says }: Source): string => `${says} (${toSource(page)})`;

/** The same text in a page of a folder below. */
export const below = (text: string): string => text.replaceAll(/\]\((?!https:|\.)/g, '](../');

/** A title without what only tells one copy from another. */
function shortTitle(id: PageId): string {
  const { title } = pageOf(id);
  return id === 'SEED' ? 'the source document' : (title.split(/[:,] (?=data|doc comments|kms-|AWS SDK)/)[0] ?? title);
}
