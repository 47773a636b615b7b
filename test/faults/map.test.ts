import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmbedded } from '../../engine/embedded.ts';
import { runScript } from '../fakes/run-script.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-map-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a MAP over 200 things with AT MOST 4 never runs five, and killed with -9 half-way it finishes, nothing done twice', async () => {
  await mkdir(join(folder, 'out'));
  const map = (mode: string) => runScript(new URL('./map-in-home.ts', import.meta.url), [folder, mode]);
  {
    await using first = map('begin');
    expect(await first.line()).toBe('half');
    first.kill('SIGKILL');
    await first.ended;
  }
  {
    await using second = map('resume');
    const lines = [await second.line()];
    if (lines[0] === 'half') lines.push(await second.line());
    expect(lines.at(-1)).toBe('done, at most 4');
    expect(await second.ended).toEqual({ status: 0, said: '' });
  }
  await using home = await openEmbedded(join(folder, 'home'));
  const rows = await home.store.query<{
    effect: boolean;
    jobs: number;
    done: number;
    results: number;
    most: number;
  }>(
    `select effect, count(*)::integer as jobs, count(*) filter (where state = 'done')::integer as done,
            count(distinct result)::integer as results, max(attempts + crashes) as most
     from jobs where title <> 'PROBE list' group by effect order by effect`,
  );
  expect(rows).toMatchObject([
    { effect: false, jobs: 200, done: 200, results: 200 },
    { effect: true, jobs: 200, done: 200, results: 200 },
  ]);
  // What was finished before the kill was not begun again, and nothing was begun a third time.
  expect(Math.max(...rows.map(({ most }) => most))).toBeLessThanOrEqual(2);
  const [again] = await home.store.query<{ jobs: number }>(
    'select count(*)::integer as jobs from jobs where attempts + crashes > 1',
  );
  expect(again!.jobs).toBeLessThanOrEqual(4);
  expect(await home.store.query('select count(*)::integer as exports from exports')).toEqual([
    { exports: 200 },
  ]);
  const files = await readdir(join(folder, 'out'));
  expect(files).toHaveLength(200);
  expect(await readFile(join(folder, 'out/7.txt'), 'utf8')).toBe('part 6');
});
