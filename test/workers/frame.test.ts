import { open } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeFrames } from '../../workers/ffmpeg/frames.ts';
import { frameAt } from '../../workers/film/frame-at.ts';
import { createFrame } from '../../workers/frame.ts';
import { openStudio, type Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

const media = (name: string) => new URL(`../media/${name}`, import.meta.url).pathname;
const pixels = async (path: string) => sharp(path).removeAlpha().raw().toBuffer();

/** Every frame of a clip, decoded from its beginning. */
const allFrames = async (path: string): Promise<Buffer[]> => {
  const facts = await studio.video(path);
  await using source = decodeFrames(studio.tools, path, facts, { pixelFormat: 'rgb24' });
  return await Array.fromAsync(source.frames);
};

test.each([
  'run.mp4',
  'trailer.mp4',
  'bird.mp4',
  'city.mpg',
  'walkers.avi',
  'tree.avi',
])('the last frame of a clip is the last that is shown, bit for bit: %s', async (name) => {
  const made = await studio.run(createFrame(studio.tools), { from: 0, to: null }, [media(name)]);
  const last = (await allFrames(media(name))).at(-1)!;
  expect((await pixels(made.file)).equals(last)).toBe(true);
  expect(made).toMatchObject({ kind: 'image', facts: { kind: 'image', container: 'png' } });
  expect(await studio.prober.probe(made.file)).toEqual(made.facts);
});

test('of a part it is the last whose time is before the end', async () => {
  const made = await studio.run(createFrame(studio.tools), { from: 0.5, to: 1 }, [media('trailer.mp4')]);
  const frames = await allFrames(media('trailer.mp4'));
  // 24 frames a second: number 23 begins at 0.958 s, number 24 at 1 s.
  expect((await pixels(made.file)).equals(frames[23]!)).toBe(true);
  expect(made.details).toEqual({ frame: 23 });
});

test('a part that is shorter than a frame and has none is refused', async () => {
  await expect(
    studio.run(createFrame(studio.tools), { from: 0.501, to: 0.502 }, [media('trailer.mp4')]),
  ).rejects.toMatchObject({ code: 'PQL411', kind: 'user' });
});

test('a clip that lies on its side is turned upright', async () => {
  const path = join(studio.folder, 'turned.mp4');
  await studio.ffmpeg('-display_rotation', '90', '-i', media('run.mp4'), '-c', 'copy', path);
  const made = await studio.run(createFrame(studio.tools), { from: 0, to: null }, [path]);
  expect(made.facts).toMatchObject({ width: 200, height: 360 });
});

test('a picture is no clip', async () => {
  await expect(
    studio.run(createFrame(studio.tools), { from: 0, to: null }, [media('astronaut.jpg')]),
  ).rejects.toMatchObject({ code: 'PQL439' });
});

/** 70 s of a chart with a clock. */
const longFilm = async (name: string, coding: readonly string[]) => {
  const path = join(studio.folder, name);
  await studio.ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc=s=96x64:r=25:d=70', ...coding, '-pix_fmt', 'yuv420p', path],
  );
  return { path, facts: await studio.video(path), last: (await allFrames(path)).at(-1)! };
};

test.each([
  ['long.mp4', ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '250']],
  ['long.mkv', ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '250']],
  ['long.ts', ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '50']],
  ['long.avi', ['-c:v', 'mpeg4', '-q:v', '4', '-g', '250']],
])('of a long film only its end is read, so that it may be lost before: %s', async (name, coding) => {
  const { path, facts, last } = await longFilm(name, coding);
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  await file.write(Buffer.alloc(Math.floor(size * 0.3)), 0, null, Math.floor(size * 0.1));
  await file.close();
  const { data } = await frameAt(studio.tools, path, facts, facts.frames - 1);
  expect(data.equals(last)).toBe(true);
});

test('the same of a container without an index, which finds its places by guessing', async () => {
  const { path, facts, last } = await longFilm('long.mpg', ['-c:v', 'mpeg2video', '-g', '12', '-q:v', '4']);
  const { data } = await frameAt(studio.tools, path, facts, facts.frames - 1);
  expect(data.equals(last)).toBe(true);
});

test('of a clip in high dynamic range white is brought to our white, and the result says so', async () => {
  const path = join(studio.folder, 'hdr.mp4');
  // The code of 203 cd/m² in PQ, ten bits of video range; ITU-R BT.2408, table 1.
  const scene = 'color=gray:s=64x48:r=24,format=yuv420p10le,geq=lum=572:cb=512:cr=512';
  const tags = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
  await studio.ffmpeg(
    ...['-f', 'lavfi', '-i', scene, '-t', '1', '-c:v', 'libx264', ...tags, '-color_range', 'tv', path],
  );
  const made = await studio.run(createFrame(studio.tools), { from: 0, to: null }, [path]);
  expect(Math.min(...(await pixels(made.file)))).toBeGreaterThan(225);
  expect(made.notes).toEqual([
    'the clip is in high dynamic range (HDR10, PQ): its colours were brought to the standard range',
  ]);
});
