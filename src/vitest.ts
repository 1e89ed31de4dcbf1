import { describe, test } from 'vitest';
import { type ConformanceOptions, conformanceTests, untried } from './suite/kit/conformance.ts';
import { NotReached, type Send } from './suite/kit/run-scenario.ts';

export type { ConformanceOptions, Send };

/**
 * Registers tests of an implementation with vitest: one for each rule, one for each transition and type of store, one
 * for each state of a store and of its key, and random sequences. What cannot be tried is told by tests that say so.
 *
 * @param send the implementation: it takes a request, and says what came of it
 */
export function conformance(send: Send, options: ConformanceOptions & { readonly timeout?: number } = {}): void {
  const { timeout = 60_000 } = options;
  const tests = conformanceTests(send, options);
  describe.sequential('AWS KMS custom key stores', () => {
    for (const { name, skip, run } of tests) {
      if (skip !== undefined) continue;
      test(name, { timeout }, async (context) => {
        try {
          await run();
        } catch (error) {
          if (error instanceof NotReached) context.skip(error.message);
          throw error;
        }
      });
    }
    for (const { name, lines } of untried(tests)) {
      // Annotations came with vitest 3.2.
      test(name, async ({ annotate }) => void (await annotate?.(lines.join('\n'))));
    }
  });
}
