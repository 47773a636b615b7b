import type { ColorArguments } from '../../../dsl/arguments.ts';
import type { Lens } from '../optics/lens.ts';
import { createWarp } from '../optics/warp.ts';
import type { Random } from '../random.ts';
import { bake, type Cube, cubeLook } from './cube.ts';
import { createHalation, halateRow } from './halation.ts';
import { lookRow } from './look-row.ts';
import { type Look, looks, saturation } from './looks.ts';
import { toneRow, toneTable } from './tone.ts';
import { balance } from './white-balance.ts';
import { chromaRow, lumaRow, type Noise } from './yuv.ts';

/** Turns a frame's light into the picture, row by row: lens, halation, fall-off, exposure, white balance, film curve, grade, grain, dither.
 * Gives yuv420p (BT.709, limited range), planes Y, U, V, in the same buffer every time. Sizes are even. */
export function createFinish(
  width: number,
  height: number,
  options: { color: ColorArguments; cube: Cube | null; lens: Lens; random: Random },
): (frame: Float32Array, index: number) => Uint8Array {
  const { color, lens, random } = options;
  const gains = balance(color.temperature);
  const tone = toneTable((color.contrast ?? 0) + 0.06);
  const look = lookOf(color, options.cube);
  const warp = createWarp(width, height, lens);
  const halate = createHalation(width, height);
  const noise: Noise = {
    data: Float32Array.from({ length: 1 << 16 }, () => random.next() + random.next() - 1),
    mask: (1 << 16) - 1,
  };
  const grain = (color.grain ?? 0.035) * 52;
  const dims = createDims(
    width,
    height,
    lens.falloff * 0.8 + (color.vignette ?? 0.1) * 2.2,
    2 ** (color.exposure ?? 0),
  );
  const output = new Uint8Array(width * height * 1.5);
  const planeU = width * height;
  const planeV = planeU + planeU / 4;
  const rows = [new Float32Array(width * 3), new Float32Array(width * 3)] as const;
  const spare = new Float32Array((Math.ceil(width / 8) + 1) * 3);

  return (frame, index) => {
    const glow = halate(frame);
    for (let y = 0; y < height; y++) {
      const row = rows[(y & 1) as 0 | 1];
      warp(frame, y, row);
      halateRow(glow, y, row, spare);
      toneRow(row, tone, dims(y), gains);
      if (look) lookRow(row, look);
      const speck = noiseStart(index, y);
      lumaRow(row, output, y * width, noise, speck, grain);
      if (y & 1) {
        const start = (y >> 1) * (width >> 1);
        chromaRow(rows[0], rows[1], output, planeU + start, planeV + start, noise, speck + 7919);
      }
    }
    return output;
  };
}

/** Saturation, the named grade and the LUT as one cube; null when nothing is asked. */
function lookOf(color: ColorArguments, cube: Cube | null): Cube | null {
  const steps: Look[] = [];
  if (color.saturation) steps.push(saturation(color.saturation));
  const named = color.grade === null ? undefined : looks[color.grade];
  if (named) steps.push(named);
  if (cube) steps.push(cubeLook(cube));
  return steps.length > 0 ? bake(steps) : null;
}

/** Light left at each column of a row: exposure less the fall-off towards the corners. The same buffer every time. */
function createDims(
  width: number,
  height: number,
  darkening: number,
  exposure: number,
): (y: number) => Float32Array {
  const dims = new Float32Array(width);
  const diagonal = (width * width + height * height) / 4;
  return (y) => {
    const down = (y + 0.5 - height / 2) ** 2;
    for (let x = 0; x < width; x++) {
      const aside = x + 0.5 - width / 2;
      const radius = (aside * aside + down) / diagonal;
      dims[x] = exposure / (1 + darkening * radius * (0.25 + radius * 0.9));
    }
    return dims;
  };
}

/** Where a row of a frame starts in the table of noise: another place each row and frame, so that nothing repeats to the eye. */
function noiseStart(index: number, y: number): number {
  const mixed = Math.imul(Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b), 0xc2b2ae35);
  return mixed >>> 16;
}
