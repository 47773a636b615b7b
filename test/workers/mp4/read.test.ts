import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cleanCuts, codingOf, copyableVideo } from '../../../workers/mp4/cuts.ts';
import { readMovie } from '../../../workers/mp4/read.ts';
import { renumberedEntry } from '../../../workers/mp4/renumber.ts';
import { writeMovie } from '../../../workers/mp4/write.ts';
import { openStudio, type Studio } from '../studio.ts';

let studio: Studio;
let clip: string;
beforeAll(async () => {
  studio = await openStudio();
  clip = await studio.flashes('clip.mp4', { at: [0.5], seconds: 5 });
});
afterAll(() => studio[Symbol.asyncDispose]());

test('the index tells what ffprobe tells', async () => {
  const movie = (await readMovie(clip))!;
  expect(movie.tracks.map(({ handler, samples }) => [handler, samples.count])).toEqual([
    ['video', 120],
    ['sound', 236],
  ]);
  expect(copyableVideo(movie)).toMatchObject({ rate: { num: 24, den: 1 }, frames: 120 });
});

test('clean cuts are key frames before which everything is shown before', async () => {
  const cuts = cleanCuts(copyableVideo((await readMovie(clip))!)!.track);
  expect(cuts[0]).toBe(0);
  expect(cuts.at(-1)).toBe(120);
  // Groups of two seconds at most, none open.
  for (const [index, cut] of cuts.entries()) expect(cut - (cuts[index - 1] ?? 0)).toBeLessThanOrEqual(48);
  const open = join(studio.folder, 'open.mp4');
  const params = 'open-gop=1:keyint=24:min-keyint=24:scenecut=0:bframes=3';
  const noise = 'testsrc2=s=64x48:r=24';
  await studio.ffmpeg('-f', 'lavfi', '-i', noise, '-t', '4', '-c:v', 'libx264', '-x264-params', params, open);
  const { track } = copyableVideo((await readMovie(open))!)!;
  expect([...track.samples.keys].flatMap((key, at) => (key ? [at] : []))).toHaveLength(4);
  // Key frames with B-frames shown before them are no clean cuts.
  expect(cleanCuts(track).length - 1).toBeLessThan(4);
});

test('files that are no MP4 and fragmented ones are not copied from', async () => {
  const other = join(studio.folder, 'other.mkv');
  await studio.ffmpeg('-i', clip, '-c', 'copy', other);
  expect(await readMovie(other)).toBeNull();
  const fragmented = join(studio.folder, 'fragmented.mp4');
  await studio.ffmpeg('-i', clip, '-c', 'copy', '-movflags', '+frag_keyframe+empty_moov', fragmented);
  const movie = await readMovie(fragmented);
  expect(movie === null || copyableVideo(movie) === null).toBe(true);
});

test('a file that is damaged anywhere in its index is read or refused, never thrown over', async () => {
  const bytes = await readFile(clip);
  const index = bytes.indexOf('moov') - 4;
  const path = join(studio.folder, 'damaged.mp4');
  // A linear congruential generator (Numerical Recipes): the same damage in every run.
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let round = 0; round < 300; round++) {
    const damaged = Buffer.from(bytes);
    for (let hit = 0; hit <= round % 4; hit++)
      damaged[index + random(bytes.length - index)] = [0, 255, 127, random(256)][random(4)]!;
    await writeFile(
      path,
      round % 10 === 9 ? damaged.subarray(0, index + random(bytes.length - index)) : damaged,
    );
    const movie = await readMovie(path);
    const video = movie && copyableVideo(movie);
    if (!video) continue;
    expect(video.frames).toBeGreaterThan(0);
    expect(codingOf(video).coding).toHaveLength(16);
    expect(renumberedEntry(video.entry, 28)?.length ?? 86).toBeGreaterThanOrEqual(86);
  }
});

test('a film that was written is the film that is read, its comment included', async () => {
  const { track, entry } = copyableVideo((await readMovie(clip))!)!;
  const path = join(studio.folder, 'written.mp4');
  const shape = { handler: 'video', timescale: 24_000, entry, width: 64, height: 48, tick: 1000 } as const;
  const cutting = { path: clip, track, from: 0, to: 120 };
  const comment = 'GENERATE "Grüße; \u{1f30a}"';
  await writeMovie(path, [{ ...shape, cuttings: [cutting, cutting], lead: 1000, shown: 240_000 }], {
    comment,
  });
  const movie = (await readMovie(path))!;
  expect(movie.comment).toBe(comment);
  expect(copyableVideo(movie)).toMatchObject({ frames: 240, rate: { num: 24, den: 1 } });
  expect(
    (await studio.ffmpeg('-i', path, '-f', 'framecrc', '-'))
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('0,')),
  ).toHaveLength(240);
  await expect(writeMovie(path, [], { comment })).rejects.toMatchObject({ code: 'EEXIST' });
});
