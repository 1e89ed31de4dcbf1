import { allowed, fieldsIn, requestFor, type Wish } from '../../machine/allowed.ts';
import { rules } from '../../spec/catalogue.ts';
import { since } from '../../spec/editions.ts';
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
  const outcomes = allowed(wish);
  const { edition, operation } = wish;
  if (options.json) {
    printJson({
      edition,
      operation,
      outcomes: outcomes.map(({ sources, ...outcome }) => ({ ...outcome, sources: sources.map(citation) })),
    });
  } else {
    const sent = Object.keys(requestFor(wish).input).join(', ');
    print(`${operation} (${sent}) on ${wish.type}, ${wish.state}, edition ${edition}:\n`);
    for (const { ok, error, rules: ids = [], questions, sources } of outcomes) {
      print(ok ? '  allowed: success' : `  allowed: ${error}`);
      for (const id of ids) print(`    ${id}: ${rules[id].says}`);
      if (questions.length > 0) print(`    depends on ${questions.join(', ')} (kms-cks explain ${questions[0]})`);
      for (const source of sources) print(`    - ${cited(source)}`);
    }
    print('\nAny request may also meet the common errors: throttling, missing permission, internal failure.');
  }
  return outcomes.some(({ ok }) => ok) ? 0 : 1;
}

function wishOf({ type, state, update, op, edition, answer }: Options): Wish {
  if (type === undefined) throw new UsageError(`--type is missing: ${storeTypes.join(' or ')}`);
  if (state === undefined) throw new UsageError(`--state is missing: one of ${connectionStates.join(', ')}`);
  if ((update === undefined) === (op === undefined)) {
    throw new UsageError('give either --update MEMBER,… or --op OPERATION');
  }
  const wanted: Edition = oneOf('edition', edition, editions);
  const base = {
    type: oneOf('store type', type, storeTypes),
    state: oneOf('connection state', state, connectionStates),
    edition: wanted,
    answers: parseAnswers(answer),
  };
  if (op !== undefined) return { ...base, operation: oneOf('operation', op, operations) };
  const fields = (update ?? '')
    .split(',')
    .map((name) => oneOf('member of UpdateCustomKeyStore', name.trim(), updateFields));
  const later = fields.find((field) => !fieldsIn(wanted).includes(field));
  if (later !== undefined && !since(wanted, '2025-10')) {
    throw new UsageError(`${later} is not in edition ${wanted}: it came with 2025-10. Add --edition 2025-10`);
  }
  return { ...base, operation: 'UpdateCustomKeyStore', update: fields };
}
