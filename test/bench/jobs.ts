import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../engine/embedded.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { openLog } from '../../engine/log.ts';
import type { Handler } from '../../workers/handler.ts';
import { startLanes } from '../../workers/lanes.ts';
import { freshDatabase } from '../fakes/database.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';
import type { Measured } from './measured.ts';

/** What the engine itself costs: a home on disk, every result stored, synced and published. */
export async function bench(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pql-bench-'));
  try {
    const first = await openEmbedded(folder, { template: freshDatabase });
    await first[Symbol.asyncDispose]();
    const opening: number[] = [];
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      const home = await openEmbedded(folder);
      opening.push(performance.now() - start);
      await home[Symbol.asyncDispose]();
    }
    const { made, effects, recalled } = await jobs(folder);
    return [
      { name: 'engine overhead a job, empty handler', value: effects, unit: 'ms', goal: '<= 8' },
      { name: 'engine overhead a job, result stored and synced', value: made, unit: 'ms', goal: 'none' },
      { name: 'a job recalled', value: recalled, unit: 'ms', goal: 'none' },
      { name: 'opening an existing home', value: median(opening), unit: 'ms', goal: '<= 800' },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const many = 200;

/** Milliseconds a job from submission to the end of the run: of those that write one small file, of effects, and of recalled ones. */
async function jobs(folder: string): Promise<{ made: number; effects: number; recalled: number }> {
  const home = await openEmbedded(folder);
  const write: Handler = async (args, desk) => {
    const file = join(desk.scratch, 'made.txt');
    await writeFile(file, String(args.of));
    return { file, kind: 'text', facts: textFacts, notes: [], details: {} };
  };
  const log = openLog({ level: 'silent', sink: () => {}, now: Date.now });
  const handlers = { probe: write, notify: async () => ({ notes: [] }) };
  const lanes = await startLanes(home, {
    handlers,
    slots: { cpu: 2 },
    scratch: home.scratch,
    worker: 'bench',
    log,
  });
  const each = async (name: string, step: object) => {
    const steps = Object.fromEntries(Array.from({ length: many }, (_, i) => [`${name}${i}`, step]));
    const start = performance.now();
    const { run } = await submit(home, planOf(steps), askerIn('bench'));
    for await (const event of watch(home, run))
      if (event.type === 'done' && event.state !== 'done') throw new Error('the jobs failed');
    return (performance.now() - start) / many;
  };
  await each('warm', {});
  const made = await each('job', {});
  const recalled = await each('job', {});
  const effects = await each('act', { operation: 'notify', effect: true, gives: null });
  await lanes[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
  return { made, effects, recalled };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
