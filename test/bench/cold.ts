import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Measured } from './measured.ts';

/** How long a person waits for the first word: whole processes, from start to exit, the median of nine. */
export async function bench(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pql-cold-'));
  try {
    const script = join(folder, 'script.pql');
    await writeFile(
      script,
      'GENERATE "fog over a harbour" DURATION 2s AS fog;\nENHANCE fog UPSCALE 2x TO out/fog.mp4;\n',
    );
    const home = { PQL_HOME: join(folder, 'home') };
    // Makes the home and warms the caches of disk and compiler, as any earlier use would have.
    pql(['-c', 'SHOW GROUPS'], folder, home);
    pql(['check', script], folder, home);
    return [
      {
        name: '`pql check file` cold',
        value: median(9, () => pql(['check', script], folder, home)),
        unit: 's',
        goal: '<= 0.3',
      },
      {
        name: '`pql -c "SHOW GROUPS"` cold, existing home',
        value: median(9, () => pql(['-c', 'SHOW GROUPS'], folder, home)),
        unit: 's',
        goal: '<= 1.0',
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const main = fileURLToPath(new URL('../../bots/repl/main.ts', import.meta.url));

/** Seconds that one command took. */
function pql(args: string[], cwd: string, env: Record<string, string>): number {
  const start = performance.now();
  const done = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    cwd,
    // As the launcher sets it.
    env: { ...process.env, NODE_COMPILE_CACHE: join(cwd, 'compiled'), ...env },
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`pql ${args.join(' ')}: ${done.stderr}`);
  return (performance.now() - start) / 1000;
}

function median(rounds: number, measure: () => number): number {
  const all = Array.from({ length: rounds }, measure).sort((a, b) => a - b);
  return all[Math.floor(rounds / 2)]!;
}
