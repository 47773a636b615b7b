import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProbe } from '../../../workers/probe.ts';
import { openStudio, type Studio } from '../studio.ts';

let studio: Studio;
let clip: string;
beforeAll(async () => {
  studio = await openStudio();
  clip = await studio.flashes('clip.mp4', { at: [0.5], seconds: 1, rate: '30000/1001' });
});
afterAll(() => studio[Symbol.asyncDispose]());

const at = (name: string) => join(studio.folder, name);
const media = (name: string) => new URL(`../../media/${name}`, import.meta.url).pathname;

test.each([
  [
    'trailer.mp4',
    { width: 320, height: 180, rate: { num: 24, den: 1 }, frames: 48, codec: 'h264', pixelFormat: 'yuv420p' },
  ],
  [
    'city.mpg',
    { width: 360, height: 202, rate: { num: 25, den: 1 }, frames: 25, codec: 'mpeg2video', audio: null },
  ],
  ['bird.mp4', { width: 320, height: 180, rate: { num: 20, den: 1 }, frames: 30, pixelFormat: 'yuv444p' }],
  ['run.mp4', { width: 360, height: 200, rate: { num: 30_000, den: 1001 }, frames: 45, audio: null }],
  [
    'tree.avi',
    {
      width: 320,
      height: 240,
      rate: { num: 1_000_000, den: 66_667 },
      codec: 'cinepak',
      pixelFormat: 'rgb24',
    },
  ],
  ['walkers.avi', { width: 384, height: 288, rate: { num: 10, den: 1 }, frames: 20, codec: 'msmpeg4v3' }],
])('real clip %s is measured exactly', async (name, facts) => {
  expect(await studio.video(media(name))).toMatchObject(facts);
});

test('a container with a coarse clock still has its exact rate', async () => {
  const mkv = at('coarse.mkv');
  await studio.ffmpeg('-i', clip, '-c', 'copy', mkv);
  expect(await studio.video(mkv)).toMatchObject({ rate: { num: 30_000, den: 1001 }, frames: 30 });
});

test('pixels that are not square and pictures on their side are given as they are seen', async () => {
  const wide = at('wide.mp4');
  await studio.ffmpeg('-i', clip, '-vf', 'setsar=3/2', '-c:v', 'mpeg4', wide);
  expect(await studio.video(wide)).toMatchObject({ width: 96, height: 48 });
  const turned = at('turned.mp4');
  await studio.ffmpeg('-display_rotation', '-90', '-i', clip, '-c', 'copy', turned);
  expect(await studio.video(turned)).toMatchObject({ width: 48, height: 64, rotation: 90 });
});

test('sound, pictures and texts have facts of their own', async () => {
  const { probe } = studio.prober;
  expect(await probe(media('speech.wav'))).toMatchObject({
    kind: 'audio',
    audio: { rate: 16_000, channels: 1 },
  });
  const png = at('one.png');
  await studio.ffmpeg('-i', clip, '-frames:v', '1', png);
  expect(await probe(png)).toMatchObject({ kind: 'image', container: 'png', width: 64, height: 48 });
  await writeFile(at('notes.txt'), 'Grüße\n');
  expect(await probe(at('notes.txt'))).toMatchObject({ kind: 'text', container: 'text/plain', bytes: 8 });
});

test('a sound file with a cover is a sound', async () => {
  const [cover, song] = [at('cover.png'), at('song.mp3')];
  await studio.ffmpeg('-i', clip, '-frames:v', '1', cover);
  const map = ['-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic'];
  await studio.ffmpeg('-i', clip, '-i', cover, ...map, song);
  expect(await studio.prober.probe(song)).toMatchObject({ kind: 'audio' });
});

