import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [process.env['LONG'] === 'true' ? 'test/long/**/*.test.ts' : 'test/!(long)/**/*.test.ts'],
    testTimeout: 120_000,
  },
});
