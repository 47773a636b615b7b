import type { GenerateArguments } from '../../../dsl/arguments.ts';
import type { Cube } from '../color/cube.ts';
import { lookRow } from '../color/look-row.ts';
import { chromaRow, lumaRow, type Noise } from '../color/yuv.ts';
import { createLens, type Lens } from '../optics/lens.ts';
import { openSeconds } from '../optics/shutter.ts';
import { createWarp } from '../optics/warp.ts';
import { readMood } from '../prompt/read.ts';
import { createRandom } from '../random.ts';
import { createPhotoCamera } from './camera.ts';
import { createFall } from './fall.ts';
import { photoGrade } from './grade.ts';
import type { Photo } from './load.ts';
import { createMist } from './mist.ts';
import { softened } from './soften.ts';
import { createView, type Light } from './view.ts';

/** Draws the frames of a film that begins with a picture, as `createRenderer` does of a drawn scene. Frame 0 is the picture; what the statement asks to be laid
 * over it (camera, weather, time of day, colours, grain) grows in over the first second, or half of what is shorter. Pure. */
export function createPhotoRenderer(
  args: GenerateArguments,
  cube: Cube | null,
  photo: Photo,
): { frame(index: number): Uint8Array } {
  const { width, height, fps, duration, color } = args;
  const random = createRandom(args.seed);
  const said = readMood(args.prompt, args);
  const grown = growing(Math.min(1, duration / 2));
  const picture = lightOf(photo);
  const glance = createPhotoCamera(
    args.camera.move,
    { width, height, duration },
    { x: shorterHang(photo.width, width, photo.left), y: shorterHang(photo.height, height, photo.top) },
    random.fork('camera'),
    grown,
  );
  const look = createView({ width, height }, photo);
  const blurred = softened(picture, args.camera.aperture, args.camera.lens, Math.sqrt(width * height) * 0.75);
  const grade = photoGrade(said, meanOf(picture), color, cube);
  const mist = createMist(said, picture, { width, height }, random);
  const fall = createFall(said, { width, height }, random, openSeconds(args.camera.shutter, fps));
  const lens = args.camera.lens === null ? null : createLens(args.camera.lens);
  const dim = dimmed(width, height, (lens === null ? 0 : lens.falloff * 0.8) + (color.vignette ?? 0) * 2.2);
  const finish = createFilm(width, height, random.fork('film'), (color.grain ?? 0) * 52);
  const frame = new Float32Array(width * height * 3);
  const bent = lens === null ? frame : new Float32Array(frame.length);
  const row = new Float32Array(width * 3);

  return {
    frame(index) {
      const time = index / fps;
      const share = grown(time);
      look(blurred(share), glance(time), frame);
      const warp = lens === null ? null : createWarp(width, height, partly(lens, share));
      for (let y = 0; y < height; y++) {
        const from = y * width * 3;
        if (warp !== null) {
          warp(frame, y, row);
          bent.set(row, from);
        }
        if (grade === null || share === 0) continue;
        row.set(bent.subarray(from, from + row.length));
        lookRow(row, grade);
        for (let at = 0; at < row.length; at++) bent[from + at]! += (row[at]! - bent[from + at]!) * share;
      }
      if (share > 0) {
        mist?.(bent, time, share);
        fall?.(bent, time, share);
        if (dim !== null)
          for (let at = 0; at < bent.length; at++) bent[at]! *= 1 - dim[Math.floor(at / 3)]! * share;
      }
      return finish(bent, index, share);
    },
  };
}

/** 0 at first, 1 from so many seconds on, softly. */
function growing(seconds: number): (time: number) => number {
  return (time) => {
    const at = Math.min(1, Math.max(0, time / seconds));
    return at * at * (3 - 2 * at);
  };
}

function lightOf({ width, height, data }: Photo): Light {
  return { width, height, data: Float32Array.from(data, (value) => value / 255) };
}

/** Mean brightness as it is displayed, 0 to 1. */
function meanOf({ data }: Light): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 3)
    sum += 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
  return sum / (data.length / 3);
}

function shorterHang(whole: number, frame: number, before: number): number {
  return Math.min(before, whole - frame - before);
}

function partly({ magnify, k1, fringe, falloff }: Lens, share: number): Lens {
  return { magnify, falloff, k1: k1 * share, fringe: fringe * share };
}

/** Share of what is displayed that a fall-off of light towards the corners takes, by pixel; null for none. */
function dimmed(width: number, height: number, darkening: number): Float32Array | null {
  if (darkening === 0) return null;
  const diagonal = (width * width + height * height) / 4;
  return Float32Array.from({ length: width * height }, (_, pixel) => {
    const aside = (pixel % width) + 0.5 - width / 2;
    const down = Math.floor(pixel / width) + 0.5 - height / 2;
    const radius = (aside * aside + down * down) / diagonal;
    return 1 - (1 + darkening * radius * (0.25 + radius * 0.9)) ** -0.45;
  });
}

/** Display values to yuv420p with dither and grain, in the same buffer every time. */
function createFilm(
  width: number,
  height: number,
  random: ReturnType<typeof createRandom>,
  grain: number,
): (frame: Float32Array, index: number, share: number) => Uint8Array {
  const noise: Noise = {
    data: Float32Array.from({ length: 1 << 16 }, () => random.next() + random.next() - 1),
    mask: (1 << 16) - 1,
  };
  const output = new Uint8Array(width * height * 1.5);
  const planeU = width * height;
  const planeV = planeU + planeU / 4;
  return (frame, index, share) => {
    const rowAt = (y: number) => frame.subarray(y * width * 3, (y + 1) * width * 3);
    for (let y = 0; y < height; y++) {
      const speck =
        Math.imul(Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b), 0xc2b2ae35) >>> 16;
      lumaRow(rowAt(y), output, y * width, noise, speck, grain * share);
      if (!(y & 1)) continue;
      const start = (y >> 1) * (width >> 1);
      chromaRow(rowAt(y - 1), rowAt(y), output, planeU + start, planeV + start, noise, speck + 7919);
    }
    return output;
  };
}
