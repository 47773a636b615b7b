import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoFacts } from '../../dsl/facts.ts';
import { decodeFrames } from '../../workers/ffmpeg/frames.ts';
import { frameRange } from '../../workers/film/frame-range.ts';
import { createTrim } from '../../workers/trim.ts';
import { openStudio, type Studio } from './studio.ts';

let studio: Studio;
/** Frame n has brightness 40 + n of 100 frames at 25 fps, and 6 s of two-second groups at 24 fps that flash. */
let ramp: string;
let flashing: string;

beforeAll(async () => {
  studio = await openStudio();
  ramp = `${studio.folder}/ramp.mp4`;
  const { videoEncoding } = await import('../../workers/ffmpeg/encoding.ts');
  await studio.ffmpeg(
    ...['-f', 'lavfi', '-i', "color=black:s=64x48:r=25,geq=lum='40+2*N':cb=128:cr=128", '-t', '4'],
    ...[...videoEncoding({ num: 25, den: 1 }), ramp],
  );
  flashing = await studio.flashes('flashing.mp4', { at: [0.5, 2.5, 4.5], seconds: 6 });
});
afterAll(() => studio[Symbol.asyncDispose]());

/** Luma of every frame. */
async function levels(path: string): Promise<number[]> {
  const filter = 'scale=1:1:flags=area,format=yuv420p,extractplanes=y';
  return [
    ...(await studio.ffmpeg('-i', path, '-vf', filter, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-')),
  ];
}

test.each([
  [0, 1, 0, 25],
  [0.1, 0.5, 3, 13],
  [0.04, 0.08, 1, 2],
  [0.041, 3.9, 2, 98],
  [2, 4, 50, 100],
  [1.97, 2.05, 50, 52],
  [0, 99, 0, 100],
])('[%fs..%fs] gives frames %i to %i, each once and in order', async (from, to, first, end) => {
  const made = await studio.run(createTrim(studio.tools), { from, to }, [ramp]);
  expect(made.facts).toMatchObject({ frames: end - first, duration: (end - first) / 25 });
  const seen = await levels(made.file);
  expect(seen).toHaveLength(end - first);
  for (const [index, level] of seen.entries())
    expect(Math.abs(level - 40 - 2 * (first + index))).toBeLessThanOrEqual(1);
});

test('a cut between key frames copies the middle and encodes only the ends', async () => {
  const made = await studio.run(createTrim(studio.tools), { from: 1, to: null }, [flashing]);
  const { encodedFrames } = made.details as { encodedFrames: number };
  expect(encodedFrames).toBeGreaterThan(0);
  expect(encodedFrames).toBeLessThanOrEqual(48);
  const { white, loud } = await studio.onsets(made.file);
  for (const [index, second] of [1.5, 3.5].entries()) {
    expect(Math.abs(white[index]! - second)).toBeLessThan(0.001);
    expect(Math.abs(loud[index]! - second)).toBeLessThan(0.001 + 0.002);
  }
});

test('the sound is cut to the sample', async () => {
  const whole = await studio.onsets(flashing);
  const made = await studio.run(createTrim(studio.tools), { from: 0.25, to: 5 }, [flashing]);
  const cut = await studio.onsets(made.file);
  for (const [index, second] of whole.loud.entries()) expect(cut.loud[index]).toBeCloseTo(second - 0.25, 3);
  expect(Math.abs(cut.samples - 4.75 * 48_000)).toBeLessThanOrEqual(1024);
});

test('a clip that leaves out frames is cut by time', async () => {
  const gaps = `${studio.folder}/gaps.mkv`;
  const keep = "select='not(mod(n,2))+eq(n,99)'";
  await studio.ffmpeg('-i', ramp, '-vf', keep, '-fps_mode', 'vfr', '-c:v', 'mpeg4', '-q:v', '2', gaps);
  const made = await studio.run(createTrim(studio.tools), { from: 1, to: 2 }, [gaps]);
  expect(made.facts).toMatchObject({ frames: 25 });
  const seen = await levels(made.file);
  for (const [index, level] of seen.entries()) {
    const shown = 2 * Math.floor((25 + index) / 2);
    expect(Math.abs(level - 40 - 2 * shown)).toBeLessThanOrEqual(4);
  }
});

test('a part without a frame is refused in words', async () => {
  const facts = await studio.video(ramp);
  expect(() => frameRange(facts, { from: 4, to: null })).toThrow(
    'there is no frame in that part of the clip',
  );
  expect(() => frameRange(facts, { from: 1.01, to: 1.02 })).toThrow('there is no frame');
});

test('frames that are copied and frames that are encoded are read as one clip, whatever each says of its colours', async () => {
  const untagged = `${studio.folder}/untagged.mp4`;
  await studio.ffmpeg(
    ...[
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=64x48:r=24:d=4,setparams=color_primaries=unknown:color_trc=unknown:colorspace=unknown',
    ],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '24', '-pix_fmt', 'yuv420p', untagged],
  );
  const made = await studio.run(createTrim(studio.tools), { from: 0, to: 2.5 }, [untagged]);
  expect(made.details).toMatchObject({ encodedFrames: 12 });
  const source = decodeFrames(studio.tools, made.file, made.facts as VideoFacts, { pixelFormat: 'gray' });
  let frames = 0;
  for await (const _frame of source.frames) frames++;
  expect(frames).toBe(60);
});

test('a clip is not called damaged because its sound is not read to the end', async () => {
  const trailer = new URL('../media/trailer.mp4', import.meta.url).pathname;
  for (const to of [0.6, 1, 1.4, 1.5, 1.6]) {
    const { notes } = await studio.run(createTrim(studio.tools), { from: 0.5, to }, [trailer]);
    expect(notes).toEqual([]);
  }
});
