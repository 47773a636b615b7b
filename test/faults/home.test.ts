import { chmod, mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEmbedded } from '../../engine/embedded.ts';
import { thisProcess } from '../../engine/home/owner.ts';
import { openHome } from '../../engine/home.ts';
import { freshDatabase } from '../fakes/database.ts';
import { runScript } from '../fakes/run-script.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-home-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});
const holder = (home: string, ...args: string[]) =>
  runScript(new URL('./hold-home.ts', import.meta.url), [home, ...args]);

test('a second process gets a clear message that names the process which holds the home', async () => {
  await using first = holder(folder);
  expect(await first.line()).toBe('held');
  await expect(openHome(folder)).rejects.toThrow(
    `${folder} is in use by process ${first.pid}: let it finish or end it, or set PQL_HOME to another folder`,
  );
});

test('a second engine in this process is refused as well', async () => {
  await using _ = await openHome(folder);
  await expect(openHome(folder)).rejects.toThrow(`in use by process ${process.pid}`);
});

test('a home is free again once it was closed, time after time, and keeps one lock file', async () => {
  for (let time = 0; time < 5; time++) {
    const home = await openHome(folder);
    await home[Symbol.asyncDispose]();
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('lock'))).toHaveLength(1);
});

test('the lock of a killed process is taken over at once', async () => {
  await using first = holder(folder);
  await first.line();
  first.kill('SIGKILL');
  await first.ended;
  await using home = await openHome(folder);
  expect(home.folder).toBe(folder);
});

test('of many who find a stale lock at the same time exactly one gets it', async () => {
  await writeFile(join(folder, 'lock.7'), JSON.stringify({ ...thisProcess(hostname()), pid: 4_190_000 }));
  const racers = Array.from({ length: 6 }, () => holder(folder));
  const said = await Promise.all(racers.map((racer) => racer.line()));
  for (const racer of racers) await racer[Symbol.asyncDispose]();
  expect(said.filter((line) => line === 'held')).toHaveLength(1);
  expect(said.filter((line) => line.startsWith('HomeHeld: '))).toHaveLength(5);
});

test('of many who take and release again and again no two hold the home together', async () => {
  const rounds = async () => {
    let held = 0;
    for (let time = 0; time < 30; time++)
      try {
        const home = await openHome(folder);
        expect(++inside).toBe(1);
        held++;
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        await home[Symbol.asyncDispose]();
      } catch (error) {
        expect((error as Error).name).toBe('HomeHeld');
      }
    return held;
  };
  let inside = 0;
  const held = await Promise.all([rounds(), rounds(), rounds()]);
  expect(Math.max(...held)).toBeGreaterThan(0);
});

test('the lock of a process whose number was given to another one is stale', async () => {
  await writeFile(join(folder, 'lock.1'), JSON.stringify({ ...thisProcess(hostname()), started: '1' }));
  await using home = await openHome(folder);
  expect(home.folder).toBe(folder);
});

test('the lock of before a restart of the machine is stale', async () => {
  await writeFile(join(folder, 'lock.1'), JSON.stringify({ ...thisProcess(hostname()), boot: 'another' }));
  await using home = await openHome(folder);
  expect(home.folder).toBe(folder);
});

test('a lock file that was cut short is stale', async () => {
  await writeFile(join(folder, 'lock.3'), '{"pid": 12');
  await using home = await openHome(folder);
  expect(home.folder).toBe(folder);
});

test('a home held on another machine is not taken, and the message says which file to remove', async () => {
  await writeFile(join(folder, 'lock.3'), JSON.stringify({ ...thisProcess('elsewhere'), pid: 12 }));
  await expect(openHome(folder)).rejects.toThrow(
    `in use by process 12 on elsewhere: end it there, or set PQL_HOME to another folder; if that machine is gone for good, remove ${folder}/lock.3`,
  );
});

test('what a crash left in scratch is gone after opening', async () => {
  await mkdir(join(folder, 'scratch/7-1'), { recursive: true });
  await writeFile(join(folder, 'scratch/7-1/half.mp4'), 'x');
  await using home = await openHome(folder);
  expect(await readdir(home.scratch)).toEqual([]);
});

test('a home that is a file is refused in words', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'x');
  await expect(openHome(file)).rejects.toThrow(`${file} is a file`);
});

test('a home that cannot be written is refused in words', async () => {
  const home = join(folder, 'home');
  await mkdir(home);
  await chmod(home, 0o555);
  await chmod(folder, 0o755);
  // Root may write everywhere, so that somebody else has to try.
  const root = process.getuid?.() === 0;
  await using other = runScript(
    new URL('./hold-home.ts', import.meta.url),
    [home],
    root ? { uid: 65534 } : {},
  );
  expect(await other.line()).toBe(`Failure: the folder cannot be written while opening the home ${home}`);
});

test('a damaged database is said in words, and its files stay as they were', async () => {
  await (await openEmbedded(folder, { template: freshDatabase }))[Symbol.asyncDispose]();
  const file = join(folder, 'database/global/pg_control');
  await truncate(file, 100);
  await expect(openEmbedded(folder)).rejects.toMatchObject({
    name: 'Failure',
    code: 'PQL625',
    message: `the database in ${folder}/database cannot be opened`,
    hint: expect.stringContaining('put it back from a copy'),
  });
  await expect(stat(file)).resolves.toMatchObject({ size: 100 });
});
