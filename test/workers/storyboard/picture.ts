import { createHash } from 'node:crypto';
import type { GenerateArguments } from '../../../dsl/arguments.ts';
import { parseCube } from '../../../workers/storyboard/color/cube.ts';
import { createRenderer } from '../../../workers/storyboard/renderer.ts';

/** Arguments of a small clip; whatever is given replaces the defaults. */
export function argumentsOf(
  prompt: string,
  given: Omit<Partial<GenerateArguments>, 'camera' | 'color'> & {
    camera?: Partial<GenerateArguments['camera']>;
    color?: Partial<GenerateArguments['color']>;
  } = {},
): GenerateArguments {
  return {
    prompt,
    duration: 4,
    width: 320,
    height: 180,
    fps: 24,
    seed: 3,
    generator: 'storyboard',
    backdrop: null,
    weather: null,
    time: null,
    ...given,
    camera: { lens: null, aperture: null, shutter: null, move: 'static', ...given.camera },
    color: {
      temperature: null,
      exposure: null,
      contrast: null,
      saturation: null,
      grade: null,
      grain: 0,
      vignette: null,
      lut: false,
      ...given.color,
    },
  };
}

/** A frame to measure: planes of yuv420p. */
export interface Picture {
  width: number;
  height: number;
  hash: string;
  /** 16 to 235. */
  luma(x: number, y: number): number;
  /** Mean of a plane over a rectangle given in shares of the frame. */
  mean(plane: 'y' | 'u' | 'v', from?: readonly [number, number], to?: readonly [number, number]): number;
  /** Mean step from pixel to pixel, both ways: what is sharp steps hard. */
  detail(from?: readonly [number, number], to?: readonly [number, number]): number;
}

export function draw(args: GenerateArguments, index = 0, cube: string | null = null): Picture {
  const { width, height } = args;
  const data = createRenderer(args, cube === null ? null : parseCube(cube))
    .frame(index)
    .slice();
  const luma = (x: number, y: number) => data[y * width + x]!;
  return {
    width,
    height,
    hash: createHash('sha256').update(data).digest('hex'),
    luma,
    mean(plane, from = [0, 0], to = [1, 1]) {
      const half = plane === 'y' ? 1 : 2;
      const start = plane === 'y' ? 0 : width * height * (plane === 'u' ? 1 : 1.25);
      let sum = 0;
      let count = 0;
      for (let y = Math.floor((from[1] * height) / half); y < (to[1] * height) / half; y++)
        for (let x = Math.floor((from[0] * width) / half); x < (to[0] * width) / half; x++, count++)
          sum += data[start + (y * width) / half + x]!;
      return sum / count;
    },
    detail(from = [0, 0], to = [1, 1]) {
      let sum = 0;
      let count = 0;
      for (let y = Math.floor(from[1] * height); y < to[1] * height - 1; y++)
        for (let x = Math.floor(from[0] * width); x < to[0] * width - 1; x++, count++)
          sum += Math.abs(luma(x + 1, y) - luma(x, y)) + Math.abs(luma(x, y + 1) - luma(x, y));
      return sum / count;
    },
  };
}

/** Mean difference of two pictures' brightness, 0 to 219. */
export function difference(a: Picture, b: Picture): number {
  let sum = 0;
  for (let y = 0; y < a.height; y++)
    for (let x = 0; x < a.width; x++) sum += Math.abs(a.luma(x, y) - b.luma(x, y));
  return sum / (a.width * a.height);
}
