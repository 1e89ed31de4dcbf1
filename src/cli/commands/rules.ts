import { operationsOf, ruleIds, rules } from '../../spec/catalogue.ts';
import { questionIds, questionOf } from '../../spec/questions.ts';
import { print, printJson } from '../output.ts';

/** Lists every rule and every question. */
export function run({ json }: { readonly json?: true }): number {
  if (json) {
    printJson({
      rules: ruleIds.map((id) => ({ id, says: rules[id].says, error: rules[id].error, operations: operationsOf(id) })),
      questions: questionIds.map((id) => ({ id, ...questionOf(id) })),
    });
    return 0;
  }
  print(`Rules (${ruleIds.length}): what is so when nothing is refused\n`);
  for (const id of ruleIds) print(`  ${id.padEnd(44)} ${rules[id].says}`);
  print(`\nQuestions (${questionIds.length}): where the documents are silent or disagree\n`);
  for (const id of questionIds) print(`  ${id.padEnd(44)} ${questionOf(id).asks}`);
  return 0;
}
