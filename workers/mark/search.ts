import { lookedAt } from './clear.ts';
import { createFourier, type Spectrum } from './fourier.ts';
import { cells, columns, type Layout, rows } from './grid.ts';
import { stretched } from './pattern.ts';
import { type Fit, type Seen, whole } from './read.ts';

/** Samples of a cell each way, and of a side of what is transformed. */
const fine = 2;
const side = 256;

/** How much of the pattern may be left, each way alone or both alike: 75 to 99 % by percents. What is off by half a percent is half a cell off at
 * the borders, which is refined afterwards. */
const shares = Array.from({ length: 25 }, (_, index) => 0.75 + index / 100);
const shapes: readonly (readonly [number, number])[] = shares.flatMap((share) => [
  [share, share] as const,
  [share, 1] as const,
  [1, share] as const,
]);

/** How many places are looked at more closely. */
const most = 3;

/** Looks for the pattern where part of a picture was cut away, by correlation over all places at once. */
export function createSearch({ known }: Layout): (picture: Float32Array, seen: Seen) => Fit {
  const transform = createFourier(side);
  const signs = new Float64Array(cells);
  for (const { cell, sign } of known) signs[cell] = sign;
  const pattern = empty();
  const drawn = stretched(signs, columns * fine, rows * fine);
  for (let y = 0; y < rows * fine; y++)
    for (let x = 0; x < columns * fine; x++) pattern.real[y * side + x] = drawn[y * columns * fine + x]!;
  transform(pattern);
  return (picture, seen) => {
    const places: { fit: Fit; height: number }[] = [];
    for (let index = 0; index < shapes.length; index += 2) {
      const two = [shapes[index]!, shapes[index + 1] ?? shapes[index]!] as const;
      // What is correlated is real, so two of them go as one complex picture.
      const both = empty();
      const power = [shrunk(picture, two[0], both.real), shrunk(picture, two[1], both.imaginary)] as const;
      transform(both);
      correlate(both, pattern);
      transform(both, true);
      places.push(highest(both.real, two[0], power[0]), highest(both.imaginary, two[1], power[1]));
    }
    places.sort((a, b) => b.height - a.height);
    const refined = places.slice(0, most).map(({ fit }) => refine(fit, seen));
    return refined.reduce((best, fit) => (seen.strength(fit) > seen.strength(best) ? fit : best));
  };
}

function empty(): Spectrum {
  return { real: new Float64Array(side * side), imaginary: new Float64Array(side * side) };
}

/** Draws a picture as that share of the pattern, two samples a cell; answers its power. */
function shrunk(picture: Float32Array, [wide, high]: readonly [number, number], to: Float64Array): number {
  const { width, height } = lookedAt;
  const [across, down] = [Math.floor(columns * fine * wide), Math.floor(rows * fine * high)];
  let power = 0;
  for (let y = 0; y < down; y++) {
    const v = Math.min(
      height - 2,
      Math.max(0, Math.floor(((y + 0.5) * height) / (rows * fine * high) - 0.5)),
    );
    for (let x = 0; x < across; x++) {
      const u = Math.min(
        width - 2,
        Math.max(0, Math.floor(((x + 0.5) * width) / (columns * fine * wide) - 0.5)),
      );
      const at = v * width + u;
      const value = picture[at]! + picture[at + 1]! + picture[at + width]! + picture[at + width + 1]!;
      to[y * side + x] = value;
      power += value * value;
    }
  }
  return power;
}

/** Multiplies by the other's conjugate. */
function correlate(one: Spectrum, other: Spectrum): void {
  for (let at = 0; at < one.real.length; at++) {
    const [a, b] = [one.real[at]!, one.imaginary[at]!];
    const [c, d] = [other.real[at]!, other.imaginary[at]!];
    one.real[at] = a * c + b * d;
    one.imaginary[at] = b * c - a * d;
  }
}

function highest(
  heights: Float64Array,
  [wide, high]: readonly [number, number],
  power: number,
): { fit: Fit; height: number } {
  let best = 0;
  for (let at = 0; at < heights.length; at++) if (heights[at]! > heights[best]!) best = at;
  const signed = (place: number) => (place >= side / 2 ? place - side : place);
  const across = lookedAt.width / (columns * wide);
  const down = lookedAt.height / (rows * high);
  const fit = {
    left: (signed(best % side) / fine) * across,
    top: (signed(Math.floor(best / side)) / fine) * down,
    across,
    down,
  };
  return { fit, height: power === 0 ? 0 : heights[best]! / Math.sqrt(power) };
}

/** Goes uphill by ever smaller steps until less than a tenth of a cell would change at the borders. */
function refine(from: Fit, seen: Seen): Fit {
  let best = from;
  let strength = seen.strength(best);
  for (let step = 2; step > 0.2; ) {
    const tries = neighbours(best, step).map((fit) => ({ fit, strength: seen.strength(fit) }));
    const next = tries.reduce((a, b) => (b.strength > a.strength ? b : a));
    if (next.strength > strength) ({ fit: best, strength } = next);
    else step /= 2;
  }
  return best;
}

/** Fits whose borders are `step` pixels elsewhere: moved, or stretched around the middle. */
function neighbours(fit: Fit, step: number): Fit[] {
  const { left, top, across, down } = fit;
  return [-step, step].flatMap((by) => [
    { ...fit, left: left + by },
    { ...fit, top: top + by },
    { ...fit, left: left - by, across: across + (2 * by) / columns },
    { ...fit, top: top - by, down: down + (2 * by) / rows },
    {
      left: left - by,
      top: top - (by * whole.down * rows) / (whole.across * columns),
      across: across + (2 * by) / columns,
      down: down + (2 * by * whole.down) / (whole.across * columns),
    },
  ]);
}
