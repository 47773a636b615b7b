import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VideoFacts } from '../../../dsl/facts.ts';
import { findTools, toolsOf } from '../../../workers/ffmpeg/find.ts';
import { decodeFrames, encodeFrames, frameBytes } from '../../../workers/ffmpeg/frames.ts';
import type { MediaTools } from '../../../workers/ffmpeg/tools.ts';

let folder: string;
let tools: MediaTools;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-frames-'));
  tools = toolsOf(await findTools({}));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const facts: VideoFacts = {
  kind: 'video',
  container: 'mp4',
  bytes: 1,
  duration: 1,
  frames: 24,
  width: 64,
  height: 48,
  rate: { num: 24, den: 1 },
  codec: 'h264',
  pixelFormat: 'yuv420p',
  rotation: 0,
  matrix: 'bt709',
  audio: null,
};

/** 24 frames, each of one grey. */
async function makeGreys(output: string, level: (frame: number) => number): Promise<void> {
  await using sink = encodeFrames(tools, { ...facts, pixelFormat: 'rgb24', output, recipe: 'GREYS' });
  for (let frame = 0; frame < 24; frame++)
    await sink.write(Buffer.alloc(frameBytes('rgb24', 64, 48), level(frame)));
  expect(await sink.finish()).toEqual({ frames: 24 });
}

test('frames written raw come back in number, order and colour', async () => {
  const output = join(folder, 'greys.mp4');
  await makeGreys(output, (frame) => frame * 10);
  await using source = decodeFrames(tools, output, facts, { pixelFormat: 'rgb24' });
  const seen: number[] = [];
  for await (const frame of source.frames) {
    expect(frame.byteLength).toBe(source.frameBytes);
    seen.push(frame[source.frameBytes >> 1] ?? -1);
  }
  expect(seen).toHaveLength(24);
  for (const [frame, level] of seen.entries()) expect(Math.abs(level - frame * 10)).toBeLessThanOrEqual(3);
});

test('equal frames give equal bytes', async () => {
  const [one, two] = [join(folder, 'one.mp4'), join(folder, 'two.mp4')];
  await Promise.all([makeGreys(one, (f) => f * 7), makeGreys(two, (f) => f * 7)]);
  expect((await readFile(one)).equals(await readFile(two))).toBe(true);
});

test('a range of frames and a reader who leaves early leave no process behind', async () => {
  const output = join(folder, 'range.mp4');
  await makeGreys(output, (frame) => frame * 10);
  await using source = decodeFrames(tools, output, facts, { pixelFormat: 'gray', range: { from: 5, to: 9 } });
  const seen: number[] = [];
  for await (const frame of source.frames) {
    seen.push(frame[100] ?? -1);
    if (seen.length === 2) break;
  }
  expect(seen.map((level) => Math.round(level / 10))).toEqual([5, 6]);
});

test('an abort ends a sink with the reason of the signal', async () => {
  const controller = new AbortController();
  const output = join(folder, 'aborted.mp4');
  await using sink = encodeFrames(tools, {
    ...facts,
    pixelFormat: 'rgb24',
    output,
    recipe: '',
    signal: controller.signal,
  });
  await sink.write(Buffer.alloc(sink.frameBytes));
  controller.abort(new DOMException('cancelled', 'AbortError'));
  await expect(sink.finish()).rejects.toThrow('cancelled');
});

test('an ffmpeg that is killed in the middle is a transient failure', async () => {
  const output = join(folder, 'killed.mp4');
  await using sink = encodeFrames(tools, { ...facts, pixelFormat: 'rgb24', output, recipe: '' });
  await sink.write(Buffer.alloc(sink.frameBytes));
  await sink[Symbol.asyncDispose]();
  await expect(sink.finish()).rejects.toMatchObject({ name: 'Failure', kind: 'transient', code: 'PQL630' });
});

test('a disk without room is said in words', async () => {
  // /dev/full answers every write with ENOSPC, like a disk that is full.
  const sink = encodeFrames(tools, { ...facts, pixelFormat: 'rgb24', output: '/dev/full', recipe: '' });
  await sink.write(Buffer.alloc(sink.frameBytes));
  await expect(sink.finish()).rejects.toMatchObject({ kind: 'transient', code: 'PQL631' });
});
