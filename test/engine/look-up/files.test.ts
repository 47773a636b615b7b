import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, realpath, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Failure } from '../../../engine/failure.ts';
import type { FileMemory, SeenFile } from '../../../engine/look-up/file-memory.ts';
import { type FileLooker, openFileLooker } from '../../../engine/look-up/files.ts';
import type { Prober } from '../../../engine/prober.ts';

let folder: string;
let root: string;
let probed: string[];
let onProbe: (path: string) => Promise<void>;
let memory: FileMemory & { size(): number };
let looker: FileLooker;
/** An hour later, so that files written just now are not racy. */
const later = () => Date.now() + 3_600_000;

const prober: Prober = {
  async probe(path) {
    probed.push(path);
    await onProbe(path);
    return { kind: 'text', container: 'text/plain', bytes: 4 };
  },
  recipe: async () => 'GENERATE "fog"',
};

function mapMemory(): FileMemory & { size(): number } {
  const seen = new Map<string, SeenFile>();
  return {
    recall: async (path, identity) => seen.get(`${path} ${identity}`) ?? null,
    remember: async (path, identity, file) => void seen.set(`${path} ${identity}`, file),
    size: () => seen.size,
  };
}

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'pql-files-')));
  root = join(folder, 'root');
  await mkdir(root);
  await writeFile(join(root, 'clip.mp4'), 'film');
  await writeFile(join(folder, 'secret.mp4'), 'secret');
  probed = [];
  onProbe = async () => {};
  memory = mapMemory();
  looker = openFileLooker(prober, { memory, now: later });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const look = (path: string, from = root) => looker.look(path, root, from);
const problem = async (path: string) => {
  const found = await look(path);
  return 'problem' in found ? found.problem : 'fine';
};

test('measures and hashes a file, by relative and by absolute path', async () => {
  const seen = {
    path: join(root, 'clip.mp4'),
    hash: createHash('sha256').update('film').digest('hex'),
    facts: { kind: 'text', container: 'text/plain', bytes: 4 },
    recipe: 'GENERATE "fog"',
  };
  expect(await look('clip.mp4')).toEqual({ ...seen, named: 'clip.mp4' });
  expect(await look(join(root, 'clip.mp4'))).toMatchObject(seen);
  expect(await look('../root/./clip.mp4')).toMatchObject(seen);
});

test('says what is wrong with what is no file, without opening it', async () => {
  await mkdir(join(root, 'folder.mp4'));
  await writeFile(join(root, 'empty.mp4'), '');
  execFileSync('mkfifo', [join(root, 'pipe.mp4')]);
  await symlink('circle.mp4', join(root, 'circle.mp4'));
  expect(await problem('nowhere.mp4')).toBe('there is no such file');
  expect(await problem('clip.mp4/deeper.mp4')).toBe('there is no such file');
  expect(await problem('folder.mp4')).toBe('this is a folder, not a file');
  expect(await problem('')).toBe('this is a folder, not a file');
  expect(await problem('empty.mp4')).toBe('the file is empty');
  expect(await problem('pipe.mp4')).toBe('this is a pipe or a device, not a file');
  expect(await problem('circle.mp4')).toBe('its links lead in a circle');
  expect(await problem(`${'x'.repeat(300)}.mp4`)).toBe('the path is too long');
  expect(await problem('clip\0.mp4')).toBe('a path has no NUL character');
  expect(await problem('concat:clip.mp4|clip.mp4')).toBe('there is no such file');
  expect(await problem('file:clip.mp4')).toBe('there is no such file');
  expect(probed).toEqual([]);
});

test('refuses a device where everything may be read', async () => {
  const found = await looker.look('/dev/zero', '/', root);
  expect(found).toMatchObject({ problem: 'this is a pipe or a device, not a file' });
});

test('reads nothing outside its root, whatever the path or a link says', async () => {
  await symlink(join(folder, 'secret.mp4'), join(root, 'link.mp4'));
  await symlink(folder, join(root, 'up'));
  await symlink('clip.mp4', join(root, 'inner.mp4'));
  for (const path of [
    '../secret.mp4',
    join(folder, 'secret.mp4'),
    'link.mp4',
    'up/secret.mp4',
    '/etc/passwd',
  ])
    expect(await look(path)).toMatchObject({
      problem: 'the file lies outside the folder that may be read',
      family: 5,
    });
  expect(await look('inner.mp4')).toMatchObject({ path: join(root, 'clip.mp4') });
  expect(await looker.look('clip.mp4', null, root)).toMatchObject({ family: 5 });
});

test('reads nothing outside while somebody keeps swapping a folder for a link', async () => {
  await mkdir(join(root, 'real'));
  await mkdir(join(folder, 'other'));
  await writeFile(join(root, 'real/clip.mp4'), 'film');
  await writeFile(join(folder, 'other/clip.mp4'), 'other');
  await symlink(join(folder, 'other'), join(root, 'trap'));
  let swapping = true;
  const attacker = (async () => {
    while (swapping) {
      await rename(join(root, 'real'), join(root, 'aside')).catch(() => {});
      await rename(join(root, 'trap'), join(root, 'real')).catch(() => {});
      await rename(join(root, 'real'), join(root, 'trap')).catch(() => {});
      await rename(join(root, 'aside'), join(root, 'real')).catch(() => {});
    }
  })();
  const film = createHash('sha256').update('film').digest('hex');
  for (let round = 0; round < 60; round++) {
    const found = await look('real/clip.mp4');
    if ('hash' in found) expect(found.hash).toBe(film);
  }
  swapping = false;
  await attacker;
});

test('repeats what the prober says of it', async () => {
  onProbe = async () => {
    throw new Failure('user', 'PQL435', 'this is a playlist, not a film', { hint: 'name the film' });
  };
  expect(await look('clip.mp4')).toEqual({
    problem: 'this is a playlist, not a film',
    hint: 'name the film',
    family: 4,
  });
  expect(memory.size()).toBe(0);
});

test('does not take a file that changes while it is read', async () => {
  onProbe = (path) => writeFile(path, 'changed');
  expect(await problem('clip.mp4')).toBe('the file was changed while it was read');
  onProbe = async (path) => {
    await writeFile(`${path}.new`, 'film');
    await rename(`${path}.new`, path);
  };
  expect(await problem('clip.mp4')).toBe('the file was changed while it was read');
  expect(memory.size()).toBe(0);
});

test('reads an unchanged file once, a changed one again, also when size and time are set back', async () => {
  await look('clip.mp4');
  await look('clip.mp4');
  expect(probed).toHaveLength(1);
  await writeFile(join(root, 'clip.mp4'), 'FILM');
  expect(await look('clip.mp4')).toMatchObject({ hash: createHash('sha256').update('FILM').digest('hex') });
  await utimes(join(root, 'clip.mp4'), 1, 1);
  await look('clip.mp4');
  expect(probed).toHaveLength(3);
});

test('does not trust its memory of a file that was changed a moment ago', async () => {
  looker = openFileLooker(prober, { memory });
  await look('clip.mp4');
  expect(memory.size()).toBe(0);
});

test.runIf(process.getuid?.() !== 0)('says that a file may not be read', async () => {
  // Root may read everything.
  await chmod(join(root, 'clip.mp4'), 0);
  expect(await problem('clip.mp4')).toBe('the file may not be read');
});

test('stops when its signal aborts', async () => {
  await expect(looker.look('clip.mp4', root, root, AbortSignal.abort())).rejects.toMatchObject({
    name: 'AbortError',
  });
});
