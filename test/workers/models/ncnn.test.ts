import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGraph } from '../../../workers/models/convert/graph.ts';
import { convertInterpolator } from '../../../workers/models/convert/interpolator.ts';
import { addNcnn } from '../../../workers/models/convert/ncnn.ts';
import { readPicture, writePicture } from '../../../workers/models/convert/picture.ts';
import { startNetwork } from '../../../workers/onnx/start.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchai-ncnn-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const [width, height] = [12, 8];
const [halfTag, floatTag] = [0x01306b47, 0];
/** A picture whose every value says where it is: 10 x + 5 y + channel. */
const picture = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
  const pixel = Math.floor(index / 3);
  return 10 * (pixel % width) + 5 * Math.floor(pixel / width) + (index % 3);
});
const at = (data: Uint8Array, x: number, y: number, c: number, wide = width) => data[(y * wide + x) * 3 + c];

function param(...lines: string[]): string {
  return ['7767517', `${lines.length} ${lines.length}`, ...lines].join('\n');
}

function numbers(...values: number[]): Buffer {
  return Buffer.from(Float32Array.from(values).buffer);
}

function tag(value: number): Buffer {
  return Buffer.from(Uint32Array.of(value).buffer);
}

function upscaler(text: string, bin: Uint8Array): Uint8Array {
  const graph = createGraph('test');
  const input = readPicture(graph, 'frame', 1);
  return graph.finish([input.port], [writePicture(graph, addNcnn(graph, text, bin, [input.value]), 1)]);
}

async function run(graph: Uint8Array, frames: Uint8Array[], time?: number) {
  const file = join(folder, 'network.onnx');
  await writeFile(file, graph);
  const tiles = { pixels: 1000, overlap: 4 };
  await using network = await startNetwork('test', { file, provider: 'cpu', threads: 1, tiles });
  return await network.run(frames, { width, height, ...(time === undefined ? {} : { time }) });
}

test('reads 16-bit weights: a kernel that moves the picture, a bias, a leaky slope', async () => {
  // Output channel c takes input channel c one pixel to the right, plus 0.1; the half of 1 is 0x3c00.
  const kernel = new Uint16Array(82);
  for (let c = 0; c < 3; c++) kernel[(c * 3 + c) * 9 + 5] = 0x3c00;
  const bin = Buffer.concat([tag(halfTag), Buffer.from(kernel.buffer), numbers(0.1, 0.1, 0.1)]);
  const text = param(
    'Input in 0 1 a',
    'Convolution c 1 1 a b 0=3 1=3 4=1 5=1 6=81 9=2 -23310=1,2.000000e-01',
  );
  const { data } = await run(upscaler(text, bin), [picture]);
  for (const [x, y, c] of [
    [0, 0, 0],
    [5, 3, 1],
    [10, 7, 2],
  ] as const) {
    expect(at(data, x, y, c)).toBe(Math.round((at(picture, x + 1, y, c) ?? 0) + 25.5));
  }
});

test('tells input from output channels of a transposed convolution', async () => {
  // Only from input channel 2 to output channel 0: every output pixel sees four taps of a quarter.
  const kernel = new Float32Array(144);
  kernel.fill(0.25, 2 * 16, 3 * 16);
  const bin = Buffer.concat([tag(floatTag), Buffer.from(kernel.buffer), numbers(0, 0, 0)]);
  const text = param('Input in 0 1 a', 'Deconvolution d 1 1 a b 0=3 1=4 3=2 4=1 5=1 6=144');
  const result = await run(upscaler(text, bin), [new Uint8Array(picture.length).map((_, i) => (i % 3) * 50)]);
  expect([result.width, result.height]).toEqual([24, 16]);
  expect([0, 1, 2].map((c) => at(result.data, 9, 9, c, 24))).toEqual([100, 0, 0]);
});

test.each([
  ['2', '5.000000e-01', 1, 2],
  ['3', '7.500000e-01', 3, 4],
])('reduces bicubic as ncnn does, to ×%s of ×4', async (_, scale, numerator, denominator) => {
  const text = param(
    'Input in 0 1 a',
    'Interp n 1 1 a b 0=1 1=4.0 2=4.0',
    `Interp c 1 1 b c 0=3 1=${scale} 2=${scale}`,
  );
  const result = await run(upscaler(text, new Uint8Array(0)), [picture]);
  const wide = (width * 4 * numerator) / denominator;
  expect(result.width).toBe(wide);
  // One row of a channel, computed the plain way.
  const row = Array.from({ length: width * 4 }, (__, x) => at(picture, Math.floor(x / 4), 0, 0) ?? 0);
  for (let x = 0; x < wide; x++) {
    expect(
      Math.abs(
        (at(result.data, x, 0, 0, wide) ?? 0) - keys(row, ((x + 0.5) * denominator) / numerator - 0.5),
      ),
    ).toBeLessThanOrEqual(0.51);
  }
});

test('warps by the flow, repeating the border, at sizes that are no multiple of 32', async () => {
  // A convolution of zeros gives a constant flow: two to the right, one down.
  const text = param(
    'Input in0 0 1 first',
    'Input in1 0 1 second',
    'Input in2 0 1 time',
    'Convolution flow 1 1 first flow 0=2 1=1 5=1 6=6',
    'rife.Warp warp 2 1 second flow out',
  );
  const bin = Buffer.concat([tag(floatTag), numbers(0, 0, 0, 0, 0, 0), numbers(2, 1)]);
  const { data, ...size } = await run(
    convertInterpolator(text, bin),
    [new Uint8Array(picture.length), picture],
    0.5,
  );
  expect(size).toEqual({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const expected = at(picture, Math.min(width - 1, x + 2), Math.min(height - 1, y + 1), 1) ?? 0;
      expect(Math.abs((at(data, x, y, 1) ?? 0) - expected)).toBeLessThanOrEqual(1);
    }
  }
});

test.each([
  ['bytes that are left over', param('Input in 0 1 a'), numbers(1), '4 bytes follow the last weight'],
  [
    'weights that end too early',
    param('Input in 0 1 a', 'PReLU p 1 1 a b 0=3'),
    numbers(1),
    'the weights end too early',
  ],
  ['a layer it does not know', param('Input in 0 1 a', 'Magic m 1 1 a b'), numbers(), 'cannot convert Magic'],
  ['another file', 'hello', numbers(), 'this is no ncnn network'],
  ['a missing layer', '7767517\n5 5\nInput in 0 1 a', numbers(), 'should have 5 layers, it has 1'],
])('refuses %s', (_, text, bin, message) => {
  expect(() => upscaler(text, bin)).toThrow(message);
});

/** Keys' cubic with a = -0.75, edges repeated, clipped as a pixel is. */
function keys(row: readonly number[], place: number): number {
  const first = Math.floor(place) - 1;
  const weight = (d: number) =>
    d <= 1 ? 1.25 * d ** 3 - 2.25 * d ** 2 + 1 : -0.75 * d ** 3 + 3.75 * d ** 2 - 6 * d + 3;
  const value = [0, 1, 2, 3].reduce((sum, tap) => {
    const index = Math.min(row.length - 1, Math.max(0, first + tap));
    return sum + (row[index] ?? 0) * weight(Math.abs(place - first - tap));
  }, 0);
  return Math.min(255, Math.max(0, value));
}
