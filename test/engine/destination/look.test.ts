import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookAtDestination } from '../../../engine/destination/look.ts';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'pql-look-')));
  root = join(folder, 'root');
  await mkdir(join(root, 'out'), { recursive: true });
  await mkdir(join(folder, 'elsewhere'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const problem = async (path: string) => {
  const found = await lookAtDestination(root, path);
  return found.state === 'unusable' ? found.unusable.problem : found.state;
};

test.each([
  'film.mp4',
  'out/film.mp4',
  'new/deeper/film.mp4',
  'out/ünïcödé – film.mp4',
])('finds %s free', async (path) => {
  expect(await problem(path)).toBe('free');
});

test.each([
  '',
  '../x.mp4',
  'out/../../x.mp4',
  '/etc/x.mp4',
  '~/x.mp4',
  'file:x.mp4',
  'concat:a|b',
  'a|b',
  'a\0b',
  `${'x'.repeat(300)}.mp4`,
  `${'ü'.repeat(150)}.mp4`,
  '-rf',
  'out/-y',
  'C:\\x.mp4',
  'out\\x.mp4',
  '.pql/database/x',
  '.bashrc',
  'out/./x.mp4',
  'out//x.mp4',
  'out/',
  'a\u202eb.mp4',
])('refuses %j for its shape', async (path) => {
  expect(await lookAtDestination(root, path)).toMatchObject({ state: 'unusable', unusable: { family: 5 } });
});

test('sees a file that stands there', async () => {
  await writeFile(join(root, 'out/film.mp4'), 'film');
  expect(await problem('out/film.mp4')).toBe('file');
});

test('refuses a folder, a link and a pipe that stand there', async () => {
  await mkdir(join(root, 'folder.mp4'));
  await symlink(join(folder, 'elsewhere/film.mp4'), join(root, 'link.mp4'));
  execFileSync('mkfifo', [join(root, 'pipe.mp4')]);
  expect(await problem('folder.mp4')).toBe('a folder stands there');
  expect(await problem('link.mp4')).toBe('a link stands there, which is not followed');
  expect(await problem('pipe.mp4')).toBe('something that is no file stands there');
});

test('refuses a linked parent, whether it leads out or not', async () => {
  await symlink(join(folder, 'elsewhere'), join(root, 'away'));
  await symlink(join(root, 'out'), join(root, 'near'));
  await symlink(join(folder, 'nowhere'), join(root, 'broken'));
  for (const name of ['away', 'near', 'broken'])
    expect(await problem(`${name}/film.mp4`)).toMatch(/is a link, which is not followed/);
});

test('refuses a parent that is a file', async () => {
  await writeFile(join(root, 'file'), '');
  expect(await problem('file/film.mp4')).toBe('file is no folder');
});

test('takes an export root that is a link itself, or that is not there yet', async () => {
  await symlink(root, join(folder, 'linked'));
  expect(await lookAtDestination(join(folder, 'linked'), 'out/film.mp4')).toEqual({ state: 'free' });
  expect(await lookAtDestination(join(folder, 'later'), 'film.mp4')).toEqual({ state: 'free' });
});