const bad: [string, string, (path: string) => Promise<unknown>][] = [
  [
    'text with an mp4 name',
    'the file is text, although it is called .mp4',
    (path) => writeFile(path, 'not a film\n'),
  ],
  ['an empty file', 'the file is empty', (path) => writeFile(path, '')],
  ['a folder', 'this is a folder, not a file', (path) => mkdir(path)],
  ['nothing', 'there is no such file', async () => {}],
  [
    'an HLS playlist',
    'the file is a playlist, which points to other files',
    (path) => writeFile(path, '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n'),
  ],
  [
    'an ffconcat script',
    'the file is a playlist, which points to other files',
    (path) => writeFile(path, 'ffconcat version 1.0\nfile /etc/passwd\n'),
  ],
  [
    'a bare concat script',
    'the file is a playlist, which points to other files',
    (path) => writeFile(path, "file '/etc/passwd'\n"),
  ],
  [
    'a drawing',
    'SVG drawings are not taken, since they can point to other files',
    (path) => writeFile(path, '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
  ],
  [
    'noise',
    'reading the file: the file is ',
    (path) =>
      writeFile(
        path,
        Buffer.from(Array.from({ length: 9000 }, (_, at) => (at * 7919 + (at >> 3) * 31) & 255)),
      ),
  ],
  [
    'a clip without its end',
    'the file is cut short: ',
    async (path) => {
      await studio.ffmpeg('-i', clip, '-c', 'copy', '-movflags', '+faststart', path);
      await truncate(path, 4500);
    },
  ],
  [
    'a clip without its index',
    'reading the file: the file is cut short: its index (moov) is missing',
    async (path) => {
      await copyFile(clip, path);
      await truncate(path, 2500);
    },
  ],
  [
    '24 hours at one frame a second',
    'the clip is 24.0 hours long',
    (path) =>
      studio.ffmpeg(
        '-f',
        'lavfi',
        '-i',
        'color=s=16x16:r=1',
        '-t',
        '86400',
        '-c:v',
        'mpeg4',
        '-g',
        '600',
        path,
      ),
  ],
];

test.each(bad)('%s is refused in words', async (what, message, make) => {
  const path = at(`${what.replaceAll(' ', '-')}.mp4`);
  await make(path);
  const failure = await studio.prober.probe(path).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'Failure', kind: 'user', hint: expect.any(String) });
  expect((failure as Error).message).toContain(message);
  expect((failure as { code: string }).code).toMatch(/^PQL4/);
});

test('15000×15000 is refused in words, as a clip and as a picture', async () => {
  // Only the header says so: its frame is small on disk and would be 0.9 GB in memory.
  const avi = await readFile(await makeSmallAvi());
  for (const [at, value] of [
    [64, 15_000],
    [68, 15_000],
  ] as const)
    avi.writeUInt32LE(value, at);
  const format = avi.indexOf('strf') + 8;
  avi.writeInt32LE(15_000, format + 4);
  avi.writeInt32LE(15_000, format + 8);
  const path = at('huge.avi');
  await writeFile(path, avi);
  await expect(studio.prober.probe(path)).rejects.toMatchObject({ kind: 'user', code: 'PQL435' });
  const png = await readFile(await makeSmallPng());
  png.writeUInt32BE(15_000, 16);
  png.writeUInt32BE(15_000, 20);
  const picture = at('huge.png');
  await writeFile(picture, png);
  await expect(studio.prober.probe(picture)).rejects.toMatchObject({
    kind: 'user',
    code: expect.stringMatching(/PQL43[35]/),
  });
});

async function makeSmallAvi(): Promise<string> {
  const path = at('small.avi');
  await studio.ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'color=s=64x64:r=10',
    '-t',
    '1',
    '-c:v',
    'rawvideo',
    '-pix_fmt',
    'bgr24',
    path,
  );
  return path;
}

async function makeSmallPng(): Promise<string> {
  const path = at('small.png');
  await studio.ffmpeg('-i', clip, '-frames:v', '1', path);
  return path;
}

test('PROBE gives the facts as JSON with the rate as a fraction', async () => {
  const { file, kind, facts, details } = await studio.run(createProbe(studio.prober), {}, [clip]);
  expect({ kind, container: facts.container }).toEqual({ kind: 'text', container: 'application/json' });
  const json = JSON.parse(await readFile(file, 'utf8'));
  const { words, ...told } = details;
  expect(json).toEqual(told);
  expect(words).toContain('rate 30000/1001');
  expect(json).toMatchObject({
    kind: 'video',
    width: 64,
    height: 48,
    frames: 30,
    rate: '30000/1001',
    audio: { codec: 'aac' },
  });
});
