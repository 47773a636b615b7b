import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Compiled code is kept for the workers and for every `pql` that tests start, as the launcher does: 0.4 s of CPU less each.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/watchai/compiled', import.meta.url),
);

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
