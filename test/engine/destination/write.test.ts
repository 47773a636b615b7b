import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from '../../../engine/destination/folder.ts';
import { type Writing, writeDestination } from '../../../engine/destination/write.ts';

let folder: string;
let root: string;
let film: Buffer;
let writing: Writing;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'pql-write-')));
  root = join(folder, 'root');
  await mkdir(root);
  await mkdir(join(folder, 'elsewhere'));
  film = randomBytes(300_000);
  const source = join(folder, 'artifact');
  await writeFile(source, film, { mode: 0o444 });
  const hash = createHash('sha256').update(film).digest('hex');
  writing = { root, path: 'out/film.mp4', source, hash, overwrite: false, key: 'job1' };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const standing = () => readFile(join(root, 'out/film.mp4'));
const entries = () => readdir(join(root, 'out'));

test('writes into folders it makes, and leaves nothing else there', async () => {
  expect(await writeDestination(writing)).toEqual({ path: join(root, 'out/film.mp4'), outcome: 'written' });
  expect((await standing()).equals(film)).toBe(true);
  expect(await entries()).toEqual(['film.mp4']);
});

test('writes a copy that its owner may change without changing the store', async () => {
  await writeDestination(writing);
  const [written, source] = await Promise.all([lstat(join(root, 'out/film.mp4')), lstat(writing.source)]);
  expect(written.ino).not.toBe(source.ino);
  expect(written.mode & 0o200).toBe(0o200);
});

test('says so when the same bytes stand there, and leaves them alone', async () => {
  await writeDestination(writing);
  const before = await lstat(join(root, 'out/film.mp4'));
  for (const overwrite of [false, true])
    expect(await writeDestination({ ...writing, overwrite })).toMatchObject({ outcome: 'same' });
  expect((await lstat(join(root, 'out/film.mp4'))).ino).toBe(before.ino);
});

test('replaces other bytes only when told to', async () => {
  await mkdir(join(root, 'out'));
  await writeFile(join(root, 'out/film.mp4'), 'precious');
  await expect(writeDestination(writing)).rejects.toMatchObject({ code: 'PQL532', kind: 'user' });
  expect(String(await standing())).toBe('precious');
  expect(await writeDestination({ ...writing, overwrite: true })).toMatchObject({ outcome: 'replaced' });
  expect((await standing()).equals(film)).toBe(true);
  expect(await entries()).toEqual(['film.mp4']);
});

test('lets one of many writers win, and tells the others', async () => {
  const other = join(folder, 'other');
  await writeFile(other, 'other');
  const hash = createHash('sha256').update('other').digest('hex');
  const outcomes = await Promise.allSettled([
    writeDestination(writing),
    writeDestination({ ...writing, source: other, hash, key: 'job2' }),
    writeDestination({ ...writing, key: 'job3' }),
  ]);
  const won = outcomes.filter(
    (outcome) => outcome.status === 'fulfilled' && outcome.value.outcome === 'written',
  );
  expect(won).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('PQL532');
  expect(await entries()).toEqual(['film.mp4']);
});

test.each([
  '../x',
  '/etc/x',
  '-x',
  'a:b',
  'a|b',
  'a\0',
  '.hidden',
  'x'.repeat(400),
])('refuses %j', async (path) => {
  await expect(writeDestination({ ...writing, path })).rejects.toMatchObject({
    code: 'PQL530',
    kind: 'user',
  });
  expect(await readdir(root)).toEqual([]);
});

test('does not write through a linked parent, nor onto a link, a folder or a pipe, OVERWRITE or not', async () => {
  await symlink(join(folder, 'elsewhere'), join(root, 'away'));
  await symlink(join(folder, 'elsewhere/film.mp4'), join(root, 'link.mp4'));
  await mkdir(join(root, 'folder.mp4'));
  for (const path of ['away/film.mp4', 'away/deeper/film.mp4', 'link.mp4', 'folder.mp4'])
    for (const overwrite of [false, true])
      await expect(writeDestination({ ...writing, path, overwrite })).rejects.toMatchObject({
        code: 'PQL531',
      });
  expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
  expect((await lstat(join(root, 'link.mp4'))).isSymbolicLink()).toBe(true);
});

test.runIf(process.platform === 'linux')(
  'stays in the folder it opened when that is swapped for a link behind its back',
  async () => {
    await mkdir(join(root, 'out'));
    const held = await openFolder(root, ['out'], { make: false });
    await rename(join(root, 'out'), join(root, 'moved'));
    await symlink(join(folder, 'elsewhere'), join(root, 'out'));
    await writeFile(held.at('film.mp4'), 'film');
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
    expect(await readdir(join(root, 'moved'))).toEqual(['film.mp4']);
    await held[Symbol.asyncDispose]();
  },
);

