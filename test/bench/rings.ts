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
    const { raw, ours } = await throughput(await postgres.url(), server.url, folder, enter);
    const idle = await enter(await postgres.url());
    const starts = await untilStart(idle);
    await idle[Symbol.asyncDispose]();
    const [few, many] = [await enter(await postgres.url()), await enter(await postgres.url())];
    const waiting = await manyWaiting(few, many, server.url);
    await few[Symbol.asyncDispose]();
    await many[Symbol.asyncDispose]();
    return [
      { name: `jobs a second, end to end, ${workers} workers`, value: ours, unit: '/s', goal: '>= 300' },
      {
        name: 'jobs a second, end to end',
        value: ours / raw,
        unit: '×',
        goal: '>= 0.3',
        against: `bare BullMQ on ${server.name}, ${Math.round(raw)}/s`,
      },
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

/** Jobs a second of bare BullMQ and of ours: the best of rounds in turn, since others may use the machine, behind one to warm up. */
async function throughput(
  database: string,
  url: string,
  folder: string,
  enter: (database: string) => Promise<LocalParts>,
): Promise<{ raw: number; ours: number }> {
  const parts = await enter(database);
  const serving = Array.from({ length: workers }, () =>
    runScript(new URL('./rings/worker.ts', import.meta.url), [database, url, folder]),
  );
  for (const each of serving) await each.line();
  const [raw, ours]: [number[], number[]] = [[], []];
  for (let round = 0; round < 4; round++) {
    raw.push(await bare(url));
    ours.push(await endToEnd(parts));
  }
  for (const each of serving) await each[Symbol.asyncDispose]();
  await parts[Symbol.asyncDispose]();
  return { raw: Math.max(...raw.slice(1)), ours: Math.max(...ours.slice(1)) };
}

/** Adds and processes as many, with as many workers. */
async function bare(url: string): Promise<number> {
  const connect = () => new Redis(url, { maxRetriesPerRequest: null });
  const clients = [connect()];
  const queue = new BullQueue('bare', { connection: clients[0] as Redis });
  const done = Promise.withResolvers<void>();
  let left = jobs;
  const work = async () => {
    if (--left === 0) done.resolve();
  };
  const serving = Array.from({ length: workers }, () => {
    const connection = connect();
    clients.push(connection);
    return new BullWorker('bare', work, { connection });
  });
  await Promise.all(serving.map((worker) => worker.waitUntilReady()));
  const start = performance.now();
  for (let n = 0; n < jobs; n++) await queue.add('job', { n }, { removeOnComplete: true });
  await done.promise;
  const seconds = (performance.now() - start) / 1000;
  for (const worker of serving) await worker.close(true);
  for (const client of clients) client.disconnect();
  return jobs / seconds;
}

/** From the first submission to the end of the last run. */
async function endToEnd(parts: LocalParts): Promise<number> {
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
  return (1000 * jobs) / (performance.now() - start);
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
async function manyWaiting(few: LocalParts, many: LocalParts, url: string): Promise<Measured[]> {
  const client = new Redis(url);
  const used = async () => readServerInfo(await client.info()).used / 1e6;
  const before = await used();
  for (const asker of ['a', 'b']) {
    await fill(few, asker, 50);
    await fill(many, asker, 50_000);
  }
  for (let n = 0; n < 20; n++) await submit(many, planOf({ a: act, b: act }), askerIn('a'));
  const start = performance.now();
  await sweep(many, 'lapsed');
  const swept = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const grown = (await used()) - before;
  client.disconnect();
  const costs: [number[], number[]] = [[], []];
  for (let round = 0; round < 300; round++) {
    costs[0].push(await claimCost(few));
    costs[1].push(await claimCost(many));
  }
  const [among100, among100k] = costs.map((times) => times.toSorted((a, b) => a - b)[150] as number) as [
    number,
    number,
  ];
  return [
    {
      name: '100,000 waiting: memory of the queue server, grown by',
      value: grown,
      unit: 'MB',
      goal: '<= 20',
    },
    { name: '100,000 waiting: a sweep', value: swept, unit: 'ms', goal: '<= 1000' },
    {
      name: '100,000 waiting: a claim',
      value: among100k / among100,
      unit: '×',
      goal: '<= 1.2',
      against: `a claim among 100, ${among100.toFixed(1)} ms`,
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

/** Milliseconds of a claim; what was claimed is handed back. */
async function claimCost(parts: LocalParts): Promise<number> {
  const start = performance.now();
  const job = await claim(parts.store, {
    lane: 'cpu',
    operations: ['notify'],
    worker: 'bench',
    lease: 60_000,
  });
  const took = performance.now() - start;
  if (job === null) throw new Error('nothing to claim');
  await giveBack(parts.store, job);
  return took;
}

function at(sorted: readonly number[], fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] as number;
}
