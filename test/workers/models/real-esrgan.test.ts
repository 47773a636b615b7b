/** The converted realesr-animevideov3, with its real weights, against the network written out plainly here: SRVGGNetCompact of
 * https://github.com/xinntao/Real-ESRGAN (realesrgan/archs/srvgg_arch.py). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { convert } from '../../../workers/models/convert/convert.ts';
import { manifest } from '../../../workers/models/manifest.ts';
import { startNetwork } from '../../../workers/onnx/start.ts';
import { reference } from './slim.ts';

const [width, height, features, layers] = [12, 8, 64, 16];
const picture = crop(reference('city-40x32.rgb'), 40);
const weights = reference('realesr-animevideov3.bin');

let folder: string;
let enlarged: Planes;
beforeAll(async () => {
  enlarged = forward();
  folder = await mkdtemp(join(tmpdir(), 'watchai-real-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['x2', 2],
  ['x4', 4],
])('computes %s of a real picture as the network is defined', async (variant, factor) => {
  const model = manifest.find(({ name }) => name === 'realesr-animevideov3');
  const files = model?.variants[variant];
  if (!model || !files) throw new Error('the manifest has no such model');
  const file = join(folder, `${variant}.onnx`);
  const description = reference(`realesr-animevideov3-${variant}.param`).toString();
  await writeFile(file, convert(model, files, description, weights));
  const tiles = { pixels: 1000, overlap: 4 };
  await using network = await startNetwork('real', { file, provider: 'cpu', threads: 1, tiles });
  const { data, ...size } = await network.run([picture], { width, height });
  expect(size).toEqual({ width: width * factor, height: height * factor });
  const expected = toBytes(factor === 4 ? enlarged : halved(enlarged), width * factor);
  expect(data.length).toBe(expected.length);
  const apart = data.map((value, at) => Math.abs(value - (expected[at] ?? 0)));
  expect(Math.max(...apart)).toBeLessThanOrEqual(1);
});

/** Planes of numbers, channel by channel, row by row. */
type Planes = Float64Array[];

/** Four times as large: what the layers add to the picture with its pixels repeated. */
function forward(): Planes {
  const input = [0, 1, 2].map((c) =>
    Float64Array.from({ length: width * height }, (_, at) => (picture[at * 3 + c] ?? 0) / 255),
  );
  let at = 0;
  const floats = (count: number) => {
    const values = Float64Array.from({ length: count }, (_, index) => weights.readFloatLE(at + index * 4));
    at += count * 4;
    return values;
  };
  const halves = (count: number) => {
    at += 4; // The tag that says: 16-bit numbers.
    const values = Float64Array.from({ length: count }, (_, index) =>
      half(weights.readUInt16LE(at + index * 2)),
    );
    at += Math.ceil((count * 2) / 4) * 4;
    return values;
  };
  const layer = (from: Planes, outputs: number) =>
    convolved(from, halves(from.length * outputs * 9), floats(outputs));
  const prelu = (from: Planes) => {
    const slopes = floats(from.length);
    return from.map((plane, c) => plane.map((value) => (value < 0 ? value * (slopes[c] ?? 0) : value)));
  };
  let planes = prelu(layer(input, features));
  for (let index = 0; index < layers; index++) planes = prelu(layer(planes, features));
  const last = layer(planes, 48);
  expect(at).toBe(weights.length);
  return input.map((plane, c) =>
    Float64Array.from({ length: width * height * 16 }, (_, place) => {
      const [x, y] = [place % (width * 4), Math.floor(place / (width * 4))];
      const under = Math.floor(y / 4) * width + Math.floor(x / 4);
      return (plane[under] ?? 0) + (last[c * 16 + (y % 4) * 4 + (x % 4)]?.[under] ?? 0);
    }),
  );
}

/** 3×3, zeros outside; weights by output, input, row, column. */
function convolved(from: Planes, kernel: Float64Array, bias: Float64Array): Planes {
  return Array.from(bias, (start, out) => {
    const result = new Float64Array(width * height).fill(start);
    from.forEach((plane, channel) => {
      for (let tap = 0; tap < 9; tap++) {
        const weight = kernel[(out * from.length + channel) * 9 + tap] ?? 0;
        const [dx, dy] = [(tap % 3) - 1, Math.floor(tap / 3) - 1];
        for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
          for (let x = Math.max(0, -dx); x < Math.min(width, width - dx); x++) {
            const at = y * width + x;
            result[at] = (result[at] ?? 0) + weight * (plane[at + dy * width + dx] ?? 0);
          }
        }
      }
    });
    return result;
  });
}

/** Half the size by Keys' cubic with a = -0.75: midway between two pixels its weights are -3/32, 19/32, 19/32, -3/32; edges repeated. */
function halved(from: Planes): Planes {
  const taps = [-3 / 32, 19 / 32, 19 / 32, -3 / 32];
  const [wide, tall] = [width * 4, height * 4];
  const inside = (place: number, length: number) => Math.min(length - 1, Math.max(0, place));
  return from.map((plane) =>
    Float64Array.from({ length: (wide * tall) / 4 }, (_, place) => {
      const [x, y] = [place % (wide / 2), Math.floor(place / (wide / 2))];
      let sum = 0;
      for (const [j, down] of taps.entries())
        for (const [i, across] of taps.entries())
          sum +=
            down * across * (plane[inside(2 * y - 1 + j, tall) * wide + inside(2 * x - 1 + i, wide)] ?? 0);
      return sum;
    }),
  );
}

function toBytes(planes: Planes, wide: number): Uint8Array {
  const tall = (planes[0]?.length ?? 0) / wide;
  return Uint8Array.from({ length: wide * tall * 3 }, (_, at) =>
    Math.min(255, Math.max(0, Math.round((planes[at % 3]?.[Math.floor(at / 3)] ?? 0) * 255))),
  );
}

/** A 16-bit number of IEEE 754. */
function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}

function crop(frame: Uint8Array, wide: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return frame[((8 + Math.floor(pixel / width)) * wide + 12 + (pixel % width)) * 3 + (at % 3)] ?? 0;
  });
}
