import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import { Redis } from 'ioredis';
import type { LocalParts } from '../../engine/embedded.ts';
import { claim, giveBack } from '../../engine/jobs/claim.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { sweep } from '../../engine/jobs/sweep.ts';
import { openLog } from '../../engine/log.ts';
import { readServerInfo } from '../../engine/queue/server-info.ts';
import { openServed } from '../../engine/served.ts';
import type { Handler } from '../../workers/handler.ts';
import { startLanes } from '../../workers/lanes.ts';
import { askerIn, planOf } from '../fakes/plan.ts';
import { startPostgres } from '../fakes/postgres.ts';
import { startQueueServer } from '../fakes/queue-server.ts';
import { runScript } from '../fakes/run-script.ts';
import type { Measured } from './measured.ts';

/** What the distributed engine costs beside bare BullMQ on the same server, and what 100,000 waiting jobs cost. */
export async function bench(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pql-bench-'));
  const [postgres, server] = await Promise.all([startPostgres(), startQueueServer()]);
  const enter = async (database: string) =>
    openServed(database, folder, {
      url: server.url,
      trouble: (message) => process.stderr.write(`${message}\n`),
    });
  try {
    process.stderr.write(`bench: the queue server is ${server.name}\n`);
    const rates: Measured[] = [];
    {
      const database = await postgres.url();
      const parts = await enter(database);
      const raw = await bare(server.url);
      const ours = await endToEnd(parts, [database, server.url, folder]);
      rates.push(
        { name: `jobs a second, end to end, ${workers} workers`, value: ours, unit: '/s', goal: '>= 300' },
        {
          name: 'jobs a second, end to end',
          value: ours / raw,
          unit: '×',
          goal: '>= 0.3',
          against: `bare BullMQ on ${server.name}, ${Math.round(raw)}/s`,
        },
      );
      await parts[Symbol.asyncDispose]();
    }
    const idle = await enter(await postgres.url());
    const starts = await untilStart(idle);
    await idle[Symbol.asyncDispose]();
    const full = await enter(await postgres.url());
    const waiting = await manyWaiting(full, server.url);
    await full[Symbol.asyncDispose]();
    return [
      ...rates,
      { name: 'submit to first job, idle, median', value: at(starts, 0.5), unit: 'ms', goal: '<= 15' },
      { name: 'submit to first job, idle, 99 %', value: at(starts, 0.99), unit: 'ms', goal: '<= 100' },
      ...waiting,
    ];
  } finally {
    await server[Symbol.asyncDispose]();
    await postgres[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

const workers = 4;
const jobs = 2000;
const statements = 40;
const act = { operation: 'notify', effect: true, gives: null } as const;

/** Adds and processes as many, with as many workers of one process each. */
async function bare(url: string): Promise<number> {
  const connection = () => new Redis(url, { maxRetriesPerRequest: null });
  const client = connection();
  const queue = new BullQueue('bare', { connection: client });
  const done = Promise.withResolvers<void>();
  let left = jobs;
  const serving = Array.from({ length: workers }, () => {
    const own = connection();
    const worker = new BullWorker(
      'bare',
      async () => {
        if (--left === 0) done.resolve();
      },
      { connection: own },
    );
    return { own, worker };
  });
  await Promise.all(serving.map(({ worker }) => worker.waitUntilReady()));
  const start = performance.now();
  for (let n = 0; n < jobs; n++) await queue.add('job', { n }, { removeOnComplete: true });
  await done.promise;
  const seconds = (performance.now() - start) / 1000;
  for (const { own, worker } of serving) {
    await worker.close(true);
    own.disconnect();
  }
  client.disconnect();
  return jobs / seconds;
}

/** From the first submission to the end of the last run, workers being processes of their own. */
async function endToEnd(parts: LocalParts, where: readonly string[]): Promise<number> {
  const serving = Array.from({ length: workers }, () =>
    runScript(new URL('./rings/worker.ts', import.meta.url), where),
  );
  for (const each of serving) await each.line();
  const many = Object.fromEntries(Array.from({ length: jobs / statements }, (_, n) => [`s${n}`, act]));
  const start = performance.now();
  for (let n = 0; n < statements; n++) await submit(parts, planOf(many), askerIn(`w${n % 4}`));
  for (let left = 1; left > 0; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [row] = await parts.store.query<{ left: number }>(
      `select count(*) as left from runs where state = 'running'`,
    );
    left = row?.left ?? 0;
  }
  const seconds = (performance.now() - start) / 1000;
  for (const each of serving) await each[Symbol.asyncDispose]();
  return jobs / seconds;
}

/** Milliseconds from asking to the first line of the handler, through the queue server, sorted. */
async function untilStart(parts: LocalParts): Promise<number[]> {
  let started = Promise.withResolvers<number>();
  const notify: Handler = async () => {
    started.resolve(performance.now());
    return { notes: [] };
  };
  const log = openLog({ level: 'silent', sink: () => {}, now: Date.now });
  const { scratch } = parts;
  const lanes = await startLanes(parts, {
    handlers: { notify },
    slots: { cpu: 1 },
    scratch,
    worker: 'bench',
    log,
  });
  const times: number[] = [];
  for (let round = 0; round < 220; round++) {
    started = Promise.withResolvers();
    // Idle again: the one before has ended and the listener waits.
    await new Promise((resolve) => setTimeout(resolve, 30));
    const start = performance.now();
    await submit(parts, planOf({ a: act }), askerIn('bench'));
    const took = (await started.promise) - start;
    if (round >= 20) times.push(took);
  }
  await lanes[Symbol.asyncDispose]();
  return times.toSorted((a, b) => a - b);
}

/** What the queue server holds, how long a sweep takes, and what a claim costs against one among a hundred. */
async function manyWaiting(parts: LocalParts, url: string): Promise<Measured[]> {
  const client = new Redis(url);
  const used = async () => readServerInfo(await client.info()).used / 1e6;
  for (const [asker, count] of [
    ['a', 50],
    ['b', 50],
  ] as const)
    await fill(parts, asker, count);
  const few = await claimCost(parts);
  const before = await used();
  for (const asker of ['a', 'b']) await fill(parts, asker, 49_950);
  await sweep(parts, 'lapsed');
  for (let n = 0; n < 20; n++) await submit(parts, planOf({ a: act, b: act }), askerIn('a'));
  const start = performance.now();
  await sweep(parts, 'lapsed');
  const swept = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const grown = (await used()) - before;
  const many = await claimCost(parts);
  client.disconnect();
  return [
    {
      name: '100,000 waiting: memory of the queue server, grown by',
      value: grown,
      unit: 'MB',
      goal: '<= 20',
    },
    { name: '100,000 waiting: a sweep', value: swept, unit: 'ms', goal: '<= 1000' },
    { name: '100,000 waiting: a claim', value: at(many, 0.5), unit: 'ms', goal: 'none' },
    {
      name: '100,000 waiting: a claim',
      value: at(many, 0.5) / at(few, 0.5),
      unit: '×',
      goal: '<= 1.2',
      against: 'a claim among 100',
    },
  ];
}

async function fill(parts: LocalParts, workspace: string, count: number): Promise<void> {
  const { run } = await submit(parts, planOf({ first: act }), askerIn(workspace));
  await parts.store.query(
    `insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models, lane,
                       gives, effect, title, recipe, asker, state)
     select workspace, 1000 * run_id + n, run_id, 'more-' || n, n, 0, operation, version, arguments, models, lane, gives, effect,
            title, recipe, asker, state
     from jobs, generate_series(1, $2::integer - 1) as n where run_id = $1`,
    [run, count],
  );
}

/** Milliseconds of each of many claims, sorted; what was claimed is handed back. */
async function claimCost(parts: LocalParts): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 200; round++) {
    const start = performance.now();
    const job = await claim(parts.store, {
      lane: 'cpu',
      operations: ['notify'],
      worker: 'bench',
      lease: 60_000,
    });
    times.push(performance.now() - start);
    if (job === null) throw new Error('nothing to claim');
    await giveBack(parts.store, job);
  }
  return times.toSorted((a, b) => a - b);
}

function at(sorted: readonly number[], fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] as number;
}
