import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTools, isRecent } from '../../../workers/ffmpeg/find.ts';
import { inspectTools } from '../../../workers/ffmpeg/inspect.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-find-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Stands in for an installed program: only its answer to -version matters here. */
async function pretend(name: string, version: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\necho "${name} version ${version} Copyright"\n`);
  await chmod(file, 0o755);
  return file;
}

test('a configured program wins, then an installed one, then the package', async () => {
  const packaged = await findTools({ path: '' });
  expect(packaged.ffmpeg.why).toBe('packaged');
  const installed = await pretend('ffmpeg', '6.1.1');
  expect((await findTools({ path: folder })).ffmpeg).toEqual({
    path: installed,
    why: 'installed',
    version: '6.1.1',
  });
  const { ffmpeg } = await findTools({ path: folder, ffmpegPath: '/opt/ffmpeg' });
  expect(ffmpeg).toEqual({ path: '/opt/ffmpeg', why: 'configured', version: null });
});

test('an installed one that is too old is passed over', async () => {
  await pretend('ffmpeg', '4.4.2-0ubuntu0.22.04.1');
  expect((await findTools({ path: `/nowhere:${folder}` })).ffmpeg.why).toBe('packaged');
});

test.each([
  ['5.1.9-0+deb12u1', true],
  ['n7.0-7-gd38bf5e08e-20240407', true],
  ['N-66595-gc2b38619c0-static', true],
  ['8.0', true],
  ['6', true],
  ['5.0.1', false],
  ['4.4', false],
  ['nonsense', false],
])('version %s is recent: %s', (version, recent) => expect(isRecent(version)).toBe(recent));

test('the packaged ffmpeg lacks nothing, a program that is none lacks everything', async () => {
  const whole = await inspectTools(await findTools({}));
  expect(whole.ffmpeg.missing).toEqual([]);
  expect(whole.ffmpeg.version).toMatch(/7\.0/);
  expect(whole.ffprobe.version).not.toBeNull();
  const none = await inspectTools(
    await findTools({ ffmpegPath: '/bin/false', ffprobePath: join(folder, 'gone') }),
  );
  expect(none.ffmpeg.version).toBeNull();
  expect(none.ffprobe.version).toBeNull();
  expect(none.ffmpeg.missing).toContain('encoder libx264');
});
