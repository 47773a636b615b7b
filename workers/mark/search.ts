import { lookedAt } from './clear.ts';
import { createFourier, type Spectrum } from './fourier.ts';
import { cells, columns, type Layout, rows } from './grid.ts';
import { stretched } from './pattern.ts';
import { type Fit, mirrored, type Seen, whole } from './read.ts';

/** Samples of a cell each way, and of a side of what is transformed. */
const fine = 2;
const side = 256;

/** How much of the pattern may be left, each way alone or both alike: 62 to 99 % by percents. What is off by half a percent is half a cell off at
 * the borders, which is refined afterwards. */
const shares = Array.from({ length: 38 }, (_, index) => 0.62 + index / 100);
const shapes: readonly (readonly [number, number])[] = shares.flatMap((share) => [
  [share, share] as const,
  [share, 1] as const,
  [1, share] as const,
]);

/** How a picture may have been turned around its middle, radians, and how much of it is left then: whoever turns one cuts off the corners that would be empty. */
const turns = Array.from({ length: 12 }, (_, index) => ((index + 1) * Math.PI) / 720).flatMap((by) => [
  -by,
  by,
]);
const lefts = Array.from({ length: 20 }, (_, index) => 0.81 + index / 100);

/** How many places are looked at more closely, of those that were cut and of those that were turned. */
const most = 3;

/** Looks for the pattern where part of a picture was cut away, mirrored or not, by correlation over all places at once; and where it was turned a little. */
export function createSearch({ known }: Layout): (picture: Float32Array, seen: Seen) => Fit {
  const transform = createFourier(side);
  const signs = new Float64Array(cells);
  for (const { cell, sign } of known) signs[cell] = sign;
  const drawn = stretched(signs, columns * fine, rows * fine);
  const patterns = [false, true].map((sideways) => ({
    sideways,
    pattern: spectrumOf(drawn, sideways, transform),
  }));
  return (picture, seen) => {
    const places: Place[] = [];
    for (let index = 0; index < shapes.length; index += 2) {
      const two = [shapes[index]!, shapes[index + 1] ?? shapes[index]!] as const;
      // What is correlated is real, so two of them go as one complex picture.
      const both = empty();
      const power = [shrunk(picture, two[0], both.real), shrunk(picture, two[1], both.imaginary)] as const;
      transform(both);
      for (const { sideways, pattern } of patterns) {
        const heights = { real: both.real.slice(), imaginary: both.imaginary.slice() };
        correlate(heights, pattern);
        transform(heights, true);
        for (const place of [
          highest(heights.real, two[0], power[0]),
          highest(heights.imaginary, two[1], power[1]),
        ])
          places.push(sideways ? { ...place, fit: mirrored(place.fit, true, false) } : place);
      }
    }
    const refined = [...highestOf(places), ...highestOf(turnedPlaces(seen))].map(({ fit }) =>
      refine(fit, seen),
    );
    return refined.reduce((best, fit) => (seen.strength(fit) > seen.strength(best) ? fit : best));
  };
}

interface Place {
  fit: Fit;
  height: number;
}

function highestOf(places: readonly Place[]): Place[] {
  return places.toSorted((a, b) => b.height - a.height).slice(0, most);
}

/** Turned around the middle, with as much cut off all around. */
function turnedPlaces(seen: Seen): Place[] {
  return lefts.flatMap((share) =>
    turns.flatMap((turn) =>
      [false, true].map((sideways) => {
        const { across, down } = whole;
        const upright = {
          left: (lookedAt.width * (1 - 1 / share)) / 2,
          top: (lookedAt.height * (1 - 1 / share)) / 2,
          ...{ across: across / share, down: down / share, turn },
        };
        const fit = mirrored(upright, sideways, false);
        return { fit, height: seen.strength(fit) };
      }),
    ),
  );
}

function spectrumOf(
  drawn: Float32Array,
  sideways: boolean,
  transform: ReturnType<typeof createFourier>,
): Spectrum {
  const pattern = empty();
  const [across, down] = [columns * fine, rows * fine];
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++)
      pattern.real[y * side + (sideways ? across - 1 - x : x)] = drawn[y * across + x]!;
  transform(pattern);
  return pattern;
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
    const a = one.real[at]!;
    const b = one.imaginary[at]!;
    const c = other.real[at]!;
    const d = other.imaginary[at]!;
    one.real[at] = a * c + b * d;
    one.imaginary[at] = b * c - a * d;
  }
}

function highest(heights: Float64Array, [wide, high]: readonly [number, number], power: number): Place {
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
    turn: 0,
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

/** Fits whose borders are `step` pixels elsewhere: moved, stretched around the middle, or turned a little more where they are turned. */
function neighbours(fit: Fit, step: number): Fit[] {
  const { left, top, across, down, turn } = fit;
  const [wide, high] = [Math.sign(across), Math.sign(down)];
  const slope = (whole.down * rows) / (whole.across * columns);
  return [-step, step].flatMap((by) => [
    { ...fit, left: left + by },
    { ...fit, top: top + by },
    { ...fit, left: left - wide * by, across: across + (2 * wide * by) / columns },
    { ...fit, top: top - high * by, down: down + (2 * high * by) / rows },
    {
      left: left - wide * by,
      top: top - high * by * slope,
      across: across + (2 * wide * by) / columns,
      down: down + (2 * high * by * slope) / rows,
      turn,
    },
    ...(turn === 0 ? [] : [{ ...fit, turn: turn + (2 * by) / lookedAt.width }]),
  ]);
}
