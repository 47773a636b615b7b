import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real media and real processes: generous, since a test that asserts time is noise.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // One a core, and two at least: many wait for processes, leases and servers. Left alone it would be one less than there are cores.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
