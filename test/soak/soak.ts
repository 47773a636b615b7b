import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { catalogue } from '../../dsl/catalogue.ts';
import { createCommands } from '../../engine/commands/commands.ts';
import type { LocalParts } from '../../engine/embedded.ts';
import { whileOpen } from '../../engine/opened.ts';
import { createRandom } from '../../workers/storyboard/random.ts';
import { askerIn } from '../fakes/plan.ts';
import { unaccounted } from './accounted.ts';
import { faults } from './faults.ts';
import { holding } from './processes.ts';
import { leftIn, unsound } from './sound.ts';
import { openStage, type Stage } from './stage.ts';

export interface SoakOptions {
  /** Seconds of faults; then comes the quiet. */
  seconds: number;
  seed: number;
  /** Which faults, by name. */
  kinds: readonly string[];
  /** Where everything is kept; a folder of its own. */
  folder: string;
  /** Seconds between two faults, at most. */
  gap?: number;
  /** Milliseconds; as short as workers stand when everything is slow. */
  lease?: number;
  /** Milliseconds between two statements of one of the four askers, at most. */
  pause?: number;
  long?: boolean;
  shared?: boolean;
  /** Seconds in the quiet during which nothing runs and something still waits, after which it is called forgotten. */
  patience?: number;
  say(line: string): void;
}

/** What came of it. */
export interface SoakReport {
  /** What is not as it must be; empty when all is well. */
  problems: string[];
  faults: number;
  runs: Record<string, number>;
  jobs: number;
  /** How often a job lost its worker. */
  crashes: number;
  /** How often jobs failed, by code. */
  failures: Record<string, number>;
  artifacts: number;
  segments: number;
}

/** Lets real servers, workers and askers be hit by one fault after another under a mixed load, then leaves them alone, and says what is not as
 * it must be. The seed says what is asked and what goes wrong, and in which order; when, the machine says. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const {
    seed,
    lease = 4000,
    pause = 1500,
    long = true,
    shared = false,
    patience = 30,
    folder,
    say,
  } = options;
  const report = await whileOpen(async (opened) => {
    const stage = opened.add(await openStage({ folder, seed, lease, pause, long, shared }));
    await Promise.all([...stage.workers, stage.askers].map((actor) => actor.start()));
    // Nothing is hit before there is something to hit.
    const early = performance.now() + 60_000;
    while (stage.heard.length === 0 && performance.now() < early) await sleep(50);
    const begun = performance.now();
    const at = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
    const { count, wrong } = await disturb(stage, options, at);
    await stage.askers.end('SIGKILL');
    say(`${at()}: quiet`);
    // Whoever opens a home next sweeps what a killed process left there.
    await (await stage.look('askers'))[Symbol.asyncDispose]();
    const parts = opened.add(await stage.look('look'));
    await quiet(parts, patience * 1000);
    say(`${at()}: looking at what is left`);
    for (const worker of stage.workers) {
      const status = await worker.end('SIGTERM');
      if (status !== 0) wrong.push(`a worker ends with 0 at SIGTERM, but ${worker.name} with ${status}`);
    }
    wrong.push(...(await look(stage, parts)));
    return { ...(await tally(parts)), problems: wrong, faults: count };
  });
  const left = holding(folder);
  if (left.length > 0) report.problems.push(`no process is left, but ${left.join('; ')}`);
  report.problems.push(...(await leftIn(join(folder, 'homes'))));
  return report;
}

/** One fault after another, now and then two at once. */
async function disturb(
  stage: Stage,
  { seconds, seed, kinds, gap = 5, say }: SoakOptions,
  at: () => string,
): Promise<{ count: number; wrong: string[] }> {
  const random = createRandom(seed);
  const wrong: string[] = [];
  let count = 0;
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    await sleep(Math.min(random.between(gap / 5, gap) * 1000, Math.max(0, end - performance.now())));
    if (performance.now() >= end) break;
    const first = random.pick(kinds);
    const both = random.chance(0.25) ? [first, random.pick(kinds)] : [first];
    // Two of one kind would stop and start the same thing at once.
    const family = (kind: string) => kind.split('-')[0];
    const those = both.filter(
      (kind, place) => both.findIndex((other) => family(other) === family(kind)) === place,
    );
    await Promise.all(
      those.map(async (kind) => {
        count++;
        const told = await faults[kind]!(stage, random.fork(`${count}`));
        say(`${at()}: ${told.what}`);
        if (told.wrong !== undefined) wrong.push(told.wrong);
      }),
    );
  }
  return { count, wrong };
}

