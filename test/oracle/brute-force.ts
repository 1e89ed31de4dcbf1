import { hiddenOutcomesOf, outcomesOf } from '../../src/machine/account.ts';
import { keyOfStore } from '../../src/machine/explore.ts';
import type { HistoryEvent, Output } from '../../src/oracle/history.ts';
import { matchesDescription } from '../../src/oracle/match.ts';
import { describedKey, describedStore } from '../../src/spec/description.ts';
import type { World } from '../../src/spec/facts.ts';
import { type Account, emptyAccount } from '../../src/spec/model.ts';
import { choicesOf, fixedChoice, type QuestionId } from '../../src/spec/questions.ts';
import { type Answers, type Known, known } from '../../src/spec/reading.ts';
import type { Edition } from '../../src/spec/vocabulary.ts';

/** What is left open: everything else is answered, or declared. */
export interface Openness {
  readonly editions: readonly Edition[];
  readonly answers: Answers;
  readonly questions: readonly QuestionId[];
  readonly world: World;
  /** Facts, as kind and subject, that the world does not declare. */
  readonly facts: readonly string[];
}

/**
 * Is the history allowed? Without any cleverness: every edition, every answer that it leaves open and every fact is tried, and for each of
 * them every account that may be is kept. Only what was asked for can matter: where a try that failed never asked for a
 * thing, it is not tried again with another value of that thing.
 */
export function isAllowed(history: readonly HistoryEvent[], open: Openness): boolean {
  return open.editions.some((edition) => {
    const failed: ReadonlyMap<string, unknown>[] = [];
    const base = known({ edition, answers: open.answers }, open.world);
    const questions = open.questions.filter((id) => fixedChoice(id, edition) === undefined);
    return answersTo(questions).some((more) =>
      factsOf(open.facts).some((facts) => {
        const given = new Map<string, unknown>([...Object.entries(more), ...facts]);
        if (failed.some((asked) => [...asked].every(([name, value]) => given.get(name) === value))) return false;
        const asked = new Map<string, unknown>();
        const may = mayHappen(history, watched(base, given, asked));
        if (!may) failed.push(asked);
        return may;
      }),
    );
  });
}

/** What is known, with some of it given; notes what of that is asked for. */
function watched(base: Known, given: ReadonlyMap<string, unknown>, asked: Map<string, unknown>): Known {
  return {
    edition: base.edition,
    answered: (question, ...among) => {
      const choice = given.get(question);
      if (choice === undefined) return base.answered(question, ...among);
      asked.set(question, choice);
      return (among as readonly unknown[]).includes(choice);
    },
    holds: (fact, ...about) => {
      const name = `${fact} ${about.join(' ')}`;
      const is = given.get(name);
      if (is === undefined) return base.holds(fact, ...about);
      asked.set(name, is);
      return is === true;
    },
  };
}

function mayHappen(history: readonly HistoryEvent[], is: Known): boolean {
  let accounts: readonly Account[] = [emptyAccount];
  for (const [place, event] of history.entries()) {
    // What came into being unseen may have any of the IDs that turn up.
    const ids = 'unknown' in event ? [`unseen-${place}`, ...idsIn(history)] : [freshId(event)];
    accounts = distinct(
      closed(accounts, is).flatMap((account) => ids.flatMap((fresh) => after(account, event, is, fresh))),
    );
    if (accounts.length === 0) return false;
  }
  return true;
}

/** The accounts, and all that hidden steps may make of them. */
function closed(accounts: readonly Account[], is: Known): readonly Account[] {
  const found = new Map(accounts.map((account) => [keyOf(account), account]));
  for (const account of found.values()) {
    for (const { when, next } of hiddenOutcomesOf(account, is)) {
      if (when === true && !found.has(keyOf(next))) found.set(keyOf(next), next);
    }
  }
  return [...found.values()];
}

function after(account: Account, event: HistoryEvent, is: Known, fresh: string): readonly Account[] {
  const isTaken = account.stores.some(({ id, keys }) => id === fresh || keys.some((key) => key.id === fresh));
  if (isTaken && 'unknown' in event) return [account];
  const happened = outcomesOf(account, event, is, fresh).outcomes.filter(({ when }) => when === true);
  if ('unknown' in event) return [account, ...happened.map(({ next }) => next)];
  return happened.flatMap(({ result, next, id }) => {
    if (result === 'anything') return [next];
    if ('error' in event) return typeof result === 'object' && result.error === event.error ? [next] : [];
    if (result !== 'ok' || !('ok' in event)) return [];
    return shows(event, event.ok, next, id, is) ? [next] : [];
  });
}

function shows(event: HistoryEvent, output: Output, account: Account, id: string | undefined, is: Known): boolean {
  if (event.op === 'CreateCustomKeyStore') return output['CustomKeyStoreId'] === id;
  if (event.op === 'DescribeCustomKeyStores') {
    const list = output['CustomKeyStores'] as readonly Output[];
    const wanted = event.input.CustomKeyStoreId;
    const listed = account.stores.filter((store) => wanted === undefined || store.id === wanted);
    return (
      list.length === listed.length &&
      listed.every((store) =>
        list.some(
          (entry) =>
            entry['CustomKeyStoreId'] === store.id && matchesDescription(describedStore(store, is), entry) === true,
        ),
      )
    );
  }
  if (event.op === 'CreateKey' || event.op === 'DescribeKey') {
    const metadata = output['KeyMetadata'] as Output;
    return account.stores.some((store) =>
      store.keys.some(
        (key) => key.id === metadata['KeyId'] && matchesDescription(describedKey(key, store, is), metadata) === true,
      ),
    );
  }
  return true;
}

/** Every ID of a store or key that the history shows. */
function idsIn(history: readonly HistoryEvent[]): readonly string[] {
  const ids = new Set<string>();
  JSON.stringify(history, (name, value: unknown) => {
    if ((name === 'CustomKeyStoreId' || name === 'KeyId') && typeof value === 'string') ids.add(value);
    return value;
  });
  return [...ids];
}

function freshId(event: HistoryEvent): string {
  if (!('ok' in event)) return 'unseen';
  const { CustomKeyStoreId, KeyMetadata } = event.ok as { CustomKeyStoreId?: string; KeyMetadata?: { KeyId: string } };
  return (event.op === 'CreateKey' ? KeyMetadata?.KeyId : CustomKeyStoreId) ?? 'unseen';
}

const keyOf = ({ stores }: Account): string =>
  JSON.stringify(stores.map((store) => [store.id, keyOfStore(store), store.keys.map((key) => key.id)]));

const distinct = (accounts: readonly Account[]): readonly Account[] => [
  ...new Map(accounts.map((account) => [keyOf(account), account])).values(),
];

function answersTo(questions: readonly QuestionId[]): readonly Answers[] {
  let all: readonly Answers[] = [{}];
  for (const question of questions) {
    all = all.flatMap((answers) => choicesOf(question).map((choice) => ({ ...answers, [question]: choice })));
  }
  return all;
}

function factsOf(names: readonly string[]): readonly ReadonlyMap<string, boolean>[] {
  let all: readonly ReadonlyMap<string, boolean>[] = [new Map()];
  for (const name of names) all = all.flatMap((facts) => [true, false].map((is) => new Map(facts).set(name, is)));
  return all;
}
