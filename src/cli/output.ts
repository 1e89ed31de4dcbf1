import { type RuleId, rules } from '../spec/catalogue.ts';
import type { Source } from '../spec/source.ts';
import { pageOf } from '../spec/sources.ts';

/** Data goes to stdout. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Words go to stderr. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** A source with the address of its page. */
export const cited = ({ page, says }: Source): string => {
  const { title, address } = pageOf(page);
  return `${says}\n      ${title}${address === undefined ? '' : `\n      ${address}`}`;
};

/** Rules, with their sources. */
export const sourceLines = (ids: readonly RuleId[]): readonly string[] =>
  ids.flatMap((id) => [`\n${id}: ${rules[id].says}`, ...rules[id].sources.map((source) => `    ${cited(source)}`)]);

/** The same for programs. */
export const citation = ({ page, says }: Source) => ({ page, says, address: pageOf(page).address });
