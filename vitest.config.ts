import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { folderInMemory } from './test/in-memory.ts';
import { SlowFirst } from './test/slow-first.ts';

// Compiled code is kept for the workers and for every `pql` that tests start, as the launcher does: 0.4 s of CPU less each.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/watchai/compiled', import.meta.url),
);

// Homes and films of tests, where nobody said otherwise.
const memory = process.env.TMPDIR === undefined ? folderInMemory() : null;
if (memory !== null) process.env.TMPDIR = memory;

/** What is computed and leaves nothing behind: these files share a process, which saves 0.3 s of CPU each. */
const pure = ['test/{dsl,grammar,diagnostics,docs}/**/*.test.ts', 'test/bots/*.test.ts'];

export default defineConfig({
  test: {
    // Real media and real processes: generous, since a test that asserts time is noise.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // One a core, and two at least: many wait for processes, leases and servers. Left alone it would be one less than there are cores.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { sequencer: SlowFirst },
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'all else', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
  },
});
