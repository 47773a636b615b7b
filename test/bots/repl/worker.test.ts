import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServer } from '../../../engine/store/server.ts';
import { startPostgres, type TestServer } from '../../fakes/postgres.ts';
import { emptyFolder, jsonLines, runPql, startPql } from './spawn-pql.ts';

/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 60_000 };
const film = 'GENERATE "forest in rain" DURATION 2s SIZE 320x180 SEED 7';

let server: TestServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A folder, the environment of everybody on one database, and a look at its jobs. */
async function begin() {
  const url = await server.url();
  const folder = await emptyFolder();
  const env = { DATABASE_URL: url, REDIS_URL: '', PQL_HOME: join(folder, 'home') };
  const jobs = async () => {
    const store = await openServer(url, { connections: 1 });
    const rows = await store.query<{ state: string; attempts: number; crashes: number }>(
      'select state, attempts, crashes from jobs order by id',
    );
    await store[Symbol.asyncDispose]();
    return rows;
  };
  const worker = (...args: string[]) =>
    startPql(['worker', '--lanes', 'cpu', '--slots', 'cpu=1', ...args], folder, { env });
  return { folder, env, jobs, worker };
}

test('a worker runs what others only ask for, and is listed by its name', async () => {
  const { folder, env, worker } = await begin();
  const working = worker('--name', 'render', '--json');
  await expect.poll(() => working.said().out, soon).toContain('"begun"');
  const asked = await runPql(['--no-work', '--json', '-c', `${film} AS clip; SHOW WORKERS`], folder, { env });
  expect(asked.status).toBe(0);
  expect(asked.out).toMatch(/"render\.[0-9a-f]{6}"/);
  working.process.kill('SIGTERM');
  const { status, out, err } = await working.ended;
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(jsonLines(out).map(({ type, how }) => how ?? type)).toEqual([
    'begun',
    'started',
    'done',
    'draining',
    'gone',
  ]);
  const after = await runPql(['--json', '-c', 'SHOW WORKERS'], folder, { env });
  expect(after.out).not.toContain('render');
});

test('SIGTERM lets the job that runs end and begins no other; a second signal hands it back at once', async () => {
  const { folder, env, jobs, worker } = await begin();
  const first = worker();
  await expect.poll(() => first.said().out, soon).toContain(' works: cpu 1');
  const asking = startPql(['--no-work', '-c', `${film} TO out/film.mp4`], folder, { env });
  await expect.poll(() => first.said().out, soon).toContain('started: GENERATE');
  first.process.kill('SIGTERM');
  expect((await first.ended).status).toBe(0);
  expect(await jobs()).toEqual([
    { state: 'done', attempts: 1, crashes: 0 },
    { state: 'ready', attempts: 0, crashes: 0 },
  ]);

  const waiting = startPql(['--no-work', '-c', 'GENERATE "fog" DURATION 1s SIZE 64x64'], folder, { env });
  await expect.poll(() => waiting.said().err, soon).toContain('g2 waits: nobody serves the lane cpu now');
  waiting.process.kill('SIGINT');
  expect((await waiting.ended).status).toBe(130);

  const second = worker();
  expect((await asking.ended).status).toBe(0);
  const more = startPql(['--no-work', '-c', film.replace('2s', '60s')], folder, { env });
  await expect.poll(() => second.said().out, soon).toMatch(/started: GENERATE/);
  second.process.kill('SIGTERM');
  await expect.poll(() => second.said().out, soon).toContain('another signal ends it now');
  second.process.kill('SIGTERM');
  expect((await second.ended).status).toBe(0);
  expect((await jobs())[3]).toEqual({ state: 'ready', attempts: 0, crashes: 0 });
  more.process.kill('SIGKILL');
  await more.ended;
});

test.each([
  [['worker'], /DATABASE_URL is not set/],
  [['--no-work', '-c', 'SHOW GROUPS'], /without DATABASE_URL there are none/],
  [['run', '--no-work', '-'], /without DATABASE_URL there are none/],
  [['--no-work', 'run', '-'], /without DATABASE_URL there are none/],
  [['worker', '--lanes', 'cpu,disk'], /there is no lane disk/, 'postgres://localhost/x'],
  [['worker', '--slots', 'cpu=0'], /is no lane with a number from 1 to 64/, 'postgres://localhost/x'],
  [['worker', '--lanes', 'gpu', '--slots', 'cpu=2'], /not among --lanes/, 'postgres://localhost/x'],
  [['worker', '--grace', '30'], /--grace 30 is no duration/, 'postgres://localhost/x'],
])('pql %s is refused in words', async (args, words, url = '') => {
  const { status, err } = await runPql(args, await emptyFolder(), {
    env: { DATABASE_URL: url, REDIS_URL: '' },
  });
  expect(err).toMatch(words);
  expect(status).toBe(2);
});
