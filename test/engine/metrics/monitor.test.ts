import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalParts } from '../../../engine/embedded.ts';
import { Failure } from '../../../engine/failure.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { watch } from '../../../engine/jobs/watch.ts';
import { openLog } from '../../../engine/log.ts';
import { countedEgress } from '../../../engine/metrics/counted-egress.ts';
import { type Monitor, openMonitor } from '../../../engine/metrics/monitor.ts';
import type { Check } from '../../../engine/metrics/readiness.ts';
import { openNews } from '../../../engine/news.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import type { Store } from '../../../engine/store/port.ts';
import type { Desk } from '../../../workers/handler.ts';
import { startLanes } from '../../../workers/lanes.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../../fakes/plan.ts';

let store: Store;
let folder: string;
beforeAll(async () => {
  store = await openMemoryStore();
  folder = await mkdtemp(join(tmpdir(), 'pql-monitor-'));
});
afterAll(async () => {
  await store?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const log = openLog({ level: 'silent', sink: () => {}, now: () => 0 });
const here = { metrics: { host: '127.0.0.1', port: 0 }, redisUrl: null };
const partsOn = (database: Store): LocalParts => ({
  ...{ store: database, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() },
  ...{ folder, scratch: folder, log: join(folder, 'pql.log') },
  [Symbol.asyncDispose]: async () => {},
});
/** Does something with a monitor and ends it. */
const monitored = async <T>(
  parts: LocalParts,
  work: (monitor: Monitor, ask: (path: string) => Promise<Response>) => Promise<T>,
  checks: Record<string, Check> = {},
): Promise<T> => {
  const monitor = await openMonitor(here, parts, log, checks);
  try {
    return await work(monitor, (path) => fetch(`http://127.0.0.1:${monitor.address?.port}${path}`));
  } finally {
    await monitor[Symbol.asyncDispose]();
  }
};
/** The samples of a page: name and labels to value. */
const samples = (text: string): Map<string, number> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
/** A database that never answers. */
const hanging: Store = {
  query: () => new Promise(() => {}),
  script: () => new Promise(() => {}),
  transaction: () => new Promise(() => {}),
  [Symbol.asyncDispose]: async () => {},
};

describe('the monitor of a process', () => {
  test('does nothing where nobody asks', async () => {
    const monitor = await openMonitor({ metrics: null, redisUrl: null }, partsOn(store), log);
    expect([monitor.metrics, monitor.address]).toEqual([undefined, null]);
    await monitor[Symbol.asyncDispose]();
  });

  test('a queue server that is away is told, and no reason to be called not ready', async () => {
    const monitor = await openMonitor({ ...here, redisUrl: 'redis://127.0.0.1:1' }, partsOn(store), log);
    const answer = await fetch(`http://127.0.0.1:${monitor.address?.port}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      ready: true,
      checks: { queue: { ok: true, reached: false } },
    });
    await monitor[Symbol.asyncDispose]();
  });

  test('counts what lanes do, and shows how the queue stands', async () => {
    await monitored(partsOn(store), async ({ metrics }, ask) => {
      const parts = { ...partsOn(store), metrics };
      const failing = { broken: true };
      const handler = async (args: object, desk: Desk) => {
        if ('fails' in args && failing.broken) throw new Failure('user', 'PQL610', 'no');
        const file = join(desk.scratch, 'made.txt');
        await writeFile(file, JSON.stringify(args));
        return { file, kind: 'text' as const, facts: textFacts, notes: [], details: {} };
      };
      const lanes = await startLanes(parts, {
        ...{ handlers: { probe: handler, enhance: handler }, slots: { cpu: 1, gpu: 1 } },
        ...{ scratch: folder, worker: 'test', log },
      });
      const end = async (plan: ReturnType<typeof planOf>) => {
        const { run } = await submit(parts, plan, askerIn('a-private-workspace'));
        for await (const _ of watch(parts, run));
      };
      await end(planOf({ a: {}, b: { reads: ['a'], operation: 'enhance', lane: 'gpu' } }));
      await end(planOf({ a: {} }));
      await end(planOf({ bad: { arguments: { fails: true } } }));
      await lanes[Symbol.asyncDispose]();
      await submit(
        parts,
        planOf({ x: { lane: 'net' }, y: { lane: 'net' }, z: { reads: ['x'] } }),
        askerIn('w'),
      );

      const page = await ask('/metrics');
      expect(page.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      const text = await page.text();
      const said = samples(text);
      expect(
        Object.fromEntries(
          [...said].filter(([name]) => /_ended_|_failures_|_cache_|^watchai_jobs\{/.test(name)),
        ),
      ).toEqual({
        'watchai_jobs_ended_total{verb="probe",how="done"}': 1,
        'watchai_jobs_ended_total{verb="enhance",how="done"}': 1,
        'watchai_jobs_ended_total{verb="probe",how="failed"}': 1,
        'watchai_job_failures_total{verb="probe",kind="user"}': 1,
        'watchai_cache_hits_total{verb="probe"}': 1,
        'watchai_cache_misses_total{verb="probe"}': 1,
        'watchai_cache_misses_total{verb="enhance"}': 1,
        'watchai_jobs{lane="gpu",state="blocked"}': 0,
        'watchai_jobs{lane="gpu",state="ready"}': 0,
        'watchai_jobs{lane="gpu",state="running"}': 0,
        'watchai_jobs{lane="cpu",state="blocked"}': 1,
        'watchai_jobs{lane="cpu",state="ready"}': 0,
        'watchai_jobs{lane="cpu",state="running"}': 0,
        'watchai_jobs{lane="net",state="blocked"}': 0,
        'watchai_jobs{lane="net",state="ready"}': 2,
        'watchai_jobs{lane="net",state="running"}': 0,
      });
      expect(said.get('watchai_job_wait_seconds_count{lane="cpu"}')).toBe(2);
      expect(said.get('watchai_job_wait_seconds_count{lane="gpu"}')).toBe(1);
      expect(said.get('watchai_job_run_seconds_count{verb="enhance"}')).toBe(1);
      expect(said.get('watchai_gpu_seconds_total')).toBeGreaterThan(0);
      expect(said.get('watchai_leases_lost_total')).toBe(0);
      expect(said.get('watchai_heartbeat_age_seconds')).toBeGreaterThan(0);
      expect(said.get('watchai_oldest_ready_seconds{lane="net"}')).toBeGreaterThan(0);
      expect(said.get('watchai_artifacts')).toBe(2);
      expect(said.get('watchai_artifacts_bytes')).toBeGreaterThanOrEqual(20);
      expect(said.get('watchai_database_up')).toBe(1);
      expect(said.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
      // Neither people nor what they ask for.
      expect(text).not.toMatch(/a-private-workspace|PROBE|ada/);
    });
  });

  test('a wait begins when a job becomes ready, not when it was submitted', async () => {
    const waits: number[] = [];
    const metrics = { claimed: ({ waited }: { waited: number }) => waits.push(waited) };
    const parts = {
      ...partsOn(store),
      metrics: { ended() {}, recalled() {}, alive() {}, sent() {}, ...metrics },
    };
    const lanes = await startLanes(parts, {
      handlers: {
        probe: async (args, desk) => {
          const file = join(desk.scratch, 'made.txt');
          await writeFile(file, JSON.stringify(args));
          // As long as nothing but a sleep would make the second one wait.
          await store.query(`select pg_sleep(0.4)`);
          return { file, kind: 'text', facts: textFacts, notes: [], details: {} };
        },
      },
      ...{ slots: { cpu: 1 }, scratch: folder, worker: 'test', log },
    });
    const { run } = await submit(
      parts,
      planOf({ first: {}, second: { reads: ['first'] } }),
      askerIn('waits'),
    );
    for await (const _ of watch(parts, run));
    await lanes[Symbol.asyncDispose]();
    expect(waits).toHaveLength(2);
    for (const waited of waits) expect(waited).toBeGreaterThanOrEqual(0);
    const [row] = await store.query<{ seconds: number }>(
      `select extract(epoch from finished_at - created_at)::double precision as seconds from jobs
       where run_id = $1 order by position limit 1`,
      [run],
    );
    expect(waits[1]).toBeLessThan(row?.seconds ?? 0);
  });

  test('counts requests by what came of them', async () => {
    await monitored(partsOn(store), async ({ metrics }, ask) => {
      const answers = [204, 503, new Failure('permanent', 'PQL510', 'private'), new Error('reset')];
      const door = countedEgress(
        {
          check: async () => null,
          async request() {
            const answer = answers.shift();
            if (typeof answer !== 'number') throw answer;
            return { status: answer, headers: {}, body: Buffer.of(), url: '' };
          },
        },
        metrics,
      );
      const request = {
        ...{ method: 'PUT' as const, url: 'https://h.example/?signature=x', headers: {}, body: null },
        ...{ redirects: 0, totalTimeout: 1, maxResponseBytes: 1 },
      };
      for (let time = 0; time < 4; time++) await door.request(request).catch(() => {});
      const said = samples(await (await ask('/metrics')).text());
      for (const result of ['2xx', '5xx', 'refused', 'failed'])
        expect(said.get(`watchai_egress_requests_total{method="PUT",result="${result}"}`)).toBe(1);
    });
  });

  test('is alive and ready when all is well, and says what it looked at', async () => {
    await monitored(
      partsOn(store),
      async (_, ask) => {
        const alive = await ask('/healthz');
        expect([alive.status, await alive.json()]).toEqual([
          200,
          {
            alive: true,
            seconds: expect.any(Number),
            eventLoopMilliseconds: { p99: expect.any(Number), max: expect.any(Number) },
          },
        ]);
        const ready = await ask('/readyz');
        expect([ready.status, await ready.json()]).toEqual([
          200,
          {
            ready: true,
            checks: {
              database: { ok: true, milliseconds: expect.any(Number) },
              disk: { ok: true, milliseconds: expect.any(Number), freeBytes: expect.any(Number) },
              queue: { ok: true, milliseconds: expect.any(Number), version: '9.1' },
            },
          },
        ]);
      },
      { queue: async () => ({ version: '9.1' }) },
    );
  });

  test('lives on without its database, and is not ready; no secret is in what it says', async () => {
    await monitored(
      partsOn(hanging),
      async (_, ask) => {
        const [health, ready, page] = await Promise.all([ask('/healthz'), ask('/readyz'), ask('/metrics')]);
        expect([health.status, ready.status, page.status]).toEqual([200, 503, 200]);
        expect(await ready.json()).toMatchObject({
          ready: false,
          checks: {
            database: { ok: false, problem: 'no answer within 1 s' },
            queue: { ok: false, problem: 'ECONNREFUSED' },
            disk: { ok: true },
          },
        });
        const said = samples(await page.text());
        expect(said.get('watchai_database_up')).toBe(0);
        // What is not known is not shown as nought.
        const unknown = /^watchai_(?:jobs\{|oldest|artifacts|heartbeat)/;
        expect([...said.keys()].filter((name) => unknown.test(name))).toEqual([]);
      },
      {
        queue: async () => {
          throw Object.assign(new Error('redis://:hunter2@cache is away'), { code: 'ECONNREFUSED' });
        },
      },
    );
  });

  test('sees an event loop that was blocked', async () => {
    await monitored(partsOn(store), async (_, ask) => {
      // A delay is seen between two beats of the meter.
      await sleep(100);
      const until = performance.now() + 150;
      while (performance.now() < until);
      const { eventLoopMilliseconds } = (await (await ask('/healthz')).json()) as {
        eventLoopMilliseconds: { max: number };
      };
      expect(eventLoopMilliseconds.max).toBeGreaterThan(80);
    });
  });
});
