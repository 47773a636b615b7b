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

/** What kills processes, fills disks, packs the whole, or stands in for the network: a process a file. All others share processes, with what is
 * loaded and compiled in them, which saves 0.3 s of CPU a file, and twice that where an embedded database is opened. */
const apart = ['test/{faults,soak,package}/**/*.test.ts', 'test/engine/{egress,store}/**/*.test.ts'];

export default defineConfig({
  test: {
    // Real media and real processes: generous, since a test that asserts time is noise.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // One more than there are cores: many wait for processes, leases and servers. Left alone it would be one less.
    maxWorkers: 1 + Math.max(2, availableParallelism()),
    sequence: { sequencer: SlowFirst },
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: apart, isolate: false },
      },
    ],
  },
});
