import { type RuleId, rules } from '../../spec/catalogue.ts';
import { since } from '../../spec/editions.ts';
import type { ErrorName } from '../../spec/errors.ts';
import type { Rule } from '../../spec/rule.ts';
import type { Source } from '../../spec/source.ts';
import { pageOf } from '../../spec/sources.ts';
import { type Edition, editions } from '../../spec/vocabulary.ts';
import { type Built, build } from './build.ts';
import { coreScripts } from './core.ts';
import type { Allowed, AnyTime, Note, NotedSource, Vector, VectorFile } from './format.ts';
import { fullScripts } from './full.ts';
import { neverShown } from './patterns.ts';
import type { Script } from './script.ts';

/** What the files of the small suite hold. */
const subjects: Readonly<Record<keyof typeof coreScripts, string>> = {
  lifecycle: 'Stores are created, connected, disconnected and deleted, in every state',
  cells: 'What UpdateCustomKeyStore may change, in every state',
  update: 'What UpdateCustomKeyStore is refused for besides',
  create: 'What CreateCustomKeyStore is refused for',
  keys: 'Keys in custom key stores, and their states',
  codes: 'Why connection attempts fail',
  requests: 'Requests that are malformed, not permitted, or about a store that does not exist',
  values: 'Values that are well formed, kept as they are given, and compared to the letter',
  several: 'What stores and keys mean for each other',
  assumed: 'For implementations that are known to answer a question in one way',
};

/** The files of the small suite, by their paths in the folder of vectors. */
export function* coreFiles(): Generator<readonly [path: string, file: VectorFile]> {
  for (const [subject, scripts] of Object.entries(coreScripts)) {
    const about = subjects[subject as keyof typeof coreScripts];
    yield [`core/${subject}.json`, fileOf('core', about, scripts.flatMap(vectorsOf))];
  }
}

/** The files of the large suite: one for each operation. It takes a while. */
export function* fullFiles(): Generator<readonly [path: string, file: VectorFile]> {
  for (const [op, scripts] of fullScripts()) {
    yield [`full/${op}.json`, fileOf('full', `What may come of ${op}`, scripts.flatMap(vectorsOf))];
  }
}

function fileOf(suite: VectorFile['suite'], about: string, vectors: readonly Vector[]): VectorFile {
  const mentioned = new Set<RuleId>([
    ...vectors.flatMap((vector) => vector.rules),
    ...anyTime.flatMap((each) => each.rules),
  ]);
  return {
    $schema: '../../schemas/vectors.schema.json',
    format: 1,
    suite,
    about,
    editions: editions.filter((edition) => vectors.some((vector) => vector.editions.includes(edition))),
    numberOfVectors: vectors.length,
    anyTime,
    neverShown,
    notes: Object.fromEntries([...mentioned].sort().map((id) => [id, noteOf(rules[id])])),
    vectors,
  };
}

/** The text of a file: a line for each step, so that a change of one is a change of one line. */
export function textOf({ vectors, ...header }: VectorFile): string {
  const head = JSON.stringify(header, null, 2).slice(0, -2);
  return `${head},\n  "vectors": [\n${vectors.map(vectorText).join(',\n')}\n  ]\n}\n`;
}

function vectorText({ shows, steps, ...rest }: Vector): string {
  const lines = (list: readonly object[]): string =>
    list.length === 0 ? '' : `\n${list.map((each) => `        ${JSON.stringify(each)}`).join(',\n')}\n      `;
  const members = Object.entries(rest).map(
    ([name, value]) => `      ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `    {\n${members.join(',\n')},\n      "shows": [${lines(shows)}],\n      "steps": [${lines(steps)}]\n    }`;
}

function noteOf({ says, sources, contradictedBy }: Rule): Note {
  return {
    says,
    sources: sources.map(noted),
    ...(contradictedBy === undefined ? {} : { contradictedBy: contradictedBy.map(noted) }),
  };
}

function noted({ page, says }: Source): NotedSource {
  const { title, address } = pageOf(page);
  return { says, page: title, ...(address === undefined ? {} : { address }) };
}

/** Errors that no fact of a declared world brings about: rates, outages and signatures. */
export const anyTime: readonly AnyTime[] = (
  ['request/unauthenticated', 'request/throttled', 'request/internal-failure'] as const
).flatMap((rule) => {
  const { error } = rules[rule] as { readonly error: ErrorName | readonly ErrorName[] };
  return [error].flat().map((each) => ({ error: each as ErrorName, rules: [rule] }));
});

/** The vectors of a script: editions that say the same share one. */
export function vectorsOf(script: Script): readonly Vector[] {
  const groups = new Map<string, { readonly built: Built; readonly editions: Edition[] }>();
  for (const edition of editions) {
    if (script.since !== undefined && !since(edition, script.since)) continue;
    const built = build(script, edition);
    const key = JSON.stringify(built);
    const same = groups.get(key);
    if (same === undefined) groups.set(key, { built, editions: [edition] });
    else same.editions.push(edition);
  }
  return [...groups.values()].map(({ built: { id, says, ...rest }, editions: own }) => ({
    id: `${id}@${own[0]}`,
    says,
    editions: own,
    ...withoutAnyTime(rest),
  }));
}

/** Errors of any time stand once for all steps. */
function withoutAnyTime<B extends Pick<Built, 'steps' | 'rules'>>(built: B): B {
  const isOwn = (allowed: Allowed): boolean =>
    'ok' in allowed || !allowed.rules.every((id) => anyTime.some(({ rules: [rule] }) => rule === id));
  const steps = built.steps.map((step) => ({ ...step, allow: step.allow.filter(isOwn) }));
  return { ...built, steps };
}
