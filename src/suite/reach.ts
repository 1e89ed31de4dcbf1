import { type CoverageRecorder, everyTransition, kindOf } from '../oracle/coverage.ts';
import type { HistoryEvent } from '../oracle/history.ts';
import type { Unreached } from '../oracle/verdict.ts';
import { type RuleId, ruleIds, rules } from '../spec/catalogue.ts';
import { atomsOf, type Condition } from '../spec/condition.ts';
import { decide } from '../spec/decide.ts';
import { defaultEdition } from '../spec/editions.ts';
import { fieldsOf } from '../spec/eligibility.ts';
import type { ErrorName } from '../spec/errors.ts';
import type { World } from '../spec/facts.ts';
import { keyIdsOf } from '../spec/key-id.ts';
import type { Account } from '../spec/model.ts';
import { choicesOf } from '../spec/questions.ts';
import { type Known, known } from '../spec/reading.ts';
import { errorsOf } from '../spec/rejection.ts';
import { isAboutArguments } from '../spec/rules/arguments.ts';
import { isMember } from '../spec/shapes.ts';
import { connectionStates, type Edition, editions, storeTypes } from '../spec/vocabulary.ts';
import { isDeclarable } from '../spec/world.ts';

type Why = keyof Unreached;

/** What stands in the way, the least first. */
const ways: readonly Why[] = ['choice', 'edition', 'world', 'chance', 'untried'];
const latest: Edition = editions.at(-1) ?? defaultEdition;

/** Notices which rules a request came near to, and what was missing for them to refuse it. */
export class Reach {
  readonly #world: World;
  readonly #known = new Map<Edition, Known>();
  readonly #near = new Map<RuleId, Why>();
  /** Rules that a later edition would have asked. */
  readonly #later = new Set<RuleId>();
  readonly #looked = new Set<string>();
  readonly #marks: RegExp;

  /** @param world what is declared; the rest is unknown. @param tag the mark of the run in its names */
  constructor(world: World, tag: string) {
    this.#world = world;
    this.#marks = new RegExp(`${tag}[a-z2-7]{3}|cks-[0-9a-f]+`, 'g');
  }

  look(event: HistoryEvent, before: Account, edition: Edition): void {
    if (event.op === 'DescribeCustomKeyStores' && 'ok' in event) return;
    const { CustomKeyStoreId } = event.input as { readonly CustomKeyStoreId?: string };
    const keys = keyIdsOf(event.input);
    const store = before.stores.find(
      (each) => each.id === CustomKeyStoreId || each.keys.some(({ id }) => keys.includes(id)),
    );
    const result = 'error' in event ? event.error : '';
    const input = JSON.stringify(event.input).replace(this.#marks, '');
    const place = `${event.op} ${input} ${result} ${kindOf(store)} ${store?.connectionState} ${store?.properties.XksProxyUriPath} ${edition}`;
    if (this.#looked.has(place)) return;
    this.#looked.add(place);
    if (edition !== latest)
      for (const { rule } of decide(before, event, this.#in(latest)).refusals) this.#later.add(rule);
    for (const { rule, when } of decide(before, event, this.#in(edition)).refusals) {
      const why = wayOf(when);
      const known = this.#near.get(rule);
      if (known === undefined || ways.indexOf(why) < ways.indexOf(known)) this.#near.set(rule, why);
    }
  }

  /** What was not reached, under the editions that are left. */
  unreached(coverage: CoverageRecorder, left: readonly Edition[]): Unreached {
    const found: Record<Why, string[]> = { choice: [], edition: [], world: [], chance: [], untried: [] };
    const why = (rule: RuleId): Why =>
      this.#near.get(rule) ?? (declarableOnly(rule) ? 'world' : this.#later.has(rule) ? 'edition' : untried(rule));
    for (const rule of ruleIds) if (!coverage.rules.has(rule)) found[why(rule)].push(`rule ${rule}`);
    for (const [error, from] of errorsOfRules) {
      if (coverage.errors.has(error)) continue;
      const reasons = from.map((rule) => (coverage.rules.has(rule) ? 'choice' : why(rule)));
      found[ways.find((way) => reasons.includes(way)) ?? 'untried'].push(`error ${error}`);
    }
    // A disconnection that waits for the attempt to end is one way to take what the documents leave open.
    // FAILED takes something to which nothing connects.
    const failed = (place: string): Why => (/\bFAILED\b|connection\.fails/.test(place) ? 'world' : 'untried');
    for (const place of everyTransition)
      if (!coverage.transitions.has(place))
        found[place.endsWith(' disconnection.begins') ? 'choice' : failed(place)].push(`transition ${place}`);
    for (const type of storeTypes)
      for (const state of connectionStates)
        if (!coverage.states.has(`${type} ${state}`)) found[failed(state)].push(`state ${type} ${state}`);
    for (const type of storeTypes)
      for (const field of fieldsOf(type))
        for (const state of connectionStates) {
          if (coverage.cells.has(`${type} ${field} ${state}`)) continue;
          const exists = [defaultEdition, ...left].some((edition) => isMember('UpdateCustomKeyStore', field, edition));
          found[exists ? failed(state) : 'edition'].push(`cell ${type} ${field} ${state}`);
        }
    return found;
  }

  #in(edition: Edition): Known {
    const found = this.#known.get(edition) ?? known({ edition, answers: {} }, this.#world);
    this.#known.set(edition, found);
    return found;
  }
}

/** What it takes for a condition to hold. */
function wayOf(when: Condition): Why {
  const atoms = atomsOf(when);
  const facts = atoms.flatMap((atom) => ('fact' in atom ? [atom.fact] : []));
  if (facts.length === 0) return 'choice';
  return facts.some(isDeclarable) ? 'world' : 'chance';
}

/** Members that do not concern stores are not sent wrongly on purpose: nobody could say what has to come of it. */
const untried = (rule: RuleId): Why => (isAboutArguments(rule) ? 'chance' : 'untried');

/** A rule about a fault of a proxy takes a proxy that has it. */
const declarableOnly = (rule: RuleId): boolean => 'fault' in rules[rule];

/** Every error that a rule may give, with those rules. */
const errorsOfRules = ((): ReadonlyMap<ErrorName, readonly RuleId[]> => {
  const found = new Map<ErrorName, RuleId[]>();
  for (const id of ruleIds) {
    const { error } = rules[id];
    const errors =
      typeof error === 'string'
        ? [error]
        : 'answerTo' in error
          ? choicesOf(error.answerTo).flatMap((choice) => errorsOf(choice))
          : error;
    for (const each of new Set(errors)) found.set(each, [...(found.get(each) ?? []), id]);
  }
  return found;
})();