test.runIf(process.platform === 'linux')(
  'writes nothing outside while somebody keeps swapping the parent for a link',
  async () => {
    await mkdir(join(root, 'out'));
    await symlink(join(folder, 'elsewhere'), join(root, 'trap'));
    let swapping = true;
    const attacker = (async () => {
      while (swapping) {
        await rename(join(root, 'out'), join(root, 'aside')).catch(() => {});
        await rename(join(root, 'trap'), join(root, 'out')).catch(() => {});
        await rename(join(root, 'out'), join(root, 'trap')).catch(() => {});
        await rename(join(root, 'aside'), join(root, 'out')).catch(() => {});
      }
    })();
    for (let round = 0; round < 60; round++)
      await writeDestination({ ...writing, path: `out/film${round}.mp4` }).catch(() => {});
    swapping = false;
    await attacker;
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
  },
);

test('removes what an earlier attempt of the same job left, and what is a day old, but no more', async () => {
  await mkdir(join(root, 'out'));
  const id = '00000000-0000-4000-8000-000000000000';
  await writeFile(join(root, `out/.pql-job1-${id}.part`), 'half');
  await writeFile(join(root, `out/.pql-job2-${id}.part`), 'in the making');
  await writeFile(join(root, `out/.pql-job3-${id}.part`), 'old');
  await utimes(join(root, `out/.pql-job3-${id}.part`), 1, 1);
  await writeFile(join(root, 'out/.pql-mine.part'), 'not ours');
  await writeDestination(writing);
  expect((await entries()).sort()).toEqual([`.pql-job2-${id}.part`, '.pql-mine.part', 'film.mp4']);
});

test('removes what it left when it was killed just after it had put the file in place', async () => {
  await writeDestination(writing);
  const id = '00000000-0000-4000-8000-000000000000';
  await link(join(root, 'out/film.mp4'), join(root, `out/.pql-job1-${id}.part`));
  expect(await writeDestination(writing)).toMatchObject({ outcome: 'same' });
  expect(await entries()).toEqual(['film.mp4']);
});

test('leaves nothing behind when it is stopped', async () => {
  const stop = new AbortController();
  await expect(
    writeDestination({ ...writing, signal: stop.signal, progress: () => stop.abort() }),
  ).rejects.toMatchObject({ name: 'AbortError' });
  expect(await entries()).toEqual([]);
});

test('does not publish an artifact whose bytes are damaged', async () => {
  await chmod(writing.source, 0o644);
  await writeFile(writing.source, randomBytes(300_000));
  await expect(writeDestination(writing)).rejects.toMatchObject({ code: 'PQL610' });
  expect(await entries()).toEqual([]);
});

/** In a process of its own, under a shell prelude; `step` runs at the first sign of progress. */
async function apart(prelude: string, drop: string, step: string): Promise<string> {
  const code = `const { writeDestination } = await import('${new URL('../../../engine/destination/write.ts', import.meta.url).href}');
    process.on('SIGXFSZ', () => {}); ${drop}
    await writeDestination({ ...${JSON.stringify(writing)}, progress: () => { ${step} } })
      .then(({ outcome }) => console.log(outcome), (error) => console.log(error.code, error.message));`;
  const child = spawn(
    'sh',
    ['-c', `${prelude} exec "$0" --input-type=module -e "$1"`, process.execPath, code],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return output;
}

test('says that the disk is full and leaves nothing half-written', async () => {
  expect(await apart('ulimit -f 64;', '', '')).toBe('PQL620 the disk is full while writing out/film.mp4\n');
  expect(await entries()).toEqual([]);
});

test('says that the folder cannot be written', async () => {
  await mkdir(join(root, 'out'), { mode: 0o555 });
  await chmod(folder, 0o755);
  const drop =
    'if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }';
  expect(await apart('', drop, '')).toBe('PQL621 the folder cannot be written while writing out/film.mp4\n');
});

test('shows nothing of a film when it is killed half-way, and finishes it the next time', async () => {
  await apart('', '', "process.kill(process.pid, 'SIGKILL');");
  const [left, ...more] = await entries();
  expect(left).toMatch(/^\.pql-job1-.*\.part$/);
  expect(more).toEqual([]);
  await writeDestination(writing);
  expect(await entries()).toEqual(['film.mp4']);
  expect((await standing()).equals(film)).toBe(true);
});
