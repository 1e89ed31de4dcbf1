import { describe, test } from 'node:test';
import { type ConformanceOptions, conformanceTests, untried } from './suite/kit/conformance.ts';
import { NotReached, type Send } from './suite/kit/run-scenario.ts';

export type { ConformanceOptions, Send };

/**
 * Registers tests of an implementation with node:test: one for each rule, one for each transition and type of store,
 * one for each state of a store and of its key, and random sequences. What cannot be tried is told by tests that say so.
 *
 * @param send the implementation: it takes a request, and says what came of it
 */
export function conformance(send: Send, options: ConformanceOptions = {}): void {
  const tests = conformanceTests(send, options);
  describe('AWS KMS custom key stores', { concurrency: false }, () => {
    for (const { name, skip, run } of tests) {
      if (skip !== undefined) continue;
      test(name, async (context) => {
        try {
          await run();
        } catch (error) {
          if (!(error instanceof NotReached)) throw error;
          context.skip(error.message);
        }
      });
    }
    for (const { name, lines } of untried(tests)) test(name, (context) => context.diagnostic(lines.join('\n')));
  });
}
