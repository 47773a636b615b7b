import { toLinear } from '../color/space.ts';

/** Linear light for each 8-bit canvas value. Whatever is painted near white shines: the top of the scale reaches 2.6, so that windows and
 * lamps glow while walls, painted below 240, do not. */
export function canvasToLight(): { opaque: Float32Array; veil: Float32Array } {
  const veil = Float32Array.from({ length: 256 }, (_, value) => toLinear(value / 255));
  const opaque = veil.map((light, value) => light * (1 + 1.6 * Math.max(0, (value - 240) / 15) ** 2));
  // What is half clear does not shine: its 8-bit colour is too coarse, and a halo would get rings.
  return { opaque, veil };
}
