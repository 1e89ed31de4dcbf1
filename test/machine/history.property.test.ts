import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenOutcomesOf, outcomesOf } from '../../src/machine/account.ts';
import * as alphabet from '../../src/machine/alphabet.ts';
import { requestsAbout } from '../../src/machine/alphabet.ts';
import type { Step } from '../../src/machine/explore.ts';
import { knownFor, properties } from '../../src/machine/properties.ts';
import { completed } from '../../src/machine/types.ts';
import { unknownWorld } from '../../src/spec/facts.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { type Account, emptyAccount } from '../../src/spec/model.ts';
import { known } from '../../src/spec/reading.ts';
import { storeQuota } from '../../src/spec/rules/create.ts';
import { editions } from '../../src/spec/vocabulary.ts';

const claims = Object.entries(properties).filter(([, property]) => property.holds === 'always');

describe('long histories with many stores', () => {
  it('keep every claim, and never more than ten stores', () => {
    let most = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...editions),
        fc.array(fc.nat(), { minLength: 150, maxLength: 250 }),
        (edition, picks) => {
          const reading = completed({ edition, answers: {} });
          const is = knownFor(reading);
          const broken = walk(picks, reading).flatMap((step) => {
            most = Math.max(most, step.after.stores.length);
            return claims.filter(([, claim]) =>
              'of' in claim ? !claim.of(step.after, is) : 'ofStep' in claim && !claim.ofStep(step),
            );
          });

          expect(broken.map(([id]) => id)).toEqual([]);
        },
      ),
      { numRuns: 25, seed: 1 },
    );

    expect(most).toBe(storeQuota);
  });
});

// Helpers

/** One history: every number picks a request, or a hidden step, among those that can be made at that point. */
function walk(picks: readonly number[], reading: ReturnType<typeof completed>): readonly Step[] {
  const is = knownFor(reading);
  const hidden = known(reading, unknownWorld);
  let before: Account = emptyAccount;
  return picks.flatMap((pick, index): readonly Step[] => {
    const steps: readonly Step[] =
      pick % 5 === 0
        ? hiddenOutcomesOf(before, hidden).map(({ step, next }) => ({
            before,
            after: next,
            cause: step,
            result: 'hidden',
          }))
        : requested(before, pick, index, is);
    const step = steps[Math.floor(pick / 5) % Math.max(1, steps.length)];
    if (step === undefined) return [];
    before = step.after;
    return [step];
  });
}

function requested(before: Account, pick: number, index: number, is: ReturnType<typeof knownFor>): readonly Step[] {
  const store = before.stores[Math.floor(pick / 7) % Math.max(1, before.stores.length)];
  const about = store === undefined ? [] : requestsAbout(store.id, store.type, store.keys[0]?.id ?? 'none');
  const request =
    pick % 5 === 1 || store === undefined ? creation(index) : (about[Math.floor(pick / 11) % about.length] as Request);
  return outcomesOf(before, request, is, `new-${index}`).outcomes.flatMap(({ result, next }) =>
    result === 'anything' ? [] : [{ before, after: next, cause: request, result }],
  );
}

/** Values of its own for every store, so that ten of them fit beside each other. */
const creation = (index: number): Request => ({
  op: 'CreateCustomKeyStore',
  input: alphabet.publicStore(`store ${index % 30}`, alphabet.endpoints[0], `/path${index % 25}/kms/xks/v1`),
});
