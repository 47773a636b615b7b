import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Measurements, measureNames } from '../../dsl/measurements.ts';
import { createMeasure } from '../../workers/measure.ts';
import { fakeDesk } from '../fakes/desk.ts';
import { childrenOf } from './children.ts';
import { damaged } from './damaged.ts';
import { openStudio, type Studio } from './studio.ts';

const media = (name: string) => fileURLToPath(new URL(`../media/${name}`, import.meta.url));

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

async function measured(path: string, every = 0.25) {
  const made = await studio.run(createMeasure(studio.tools), { every }, [path]);
  const text = await readFile(made.file, 'utf8');
  return { ...made, text, found: JSON.parse(text) as Measurements };
}

/** A lossless clip of what a graph of ffmpeg draws. */
async function drawn(name: string, graph: string, seconds: string, ...sound: string[]): Promise<string> {
  const path = join(studio.folder, name);
  const inputs = ['-f', 'lavfi', '-i', graph, ...(sound.length > 0 ? ['-f', 'lavfi', '-i', ...sound] : [])];
  await studio.ffmpeg(...inputs, '-t', seconds, '-c:v', 'ffv1', '-c:a', 'pcm_s16le', path);
  return path;
}

test('gives lists of equal length of a real film, its summary, and words', async () => {
  const { found, facts, details, notes, text, progress } = await measured(media('trailer.mp4'));
  expect(found.times).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75]);
  for (const name of [...measureNames, 'loudness' as const]) {
    expect(found[name]).toHaveLength(8);
    expect(found.summary[name]!.max).toBe(Math.max(...found[name]!));
  }
  expect(Object.keys(found).sort()).toEqual(
    ['every', 'loudness', ...measureNames, 'summary', 'times'].sort(),
  );
  expect(facts).toEqual({ kind: 'text', container: 'application/json', bytes: text.length });
  const { words, ...numbers } = details as { words: string[] };
  expect(numbers).toEqual({ every: 0.25, samples: 8, ...found.summary });
  expect(words[0]).toBe('8 samples');
  expect(words[1]).toMatch(/^motion [\d.]+ px on average, at most [\d.]+ px$/);
  expect(notes).toEqual([]);
  expect(words.at(-1)).toMatch(/^loudness -[\d.]+ LUFS on average, at most -[\d.]+ LUFS$/);
  expect(progress).toHaveLength(8);
});

test('a bird that flies moves more than people who walk, and they more than a tree', async () => {
  const [bird, walkers, tree] = await Promise.all(
    ['bird.mp4', 'walkers.avi', 'tree.avi'].map(async (name) => (await measured(media(name))).found.summary),
  );
  expect(bird!.motion.mean).toBeGreaterThan(4 * walkers!.motion.mean);
  expect(walkers!.motion.mean).toBeGreaterThan(2 * tree!.motion.mean);
});

test('measures motion by the step between samples, and in a picture of 240×240 whatever the size of the clip', async () => {
  // Waves that move by 2 pixels of 240 a frame, 4 a quarter of a second: 8 pixels a second in a picture twice as wide.
  const waves = "geq=lum='128+60*sin((X-4*N)/14)+50*cos(Y/9)+30*sin((X-4*N+2*Y)/20)':cb=128:cr=128";
  const path = await drawn('waves.mkv', `color=black:s=480x240:r=8,format=yuv444p,${waves}`, '1.5');
  const often = await measured(path, 0.125);
  expect(often.found.summary.motion.mean).toBeGreaterThan(1.8);
  expect(often.found.summary.motion.mean).toBeLessThan(2.1);
  const rarely = await measured(path);
  expect(rarely.found.summary.motion.mean / often.found.summary.motion.mean).toBeCloseTo(2, 0);
});

test('takes for each sample the frame that is shown at its time', async () => {
  // Frame n is as bright as n: 30000/1001 a second, so that no sample but the first falls on a frame.
  const graph = "color=black:s=64x64:r=30000/1001,format=gray,geq=lum='4*N'";
  const { found } = await measured(await drawn('ramp.mkv', graph, '1.2'));
  expect(found.brightness.map((light) => Math.round((light * 255) / 4))).toEqual([0, 7, 14, 22, 29]);
});

