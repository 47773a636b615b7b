import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LocalParts } from '../../engine/embedded.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { openLog } from '../../engine/log.ts';
import { openServed } from '../../engine/served.ts';
import type { Handler } from '../../workers/handler.ts';
import { startLanes } from '../../workers/lanes.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';
import { startPostgres, type TestServer } from '../fakes/postgres.ts';
import { type QueueServer, startQueueServer } from '../fakes/queue-server.ts';
import { runScript } from '../fakes/run-script.ts';
import { startProxy } from '../fakes/tcp-proxy.ts';

/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 30_000 };
/** Leases under which the sweep comes every half second, or not before a test has ended. */
const [sweeping, ringsOnly] = [1500, 600_000];
/** Real faults at a tenth of the usual patience. */
const times = { socket: 1500, block: 1000, ring: 200, connect: 500, again: 200 };

let postgres: TestServer;
let server: QueueServer;
beforeAll(async () => {
  [postgres, server] = await Promise.all([startPostgres(), startQueueServer()]);
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
});

let database: string;
let folder: string;
/** What this test opened, in order. */
let open: AsyncDisposable[];
let troubles: string[];
let ran: string[];
beforeEach(async () => {
  database = await postgres.url();
  folder = await mkdtemp(join(tmpdir(), 'pql-rings-'));
  [open, troubles, ran] = [[], [], []];
});
afterEach(async () => {
  for (const each of open.toReversed()) await each[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function enter(url = server.url): Promise<LocalParts> {
  const trouble = (message: string) => troubles.push(message);
  const parts = await openServed(database, folder, { url, trouble, times });
  open.push(parts);
  return parts;
}

/** Works on jobs, one at a time, each as soon as `gate` lets it. */
async function work(
  parts: LocalParts,
  lease: number,
  gate: Promise<void> = Promise.resolve(),
): Promise<void> {
  const probe: Handler = async (args, desk) => {
    await gate;
    ran.push(String(args.of));
    const file = join(desk.scratch, 'made.txt');
    await writeFile(file, String(args.of));
    return { file, kind: 'text', facts: textFacts, notes: [], details: {} };
  };
  const log = openLog({ level: 'silent', sink: () => {}, now: Date.now });
  const { scratch } = parts;
  const worker = `w${open.length}`;
  open.push(
    await startLanes(parts, {
      handlers: { probe },
      slots: { cpu: 1 },
      scratch,
      worker,
      log,
      lease,
      beat: 100,
    }),
  );
}

const send = (parts: LocalParts, ...steps: string[]) =>
  submit(parts, planOf(Object.fromEntries(steps.map((step) => [step, {}]))), askerIn('films'));
const states = async (parts: LocalParts) =>
  (
    await parts.store.query<{ line: string }>(
      `select state || ' after ' || attempts as line from jobs order by id`,
    )
  ).map(({ line }) => line);
const each = (count: number, line: string) => Array.from({ length: count }, () => line);
/** Asks the queue server itself, beside the engine. */
async function ask<T>(question: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(server.url);
  try {
    return await question(client);
  } finally {
    client.disconnect();
  }
}
const hanging = () =>
  ask(async (client) => {
    const lists = await client.keys('*:cpu:wait');
    const lengths = await Promise.all(lists.map((list) => client.llen(list)));
    return lengths.reduce((sum, length) => sum + length, 0);
  });
const dying = (moment: string) =>
  runScript(new URL('./die-ringing.ts', import.meta.url), [database, server.url, folder, moment]);

test('kill -9 between commit and ring: the job is there, and the sweep of a worker finds it', async () => {
  const parts = await enter();
  await work(parts, sweeping);
  expect((await dying('before-ring').ended).status).toBe('SIGKILL');
  await expect.poll(() => states(parts), soon).toEqual(['done after 1']);
  expect(ran).toEqual(['a']);
});

test('kill -9 after the ring: it hangs until a worker hears it, who runs the job once', async () => {
  expect((await dying('after-ring').ended).status).toBe('SIGKILL');
  expect(await hanging()).toBe(1);
  const parts = await enter();
  expect(await states(parts)).toEqual(['ready after 0']);
  await work(parts, ringsOnly);
  await expect.poll(() => states(parts), soon).toEqual(['done after 1']);
  await expect.poll(hanging, soon).toBe(0);
});

test('kill -9 of who has heard and not claimed yet: the sweep of another finds the job', async () => {
  const parts = await enter();
  const script = dying('heard');
  expect(await script.line()).toBe('listening');
  await send(parts, 'a');
  expect((await script.ended).status).toBe('SIGKILL');
  expect(await states(parts)).toEqual(['ready after 0']);
  await work(parts, sweeping);
  await send(parts, 'b');
  await expect.poll(() => states(parts), soon).toEqual(each(2, 'done after 1'));
});

test('FLUSHALL while rings hang: nothing is lost, and rings are heard again afterwards', async () => {
  const parts = await enter();
  const { promise: gate, resolve: release } = Promise.withResolvers<void>();
  await work(parts, ringsOnly, gate);
  await send(parts, ...each(20, '').map((_, index) => `s${index}`));
  await expect.poll(hanging, soon).toBeGreaterThan(0);
  await ask((client) => client.flushall());
  release();
  await expect.poll(() => states(parts), soon).toEqual(each(20, 'done after 1'));
  await send(parts, 'later');
  await expect.poll(() => states(parts), soon).toEqual(each(21, 'done after 1'));
  expect(new Set(ran).size).toBe(21);
});

test('the queue server is killed while work waits and comes back empty: nothing is lost', async () => {
  const parts = await enter();
  const { promise: gate, resolve: release } = Promise.withResolvers<void>();
  await work(parts, ringsOnly, gate);
  await send(parts, 'a', 'b', 'c');
  await server.restart();
  release();
  await expect.poll(() => states(parts), soon).toEqual(each(3, 'done after 1'));
  await send(parts, 'later');
  await expect.poll(() => states(parts), soon).toEqual(each(4, 'done after 1'));
});

test('statements are accepted while the queue server is down, and run when it is back', async () => {
  const parts = await enter();
  await work(await enter(), ringsOnly);
  await send(parts, 'first');
  await expect.poll(() => states(parts), soon).toEqual(['done after 1']);
  await server.kill();
  await send(parts, 'a');
  await send(parts, 'b');
  expect(await states(parts)).toEqual(['done after 1', ...each(2, 'ready after 0')]);
  await expect.poll(() => troubles, soon).toEqual([expect.stringMatching(/takes no rings: the sweep finds/)]);
  await server.restart();
  await expect.poll(() => states(parts), soon).toEqual(each(3, 'done after 1'));
});

test('who listens where a statement is asked hears of it though the queue server is down', async () => {
  const parts = await enter();
  await work(parts, ringsOnly);
  await server.kill();
  try {
    await send(parts, 'a');
    await expect.poll(() => states(parts), soon).toEqual(['done after 1']);
  } finally {
    await server.restart();
  }
});

test('starts while the queue server is down, says so, and the sweep finds the work', async () => {
  await server.kill();
  try {
    const parts = await enter();
    expect(troubles).toEqual([expect.stringMatching(/is not reached: workers elsewhere hear of work late/)]);
    const other = await enter();
    await work(other, sweeping);
    await send(parts, 'a');
    await expect.poll(() => states(parts), soon).toEqual(['done after 1']);
  } finally {
    await server.restart();
  }
});

test('a full queue server takes no rings: the sweep finds the work, and rings work again when there is room', async () => {
  const parts = await enter();
  await work(parts, sweeping);
  await ask((client) => client.config('SET', 'maxmemory', '1'));
  try {
    await send(parts, 'a');
    await expect.poll(() => states(parts), soon).toEqual(['done after 1']);
    await expect.poll(() => troubles, soon).toEqual([expect.stringMatching(/takes no rings/)]);
  } finally {
    await ask((client) => client.config('SET', 'maxmemory', '0'));
  }
  await send(parts, 'b');
  await expect.poll(() => states(parts), soon).toEqual(each(2, 'done after 1'));
});

test('a connection that is silent and never closed is given up: rings are heard again', async () => {
  const proxy = await startProxy(server.port);
  open.push(proxy);
  const [here, there] = [await enter(), await enter(`redis://127.0.0.1:${proxy.port}`)];
  await work(there, ringsOnly);
  await send(here, 'a');
  await expect.poll(() => states(here), soon).toEqual(['done after 1']);
  proxy.silence();
  await send(here, 'b');
  await expect.poll(() => states(here), soon).toEqual(each(2, 'done after 1'));
  await send(here, 'c');
  await expect.poll(() => states(here), soon).toEqual(each(3, 'done after 1'));
});

test('two workers that hear and claim at once never run a job twice', async () => {
  const workers = [await enter(), await enter()];
  for (const each of workers) await work(each, ringsOnly);
  const [parts] = workers as [LocalParts];
  await Promise.all(each(30, '').map((_, index) => send(parts, `s${index}`)));
  await expect.poll(() => states(parts), soon).toEqual(each(30, 'done after 1'));
  expect(ran.toSorted()).toEqual([...new Set(ran)].toSorted());
});

test('the one statement of somebody starts next beside ten thousand of somebody else, and few rings hang', async () => {
  const parts = await enter();
  const { run } = await send(parts, 'first');
  await parts.store.query(
    `insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models, lane,
                       gives, effect, title, recipe, asker, state)
     select workspace, 100000 + n, run_id, 'more-' || n, n, 0, operation, version, jsonb_build_object('of', n), models, lane,
            gives, effect, title, recipe, asker, state
     from jobs, generate_series(1, 10000) as n where run_id = $1`,
    [run],
  );
  await work(parts, sweeping);
  await expect.poll(() => ran.length, soon).toBeGreaterThan(3);
  const eve = { ...askerIn('films'), user: 'eve' };
  const { run: one } = await submit(parts, planOf({ mine: {} }), eve);
  await expect.poll(() => ran, soon).toContain('mine');
  const [row] = await parts.store.query<{ between: number }>(
    `select count(*) as between from jobs other, jobs mine
     where mine.run_id = $1 and other.run_id <> $1
       and other.started_at > mine.created_at and other.started_at < mine.started_at`,
    [one],
  );
  // The one that ran when it came may have ended, and another begun, before it was committed.
  expect(row?.between).toBeLessThanOrEqual(2);
  expect(await hanging()).toBeLessThanOrEqual(300);
});

test('refuses a server that throws keys away when it is full, in words', async () => {
  await ask((client) => client.config('SET', 'maxmemory-policy', 'allkeys-lru'));
  try {
    await expect(enter()).rejects.toMatchObject({
      code: 'PQL605',
      message: expect.stringMatching(/^the queue server 127\.0\.0\.1:\d+ throws keys away .*allkeys-lru/),
      hint: expect.stringContaining('config set maxmemory-policy noeviction'),
    });
  } finally {
    await ask((client) => client.config('SET', 'maxmemory-policy', 'noeviction'));
  }
});

test('refuses a server that does not let us in, in words and without the password', async () => {
  await ask((client) => client.config('SET', 'requirepass', 'right'));
  const url = (password: string) => server.url.replace('redis://', `redis://:${password}@`);
  try {
    const opening = enter(url('hunter2'));
    await expect(opening).rejects.toMatchObject({
      code: 'PQL605',
      hint: expect.stringContaining('REDIS_URL'),
    });
    await opening.catch((error: Error) => expect(error.message).not.toContain('hunter2'));
  } finally {
    const client = new Redis(url('right'));
    await client.config('SET', 'requirepass', '');
    client.disconnect();
  }
});
