import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StitchArguments } from '../../dsl/arguments.ts';
import { createStitch } from '../../workers/stitch.ts';
import { createTrim } from '../../workers/trim.ts';
import { openStudio, type Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

const plain: StitchArguments = { width: null, height: null, fps: null, fit: 'pad', transition: null };

/** A clip that moves, as somebody else encoded it; `parameters` are the encoder's. */
async function foreign(
  name: string,
  seconds: number,
  parameters: string,
  ...more: string[]
): Promise<string> {
  const path = join(studio.folder, name);
  const scene = `testsrc2=s=96x64:r=24,hue=h=${name.length * seconds * 37}`;
  await studio.ffmpeg(
    ...['-f', 'lavfi', '-i', scene, '-t', String(seconds), '-c:v', 'libx264', '-pix_fmt', 'yuv420p'],
    ...['-x264-params', parameters, ...more, path],
  );
  return path;
}

/** Digests of the frames as they are shown, from a second on; `ffmpeg` fails on any word of the decoder. */
async function frames(path: string, from = 0): Promise<string[]> {
  const listed = await studio.ffmpeg(
    ...['-ss', from.toFixed(6), '-i', path, '-map', '0:v', '-fps_mode', 'passthrough', '-f', 'framemd5', '-'],
  );
  return listed
    .toString()
    .split('\n')
    .flatMap((line) => (line.startsWith('0,') ? [line.split(',').at(-1)!.trim()] : []));
}

/** Every clip stands in the film frame by frame, played through and sought; all are as long as they were. */
async function expectCopies(film: string, clips: readonly string[]): Promise<void> {
  const all = await frames(film);
  let at = 0;
  for (const clip of clips) {
    const own = await frames(clip);
    expect(all.slice(at, at + own.length)).toEqual(own);
    expect((await frames(film, at / 24)).slice(0, 3)).toEqual(own.slice(0, 3));
    at += own.length;
  }
  expect(all).toHaveLength(at);
}

test('clips of several encoders are copied beside each other and beside ours, and every frame is its own', async () => {
  const ours = await studio.flashes('ours.mp4', { at: [0.5], seconds: 1, size: '96x64', sound: null });
  const clips = [
    await foreign('zero.mp4', 2, 'bframes=4:b-pyramid=normal:ref=5', '-profile:v', 'high'),
    await foreign('one.mp4', 1.5, 'sps-id=1:cabac=0:bframes=1', '-profile:v', 'main', '-level', '4.0'),
    ours,
    await foreign('seven.mp4', 1, 'sps-id=7:bframes=0', '-profile:v', 'baseline', '-colorspace', 'smpte170m'),
  ];
  // Ours is BT.709, these are BT.601 or so small that it is assumed.
  const made = await studio.run(createStitch(studio.tools), plain, clips);
  expect(made.notes).toEqual(['clip 3 was encoded: it has the colours of BT.709, not BT.601']);
  expect(made.details.encodedFrames).toBe(24);
  const [zero, one, , seven] = clips as [string, string, string, string];
  const again = await studio.run(createStitch(studio.tools), plain, [seven, made.file, zero, one, seven]);
  expect(again.details.encodedFrames).toBe(0);
  await expectCopies(again.file, [seven, made.file, zero, one, seven]);
  const { audio: _, ...told } = again.facts as Awaited<ReturnType<typeof studio.video>>;
  const { audio: __, ...found } = await studio.video(again.file);
  expect(told).toEqual(found);
});

test('only what has a number that is taken is encoded, with a number of its own', async () => {
  const clips = [
    await foreign('long.mp4', 3, 'sps-id=30:ref=4'),
    await foreign('taken.mp4', 1, 'sps-id=30:ref=2:bframes=0'),
    await foreign('free.mp4', 1, 'sps-id=0'),
  ];
  const made = await studio.run(createStitch(studio.tools), plain, clips);
  expect(made.notes).toEqual(['clip 2 was encoded: it is encoded in another way than most (h264, yuv420p)']);
  expect(made.details.encodedFrames).toBe(24);
  expect((await studio.video(made.file)).parameterSets).toHaveLength(6);
  const all = await frames(made.file);
  expect(all.slice(0, 72)).toEqual(await frames(clips[0]!));
  expect(all.slice(96)).toEqual(await frames(clips[2]!));
});

test('parts that TRIM made of clips of two encoders join without encoding', async () => {
  const one = await foreign('cut-a.mp4', 3, 'keyint=24:scenecut=0');
  const two = await foreign('cut-b.mp4', 3, 'keyint=24:scenecut=0:sps-id=1:ref=5');
  const cut = (path: string) => studio.run(createTrim(studio.tools), { from: 0.5, to: 2.5 }, [path]);
  const parts = [(await cut(one)).file, (await cut(two)).file, one];
  const made = await studio.run(createStitch(studio.tools), plain, parts);
  expect(made.details.encodedFrames).toBe(0);
  await expectCopies(made.file, parts);
});

test('fields and pixels that are not square keep to their own kind', async () => {
  const progressive = await foreign('progressive.mp4', 2, 'sps-id=0');
  const fields = await foreign('fields.mp4', 1, 'sps-id=1:tff=1');
  const wide = await foreign('wide.mp4', 1, 'sps-id=2', '-aspect', '2:1');
  expect((await studio.video(progressive)).parameterSets).toHaveLength(2);
  for (const other of [fields, wide]) expect((await studio.video(other)).parameterSets).toBeUndefined();
  const made = await studio.run(createStitch(studio.tools), plain, [progressive, fields, wide]);
  expect(made.details.encodedFrames).toBe(48);
});

test('clips whose numbers are equal are copied with other numbers, packets of several slices and with sets in them too', async () => {
  const clips = [
    await foreign('base.mp4', 3, 'ref=3:bframes=3'),
    await foreign('slices.mp4', 1, 'slices=3:cabac=0:bframes=2', '-profile:v', 'main'),
    await foreign('inband.mp4', 1.5, 'keyint=12:aud=1:ref=2', '-bsf:v', 'dump_extra=freq=k'),
  ];
  const made = await studio.run(createStitch(studio.tools), plain, clips);
  expect(made.details.encodedFrames).toBe(0);
  expect(made.notes).toEqual([]);
  const sets = (await studio.video(made.file)).parameterSets!.map((set) => set.split(' ')[0]);
  expect(sets.sort()).toEqual(['p0', 'p26', 'p28', 's0', 's26', 's28']);
  await expectCopies(made.file, clips);
  // And on: a film of such clips joins the next.
  const again = await studio.run(createStitch(studio.tools), plain, [made.file, clips[1]!]);
  expect(again.details.encodedFrames).toBe(0);
  await expectCopies(again.file, [made.file, clips[1]!]);
});

test('a clip whose packets name their sets where that cannot be changed is encoded after all', async () => {
  const long = await foreign('steady.mp4', 3, 'ref=3');
  const buffered = await foreign('buffered.mp4', 1, 'nal-hrd=vbr:vbv-maxrate=500:vbv-bufsize=500');
  const made = await studio.run(createStitch(studio.tools), plain, [long, buffered]);
  expect(made.details.encodedFrames).toBe(24);
  expect(made.notes).toEqual([
    'clip 2 was encoded: its packets name its parameter sets where no other number fits',
  ]);
  expect(await frames(made.file)).toHaveLength(96);
  expect((await frames(made.file)).slice(0, 72)).toEqual(await frames(long));
});
