import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Embedded } from '../../engine/embedded.ts';
import { openEmbedded } from '../../engine/embedded.ts';
import { maxCrashes } from '../../engine/jobs/sweep.ts';
import { freshDatabase } from '../fakes/database.ts';
import { runScript } from '../fakes/run-script.ts';
import { isGone } from './is-gone.ts';

/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 30_000 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-kill-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});
const worker = (mode: string, ...args: string[]) =>
  runScript(new URL('./work-in-home.ts', import.meta.url), [folder, mode, ...args]);
const states = async (home: Embedded) =>
  (
    await home.store.query<{ line: string }>(
      "select operation || ' ' || state || ' ' || attempts as line from jobs order by id",
    )
  ).map((row) => row.line);
const count = async (home: Embedded, what: string) =>
  (await home.store.query<{ n: number }>(`select count(*) as n from ${what}`))[0]?.n;

test('kill -9 in the middle of native work: no process is left, nothing half-written is seen, the job is ready again', async () => {
  await using script = worker('native');
  expect(await script.line()).toBe('open');
  const child = Number((await script.line()).replace('child ', ''));
  expect(isGone(child)).toBe(false);
  script.kill('SIGKILL');
  await script.ended;
  await expect.poll(() => isGone(child), soon).toBe(true);

  await using home = await openEmbedded(folder);
  expect(await states(home)).toEqual(['probe done 1', 'trim ready 0']);
  expect(await readdir(home.scratch)).toEqual([]);
  expect(await count(home, 'media')).toBe(1);
});

test('kill -9 between the artifact and the commit: the result is not seen, the work is done again and published once', async () => {
  await using script = worker('die-before-commit');
  expect((await script.ended).status).toBe('SIGKILL');
  {
    await using home = await openEmbedded(folder);
    expect(await states(home)).toEqual(['probe done 1', 'probe ready 0']);
    expect(await count(home, 'media')).toBe(1);
    expect(await count(home, 'works')).toBe(1);
    // The bytes are there and nobody knows of them: an orphan, which the same work then makes its own.
    expect(await Array.fromAsync(home.artifacts.list())).toHaveLength(2);
  }
  await using again = worker('resume', '1');
  expect(await again.ended).toMatchObject({ status: 0 });
  await using home = await openEmbedded(folder);
  expect(await states(home)).toEqual(['probe done 1', 'probe done 1']);
  expect(await count(home, 'media')).toBe(2);
  expect(await Array.fromAsync(home.artifacts.list())).toHaveLength(2);
});

test('kill -9 while submitting: what was accepted is there as a whole, what was not is not', async () => {
  let accepted = 0;
  for (let round = 0; round < 3; round++) {
    await using script = worker('submit');
    await script.line();
    for (let n = 0; n < 3 + round; n++) accepted = Number((await script.line()).slice(1));
    script.kill('SIGKILL');
    await script.ended;
    await using home = await openEmbedded(folder);
    const runs = (await count(home, 'runs')) ?? 0;
    // The last may have been committed though its answer was never printed.
    expect(runs).toBeGreaterThanOrEqual(accepted);
    expect(await count(home, 'jobs')).toBe(runs * 20);
    expect(await home.store.query('select max(number) as last from runs')).toEqual([{ last: runs }]);
    accepted = runs;
  }
});

test('a job that kills the program each time fails after some crashes, and the home works on', async () => {
  await using first = worker('poison');
  await first.ended;
  for (let crash = 2; crash <= maxCrashes; crash++) {
    await using again = worker('resume', '1');
    expect((await again.ended).status).toBe('SIGKILL');
  }
  await using last = worker('resume', '1');
  expect((await last.ended).status).toBe(0);
  await using home = await openEmbedded(folder);
  expect(await states(home)).toEqual(['grade failed 1']);
  const [job] = await home.store.query<{ failure: object; log: string[] }>('select failure, log from jobs');
  expect(job?.failure).toMatchObject({ code: 'PQL601' });
  expect(job?.log).toHaveLength(maxCrashes);
  expect(job?.log[0]).toBe('fault was lost while it worked on this');
});

test('kill -9 while a home is made for the first time: the next start makes it', async () => {
  for (const wait of [100, 400, 900]) {
    const script = worker('submit');
    await new Promise((resolve) => setTimeout(resolve, wait));
    script.kill('SIGKILL');
    await script.ended;
  }
  await using home = await openEmbedded(folder, { template: freshDatabase });
  expect(await home.store.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test.each([
  'die-before-unlink',
  'die-after-unlink',
])('kill -9 between the row that is removed and its file (%s): the next start frees the bytes', async (mode) => {
  await using script = worker(mode);
  expect((await script.ended).status).toBe('SIGKILL');
  await using home = await openEmbedded(folder);
  expect(await count(home, 'media')).toBe(0);
  expect(await count(home, 'artifacts')).toBe(0);
  expect(await count(home, 'freed')).toBe(0);
  expect(await Array.fromAsync(home.artifacts.list())).toEqual([]);
});
