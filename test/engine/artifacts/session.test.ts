import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSession } from '../../../engine/artifacts/session.ts';
import { thisProcess } from '../../../engine/home/owner.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-session-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const hours = (count: number) => count * 3600_000;
/** A session that another process left in the folder, which last gave a sign of life so many hours ago. */
async function left(name: string, note: object, silent: number): Promise<void> {
  await mkdir(join(folder, name));
  const file = join(folder, name, 'session.json');
  await writeFile(file, JSON.stringify({ since: Date.now() - hours(100), ...note }));
  const at = (Date.now() - hours(silent)) / 1000;
  await utimes(file, at, at);
}
const open = async (options: { every?: number } = {}) => openSession(folder, Date.now, options);

test('a session of another machine lives as long as it gives signs of life, however old it is', async () => {
  await left('living', { owner: thisProcess('elsewhere') }, 2);
  await left('dead', { owner: thisProcess('elsewhere') }, 30);
  const session = await open();
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['living']));
  expect(await readdir(folder)).not.toContain('dead');
  // What was written since the dead one began is in doubt.
  expect(session.doubtSince).toBeLessThan(Date.now() - hours(99));
  await session[Symbol.asyncDispose]();
});

test('a process of a container beside ours, under the name of the same host, is judged as one of another machine', async () => {
  const owner = { ...thisProcess(hostname()), started: '1' };
  await left('here', { owner, processes: 'pid:[1]' }, 2);
  await left('ended', { owner }, 2);
  const session = await open();
  expect(await readdir(folder)).toContain('here');
  expect(await readdir(folder)).not.toContain('ended');
  await session[Symbol.asyncDispose]();
});

test('gives a sign of life again and again, and leaves nothing when it closes', async () => {
  const session = await open({ every: 20 });
  const note = join(session.folder, 'session.json');
  const seen = async () => (await stat(note)).mtimeMs;
  const first = await seen();
  await expect.poll(seen, { timeout: 30_000 }).toBeGreaterThan(first);
  await session[Symbol.asyncDispose]();
  expect(await readdir(folder)).toEqual([]);
});
