import { copyFile, mkdir, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { emptyFolder, jsonLines, runPql } from '../bots/repl/spawn-pql.ts';

const clip = fileURLToPath(new URL('../media/sintel-96x54.mp4', import.meta.url));

const bad: [name: string, message: string, make: (path: string) => Promise<unknown>][] = [
  ['missing.mp4', 'there is no such file', async () => {}],
  ['empty.mp4', 'the file is empty', (path) => writeFile(path, '')],
  ['folder.mp4', 'this is a folder, not a file', (path) => mkdir(path)],
  ['text.mp4', 'the file is text, although it is called .mp4', (path) => writeFile(path, 'Not found\n')],
  ['hls.mp4', 'the file is a playlist', (path) => writeFile(path, '#EXTM3U\n#EXTINF:1,\nclip.mp4\n')],
  [
    'concat.mp4',
    'the file is a playlist',
    (path) => writeFile(path, 'ffconcat version 1.0\nfile clip.mp4\n'),
  ],
  [
    'short.mp4',
    'cut short',
    async (path) => {
      await copyFile(clip, path);
      await truncate(path, 9000);
    },
  ],
];

test('every bad file is told at its place, all in one go, and nothing is run', async () => {
  const folder = await emptyFolder();
  for (const [name, , make] of bad) await make(join(folder, name));
  const before = await readdir(folder);
  const source = `STITCH ${bad.map(([name]) => `"${name}"`).join(' + ')} TO out/x.mp4`;
  const done = await runPql(['-c', source, '--json'], folder);
  expect(done).toMatchObject({ status: 2, err: '' });
  const told = jsonLines(done.out) as { message: string; hint: string; start: number; end: number }[];
  expect(told).toHaveLength(bad.length);
  for (const [index, [name, message]] of bad.entries()) {
    expect(told[index], name).toMatchObject({ code: 'PQL420', message: expect.stringContaining(message) });
    expect(told[index]?.hint, name).toEqual(expect.any(String));
    expect(source.slice(told[index]?.start, told[index]?.end)).toBe(`"${name}"`);
  }
  expect((await readdir(folder)).filter((name) => name !== 'home')).toEqual(before);
  expect(await readdir(join(folder, 'home/scratch'))).toEqual([]);
});

test('an output that exists, a linked folder and a private address are refused, and nothing is written', async () => {
  const folder = await emptyFolder();
  await copyFile(clip, join(folder, 'clip.mp4'));
  await writeFile(join(folder, 'there.mp4'), 'mine');
  await mkdir(join(folder, 'outside'));
  await symlink('outside', join(folder, 'link'));
  const told = async (destination: string) => {
    const done = await runPql(['-c', `TRIM "clip.mp4"[0s..0.2s] TO ${destination}`, '--json'], folder);
    return [done.status, ...jsonLines(done.out).map(({ code, message }) => `${code} ${message}`)];
  };
  expect(await told('there.mp4')).toEqual([2, 'PQL434 there.mp4 exists']);
  expect(await told('link/x.mp4')).toEqual([3, expect.stringContaining('PQL502 link is a link')]);
  expect(await told('x.mp4 ? http://2130706433/x')).toEqual([3, expect.stringContaining('PQL503 ')]);
  expect(await readFile(join(folder, 'there.mp4'), 'utf8')).toBe('mine');
  expect(await readdir(join(folder, 'outside'))).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['clip.mp4', 'home', 'link', 'outside', 'there.mp4']);
});
