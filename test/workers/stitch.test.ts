import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StitchArguments } from '../../dsl/arguments.ts';
import { readMovie } from '../../workers/mp4/read.ts';
import { createStitch } from '../../workers/stitch.ts';
import { openStudio, type Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

const plain: StitchArguments = { width: null, height: null, fps: null, fit: 'pad', transition: null };

/** Every flash is seen and heard within 20 ms of the expected second, a frame of slack for rates that were changed. */
async function expectInSync(path: string, expected: readonly number[], slack = 0.001): Promise<void> {
  const { white, loud } = await studio.onsets(path);
  expect(white).toHaveLength(expected.length);
  expect(loud).toHaveLength(expected.length);
  for (const [index, second] of expected.entries()) {
    expect(Math.abs(white[index]! - second)).toBeLessThanOrEqual(slack);
    expect(Math.abs(loud[index]! - second)).toBeLessThanOrEqual(0.02);
  }
}

test('clips that agree are joined by copying packets, in sync at every join', async () => {
  const one = await studio.flashes('a.mp4', { at: [0.25, 1.5], seconds: 1.75 });
  const two = await studio.flashes('b.mp4', { at: [0.125, 2], seconds: 2.125 });
  const clips = [one, two, two, one, two, one, one, two, one, two];
  const made = await studio.run(createStitch(studio.tools), plain, clips);
  expect(made.details).toEqual({ encodedFrames: 0, soundCopied: true });
  expect(made.notes).toEqual([]);
  const expected: number[] = [];
  let start = 0;
  for (const clip of clips) {
    for (const at of clip === one ? [0.25, 1.5] : [0.125, 2]) expected.push(start + at);
    start += clip === one ? 1.75 : 2.125;
  }
  expect(made.facts).toMatchObject({
    frames: Math.round(start * 24),
    duration: start,
    width: 64,
    height: 48,
  });
  await expectInSync(made.file, expected);
  // What was written down of the film is what a prober finds in it.
  const probed = await studio.video(made.file);
  const { audio, ...pictures } = probed;
  const { audio: said, ...told } = made.facts as typeof probed;
  expect(told).toEqual(pictures);
  expect(Math.abs((audio?.duration ?? 0) - (said?.duration ?? 0))).toBeLessThan(0.03);
});

test('clips of every size, rate, format, codec, with and without sound become one film in sync', async () => {
  const clips = [
    await studio.flashes('m1.mp4', { at: [0.5], seconds: 3, size: '128x96', rate: '24' }),
    await studio.flashes('m2.avi', {
      ...{ at: [0.4], seconds: 1, size: '64x64', rate: '25' },
      ...{ video: ['-c:v', 'mpeg4', '-q:v', '3'], sound: ['-c:a', 'pcm_s16le', '-ar', '16000', '-ac', '1'] },
    }),
    await studio.flashes('m3.mp4', {
      ...{ at: [0.5], seconds: 1, size: '96x128', rate: '30000/1001', sound: null },
      video: ['-c:v', 'libx264', '-pix_fmt', 'yuv444p', '-preset', 'ultrafast'],
    }),
    await studio.flashes('m4.mkv', {
      ...{ at: [0.6], seconds: 1, size: '70x50', rate: '10' },
      ...{ video: ['-c:v', 'mpeg2video', '-r', '25'], sound: ['-c:a', 'pcm_s16le', '-ar', '44100'] },
    }),
  ];
  const made = await studio.run(createStitch(studio.tools), plain, clips);
  expect(made.notes.map((note) => note.slice(0, 22))).toEqual([
    'clip 2 was encoded: it',
    'clip 3 was encoded: it',
    'clip 4 was encoded: it',
  ]);
  expect(made.facts).toMatchObject({
    width: 128,
    height: 96,
    rate: { num: 24, den: 1 },
    frames: 72 + 24 + 24 + 24,
  });
  const { white, loud, samples } = await studio.onsets(made.file);
  expect(white).toHaveLength(4);
  // The third clip is silent.
  expect(loud).toHaveLength(3);
  for (const [index, second] of [0.5, 3.4, 4.5, 5.6].entries())
    expect(Math.abs(white[index]! - second)).toBeLessThanOrEqual(1 / 24 + 0.001);
  for (const [index, second] of [0.5, 3.4, 5.6].entries())
    expect(Math.abs(loud[index]! - second)).toBeLessThanOrEqual(0.02);
  expect(Math.abs(samples / 48_000 - 6)).toBeLessThan(0.0225);
});

test('a foreign clip is copied and ours stands beside it with parameter sets of its own', async () => {
  const foreign = await studio.flashes('f1.mp4', {
    ...{ at: [0.5, 2.5], seconds: 3 },
    video: ['-c:v', 'libx264', '-preset', 'medium', '-bf', '3', '-refs', '4', '-pix_fmt', 'yuv420p'],
  });
  const other = await studio.flashes('f2.mp4', { at: [0.5], seconds: 1, size: '80x80' });
  const made = await studio.run(createStitch(studio.tools), plain, [foreign, other, foreign]);
  expect(made.details).toMatchObject({ encodedFrames: 24 });
  // `onsets` fails on any word of the decoder, so a join that does not decode clean fails here.
  await expectInSync(made.file, [0.5, 2.5, 3.5, 4.5, 6.5]);
});

test('a transition overlaps the clips, encodes only around the join and keeps sound and picture together', async () => {
  const clips = [
    await studio.flashes('t1.mp4', { at: [0.5, 2], seconds: 6 }),
    await studio.flashes('t2.mp4', { at: [1.5, 4], seconds: 6 }),
  ];
  const transition = { kind: 'fade', duration: 0.5 };
  const made = await studio.run(createStitch(studio.tools), { ...plain, transition }, clips);
  expect(made.facts).toMatchObject({ frames: 288 - 12, duration: 11.5 });
  // Groups last two seconds at most: the first clip's last 1.5 s, 0.5 s of transition, the second's first 1.5 s.
  expect(made.details.encodedFrames).toBeLessThanOrEqual(36 + 12 + 36);
  await expectInSync(made.file, [0.5, 2, 7, 9.5]);
});

test('SIZE, FPS and FIT override the shape', async () => {
  const clip = await studio.flashes('s1.mp4', { at: [0.5], seconds: 1 });
  const shape = { ...plain, width: 100, height: 100, fps: 12, fit: 'crop' as const };
  const made = await studio.run(createStitch(studio.tools), shape, [clip, clip]);
  expect(made.facts).toMatchObject({ width: 100, height: 100, rate: { num: 12, den: 1 }, frames: 24 });
  await expectInSync(made.file, [0.5, 1.5], 1 / 12 + 0.001);
});

test('a clip padded to another shape has black bars, a cropped one has none', async () => {
  const white = join(studio.folder, 'white.mp4');
  await studio.ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'color=white:s=128x64:r=10',
    '-t',
    '0.5',
    '-pix_fmt',
    'yuv420p',
    white,
  );
  const shape = { ...plain, width: 64, height: 64 };
  const [pad, crop] = await Promise.all([
    studio.run(createStitch(studio.tools), shape, [white, white]),
    studio.run(createStitch(studio.tools), { ...shape, fit: 'crop' }, [white, white]),
  ]);
  expect((await studio.colour(pad.file, 3))[0]).toBeCloseTo(127.5, -1);
  expect((await studio.colour(crop.file, 3))[0]).toBeGreaterThan(250);
});

