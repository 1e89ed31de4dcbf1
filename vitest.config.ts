import { defineConfig } from 'vitest/config';

/** The longer suite: what needs other programs, and what tries every reading, or more random ones. */
const long = [
  'test/long/**/*.test.ts',
  'test/generated/reference.test.ts',
  'test/machine/agreement.test.ts',
  'test/machine/decisions.test.ts',
  'test/oracle/brute-force.property.test.ts',
  'test/oracle/familiar.property.test.ts',
  'test/oracle/recorded.test.ts',
  'test/oracle/soundness.property.test.ts',
  'test/oracle/strange-events.property.test.ts',
  'test/wire/freedom.property.test.ts',
];

const isLong = process.env['LONG'] === 'true';

export default defineConfig({
  test: {
    include: isLong ? long : ['test/!(long)/**/*.test.ts'],
    // What one file has loaded serves the next: nothing in src keeps anything but caches.
    isolate: false,
    // Left to itself, one of two cores would be idle.
    maxWorkers: '100%',
    testTimeout: isLong ? 900_000 : 120_000,
  },
});
