import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmbedded } from '../../engine/embedded.ts';
import { runScript } from '../fakes/run-script.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-segments-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Dead, or a zombie that only waits to be reaped. */
function isGone(pid: number): boolean {
  try {
    return /^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

test('kill -9 in the middle of a segment costs that segment: those before it are kept, the film is whole', async () => {
  const work = (mode: string) => runScript(new URL('./segments-in-home.ts', import.meta.url), [folder, mode]);
  const begun: string[] = [];
  {
    await using first = work('begin');
    while (begun.at(-1)?.startsWith('child') !== true) begun.push(await first.line());
    first.kill('SIGKILL');
    await first.ended;
  }
  expect(begun.slice(0, -1)).toEqual(['segment 0', 'segment 144', 'segment 288', 'segment 432']);
  const child = Number(begun.at(-1)!.slice(6));
  await expect.poll(() => isGone(child), { timeout: 30_000 }).toBe(true);
  {
    await using home = await openEmbedded(join(folder, 'home'));
    const rows = await home.store.query<{ line: string }>(
      `select format('%s, %s tries, %s crashes', state, attempts, crashes) as line
       from jobs where segment_of is not null order by id`,
    );
    expect(rows.map(({ line }) => line)).toEqual([
      ...Array(3).fill('done, 1 tries, 0 crashes'),
      'ready, 0 tries, 1 crashes',
      ...Array(2).fill('ready, 0 tries, 0 crashes'),
    ]);
    // Of three segments there are bytes, and nobody sees any of them.
    expect(await Array.fromAsync(home.artifacts.list())).toHaveLength(4);
    expect(await home.store.query('select * from media')).toEqual([]);
    expect(await readdir(home.scratch)).toEqual([]);
  }
  const resumed: string[] = [];
  {
    await using second = work('resume');
    while (resumed.at(-1) !== 'done') resumed.push(await second.line());
    expect(await second.ended).toEqual({ status: 0, said: '' });
  }
  expect(resumed.slice(0, -1).sort()).toEqual(['join of 6', 'segment 432', 'segment 576', 'segment 720']);
  await using home = await openEmbedded(join(folder, 'home'));
  const [film] = await home.store.query<{ hash: string; id: string }>(
    `select hash, letter || number as id from media`,
  );
  expect(film!.id).toBe('v1');
  const made = (await readFile(await home.artifacts.path(film!.hash), 'utf8')).trim().split('\n');
  expect(made).toEqual([0, 144, 288, 432, 576, 720].map((from) => `frames ${from} to ${from + 144}`));
});
