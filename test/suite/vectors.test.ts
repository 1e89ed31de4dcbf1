import { describe, expect, it } from 'vitest';
import { hiddenOutcomesOf } from '../../src/machine/account.ts';
import { type Arrow, arrows, arrowsFor } from '../../src/machine/chart.ts';
import type { Occasion } from '../../src/machine/effects.ts';
import { guards } from '../../src/machine/guards.ts';
import { catalogue, operationsOf, ruleIds, rules } from '../../src/spec/catalogue.ts';
import { decide } from '../../src/spec/decide.ts';
import { since } from '../../src/spec/editions.ts';
import { updatable } from '../../src/spec/eligibility.ts';
import type { Account, Store } from '../../src/spec/model.ts';
import { fieldsGiven } from '../../src/spec/properties.ts';
import { connectionStates, editions, storeTypes } from '../../src/spec/vocabulary.ts';
import { build, type Look } from '../../src/suite/vectors/build.ts';
import { coreScripts } from '../../src/suite/vectors/core.ts';
import { anyTime, coreFiles } from '../../src/suite/vectors/files.ts';
import type { Step } from '../../src/suite/vectors/format.ts';
import { waysOf } from '../../src/suite/vectors/open.ts';
import { type FaultName, faultNames, faults } from '../../src/wire/faults.ts';
import { readingsOf, runAgainstReference } from './vector-runs.ts';

const vectors = [...coreFiles()].flatMap(([, file]) => file.vectors);
const steps = vectors.flatMap((vector) => vector.steps);
const looks = editions.flatMap((edition) =>
  Object.values(coreScripts)
    .flat()
    .filter((script) => script.since === undefined || since(edition, script.since))
    .flatMap((script) => {
      const seen: Look[] = [];
      build(script, edition, (look) => seen.push(look));
      return seen.map((look) => ({ ...look, edition }));
    }),
);

describe('the small suite covers', () => {
  it('every arrow of the chart that does something, but for a disconnection that fails, and for what takes days', () => {
    const taken = new Set(looks.flatMap(arrowsTaken));
    const wanted = arrows.filter(({ actions, event }) => !actions.includes('refuse') && !beyond.includes(event));

    expect(wanted.filter((arrow) => !taken.has(arrow)).map(({ from, event, guard }) => [from, event, guard])).toEqual(
      [],
    );
  });

  it('every cell of the tables of eligibility, in every edition', () => {
    const cells = new Set(looks.flatMap(cellsOf));
    const wanted = editions.flatMap((edition) =>
      storeTypes.flatMap((type) =>
        Object.keys(updatable[type])
          .filter((field) => field !== 'XksProxyVpcEndpointServiceOwner' || since(edition, '2025-10'))
          .flatMap((field) => connectionStates.map((state) => `${edition} ${type} ${state} ${field}`)),
      ),
    );

    expect(wanted.filter((cell) => !cells.has(cell))).toEqual([]);
    expect(wanted).toHaveLength(45 + 50 + 50);
  });

  it('every rule, where it refuses', () => {
    const refusing = new Set(vectors.flatMap((vector) => vector.rules));
    const always = new Set(anyTime.flatMap((each) => each.rules));

    expect(ruleIds.filter((id) => !refusing.has(id) && !always.has(id))).toEqual([]);
  });

  it('every rule, where it does not', () => {
    const accepted = steps.filter(({ allow }) => allow.some((allowed) => 'ok' in allowed));
    const free = (id: (typeof ruleIds)[number]) =>
      accepted.some(({ op, allow }) => operationsOf(id).includes(op) && !rulesIn(allow).includes(id));

    expect(ruleIds.filter((id) => !free(id))).toEqual([]);
  });

  it('every error of every rule', () => {
    const seen = new Set([
      ...steps.flatMap(({ allow }) => allow.flatMap((allowed) => ('error' in allowed ? allowed.error : []))),
      ...anyTime.map(({ error }) => error),
    ]);
    const wanted = new Set(
      Object.values(catalogue)
        .flat()
        .flatMap(({ rule: { error } }) => (typeof error === 'object' && 'answerTo' in error ? [] : [error].flat())),
    );

    expect([...wanted].filter((error) => !seen.has(error))).toEqual([]);
    expect(Object.keys(rules).length).toBeGreaterThan(50);
  });
});

describe('a correct implementation', () => {
  it('passes, however it answers a question', () => {
    const failed = vectors.flatMap((vector, index) =>
      readingsOf(vector)
        .filter((reading, each) => Object.keys(reading.answers).length === 0 || (each + index) % 5 === 0)
        .flatMap((reading) => {
          const result = runAgainstReference(vector, reading);
          return result.verdict === 'passed' ? [] : [{ id: vector.id, reading, result }];
        }),
    );

    expect(failed).toEqual([]);
  });

  it('does not pass if a fault is built in', () => {
    const passing = faultNames.filter((name: FaultName) =>
      vectors.every((vector) => {
        const [reading = { edition: '2022-11', answers: {} }] = readingsOf(vector);
        return runAgainstReference(vector, reading, { fault: faults[name] }).verdict === 'passed';
      }),
    );

    expect(passing).toEqual(untold);
  });
});

// Helpers

/** No world declares that a disconnection fails, and nobody runs a vector for days. */
const beyond: readonly string[] = ['disconnection.fails', 'key.deleted'];

/** A vector allows for every order of a list, so that it cannot say what is on the second page, and for any date. */
const untold: readonly FaultName[] = ['dates-in-milliseconds', 'page-repeats-a-store', 'page-ends-the-list'];

const rulesIn = (allow: Step['allow']): readonly string[] =>
  allow.flatMap((allowed) => ('error' in allowed ? allowed.rules : []));

function storeOf({ stores }: Account, input: object): Store | undefined {
  const named = Object.values(input) as readonly unknown[];
  return stores.find(({ id, keys }) => named.includes(id) || keys.some((key) => named.includes(key.id)));
}

/** The arrows that a request may take, and hidden steps before it. */
function arrowsTaken({ items, request, setting }: Look): readonly Arrow[] {
  return items.flatMap(({ account, chosen }) => {
    const along = (store: Store, occasion: Occasion, known: Look['setting']['hidden']): readonly Arrow[] =>
      arrowsFor(store.connectionState, 'op' in occasion ? occasion.op : occasion.step).filter(({ guard, actions }) => {
        if (actions.includes('refuse')) return false;
        const accepted = () => decide(account, request, known).accepted;
        const moment = { store, occasion, known, accepted };
        return guard === undefined || waysOf(guards[guard.type](moment, guard.params), chosen).length > 0;
      });
    const store = storeOf(account, request.input);
    const hidden = hiddenOutcomesOf(account, setting.hidden).flatMap(({ step, storeId }) =>
      along(account.stores.find(({ id }) => id === storeId) as Store, step, setting.hidden),
    );
    return store === undefined ? hidden : [...hidden, ...along(store, request, setting.requests)];
  });
}

function cellsOf({ items, request, edition }: Look & { readonly edition: (typeof editions)[number] }) {
  if (request.op !== 'UpdateCustomKeyStore') return [];
  return items.flatMap(({ account }) => {
    const store = storeOf(account, request.input);
    if (store === undefined) return [];
    return fieldsGiven(request.input, edition).map(
      (field) => `${edition} ${store.type} ${store.connectionState} ${field}`,
    );
  });
}
