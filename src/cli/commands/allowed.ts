import { type AllowedOutcome, allowed, cameWith, laterThan, requestFor, type Wish } from '../../machine/allowed.ts';
import { allowedInAny } from '../../machine/allowed-in-any.ts';
import { rules } from '../../spec/catalogue.ts';
import { updateFields } from '../../spec/eligibility.ts';
import { connectionStates, type Edition, editions, operations, storeTypes } from '../../spec/vocabulary.ts';
import { oneOf, parseAnswers } from '../options.ts';
import { citation, cited, print, printJson } from '../output.ts';
import { UsageError } from '../usage-error.ts';

interface Options {
  readonly type?: string;
  readonly state?: string;
  readonly update?: string;
  readonly op?: string;
  readonly edition: string;
  readonly answer: readonly string[];
  readonly json?: true;
}

/** May I do this now? Every allowed outcome, with rule, sentence and source. */
export function run(options: Options): number {
  const wish = wishOf(options);
  const { edition } = options;
  const { operation } = wish;
  const outcomes = edition === 'any' ? allowedInAny(wish) : allowed(wish);
  if (options.json) {
    printJson({
      edition,
      operation,
      outcomes: outcomes.map(({ sources, ...outcome }) => ({ ...outcome, sources: sources.map(citation) })),
    });
  } else {
    const sent = Object.keys(requestFor(wish).input).join(', ');
    const answer = answerTo(outcomes);
    print(`${answer}: ${operation} (${sent}) on ${wish.type}, ${wish.state}, edition ${edition}\n`);
    const sure = answer === 'yes' || (answer === 'no' && outcomes.length === 1);
    for (const [errors, { ok, rules: ids = [], questions, sources, editions: among }] of grouped(outcomes)) {
      const refused = `${sure ? 'is' : 'may be'} refused with ${errors.join(' or ')}`;
      print(`  it ${ok ? (sure ? 'succeeds' : 'may succeed') : refused}${among ? ` (${among.join(', ')})` : ''}`);
      for (const id of ids) print(`    ${id}: ${rules[id].says}`);
      if (questions.length > 0) print(`    depends on ${questions.join(', ')} (kms-cks explain ${questions[0]})`);
      for (const source of sources) print(`    - ${cited(source)}`);
    }
    print('\nAny request may also meet the common errors: throttling, missing permission, internal failure.');
  }
  return outcomes.some(({ ok }) => ok) ? 0 : 1;
}

/** Refusals that rest on the same are told together, with all their errors. */
function grouped(outcomes: readonly AllowedOutcome[]): readonly (readonly [readonly string[], AllowedOutcome])[] {
  const groups = new Map<string, [string[], AllowedOutcome]>();
  for (const outcome of outcomes) {
    const { error, ...grounds } = outcome;
    const key = JSON.stringify(grounds);
    const found = groups.get(key) ?? [[], outcome];
    if (error !== undefined) found[0].push(error);
    groups.set(key, found);
  }
  return [...groups.values()];
}

/** The answer in a word, before its reasons. Exit code 1 stands for no. */
function answerTo(outcomes: readonly AllowedOutcome[]): 'yes' | 'no' | 'the documents leave it open' {
  if (!outcomes.some(({ ok }) => ok)) return 'no';
  return outcomes.every(({ ok }) => ok) ? 'yes' : 'the documents leave it open';
}

/** For `any`, a member of the newest edition may be asked for. */
const newest = editions.at(-1) as Edition;

function wishOf({ type, state, update, op, edition, answer }: Options): Wish {
  if (type === undefined) throw new UsageError(`--type is missing: ${storeTypes.join(' or ')}`);
  if (state === undefined) throw new UsageError(`--state is missing: one of ${connectionStates.join(', ')}`);
  if ((update === undefined) === (op === undefined)) {
    throw new UsageError('give either --update MEMBER,… or --op OPERATION');
  }
  const asked = oneOf('edition', edition, [...editions, 'any'] as const);
  const base = {
    type: oneOf('store type', type, storeTypes),
    state: oneOf('connection state', state, connectionStates),
    edition: asked === 'any' ? newest : asked,
    answers: parseAnswers(answer),
  };
  if (op !== undefined) return { ...base, operation: oneOf('operation', op, operations) };
  const fields = (update ?? '')
    .split(',')
    .map((name) => oneOf('member of UpdateCustomKeyStore', name.trim(), updateFields));
  const later = laterThan({ ...base, update: fields });
  const needed = fields.map(cameWith).sort().at(-1);
  if (later !== undefined) throw new UsageError(`${later}. Add --edition ${needed}`);
  return { ...base, operation: 'UpdateCustomKeyStore', update: fields };
}
