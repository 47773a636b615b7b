import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMarker } from '../../../workers/mark/embed.ts';
import { lookForMarks } from '../../../workers/mark/look.ts';
import { createRenderer } from '../../../workers/storyboard/renderer.ts';
import { argumentsOf } from '../storyboard/picture.ts';
import { openStudio, type Studio } from '../studio.ts';
import { encodedFilm } from './film.ts';

const payload = '0123456789ab';
const size = { width: 640, height: 360 };
const scene = argumentsOf('A lighthouse at dusk, three sailing boats and gulls', { ...size, duration: 0.5 });
const media = fileURLToPath(new URL('../../media/', import.meta.url));

let studio: Studio;
let film: string;
beforeAll(async () => {
  studio = await openStudio();
  film = await encodedFilm(studio, 'marked.mp4', scene, payload);
});
afterAll(() => studio[Symbol.asyncDispose]());

const look = async (path: string) =>
  lookForMarks(studio.tools, { path, facts: await studio.prober.probe(path) }, new AbortController().signal);

test.each<[string, string, string[]]>([
  ['a film encoded again at CRF 30, without its metadata', 'crf.mp4', ['-map_metadata', '-1', '-crf', '30']],
  ['a film halved, at another rate', 'half.mp4', ['-vf', 'fps=15,scale=320:180', '-crf', '20']],
  ['a screenshot cut by a tenth each way', 'cut.png', ['-vf', 'crop=576:324:40:10', '-frames:v', '1']],
  [
    'a film made brighter, with less contrast, and stretched',
    'eq.mp4',
    ['-vf', 'eq=0.9:0.08,scale=640:480', '-crf', '23'],
  ],
  ['a screenshot', 'frame.jpeg', ['-frames:v', '1', '-q:v', '4']],
  [
    'a screenshot between bars, mirrored',
    'bars.png',
    ['-vf', 'hflip,pad=900:360:130:0:gray', '-frames:v', '1'],
  ],
  ['a film turned by a quarter', 'quarter.mp4', ['-vf', 'transpose=1', '-crf', '20']],
  ['a screenshot turned by two degrees', 'two.png', ['-vf', 'rotate=2*PI/180', '-frames:v', '1']],
])('the mark is read of %s', async (_, name, how) => {
  const path = join(studio.folder, name);
  await studio.ffmpeg('-i', film, ...how, path);
  expect(await look(path)).toMatchObject([{ payload }]);
});

test('of a film that is stitched is told which seconds bear it', async () => {
  const path = join(studio.folder, 'stitched.mp4');
  const both =
    '[0:v]scale=640:360,setsar=1,fps=24,trim=end_frame=24[a];[1:v]loop=1:12,setpts=N/24/TB[b];[a][b]concat';
  await studio.ffmpeg('-i', join(media, 'run.mp4'), '-i', film, '-filter_complex', both, '-crf', '20', path);
  const marks = await look(path);
  expect(marks).toMatchObject([{ payload, whole: false }]);
  expect(marks![0]!.from).toBeGreaterThan(0.9);
});

// All clips are looked at in `npm run bench -- mark`: where nothing is found, everything is compared.
test('what a camera made has no mark', async () => {
  expect(await look(join(media, 'tree.avi'))).toEqual([]);
});

test('frames that cannot be read do not keep VERIFY from telling the rest', async () => {
  const path = join(studio.folder, 'not.mp4');
  await writeFile(path, 'not a film');
  const facts = await studio.prober.probe(film);
  expect(await lookForMarks(studio.tools, { path, facts }, new AbortController().signal)).toBeNull();
});

test('sounds have no frames to look at', async () => {
  expect(await look(join(media, 'speech.wav'))).toBeNull();
});

test('nobody sees it: 42 dB at least, and one level where the picture is even', () => {
  const frame = createRenderer(scene, null).frame(0);
  const marked = frame.slice();
  createMarker(size.width, size.height, payload)(marked);
  expect(noise(frame, marked, size.width * size.height)).toBeLessThan(255 ** 2 / 10 ** 4.2);
  expect(marked.subarray(size.width * size.height)).toEqual(frame.subarray(size.width * size.height));
  const even = new Uint8Array(size.width * size.height * 1.5).fill(120);
  createMarker(size.width, size.height, payload)(even);
  expect(new Set(even)).toEqual(new Set([119, 120, 121]));
});

test('is laid out as it always was, so that films of today are read tomorrow', () => {
  const frame = new Uint8Array(256 * 144 * 1.5).fill(100);
  createMarker(256, 144, payload)(frame);
  expect(createHash('sha256').update(frame).digest('hex')).toMatchInlineSnapshot(
    `"eaef6b0ba3dd3a293e2ce2e83c70b91bd0b40aac954d930ea685ea0788250d0f"`,
  );
});

test('upright films are marked along their longer side', async () => {
  const path = join(studio.folder, 'upright.jpeg');
  await studio.ffmpeg(
    ...[
      '-i',
      await encodedFilm(studio, 'tall.mp4', { ...scene, width: 360, height: 640, duration: 0.05 }, payload),
    ],
    ...['-frames:v', '1', path],
  );
  expect(await look(path)).toMatchObject([{ payload }]);
});

/** Mean square of what differs. */
function noise(one: Uint8Array, other: Uint8Array, count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) sum += (one[at]! - other[at]!) ** 2;
  return sum / count;
}
