import { defineConfig } from 'vitest/config';

/** The longer suite: what needs other programs, and what tries every reading, or more random ones. */
const long = ['test/long/**/*.test.ts', 'test/machine/agreement.test.ts', 'test/oracle/soundness.property.test.ts'];

export default defineConfig({
  test: {
    include: process.env['LONG'] === 'true' ? long : ['test/!(long)/**/*.test.ts'],
    testTimeout: 300_000,
  },
});
