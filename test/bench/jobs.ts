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
    const one = (name: string, { wall, cpu }: Took, goal: string): Measured[] => [
      { name, value: wall, unit: 'ms', goal },
      { name: `${name}: processor time`, value: cpu, unit: 'ms', goal },
    ];
    return [
      ...one('engine overhead a job, empty handler', effects, '<= 8'),
      ...one('engine overhead a job, result stored and synced', made, 'none'),
      ...one('a job recalled', recalled, 'none'),
      { name: 'opening an existing home', value: median(opening), unit: 'ms', goal: '<= 800' },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const many = 200;
const rounds = 3;

/** Milliseconds a job. On a machine that is busy with other things the clock on the wall says how busy; processor time (of all
 * threads, so the compiler's and the disk's too) changes less. */
interface Took {
  wall: number;
  cpu: number;
}

/** From submission to the end of the run, the best of some rounds: of jobs that write one small file, of effects, and of recalled ones. */
async function jobs(folder: string): Promise<{ made: Took; effects: Took; recalled: Took }> {
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
  const once = async (name: string, step: object): Promise<Took> => {
    const steps = Object.fromEntries(Array.from({ length: many }, (_, i) => [`${name}${i}`, step]));
    const start = performance.now();
    const before = process.cpuUsage();
    const { run } = await submit(home, planOf(steps), askerIn('bench'));
    for await (const event of watch(home, run))
      if (event.type === 'done' && event.state !== 'done') throw new Error('the jobs failed');
    const { user, system } = process.cpuUsage(before);
    return { wall: (performance.now() - start) / many, cpu: (user + system) / 1000 / many };
  };
  const best = async (measure: (round: number) => Promise<Took>): Promise<Took> => {
    const all: Took[] = [];
    for (let round = 0; round < rounds; round++) all.push(await measure(round));
    return {
      wall: Math.min(...all.map(({ wall }) => wall)),
      cpu: Math.min(...all.map(({ cpu }) => cpu)),
    };
  };
  await once('warm', {});
  const made = await best((round) => once(`job-${round}-`, {}));
  const recalled = await best((round) => once(`job-${round}-`, {}));
  const effects = await best(() => once('act', { operation: 'notify', effect: true, gives: null }));
  await lanes[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
  return { made, effects, recalled };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
