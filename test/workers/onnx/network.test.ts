import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convertTfjsLayers } from '../../../workers/models/convert/tfjs-layers.ts';
import { startNetwork } from '../../../workers/onnx/start.ts';
import { reference } from '../models/slim.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchai-network-'));
  file = join(folder, 'slim-x2.onnx');
  const json = reference('esrgan-slim-x2.json').toString();
  await writeFile(file, convertTfjsLayers(json, reference('esrgan-slim-x2.bin'), 255));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const options = (tiles = { pixels: 40_000, overlap: 24 }) =>
  ({ file, provider: 'cpu', threads: 1, tiles }) as const;
const city = reference('city-40x32.rgb');

test('computes what the weights own runtime computes on a real picture', async () => {
  await using network = await startNetwork('slim', options());
  const { width, height, data } = await network.run([city], { width: 40, height: 32 });
  expect([width, height]).toEqual([80, 64]);
  expect(furthest(data, reference('city-slim-x2.rgb'))).toBeLessThanOrEqual(1);
});

test('gives the same picture in tiles as in one piece', async () => {
  await using network = await startNetwork('slim', options({ pixels: 800, overlap: 20 }));
  const { data } = await network.run([city], { width: 40, height: 32 });
  expect(furthest(data, reference('city-slim-x2.rgb'))).toBeLessThanOrEqual(3);
});

test.each([
  [1, 1],
  [3, 2],
  [17, 31],
])('takes a picture of any size: %ix%i', async (width, height) => {
  await using network = await startNetwork('slim', options());
  const result = await network.run([new Uint8Array(width * height * 3).fill(90)], { width, height });
  expect([result.width, result.height, result.data.length]).toEqual([
    width * 2,
    height * 2,
    width * height * 12,
  ]);
});

test('says that a file that is cut short is damaged, and how to mend it', async () => {
  const short = join(folder, 'short.onnx');
  await writeFile(short, await readFile(file));
  await truncate(short, 300_000);
  await expect(startNetwork('esrgan-slim', { ...options(), file: short })).rejects.toMatchObject({
    name: 'Failure',
    kind: 'permanent',
    code: 'PQL654',
    message: 'the file of the model esrgan-slim is damaged or cut short',
    hint: expect.stringContaining('pql models'),
  });
});

test('says that the process was killed, as something to try again', async () => {
  await using network = await startNetwork('slim', options());
  const result = network.run([new Uint8Array(200 * 200 * 3)], { width: 200, height: 200 });
  process.kill(network.pid, 'SIGKILL');
  await expect(result).rejects.toMatchObject({ kind: 'transient', code: 'PQL655' });
  await expect(network.run([city], { width: 40, height: 32 })).rejects.toMatchObject({ code: 'PQL655' });
});

test('is gone when its signal aborts, in the middle of a run', async () => {
  const controller = new AbortController();
  await using network = await startNetwork('slim', options(), controller.signal);
  const result = network.run([new Uint8Array(200 * 200 * 3)], { width: 200, height: 200 });
  controller.abort(new DOMException('cancelled', 'AbortError'));
  await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  await network[Symbol.asyncDispose]();
  expect(() => process.kill(network.pid, 0)).toThrow('ESRCH');
});

/** The largest difference between two pictures, of 255. */
function furthest(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? 0))), 0);
}
