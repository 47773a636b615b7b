import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Plan } from '../../dsl/plan.ts';
import type { RunEvent } from '../../engine/event.ts';
import { Failure } from '../../engine/failure.ts';
import { cancel } from '../../engine/jobs/cancel.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { openLog } from '../../engine/log.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import type { Store } from '../../engine/store/port.ts';
import type { Desk, Handler } from '../../workers/handler.ts';
import { type Lanes, type LanesNews, type LanesOptions, startLanes } from '../../workers/lanes.ts';
import { openMemoryStore } from '../fakes/database.ts';
import { memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 30_000 };

let store: Store;
let parts: Parts;
let folder: string;
let scratch: string;
let logged: string[];
let lanes: Lanes | null;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store?.[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-lanes-'));
  scratch = join(folder, 'scratch');
  await mkdir(scratch);
  logged = [];
  lanes = null;
  parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
  await store.script('truncate workspaces, artifacts cascade');
});
afterEach(async () => {
  await lanes?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Makes a text file that says `text`. */
const write = async (desk: Desk, text: string) => {
  const file = join(desk.scratch, 'made.txt');
  await writeFile(file, text);
  return { file, kind: 'text' as const, facts: textFacts, notes: ['well made'], details: {} };
};
const start = async (handlers: Record<string, Handler>, options: Partial<LanesOptions> = {}) => {
  const log = openLog({ level: 'debug', sink: (line) => logged.push(line), now: () => 0 });
  lanes = await startLanes(parts, {
    handlers,
    slots: { cpu: 2, net: 1 },
    scratch,
    worker: 'test',
    log,
    beat: 50,
    ...options,
  });
};
const send = (plan: Plan) => submit(parts, plan, askerIn('w'));
const events = async (run: number): Promise<RunEvent[]> => {
  const seen: RunEvent[] = [];
  for await (const event of watch(parts, run)) seen.push(event);
  return seen;
};
const end = async (run: number) => (await events(run)).at(-1);
/** Waits until its signal aborts, then rejects as a well-behaved handler does. */
const untilStopped = (desk: Desk) => sleep(600_000, undefined, { signal: desk.signal }) as Promise<never>;

describe('lanes', () => {
  test('pass on a ring for what is beyond them to one who can do it', async () => {
    // No beat comes to help.
    const slow = { beat: 600_000, lease: 1_800_000, slots: { cpu: 1 } };
    const about = (operations: Record<string, number>, memory: number) => ({
      about: { host: 'h', pid: 1, can: { operations, models: ['m'], provider: 'cpu', memory } },
    });
    const nothing: Handler = async () => {
      throw new Error('this worker should not have taken it');
    };
    const others: Lanes[] = [];
    try {
      for (const [name, can] of [
        ['old', about({ probe: 1 }, 1e9)],
        ['small', about({ probe: 2 }, 1e6)],
      ] as const) {
        await start({ probe: nothing }, { ...slow, ...can, worker: name });
        others.push(lanes as unknown as Lanes);
      }
      await start({ probe: async (_, desk) => write(desk, 'x') }, { ...slow, ...about({ probe: 2 }, 1e9) });
      for (let n = 0; n < 4; n++) {
        const models = [{ name: 'm', digest: 'm', memory: 1e8 }];
        const { run } = await send(planOf({ [`s${n}`]: { version: 2, models } }));
        expect(await end(run)).toMatchObject({ state: 'done', ran: 1 });
      }
    } finally {
      for (const other of others) await other[Symbol.asyncDispose]();
    }
  });

  test('run a plan to its end, each job on what the former made', async () => {
    const saw: string[][] = [];
    await start({
      probe: async (args, desk) => {
        saw.push(desk.inputs.map((input) => input.hash.slice(0, 4)));
        return write(desk, JSON.stringify(args));
      },
    });
    const { run } = await send(planOf({ a: {}, b: { reads: ['a'] }, c: { reads: ['b', 'a'] } }));
    expect(await end(run)).toMatchObject({ state: 'done', ran: 3 });
    expect(saw.map((inputs) => inputs.length)).toEqual([0, 1, 2]);
  });

  test('do not lose work to a store that is away for a moment, neither to put it nor to publish it', async () => {
    const away = new Failure('transient', 'PQL616', 'the store does not answer');
    const { put, has } = parts.artifacts;
    let [puts, looks, made] = [0, 0, 0];
    parts.artifacts.put = async (file) => {
      if (++puts === 1) throw away;
      return put(file);
    };
    parts.artifacts.has = async (hash) => {
      if (++looks === 1) throw away;
      return has(hash);
    };
    await start({
      probe: (_, desk) => {
        made += 1;
        return write(desk, 'x');
      },
    });
    const { run } = await send(planOf({ a: {} }));
    expect(await end(run)).toMatchObject({ state: 'done' });
    expect([puts, looks, made]).toEqual([2, 2, 1]);
  });

  test('take up work that was there before they started', async () => {
    const { run } = await send(planOf({ a: {} }));
    await start({ probe: (_, desk) => write(desk, 'x') });
    expect(await end(run)).toMatchObject({ state: 'done' });
  });

  test('run as many jobs at a time as a lane has slots, and no more', async () => {
    let now = 0;
    let most = 0;
    await start({
      probe: async (args, desk) => {
        most = Math.max(most, ++now);
        await sleep(20);
        now--;
        return write(desk, JSON.stringify(args));
      },
    });
    const { run } = await send(planOf({ a: {}, b: {}, c: {}, d: {}, e: {}, f: {} }));
    expect(await end(run)).toMatchObject({ state: 'done', ran: 6 });
    expect(most).toBe(2);
  });

  test('hand a job a desk with all it needs', async () => {
    let desk: Desk | undefined;
    await start({
      probe: async (_, given) => {
        desk = given;
        given.log('measured', { fps: 3 });
        expect(await readdir(given.scratch)).toEqual([]);
        return write(given, 'x');
      },
    });
    const { run } = await send(planOf({ a: { recipe: 'PROBE "a.mp4"' } }));
    await end(run);
    expect(desk).toMatchObject({
      job: 'j1',
      group: 'g1',
      workspace: 'w',
      attempt: 1,
      recipe: 'PROBE "a.mp4"',
    });
    expect(logged.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ message: 'measured', fps: 3, job: 'j1', group: 'g1', workspace: 'w' }),
    );
  });

  test('tell how far a job is, kept between 0 and 1', async () => {
    const gate = Promise.withResolvers<void>();
    await start({
      probe: async (_, desk) => {
        const telling = setInterval(() => desk.progress({ fraction: 1.5, fps: 12, note: 'almost' }), 10);
        await gate.promise;
        clearInterval(telling);
        return write(desk, 'x');
      },
    });
    const { run } = await send(planOf({ a: {} }));
    const seen: RunEvent[] = [];
    for await (const event of watch(parts, run)) {
      seen.push(event);
      if (event.type === 'progress') gate.resolve();
    }
    expect(seen.find((event) => event.type === 'progress')).toMatchObject({
      job: 'j1',
      fraction: 1,
      fps: 12,
      secondsLeft: null,
      note: 'almost',
    });
  });

  test('remove the scratch folder however a job ends', async () => {
    await start({
      probe: async (_, desk) => write(desk, 'x'),
      trim: async (_, desk) => {
        await write(desk, 'half');
        throw new Failure('user', 'PQL699', 'no');
      },
    });
    await end((await send(planOf({ a: {} }))).run);
    await end((await send(planOf({ a: { operation: 'trim' } }))).run);
    await expect.poll(() => readdir(scratch), soon).toEqual([]);
  });

  test('tell the asker a Failure in its own words', async () => {
    await start({
      probe: async () => {
        throw new Failure('user', 'PQL640', 'the clip is cut short', { hint: 'upload it again' });
      },
    });
    const seen = await events((await send(planOf({ a: {} }))).run);
    expect(seen.find((event) => event.type === 'failed')).toMatchObject({
      code: 'PQL640',
      kind: 'user',
      message: 'the clip is cut short',
      hint: 'upload it again',
      willRetry: false,
    });
  });

  test('hide a mistake of ours from the asker and keep it in the log', async () => {
    await start({
      probe: async () => {
        throw new TypeError('x is not a function');
      },
    });
    const seen = await events((await send(planOf({ a: {} }))).run);
    expect(seen.find((event) => event.type === 'failed')).toMatchObject({
      code: 'PQL600',
      kind: 'permanent',
    });
    expect(JSON.stringify(seen)).not.toContain('not a function');
    expect(logged.join('')).toContain('TypeError: x is not a function');
  });

  test('say that the disk is full in words', async () => {
    await start({
      probe: async () => {
        throw Object.assign(new Error('write'), { code: 'ENOSPC' });
      },
    });
    const seen = await events((await send(planOf({ a: {} }))).run);
    expect(seen.find((event) => event.type === 'failed')).toMatchObject({
      message: expect.stringContaining('the disk is full'),
    });
  });

  test.each<[string, Handler]>([
    [
      'gives another kind than was planned',
      async (_, desk) => ({ ...(await write(desk, 'x')), kind: 'video' }),
    ],
    [
      'gives a file outside its scratch folder',
      async (_, desk) => ({ ...(await write(desk, 'x')), file: '/etc/passwd' }),
    ],
    [
      'gives a file outside by way of ..',
      async (_, desk) => ({ ...(await write(desk, 'x')), file: `${desk.scratch}/../../x` }),
    ],
    ['gives nothing', async () => ({ notes: [] })],
  ])('publish nothing when a handler %s', async (_, handler) => {
    await writeFile(join(folder, 'x'), 'outside');
    await start({ probe: handler });
    expect(await end((await send(planOf({ a: {} }))).run)).toMatchObject({ state: 'failed' });
    expect(await store.query('select id from media')).toEqual([]);
  });

  test('try a transient failure again once its time has come', async () => {
    const attempts: number[] = [];
    await start({
      probe: async (_, desk) => {
        attempts.push(desk.attempt);
        if (desk.attempt === 1) throw new Failure('transient', 'PQL699', 'away');
        return write(desk, 'x');
      },
    });
    const { run } = await send(planOf({ a: {} }));
    expect(await end(run)).toMatchObject({ state: 'done' });
    expect(attempts).toEqual([1, 2]);
  });

  test('recall a twin that waited instead of running it', async () => {
    let times = 0;
    await start({
      probe: async (_, desk) => {
        times++;
        await sleep(50);
        return write(desk, 'x');
      },
    });
    const runs = await Promise.all([send(planOf({ a: {} })), send(planOf({ a: {} }))]);
    for (const { run } of runs) expect(await end(run)).toMatchObject({ state: 'done' });
    expect(times).toBe(1);
  });

  test('stop a running job when its group is cancelled', async () => {
    const running = Promise.withResolvers<AbortSignal>();
    const gone = Promise.withResolvers<string>();
    await start({
      probe: (_, desk) => {
        running.resolve(desk.signal);
        return untilStopped(desk).finally(() => gone.resolve(desk.scratch));
      },
    });
    const { run } = await send(planOf({ a: {}, b: { reads: ['a'] } }));
    const signal = await running.promise;
    await cancel(parts, run);
    expect(signal.aborted).toBe(true);
    const left = await gone.promise;
    expect(await end(run)).toMatchObject({ state: 'cancelled' });
    await expect.poll(() => existsSync(left), soon).toBe(false);
  });

  test('stop a running job that somebody elsewhere cancelled or took over', async () => {
    const running = Promise.withResolvers<AbortSignal>();
    await start({
      probe: (_, desk) => {
        running.resolve(desk.signal);
        return untilStopped(desk);
      },
    });
    const { run } = await send(planOf({ a: {} }));
    const signal = await running.promise;
    await cancel({ ...parts, news: openNews() }, run);
    await expect.poll(() => signal.aborted, soon).toBe(true);
  });

  test('publish nothing of a job that was cancelled while it ignored its signal', async () => {
    const running = Promise.withResolvers<void>();
    const late = Promise.withResolvers<void>();
    await start({
      probe: async (_, desk) => {
        running.resolve();
        await late.promise;
        return write(desk, 'too late');
      },
    });
    const { run } = await send(planOf({ a: {} }));
    await running.promise;
    await cancel(parts, run);
    late.resolve();
    await lanes?.[Symbol.asyncDispose]();
    lanes = null;
    expect(await store.query('select id from media')).toEqual([]);
    expect(await store.query('select work_key from works')).toEqual([]);
  });

  test('hand back what runs when they close, not counted as tried, for the next to take', async () => {
    const running = Promise.withResolvers<void>();
    await start({
      probe: (_, desk) => {
        running.resolve();
        return untilStopped(desk);
      },
    });
    const { run } = await send(planOf({ a: {} }));
    await running.promise;
    await lanes?.[Symbol.asyncDispose]();
    expect(await store.query('select state, attempts from jobs')).toEqual([{ state: 'ready', attempts: 0 }]);
    await start({ probe: (_, desk) => write(desk, 'x') });
    expect(await end(run)).toMatchObject({ state: 'done' });
  });

  test('close in time though a handler does not stop, and its work is no longer wanted', async () => {
    const running = Promise.withResolvers<void>();
    const never = Promise.withResolvers<never>();
    await start(
      {
        probe: () => {
          running.resolve();
          return never.promise;
        },
      },
      { grace: 20 },
    );
    await send(planOf({ a: {} }));
    await running.promise;
    await lanes?.[Symbol.asyncDispose]();
    lanes = null;
    expect(await store.query('select state from jobs')).toEqual([{ state: 'ready' }]);
  });

  test('claim nothing while they drain, and let what runs end', async () => {
    const [gate, running] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await start(
      {
        probe: async (_, desk) => {
          running.resolve();
          await gate.promise;
          return write(desk, 'x');
        },
      },
      { slots: { cpu: 1 } },
    );
    const { run } = await send(planOf({ a: {}, b: {} }));
    await running.promise;
    const drained = lanes?.drain(60_000);
    gate.resolve();
    await drained;
    const states = 'select state, attempts from jobs where run_id = $1 order by id';
    expect(await store.query(states, [run])).toEqual([
      { state: 'done', attempts: 1 },
      { state: 'ready', attempts: 0 },
    ]);
  });

  test.each([
    ['when their time is up', 20, undefined],
    ['when they are told to end now', 60_000, AbortSignal.abort()],
  ])('hand back what does not end while they drain, %s', async (_, grace, signal) => {
    const running = Promise.withResolvers<void>();
    await start({
      probe: (_, desk) => {
        running.resolve();
        return untilStopped(desk);
      },
    });
    await send(planOf({ a: {} }));
    await running.promise;
    await lanes?.drain(grace, signal);
    await lanes?.[Symbol.asyncDispose]();
    lanes = null;
    expect(await store.query('select state, attempts, crashes from jobs')).toEqual([
      { state: 'ready', attempts: 0, crashes: 0 },
    ]);
  });

  test('take no jobs under pressure, say so once, and go on by themselves', async () => {
    let scarce: string | null = 'only 1 GB of disk are free';
    const told: LanesNews[] = [];
    const about = { host: 'ada', pid: 7, can: { operations: { probe: 1 }, models: [], provider: null } };
    await start(
      { probe: (_, desk) => write(desk, 'x') },
      { about, pressure: async () => scarce, told: (news) => told.push(news) },
    );
    const { run } = await send(planOf({ a: {} }));
    await sleep(200);
    expect(told).toEqual([{ type: 'paused', why: 'only 1 GB of disk are free' }]);
    expect(await store.query('select pressure, state from workers, jobs')).toEqual([
      { pressure: 'only 1 GB of disk are free', state: 'ready' },
    ]);
    scarce = null;
    expect(await end(run)).toMatchObject({ state: 'done' });
    // The rows say so a moment before the lane does.
    const types = ['paused', 'resumed', 'started', 'ended'];
    await expect.poll(() => told.map(({ type }) => type), soon).toEqual(types);
    expect(await store.query('select pressure from workers')).toEqual([{ pressure: null }]);
  });

  test('pass on a ring that they can do nothing about, under pressure or with all slots full', async () => {
    const own = { log: openLog({ level: 'silent', sink: () => {}, now: () => 0 }), scratch, lease: 600_000 };
    const probe: Handler = (_, desk) => write(desk, 'x');
    const gate = Promise.withResolvers<void>();
    const slow: Handler = async (args, desk) => {
      if (args.of === 'long') await gate.promise;
      return write(desk, 'x');
    };
    const open: AsyncDisposable[] = [];
    const begin = async (worker: string, handler: Handler, more: object = {}) =>
      open.push(
        await startLanes(parts, { ...own, handlers: { probe: handler }, slots: { cpu: 1 }, worker, ...more }),
      );
    try {
      await begin('scarce', probe, { pressure: async () => 'no memory is free' });
      await begin('slow', slow);
      const { run: long } = await send(planOf({ long: {} }));
      const running = () =>
        store.query(`select worker from jobs where run_id = $1 and state = 'running'`, [long]);
      await expect.poll(running, soon).toEqual([{ worker: 'slow' }]);
      await begin('free', probe);
      for (const step of ['a', 'b', 'c', 'd']) {
        const { run } = await send(planOf({ [step]: {} }));
        expect(await end(run)).toMatchObject({ state: 'done' });
      }
      expect(await store.query(`select distinct worker from jobs where state = 'done'`)).toEqual([
        { worker: 'free' },
      ]);
    } finally {
      gate.resolve();
      for (const each of open.toReversed()) await each[Symbol.asyncDispose]();
    }
  });

  test('are listed while they live, and keep the last words of a job in its row', async () => {
    const about = { host: 'ada', pid: 7, can: { operations: { probe: 1 }, models: [], provider: null } };
    const gate = Promise.withResolvers<void>();
    await start(
      {
        probe: async (_, desk) => {
          desk.log('frame', { number: 7 });
          await gate.promise;
          return write(desk, 'x');
        },
      },
      { about },
    );
    const { run } = await send(planOf({ a: {} }));
    const log = async () => (await store.query<{ log: string[] }>('select log from jobs'))[0]?.log;
    await expect.poll(log, soon).toEqual([expect.stringMatching(/^\d\.\d s: frame {"number":7}$/)]);
    expect(await store.query('select id, host, lanes, draining from workers')).toEqual([
      { id: 'test', host: 'ada', lanes: ['cpu', 'net'], draining: false },
    ]);
    gate.resolve();
    await end(run);
    await lanes?.[Symbol.asyncDispose]();
    lanes = null;
    expect(await store.query('select id from workers')).toEqual([]);
  });

  test('do not blame a job for a database that is away when it begins', async () => {
    let away = 1;
    const refused = () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' });
    parts = {
      ...parts,
      store: {
        ...store,
        query: (text, parameters) =>
          text.includes('from works') && away > 0 && away-- > 0
            ? Promise.reject(refused())
            : store.query(text, parameters),
      },
    };
    await start({ probe: (_, desk) => write(desk, 'x') });
    const { run } = await submit({ ...parts, store }, planOf({ a: {} }), askerIn('w'));
    expect(await end(run)).toMatchObject({ state: 'done' });
    expect(away).toBe(0);
  });

  test('keep a long job theirs by signs of life', async () => {
    const gate = Promise.withResolvers<void>();
    await start(
      {
        probe: async (_, desk) => {
          await gate.promise;
          return write(desk, 'slow');
        },
      },
      { lease: 3000, beat: 100 },
    );
    const { run } = await send(planOf({ a: {} }));
    const lease = async () => {
      const [job] = await store.query<{ until: Date | null }>('select lease_until as until from jobs');
      return job?.until?.getTime() ?? 0;
    };
    await expect.poll(lease, soon).toBeGreaterThan(0);
    const first = await lease();
    await expect.poll(lease, soon).toBeGreaterThan(first);
    gate.resolve();
    expect(await end(run)).toMatchObject({ state: 'done' });
    expect(await store.query('select attempts from jobs')).toEqual([{ attempts: 1 }]);
  });

  test('find by themselves what was never rung', async () => {
    await start({ probe: (_, desk) => write(desk, 'x') }, { lease: 150, beat: 50 });
    const deaf = { ...parts, queue: inProcessQueue() };
    const { run } = await submit(deaf, planOf({ a: {} }), askerIn('w'));
    expect(await end(run)).toMatchObject({ state: 'done' });
  });

  test('go on when the database is away for a moment', async () => {
    let away = true;
    const shaky: Store = {
      ...store,
      query: (text, parameters) =>
        away && text.includes('for update skip locked')
          ? Promise.reject(new Error('connection refused'))
          : store.query(text, parameters),
    };
    parts = { ...parts, store: shaky };
    await start({ probe: (_, desk) => write(desk, 'x') });
    const { run } = await send(planOf({ a: {} }));
    await expect.poll(() => logged.join(''), soon).toContain('could not be asked');
    away = false;
    expect(await end(run)).toMatchObject({ state: 'done' });
  });

  test('keep finished work when the database is away at the moment of its publication', async () => {
    let refusals = 2;
    const shaky: Store = {
      ...store,
      async transaction(work) {
        if (times > 0 && refusals-- > 0) throw new Error('away');
        return store.transaction(work);
      },
    };
    let times = 0;
    parts = { ...parts, store: shaky };
    await start({
      probe: async (_, desk) => {
        times++;
        return write(desk, 'kept');
      },
    });
    const { run } = await send(planOf({ a: {} }));
    expect(await end(run)).toMatchObject({ state: 'done' });
    expect(times).toBe(1);
  });
});
