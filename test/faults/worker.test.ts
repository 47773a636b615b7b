import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LocalParts } from '../../engine/embedded.ts';
import { cancel } from '../../engine/jobs/cancel.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { openServed } from '../../engine/served.ts';
import { askerIn, planOf } from '../fakes/plan.ts';
import { startPostgres, type TestServer } from '../fakes/postgres.ts';
import { runScript, type Script } from '../fakes/run-script.ts';
import { isGone } from './is-gone.ts';

/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 60_000 };

let server: TestServer;
let folder: string;
let url: string;
let parts: LocalParts;
let workers: Script[];
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-worker-'));
  url = await server.url();
  parts = await openServed(url, folder);
  workers = [];
});
afterEach(async () => {
  for (const worker of workers) await worker[Symbol.asyncDispose]();
  await parts[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A worker in a process of its own; the one named `first` is held up by some jobs. */
const start = async (name: string, hours = 0) => {
  const words = [url, folder, name, String(hours)];
  const worker = runScript(new URL('./work-on-server.ts', import.meta.url), words);
  workers.push(worker);
  await until(worker, 'open');
  return worker;
};
const until = async (worker: Script, line: string) => {
  for (;;) {
    const said = await worker.line();
    if (said.startsWith(line)) return said;
  }
};
const send = async (steps: Parameters<typeof planOf>[0]) =>
  (await submit(parts, planOf(steps), askerIn('films'))).run;
const effect = { operation: 'export', effect: true, gives: null } as const;
const jobs = () =>
  parts.store.query<{ operation: string; state: string; attempts: number; crashes: number; worker: string }>(
    'select operation, state, attempts, crashes, worker from jobs order by id',
  );
const states = async () => (await jobs()).map(({ state }) => state);
/** Lets go of the jobs that hold the worker `first` up. */
const release = () => writeFile(join(folder, 'release'), '');
const count = async (what: string) =>
  (await parts.store.query<{ n: number }>(`select count(*)::integer as n from ${what}`))[0]?.n;
/** What is published has its bytes, whole, and nothing else is taken for a result. */
const wholeArtifacts = async () => {
  const rows = await parts.store.query<{ hash: string }>('select hash from artifacts');
  for (const { hash } of rows) await parts.artifacts.path(hash);
  return rows.length;
};

test.each([
  ['SIGKILL', 'stitch'],
  ['SIGSTOP', 'trim'],
] as const)('%s of a worker in the middle of a job (%s): another ends it, its effect comes once', async (signal, operation) => {
  const first = await start('first');
  await send({ a: { operation }, b: { reads: ['a'] }, c: { ...effect, reads: ['b'] } });
  await until(first, `started ${operation}`);
  first.kill(signal);
  if (signal === 'SIGKILL') {
    // As another operation, since this one never ends.
    await parts.store.query(`update jobs set operation = 'probe' where operation = 'stitch'`);
  }
  await start('second');
  await expect.poll(states, soon).toEqual(['done', 'done', 'done']);
  const before = await jobs();
  expect(before[0]).toMatchObject({ attempts: 1, crashes: 1, worker: 'second' });
  if (signal === 'SIGSTOP') {
    first.kill('SIGCONT');
    await release();
    expect(await until(first, `ended ${operation}`)).toMatch(/lost|stopped/);
  }
  expect(await jobs()).toEqual(before);
  expect([await count('media'), await count('works'), await count('exports')]).toEqual([2, 2, 1]);
  expect(await wholeArtifacts()).toBe(2);
});

test('a worker whose event loop is blocked past its lease writes nothing when it comes back', async () => {
  const first = await start('first');
  await send({ a: { operation: 'grade' } });
  await until(first, 'started grade');
  await start('second');
  await expect.poll(states, soon).toEqual(['done']);
  const before = await jobs();
  expect(before[0]).toMatchObject({ crashes: 1, worker: 'second' });
  await release();
  expect(await until(first, 'ended grade')).toMatch(/lost|stopped/);
  expect(await jobs()).toEqual(before);
  expect([await count('media'), await count('works')]).toEqual([1, 1]);
});

test('workers whose clocks are an hour off share the work, and nobody takes anything away', async () => {
  for (const [name, hours] of [
    ['ahead', 1],
    ['behind', -1],
    ['right', 0],
  ] as const)
    await start(name, hours);
  const steps = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`s${n}`, {}]));
  await send(steps);
  await expect.poll(states, soon).toEqual(Array(30).fill('done'));
  // Past a lease of everybody.
  await sleep(2000);
  expect(await count('jobs where crashes > 0 or attempts <> 1')).toBe(0);
  expect(await count('workers where abs(extract(epoch from clock_timestamp() - seen_at)) < 60')).toBe(3);
});

test('a group that is cancelled elsewhere leaves no process of it', async () => {
  const first = await start('first');
  const run = await send({ a: { operation: 'stitch' }, b: { reads: ['a'] } });
  const child = Number((await until(first, 'child ')).slice(6));
  expect(isGone(child)).toBe(false);
  await cancel(parts, run);
  await expect.poll(() => isGone(child), soon).toBe(true);
  expect(await until(first, 'ended stitch')).toBe('ended stitch stopped');
  expect(await states()).toEqual(['cancelled', 'cancelled']);
});

test('kill -9 while a result is being stored: it is stored whole by the next, and nothing else is left', async () => {
  const first = await start('first');
  await send({ a: { operation: 'measure' } });
  await until(first, 'writing');
  first.kill('SIGKILL');
  await first.ended;
  await start('second');
  await expect.poll(states, soon).toEqual(['done']);
  expect(await wholeArtifacts()).toBe(1);
  expect(await Array.fromAsync(parts.artifacts.list())).toHaveLength(1);
  expect(await count('media')).toBe(1);
});

test('PostgreSQL killed in the middle of commits and started again: workers go on, every job is done once', async () => {
  await start('left');
  await start('right');
  const steps = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`s${n}`, n % 2 === 0 ? {} : { reads: [`s${n - 1}`] }]),
  );
  await send(steps);
  await expect.poll(() => count(`jobs where state = 'done'`), { ...soon, interval: 5 }).toBeGreaterThan(3);
  await server.crash();
  await expect.poll(() => count(`jobs where state = 'done'`).catch(() => 0), soon).toBe(60);
  expect([await count('media'), await count('works')]).toEqual([60, 60]);
  expect(await wholeArtifacts()).toBe(60);
  expect(await count('jobs where attempts > 2')).toBe(0);
});