test('a clip on its side and one that leaves out frames take their place upright and in time', async () => {
  const upright = await studio.flashes('u.mp4', { at: [0.5], seconds: 2, size: '64x48' });
  const source = await studio.flashes('r0.mp4', { at: [0.5], seconds: 1, size: '48x64' });
  const turned = join(studio.folder, 'r1.mp4');
  await studio.ffmpeg('-display_rotation', '90', '-i', source, '-c', 'copy', turned);
  const gaps = join(studio.folder, 'gaps.mkv');
  await studio.ffmpeg(
    '-i',
    upright,
    '-vf',
    "select='not(mod(n,2))+not(mod(n,3))+eq(n,47)'",
    '-fps_mode',
    'vfr',
    '-c:a',
    'copy',
    gaps,
  );
  expect(await studio.video(turned)).toMatchObject({ width: 64, height: 48, rotation: 270 });
  expect(await studio.video(gaps)).toMatchObject({ variable: true });
  const made = await studio.run(createStitch(studio.tools), plain, [upright, turned, gaps]);
  expect(made.facts).toMatchObject({ width: 64, height: 48, frames: 48 + 24 + 48 });
  await expectInSync(made.file, [0.5, 2.5, 3.5], 1 / 24 + 0.001);
});

test('the recipe stands in the container', async () => {
  const clip = await studio.flashes('recipe.mp4', { at: [0.5], seconds: 1, sound: null });
  const made = await studio.run(createStitch(studio.tools), plain, [clip, clip]);
  expect(await studio.prober.recipe(made.file)).toBe('STITCH "a" + "b"');
  expect(await studio.prober.recipe(clip)).toBeNull();
});

