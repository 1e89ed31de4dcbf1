import { choicesOf, type QuestionId } from '../spec/questions.ts';
import type { Belief } from './belief.ts';
import type { Branch } from './branch.ts';
import { namesIn } from './clauses.ts';
import type { HistoryEvent } from './history.ts';
import type { Moment } from './setting.ts';

/** An implementation that answered a question one way, and now another. */
export interface Inconsistency {
  readonly question: string;
  readonly before: readonly string[];
  readonly now: readonly string[];
}

/**
 * What is left if the answers that were seen to questions are taken back, and which of them had to be. Such an event
 * teaches nothing else: who contradicts himself, or is misunderstood, may have meant anything.
 */
export function inconsistentAfter(belief: Belief, event: HistoryEvent, moment: Moment) {
  const inconsistent: Inconsistency[] = [];
  const left = belief.branches.flatMap((branch) => {
    const free = belief.having([{ ...branch, assumed: branch.assumed.withoutChoices() }]).after(event, moment);
    const [first] = free?.branches ?? [];
    if (first !== undefined && inconsistent.length === 0) inconsistent.push(...changed(branch, first));
    return (free?.branches ?? []).map((now) => ({ ...now, assumed: branch.assumed.besides(now.assumed) }));
  });
  return left.length === 0 ? [] : [{ belief: belief.having(left), inconsistent }];
}

/**
 * The questions that are answered in another way; where only several together are, those that bear on one another; and
 * where it was not yet decided which, all that the event answers.
 */
function changed({ assumed: { choices, clauses } }: Branch, { assumed: now }: Branch): readonly Inconsistency[] {
  const answers = [...now.choices].map(([question, left]) => {
    const before = choices.get(question) ?? choicesOf(question as QuestionId);
    return { question, before, now: left };
  });
  const contradicted = answers.filter((each) => !each.now.some((choice) => each.before.includes(choice)));
  const bound = answers.filter(({ question }) => clauses.some((clause) => namesIn(clause).has(question)));
  return [contradicted, bound, answers].find((each) => each.length > 0) ?? [];
}
