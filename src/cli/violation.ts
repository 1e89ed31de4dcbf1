import { type RuleId, rules } from '../spec/catalogue.ts';
import { cited } from './output.ts';

/** The rules behind a violation, with their sources. */
export const sourceLines = (ids: readonly RuleId[]): readonly string[] =>
  ids.flatMap((id) => [`\n${id}: ${rules[id].says}`, ...rules[id].sources.map((source) => `    ${cited(source)}`)]);
