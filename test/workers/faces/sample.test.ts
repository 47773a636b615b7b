import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImageFacts, VideoFacts } from '../../../dsl/facts.ts';
import { framesEach, sample } from '../../../workers/faces/sample.ts';
import { findTools, toolsOf } from '../../../workers/ffmpeg/find.ts';
import { encodeFrames } from '../../../workers/ffmpeg/frames.ts';
import { createProber } from '../../../workers/ffmpeg/prober.ts';
import type { MediaTools } from '../../../workers/ffmpeg/tools.ts';

let folder: string;
let tools: MediaTools;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchai-sample-'));
  tools = toolsOf(await findTools({}));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const media = (name: string) => new URL(`../../media/${name}`, import.meta.url).pathname;

test.each([
  'run.mp4',
  'trailer.mp4',
  'tree.avi',
  'city.mpg',
])('of a clip some frames are looked at, not all: %s', async (name) => {
  const facts = (await createProber(tools).probe(media(name))) as VideoFacts;
  const pictures = await Array.fromAsync(sample(async () => tools, { path: media(name), facts }));
  expect(pictures.length).toBeGreaterThanOrEqual(Math.min(framesEach, Math.floor(facts.duration / 0.3)));
  expect(pictures.length).toBeLessThanOrEqual(2 * framesEach);
  for (const { width, height, data } of pictures) expect(data.length).toBe(width * height * 3);
});

test('of a long film frames are looked at that are spread over all of it, however far apart its key frames are', async () => {
  const path = join(folder, 'long.mp4');
  const size = { width: 64, height: 48 };
  const rate = { num: 1, den: 1 };
  await using sink = encodeFrames(tools, { ...size, rate, pixelFormat: 'rgb24', output: path, recipe: '' });
  for (let at = 0; at < 96; at++) await sink.write(Buffer.alloc(64 * 48 * 3, 30 + 2 * at));
  await sink.finish();
  const facts = (await createProber(tools).probe(path)) as VideoFacts;
  const levels: number[] = [];
  for await (const { data } of sample(async () => tools, { path, facts })) {
    levels.push(data[0] ?? 0);
    if (levels.length === 5) break;
  }
  // One in three seconds, so that the last is near the end.
  const steps = levels.slice(1).map((level, at) => level - levels[at]!);
  for (const step of steps) expect(Math.abs(step - (2 * 96) / (2 * framesEach))).toBeLessThanOrEqual(2);
});

test('a picture is looked at upright and in colour, at 1280 pixels at most', async () => {
  const facts = (await createProber(tools).probe(media('astronaut.jpg'))) as ImageFacts;
  const [picture] = await Array.fromAsync(sample(async () => tools, { path: media('astronaut.jpg'), facts }));
  expect(picture).toMatchObject({ width: 256, height: 256 });
  const size = { width: 1600, height: 800, channels: 3 as const };
  const large = await sharp({ create: { ...size, background: '#102030' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const [small] = await Array.fromAsync(sample(async () => tools, { picture: large }));
  expect(small).toMatchObject({ width: 640, height: 1280 });
});

test.each([
  [
    'a drawing that reads files beside it',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
  ],
  ['a playlist', '#EXTM3U\n/etc/passwd'],
  ['nothing', ''],
])('what somebody gives as a picture and is none is refused: %s', async (_, text) => {
  await expect(
    Array.fromAsync(sample(async () => tools, { picture: Buffer.from(text) })),
  ).rejects.toMatchObject({ code: 'PQL433', message: 'this is no picture' });
});

test('a picture that is damaged is refused in words', async () => {
  const path = join(folder, 'broken.jpg');
  await writeFile(path, Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(500, 7)]));
  const facts: ImageFacts = { kind: 'image', container: 'jpeg', bytes: 503, width: 64, height: 64 };
  await expect(Array.fromAsync(sample(async () => tools, { path, facts }))).rejects.toMatchObject({
    code: 'PQL433',
    kind: 'user',
  });
});
