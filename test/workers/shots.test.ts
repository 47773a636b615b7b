import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShotList } from '../../dsl/measurements.ts';
import { createShots } from '../../workers/shots.ts';
import { damaged } from './damaged.ts';
import { openStudio, type Studio } from './studio.ts';

const media = (name: string) => fileURLToPath(new URL(`../media/${name}`, import.meta.url));
const usual = { sensitivity: 0.5, shortest: 0.25 };

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

async function shotsOf(path: string, args = usual) {
  const made = await studio.run(createShots(studio.tools), args, [path]);
  const text = await readFile(made.file, 'utf8');
  return { ...made, text, found: JSON.parse(text) as ShotList };
}

const openings = ({ shots }: ShotList) => shots.map(({ first, opens }) => `${first} ${opens}`);

test('finds the cut from one dark room to another in a real film', async () => {
  const { found, facts, details, notes, text, progress } = await shotsOf(media('sintel-96x54.mp4'));
  expect(openings(found)).toEqual(['0 start', '10 cut']);
  expect(found).toMatchObject({ rate: '24', duration: 1 });
  expect(facts).toEqual({ kind: 'text', container: 'application/json', bytes: text.length });
  expect(details).toEqual({
    ...{ shots: 2, cuts: 1, fades: 0 },
    words: ['2 shots: 1 cut, 0 fades', '1  0s–0.416s  start', '2  0.416s–1s  cut'],
  });
  expect(notes).toEqual([]);
  expect(progress.length).toBeGreaterThan(0);
  expect(Math.max(...progress)).toBeLessThan(1);
});

test.each([
  'bird.mp4',
  'run.mp4',
  'city.mpg',
  'tree.avi',
  'walkers.avi',
  'trailer.mp4',
])('finds no cut in %s, which has none', async (name) => {
  const { found } = await shotsOf(media(name));
  expect(openings(found)).toEqual(['0 start']);
  expect(found.shots[0]!.last).toBe(found.shots[0]!.frames - 1);
});

/** Runners, cut to a bird, which fades to black, out of which the city fades; then black by a cut. 24 frames each, 25 a second. */
async function edited(): Promise<string> {
  const path = join(studio.folder, 'edited.mp4');
  const shape = 'fps=25,trim=end_frame=24,scale=160:90,setsar=1,format=yuv420p,setpts=PTS-STARTPTS';
  const graph = [
    `[0:v]${shape}[a]`,
    `[1:v]${shape},fade=out:12:11[b]`,
    `[2:v]${shape},fade=in:0:12[c]`,
    'color=black:s=160x90:r=25,trim=end_frame=24,format=yuv420p[d]',
    '[a][b][c][d]concat=n=4:v=1',
  ].join(';');
  const inputs = ['run.mp4', 'bird.mp4', 'city.mpg'].flatMap((name) => ['-i', media(name)]);
  await studio.ffmpeg(...inputs, '-filter_complex', graph, '-c:v', 'libx264', '-crf', '28', path);
  return path;
}

test('tells cuts from fades, and leaves out weak cuts and short shots when asked', async () => {
  const path = await edited();
  const { found, details } = await shotsOf(path);
  const [start, cut, fade, black, ...more] = openings(found);
  expect([start, cut, black, more]).toEqual(['0 start', '24 cut', '72 cut', []]);
  // The black is between the two pictures, a frame or two long.
  expect(['47 fade', '48 fade']).toContain(fade);
  expect(details).toMatchObject({ shots: 4, cuts: 2, fades: 1 });
  const long = await shotsOf(path, { sensitivity: 0.5, shortest: 2 });
  expect(long.found.shots.map(({ frames }) => frames >= 50)).not.toContain(false);
  const whole = await shotsOf(path, { sensitivity: 0.5, shortest: 600 });
  expect(openings(whole.found)).toEqual(['0 start']);
});

test('a clip whose rate varies is counted at its constant rate', async () => {
  const facts = await studio.video(media('tree.avi'));
  expect(facts.variable).toBe(true);
  const { found } = await shotsOf(media('tree.avi'));
  expect(found.rate).toBe('1000000/66667');
  expect(found.shots.at(-1)!.frames).toBe(facts.frames);
});

test.each([
  ['one frame', 'color=red:s=64x48:r=24', '0.02', 1],
  ['a still', 'testsrc=s=64x48:r=24,trim=end_frame=1,loop=-1:1', '0.5', 12],
  ['two by two pixels', 'testsrc=s=64x48:r=24,scale=2:2', '0.5', 12],
])('takes %s for one shot', async (name, graph, seconds, frames) => {
  const path = join(studio.folder, `${name.replaceAll(' ', '-')}.mkv`);
  await studio.ffmpeg('-f', 'lavfi', '-i', graph, '-t', seconds, '-c:v', 'ffv1', '-pix_fmt', 'yuv444p', path);
  const { found } = await shotsOf(path);
  expect(found.shots).toMatchObject([{ first: 0, last: frames - 1, frames, opens: 'start' }]);
});

test('a clip that is damaged gives the shots of what can be read, and says so', async () => {
  const path = join(studio.folder, 'damaged.mp4');
  await writeFile(path, await damaged(media('trailer.mp4'), 0.5));
  const { found, notes } = await shotsOf(path);
  expect(found.shots.at(-1)!.last).toBeLessThan(40);
  expect(notes.at(-1)).toMatch(/^only \d+ of 48 frames could be read/);
});

test('a sound is refused in words', async () => {
  await expect(shotsOf(media('speech.wav'))).rejects.toMatchObject({
    kind: 'user',
    code: 'PQL439',
    message: 'SHOTS needs a clip',
  });
});

test('an abort ends the work with the reason of the signal', async () => {
  const signal = AbortSignal.abort(new DOMException('cancelled', 'AbortError'));
  await expect(
    studio.run(createShots(studio.tools), usual, [media('trailer.mp4')], { signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});