test('a stitch of stitches copies on', async () => {
  const clip = await studio.flashes('again.mp4', { at: [0.5], seconds: 1 });
  const first = await studio.run(createStitch(studio.tools), plain, [clip, clip, clip]);
  const second = await studio.run(createStitch(studio.tools), plain, [first.file, clip, first.file]);
  expect(second.details).toEqual({ encodedFrames: 0, soundCopied: true });
  await expectInSync(second.file, [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5]);
});

test('a transition that is longer than a clip is refused in words', async () => {
  const clip = await studio.flashes('short.mp4', { at: [0.1], seconds: 0.5 });
  const transition = { kind: 'fade', duration: 0.4 };
  await expect(
    studio.run(createStitch(studio.tools), { ...plain, transition }, [clip, clip, clip]),
  ).rejects.toMatchObject({ kind: 'user', message: 'the transition is longer than clip 2 allows' });
});

test('an abort ends the work with the reason of the signal', async () => {
  const clip = await studio.flashes('abort.mp4', { at: [0.5], seconds: 1 });
  const signal = AbortSignal.abort(new DOMException('cancelled', 'AbortError'));
  await expect(
    studio.run(createStitch(studio.tools), { ...plain, fps: 12 }, [clip, clip], { signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});

test('a full disk and a killed ffmpeg are transient failures and leave no film', async () => {
  const clip = await studio.flashes('big.mp4', { at: [0.5], seconds: 2, size: '320x240' });
  const wrapped = async (name: string, script: string) => {
    const ffmpeg = join(studio.folder, name);
    await writeFile(ffmpeg, `#!/bin/sh\n${script}\n`);
    await chmod(ffmpeg, 0o755);
    return createStitch({ ...studio.tools, ffmpeg });
  };
  // Files of this ffmpeg may have 512 bytes; the kernel then answers as for a full disk, or kills it.
  const full = await wrapped('full.sh', `ulimit -f 1; exec "${studio.tools.ffmpeg}" "$@"`);
  const killed = await wrapped('killed.sh', 'kill -KILL $$');
  for (const [handler, code] of [
    [full, 'PQL631'],
    [killed, 'PQL630'],
  ] as const) {
    const failure = await studio
      .run(handler, { ...plain, fps: 12 }, [clip, clip])
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'Failure', kind: 'transient', code });
  }
  const desks = (await readdir(studio.folder))
    .filter((name) => name.startsWith('desk-'))
    .sort((a, b) => Number(a.slice(5)) - Number(b.slice(5)));
  const last = await Promise.all(desks.slice(-2).map((desk) => readdir(join(studio.folder, desk))));
  expect(last.flat()).not.toContain('film.mp4');
});

test('the film has its index before its media', async () => {
  const clip = await studio.flashes('index.mp4', { at: [0.5], seconds: 1 });
  const { file } = await studio.run(createStitch(studio.tools), plain, [clip, clip]);
  const movie = await readMovie(file);
  const first = Math.min(...movie!.tracks.map(({ samples }) => samples.offsets[0]!));
  const { readFile } = await import('node:fs/promises');
  expect((await readFile(file)).indexOf('moov')).toBeLessThan(first);
});

test('the real clips of the test folder become one film without a word from the decoder', async () => {
  const names = ['trailer.mp4', 'city.mpg', 'bird.mp4', 'run.mp4', 'tree.avi', 'walkers.avi'];
  const clips = names.map((name) => new URL(`../media/${name}`, import.meta.url).pathname);
  const made = await studio.run(createStitch(studio.tools), { ...plain, fps: 24 }, clips);
  // 2 s, 1 s, 1.5 s, 1.5015 s, 2.933 s and 2 s at 24 fps, each to the nearest frame.
  expect(made.facts).toMatchObject({ frames: 48 + 24 + 36 + 36 + 70 + 48 });
  const { samples } = await studio.onsets(made.file);
  expect(Math.abs(samples / 48_000 - 262 / 24)).toBeLessThan(0.0225);
  expect(made.progress.at(-1)).toBeLessThanOrEqual(1);
});
