/** Pixels of a picture in which the mark is looked for: four a cell each way. Upright pictures are turned first. */
export const lookedAt = { width: 512, height: 288 } as const;

/** Takes from a grey picture what is larger than a few cells, and makes what is left as strong everywhere: where leaves are, a mark is hidden
 * under more than in a sky. Values of about ±1. The radii are what reads best of those tried on films that were halved and encoded at CRF 30. */
export function cleared(picture: Uint8Array | Float32Array): Float32Array {
  const { width, height } = lookedAt;
  const near = blurred(Float32Array.from(picture), width, height, 5);
  const left = Float32Array.from(picture, (value, at) => value - near[at]!);
  const power = blurred(
    left.map((value) => value * value),
    width,
    height,
    4,
  );
  return left.map((value, at) => {
    const even = value / Math.sqrt(power[at]! + 0.05);
    return even > 2 ? 2 : even < -2 ? -2 : even;
  });
}

/** Mean over a square of 2 × radius + 1 pixels; at the borders over what is there of it. */
export function blurred(picture: Float32Array, width: number, height: number, radius: number): Float32Array {
  const along = new Float32Array(picture.length);
  for (let y = 0; y < height; y++) running(picture, along, y * width, 1, width, radius);
  const out = new Float32Array(picture.length);
  for (let x = 0; x < width; x++) running(along, out, x, width, height, radius);
  return out;
}

function running(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  count: number,
  radius: number,
): void {
  let sum = 0;
  let held = 0;
  for (let at = 0; at < Math.min(radius, count); at++, held++) sum += from[start + at * step]!;
  for (let at = 0; at < count; at++) {
    if (at + radius < count) {
      sum += from[start + (at + radius) * step]!;
      held++;
    }
    if (at - radius - 1 >= 0) {
      sum -= from[start + (at - radius - 1) * step]!;
      held--;
    }
    to[start + at * step] = sum / held;
  }
}
