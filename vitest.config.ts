import { defineConfig } from 'vitest/config';

/** What runs, by the name in SUITE: what has to pass at once, what needs other programs, and what tries everything. */
const suites = {
  plain: ['test/!(long|exhaustive)/**/*.test.ts'],
  long: ['test/long/**/*.test.ts'],
  // Tests that take a sample in the plain suite try every reading here, or many more random ones.
  exhaustive: [
    'test/exhaustive/**/*.test.ts',
    'test/generated/reference.test.ts',
    'test/machine/agreement.test.ts',
    'test/machine/decisions.test.ts',
    'test/oracle/brute-force.property.test.ts',
    'test/oracle/familiar.property.test.ts',
    'test/oracle/hidden-deletions.property.test.ts',
    'test/oracle/recorded.test.ts',
    'test/oracle/soundness.property.test.ts',
    'test/oracle/strange-events.property.test.ts',
    'test/wire/freedom.property.test.ts',
    'test/wire/readers.test.ts',
  ],
};
const minute = 60_000;
const timeouts = { plain: 2 * minute, long: 15 * minute, exhaustive: 60 * minute };

const suite = (process.env['SUITE'] ?? 'plain') as keyof typeof suites;

export default defineConfig({
  test: {
    include: suites[suite],
    // What one file has loaded serves the next: nothing in src keeps anything but caches.
    isolate: false,
    // Left to itself, one of two cores would be idle.
    maxWorkers: '100%',
    testTimeout: timeouts[suite],
  },
});