test('hears how loud it is: a sine of 1 kHz at -23 dBFS in both channels is -23 LUFS (EBU Tech 3341, case 1)', async () => {
  const tone = `aevalsrc='${10 ** (-23 / 20)}*sin(2000*PI*t)*lt(t,2)':s=48000:c=stereo`;
  const { found } = await measured(await drawn('tone.mkv', 'color=gray:s=64x64:r=8', '3', tone));
  expect(found.loudness).toHaveLength(12);
  // A window of 400 ms has to fill first, and to empty after the end at 2 s.
  for (const loudness of found.loudness!.slice(2, 7)) expect(loudness).toBeCloseTo(-23, 0);
  expect(found.loudness!.at(-1)).toBe(-70);
  expect(found.summary.loudness!.max).toBeCloseTo(-23, 1);
});

test('sound that begins late is silence before, and sound that ends early is silence after', async () => {
  const picture = await drawn('silent.mkv', 'color=gray:s=64x64:r=8', '2');
  const path = join(studio.folder, 'late.mkv');
  const tone = 'sine=frequency=1000:sample_rate=48000:duration=0.5';
  const both = ['-i', picture, '-itsoffset', '1', '-f', 'lavfi', '-i', tone];
  await studio.ffmpeg(...both, '-map', '0:v', '-map', '1:a', '-c:v', 'copy', '-c:a', 'pcm_s16le', path);
  const { loudness } = (await measured(path)).found;
  expect(loudness!.slice(0, 4)).toEqual([-70, -70, -70, -70]);
  expect(loudness![5]).toBeGreaterThan(-30);
  expect(loudness).toHaveLength(8);
  expect(loudness!.at(-1)).toBeLessThan(-60);
});

test('a still clip without sound moves by nothing', async () => {
  const path = await drawn('still.mkv', 'testsrc=s=64x48:r=24,trim=end_frame=1,loop=-1:1', '1');
  const { found, details } = await measured(path);
  expect(found).toMatchObject({ motion: [0, 0, 0, 0], energy: [0, 0, 0, 0], loudness: null });
  expect(found.summary.loudness).toBeNull();
  expect(details.words).toContain('no sound');
});

test.each([
  ['one frame', 'testsrc=s=64x48:r=24', '0.04', 1],
  ['two by two pixels', 'testsrc=s=64x48:r=24,scale=2:2', '0.5', 2],
])('measures %s', async (name, graph, seconds, samples) => {
  const { found } = await measured(await drawn(`${name.replaceAll(' ', '-')}.mkv`, graph, seconds));
  expect(found.times).toHaveLength(samples);
  expect(found.motion[0]).toBeGreaterThanOrEqual(0);
  expect(found.brightness[0]).toBeGreaterThan(0.1);
});

test('a clip whose rate varies is sampled by time', async () => {
  const facts = await studio.video(media('tree.avi'));
  expect(facts.variable).toBe(true);
  const { found } = await measured(media('tree.avi'));
  expect(found.times).toHaveLength(Math.ceil(facts.duration / 0.25));
});

test('samples no more often than there are frames, and says so', async () => {
  const { found, notes } = await measured(media('sintel-96x54.mp4'), 0.01);
  expect(found.times).toHaveLength(24);
  expect(found.every).toBe(1 / 24);
  expect(notes.at(-1)).toContain('EVERY 10ms is shorter than a frame');
});

test('a clip that is damaged is measured as far as it can be read, and that is said', async () => {
  const path = join(studio.folder, 'damaged.mp4');
  await writeFile(path, await damaged(media('run.mp4'), 0.1));
  const { found, notes } = await measured(path);
  expect(found.times.length).toBeLessThan(6);
  expect(notes.at(-1)).toMatch(/^only \d of 7 samples could be read/);
});

test('a run that is cancelled in its middle stops with the reason, and leaves no process behind', async () => {
  const path = media('trailer.mp4');
  const facts = await studio.video(path);
  const stopping = new AbortController();
  const { desk } = fakeDesk({
    inputs: [{ role: 'operand', path, hash: '0'.repeat(64), kind: 'video', facts, recipe: null }],
    signal: stopping.signal,
    progress: () => stopping.abort(new DOMException('cancelled', 'AbortError')),
  });
  await expect(createMeasure(studio.tools)({ every: 0.25 }, desk)).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(await childrenOf(process.pid, /picture-child|ffmpeg/)).toEqual([]);
});