async function look(stage: Stage, parts: LocalParts): Promise<string[]> {
  const said = (word: string) =>
    stage.heard.flatMap((line) => (line.startsWith(`${word} `) ? line.slice(word.length + 1) : []));
  const removed = new Set(said('removing'));
  const problems = [
    ...said('broken').map((line) => `an asker is told what happened in words, but was ${line}`),
    ...(await unaccounted(
      parts.store,
      said('accepted').filter((group) => !removed.has(group)),
    )),
  ];
  // What a worker that was killed had put and not published belongs to nothing; this is what takes it away.
  const command = createCommands({
    ...{ parts, catalogue, settings: [] },
    abilities: { models: [], defaultModels: {}, generators: [] },
  });
  const purge = {
    operation: 'purge',
    subject: 'cache',
    arguments: {},
    destructive: true,
    text: 'PURGE CACHE',
  };
  await command(purge, askerIn('films'), { confirmed: true });
  problems.push(...(await unsound(parts, stage.media)));
  const { runs } = await tally(parts);
  // Faults end some runs; where most fail, the soak tries nothing.
  if ((runs.failed ?? 0) > (runs.done ?? 0))
    problems.push(`most runs are done, but ${runs.failed} failed and ${runs.done ?? 0} are done`);
  const megabytes = (await memoryOf(stage.queue.url)) / 1e6;
  if (megabytes > 20) problems.push(`the queue server stays small, but takes ${megabytes.toFixed(0)} MB`);
  return problems;
}

async function memoryOf(url: string): Promise<number> {
  const client = new Redis(url);
  try {
    return Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1] ?? Number.NaN);
  } finally {
    client.disconnect();
  }
}

async function tally(parts: LocalParts): Promise<Omit<SoakReport, 'problems' | 'faults'>> {
  const states = await parts.store.query<{ of: string; n: number }>(
    'select state as of, count(*) as n from runs group by 1',
  );
  const codes = await parts.store.query<{ of: string; n: number }>(
    `select failure ->> 'code' as of, count(*) as n from jobs where state = 'failed' group by 1`,
  );
  const [row] = await parts.store.query<{ jobs: number; crashes: number; segments: number }>(
    `select count(*) as jobs, coalesce(sum(crashes), 0)::integer as crashes, count(segment_of) as segments from jobs`,
  );
  const counted = (rows: { of: string; n: number }[]) => Object.fromEntries(rows.map(({ of, n }) => [of, n]));
  return {
    ...row!,
    runs: counted(states),
    failures: counted(codes),
    artifacts: await countOf(parts, 'artifacts'),
  };
}

async function countOf({ store }: LocalParts, what: string): Promise<number> {
  return (await store.query<{ n: number }>(`select count(*) as n from ${what}`))[0]?.n ?? 0;
}

/** Until every run has ended, or nothing has run for so many milliseconds: more than any wait for another try, or for a lease. */
async function quiet(parts: LocalParts, milliseconds: number): Promise<void> {
  let last = performance.now();
  while (performance.now() - last < milliseconds) {
    if ((await countOf(parts, `runs where state = 'running'`)) === 0) return;
    if ((await countOf(parts, `jobs where state = 'running'`)) > 0) last = performance.now();
    await sleep(250);
  }
}
