import { createAperture } from '../optics/aperture.ts';
import type { Light } from './view.ts';

/** How far from the middle, 0 there and 1 in the corners, it is sharp, and from where on it is as soft as it gets. */
const focus = { sharp: 0.3, soft: 0.9 };

/** A picture as an open aperture shows it: its middle sharp, what is around it soft, as far as `share` (0 to 1) says. As it is where nobody asks. */
export function softened(
  picture: Light,
  aperture: number | null,
  focal: number | null,
  unit: number,
): (share: number) => Light {
  const sigma = createAperture(aperture, focal, unit, 1)(2);
  if (sigma === 0) return () => picture;
  const soft = boxed(picture, Math.max(1, Math.round(sigma)));
  const mixed: Light = { ...picture, data: picture.data.slice() };
  const { width, height } = picture;
  let shown = 0;
  return (share) => {
    if (share === shown) return mixed;
    shown = share;
    for (let y = 0, at = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const far = Math.hypot((2 * x) / width - 1, (2 * y) / height - 1) / Math.SQRT2;
        const step = Math.min(1, Math.max(0, (far - focus.sharp) / (focus.soft - focus.sharp)));
        const part = share * step * step * (3 - 2 * step);
        for (const end = at + 3; at < end; at++) {
          const own = picture.data[at]!;
          mixed.data[at] = own + (soft[at]! - own) * part;
        }
      }
    return mixed;
  };
}

/** Three box blurs each way, near enough to a Gaussian. */
function boxed({ width, height, data }: Light, radius: number): Float32Array {
  let [from, to] = [data.slice(), new Float32Array(data.length)];
  for (let round = 0; round < 3; round++) {
    for (let y = 0; y < height; y++) slide(from, to, y * width * 3, 3, width, radius);
    [from, to] = [to, from];
    for (let x = 0; x < width; x++) slide(from, to, x * 3, width * 3, height, radius);
    [from, to] = [to, from];
  }
  return from;
}

/** A mean that slides along a line, its ends repeated. */
function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  count: number,
  radius: number,
) {
  const at = (step: number) => Math.min(count - 1, Math.max(0, step)) * stride + start;
  for (let part = 0; part < 3; part++) {
    let sum = 0;
    for (let step = -radius; step <= radius; step++) sum += from[at(step) + part]!;
    for (let step = 0; step < count; step++) {
      to[start + step * stride + part] = sum / (2 * radius + 1);
      sum += from[at(step + radius + 1) + part]! - from[at(step - radius) + part]!;
    }
  }
}
