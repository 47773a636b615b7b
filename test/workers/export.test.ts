import { createHash } from 'node:crypto';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createExport } from '../../workers/export.ts';
import { fakeDesk, fakeFilm } from '../fakes/desk.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'pql-export-')));
  await writeFile(join(folder, 'artifact'), 'film');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const desk = () => {
  const hash = createHash('sha256').update('film').digest('hex');
  return fakeDesk({
    exportRoot: join(folder, 'root'),
    inputs: [fakeFilm(join(folder, 'artifact'), hash, 4)],
  });
};

test('writes the film under the export root of whoever asked and says where it stands', async () => {
  const { desk: own, progress } = desk();
  const done = await createExport()({ path: 'out/film.mp4', overwrite: false }, own);
  expect(done).toEqual({ path: join(folder, 'root/out/film.mp4'), notes: [] });
  expect(await readFile(join(folder, 'root/out/film.mp4'), 'utf8')).toBe('film');
  expect(progress.at(-1)).toEqual({ fraction: 1 });
});

test('says that the very film stands there already', async () => {
  await createExport()({ path: 'film.mp4', overwrite: false }, desk().desk);
  const again = await createExport()({ path: 'film.mp4', overwrite: false }, desk().desk);
  expect(again).toMatchObject({ notes: ['film.mp4 holds these bytes already'] });
});

test('stops when it is told to', async () => {
  const { desk: own, stop } = desk();
  stop();
  await expect(createExport()({ path: 'film.mp4', overwrite: false }, own)).rejects.toMatchObject({
    name: 'AbortError',
  });
});
