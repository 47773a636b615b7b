import type { Aim } from '../optics/camera.ts';
import type { Stage, Water } from '../scene/scene.ts';
import type { SkyField } from '../sky/sky.ts';
import type { Disc } from '../sky/sun.ts';
import { slopes, type WaveLevel, waveLevels } from './waves.ts';

/** What stands above the water, mirrored at its place: 8-bit RGBA rows from `top` on, straight alpha. */
export interface Mirror {
  top: number;
  data: Uint8ClampedArray;
}

/** How a row of water takes light: shares of 1 unless said. */
interface Surface {
  /** Pixels that the steepest wave bends what is mirrored. */
  swing: number;
  fresnel: number;
  /** Half width of the sun's path in pixels, its column, and the light of a glint. */
  path: number;
  sunX: number;
  gloss: number;
}

/** Paints the water into a frame of linear light: the sky and what stands in it, broken by waves, glints on the sun's path, the deep
 * where one looks down. Waves live in the plane, so they grow towards us and move with the camera. */
export function createWater(
  stage: Stage,
  water: Water,
  disc: Disc,
): (
  frame: Float32Array,
  sky: SkyField,
  mirror: Mirror,
  linear: Float32Array,
  aim: Aim,
  time: number,
) => void {
  const { width, height, unit, palette } = stage;
  const levels = waveLevels(stage);
  const wind = 6 + water.roughness * 20;
  const amplitude = unit * (0.006 + 0.03 * water.roughness);
  const sunPower = palette.discAlpha * (disc.moon ? 0.35 : palette.elevation > 0.3 ? 0.035 : 0.16);
  // A low sun lays a narrow path; a high one scatters its glints wide.
  const spread = (0.05 + disc.elevation * 0.3) * unit;
  const slope = new Float32Array(width);

  return (frame, sky, mirror, linear, aim, time) => {
    const horizon = stage.horizon + aim.tilt;
    const edge = water.top + aim.tilt;
    for (let y = mirror.top; y < height; y++) {
      const depth = (0.13 * unit) / Math.max(0.6, y - horizon) - aim.dolly;
      const near = Math.min(1, Math.max(0, (y - edge) / (height - edge)));
      const step = Math.max(0.02, depth) * (200 / unit);
      // The finest wave must not be finer than a pixel, or it flickers.
      const level = levels[
        Math.min(levels.length - 1, Math.max(0, Math.floor(Math.log2(step / 0.8) + 1)))
      ] as WaveLevel;
      const from = (-width / 2 - aim.yaw - aim.truck / Math.max(0.2, depth)) * step;
      slopes(slope, level, from, step, depth, time, wind);
      const surface: Surface = {
        swing: amplitude * (0.12 + 1.5 * near),
        fresnel: 0.92 - 0.55 * near ** 0.8,
        path: spread * (0.5 + 1.6 * near),
        sunX: width / 2 + disc.azimuth * unit + aim.yaw,
        gloss: sunPower * (0.35 + 0.65 * (1 - near)),
      };
      reflect(frame, y, edge, slope, sky, mirror, linear, surface, water.deep);
      if (surface.gloss > 0.001) glints(frame, y, slope, surface, palette.disc, mirror);
    }
  };
}

/** A row of mirrored sky and things, tinted by the deep. */
function reflect(
  frame: Float32Array,
  y: number,
  edge: number,
  slope: Float32Array,
  sky: SkyField,
  mirror: Mirror,
  linear: Float32Array,
  surface: Surface,
  deep: readonly [number, number, number],
): void {
  const width = slope.length;
  const { data: field, columns, cell } = sky;
  const { data: things } = mirror;
  const stride = columns * 3;
  const lastColumn = columns - 2;
  const lastRow = sky.rows - 2;
  const lastLine = things.length / 4 / width - 1;
  const line = y - mirror.top;
  const { swing, fresnel } = surface;
  const rest = 1 - fresnel;
  const deepR = deep[0] * rest;
  const deepG = deep[1] * rest;
  const deepB = deep[2] * rest;
  const mirrored = edge - (y - edge) * 0.95;
  for (let x = 0, at = y * width * 3; x < width; x++, at += 3) {
    const tilt = slope[x]!;
    const lift = tilt * swing;
    let up = (mirrored + lift) / cell;
    up = up < 0 ? 0 : up > lastRow ? lastRow : up;
    let aside = (x + lift * 0.35) / cell;
    aside = aside < 0 ? 0 : aside > lastColumn ? lastColumn : aside;
    const sy = up | 0;
    const fy = up - sy;
    // Across, a cell is a few pixels: the nearest will do, since waves break it anyway.
    const s0 = sy * stride + ((aside + 0.5) | 0) * 3;
    const s1 = s0 + stride;
    let r = field[s0]! + (field[s1]! - field[s0]!) * fy;
    let g = field[s0 + 1]! + (field[s1 + 1]! - field[s0 + 1]!) * fy;
    let b = field[s0 + 2]! + (field[s1 + 2]! - field[s0 + 2]!) * fy;
    let my = (line + lift + 0.5) | 0;
    my = my < 0 ? 0 : my > lastLine ? lastLine : my;
    let mx = (x + lift * 0.35 + 0.5) | 0;
    mx = mx < 0 ? 0 : mx >= width ? width - 1 : mx;
    const m = (my * width + mx) * 4;
    const alpha = things[m + 3]!;
    if (alpha > 0) {
      const cover = alpha / 255;
      r += (linear[things[m]!]! - r) * cover;
      g += (linear[things[m + 1]!]! - g) * cover;
      b += (linear[things[m + 2]!]! - b) * cover;
    }
    const shade = fresnel * (1 + tilt * 0.22);
    frame[at] = r * shade + deepR;
    frame[at + 1] = g * shade + deepG;
    frame[at + 2] = b * shade + deepB;
  }
}

/** Sparks where a wave turns the sun to us: many in the middle of its path, fewer aside; none where something stands before it. */
function glints(
  frame: Float32Array,
  y: number,
  slope: Float32Array,
  surface: Surface,
  sun: readonly [number, number, number],
  mirror: Mirror,
): void {
  const width = slope.length;
  const { path, sunX, gloss } = surface;
  const from = Math.max(0, Math.ceil(sunX - path * 3));
  const to = Math.min(width - 1, Math.floor(sunX + path * 3));
  for (let x = from; x <= to; x++) {
    const off = (x - sunX) / path;
    const bell = Math.exp(-off * off * 0.5);
    const hit = slope[x]! - 0.92 + 0.75 * bell;
    if (hit <= 0) continue;
    const clear = 1 - mirror.data[((y - mirror.top) * width + x) * 4 + 3]! / 255;
    const glint = (hit > 0.31 ? 1 : hit * 3.2) * gloss * (0.2 + 0.8 * clear) * bell;
    const at = (y * width + x) * 3;
    frame[at]! += sun[0] * glint;
    frame[at + 1]! += sun[1] * glint;
    frame[at + 2]! += sun[2] * glint;
  }
}
