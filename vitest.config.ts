import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real media and real processes: generous, since a test that asserts time is noise.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
