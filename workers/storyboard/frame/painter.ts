import { type Canvas, openCanvas } from '../canvas.ts';
import { viewAt } from '../optics/camera.ts';
import type { Scene } from '../scene/scene.ts';
import { createDisc } from '../sky/disc.ts';
import { createSky, type SkyField } from '../sky/sky.ts';
import { createStars } from '../sky/stars.ts';
import type { Disc } from '../sky/sun.ts';
import { createWater } from '../water/water.ts';
import { createCompositor, type Optics } from './compositor.ts';
import { canvasToLight } from './tones.ts';

/** Paints a scene's light at a moment, in linear light, rows of red, green, blue; the same buffer every time. Order: sky, stars and disc,
 * what stands beyond the water, the water, all the rest. */
export function createPainter(scene: Scene, disc: Disc, optics: Optics): (time: number) => Float32Array {
  const { stage, water } = scene;
  const { width, height } = stage;
  const frame = new Float32Array(width * height * 3);
  const linear = canvasToLight();
  const { canvas, pen } = openCanvas(width, height);
  const skyAt = createSky(stage, disc);
  const stars = createStars(stage);
  const paintDisc = createDisc(stage, disc);
  const compose = createCompositor(stage, optics);
  const paintWater = water ? createWater(stage, water, disc) : null;
  const beyond = scene.items.filter((item) => item.beyond);
  const rest = scene.items.filter((item) => !item.beyond);
  const mirrored = scene.items.filter((item) => item.waterline !== undefined);

  return (time) => {
    const aim = optics.camera(time);
    const horizon = stage.horizon + aim.tilt;
    const sky = skyAt(time, aim.yaw, horizon);
    const edge = water ? Math.min(height, Math.max(0, Math.ceil(water.top + aim.tilt))) : height;
    fill(frame, sky, width, water ? Math.min(height, edge + 1) : height);
    stars(frame, time, aim, edge);
    paintDisc(frame, sky, aim, edge);
    if (water && paintWater) {
      for (const item of beyond) compose(pen, item, time, false);
      over(frame, canvas, linear, width, 0, edge);
      pen.clearRect(0, 0, width, height);
      for (const item of mirrored) compose(pen, item, time, true);
      const data = pen.getImageData(0, edge, width, Math.max(1, height - edge)).data;
      if (edge < height) paintWater(frame, sky, { top: edge, data }, linear.opaque, aim, time);
      pen.clearRect(0, 0, width, height);
      for (const item of rest) compose(pen, item, time, false);
    } else {
      for (const item of scene.items) compose(pen, item, time, false);
    }
    over(frame, canvas, linear, width, 0, height);
    pen.clearRect(0, 0, width, height);
    for (const light of scene.lights) {
      const view = viewAt(aim, light.depth);
      const x = width / 2 + (light.x - width / 2) * view.scale + view.dx;
      const y = stage.horizon + (light.y - stage.horizon) * view.scale + view.dy;
      light.add(frame, width, height, x, y, view.scale, time);
    }
    return frame;
  };
}

/** The sky's cells spread over rows 0 to `bottom` of the frame, bilinear. */
function fill(frame: Float32Array, sky: SkyField, width: number, bottom: number): void {
  const { cell, columns, data } = sky;
  const line = new Float32Array(columns * 3);
  for (let y = 0; y < bottom; y++) {
    const row = Math.floor(y / cell);
    const part = y / cell - row;
    const upper = row * columns * 3;
    const lower = upper + columns * 3;
    for (let at = 0; at < line.length; at++) {
      const value = data[upper + at]!;
      line[at] = value + (data[lower + at]! - value) * part;
    }
    let at = y * width * 3;
    for (let column = 0, x = 0; x < width; column++) {
      const from = column * 3;
      let r = line[from]!;
      let g = line[from + 1]!;
      let b = line[from + 2]!;
      const dr = (line[from + 3]! - r) / cell;
      const dg = (line[from + 4]! - g) / cell;
      const db = (line[from + 5]! - b) / cell;
      const end = Math.min(width, x + cell);
      for (; x < end; x++, at += 3) {
        frame[at] = r;
        frame[at + 1] = g;
        frame[at + 2] = b;
        r += dr;
        g += dg;
        b += db;
      }
    }
  }
}

/** Lays a canvas over the frame in linear light, in bands so that no copy of the whole canvas is needed. */
function over(
  frame: Float32Array,
  canvas: Canvas,
  linear: { opaque: Float32Array; veil: Float32Array },
  width: number,
  top: number,
  bottom: number,
): void {
  const pen = canvas.getContext('2d');
  const { opaque, veil } = linear;
  for (let start = top; start < bottom; start += 256) {
    const rows = Math.min(256, bottom - start);
    const { data } = pen.getImageData(0, start, width, rows);
    const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
    let to = start * width * 3 - 3;
    for (let pixel = 0; pixel < pixels.length; pixel++) {
      to += 3;
      if (pixels[pixel] === 0) continue;
      const at = pixel * 4;
      const alpha = data[at + 3]!;
      if (alpha === 255) {
        frame[to] = opaque[data[at]!]!;
        frame[to + 1] = opaque[data[at + 1]!]!;
        frame[to + 2] = opaque[data[at + 2]!]!;
      } else if (alpha > 0) {
        const cover = alpha / 255;
        const clear = 1 - cover;
        frame[to] = frame[to]! * clear + veil[data[at]!]! * cover;
        frame[to + 1] = frame[to + 1]! * clear + veil[data[at + 1]!]! * cover;
        frame[to + 2] = frame[to + 2]! * clear + veil[data[at + 2]!]! * cover;
      }
    }
  }
}
