import { toEncoded } from '../color/space.ts';
import { createTexture, sample } from '../noise.ts';
import type { Random } from '../random.ts';
import { paletteOf } from '../scene/palette.ts';
import type { Time, Weather } from '../scene/scene.ts';
import type { Light } from './view.ts';

/** Share of the mist where it is thickest, by weather. */
const thickness: Readonly<Partial<Record<Weather, number>>> = {
  fog: 0.86,
  rain: 0.26,
  storm: 0.26,
  snow: 0.36,
};

/** What is left of the light in the air under such clouds. */
const under: Readonly<Partial<Record<Weather, number>>> = { rain: 0.78, storm: 0.5 };

/** Pixels between two places at which the mist is reckoned. */
const cell = 16;

/** Mist that drifts over a picture, thicker the farther away, which is the higher a row lies. Lays itself over a frame of display values; null where the weather
 * has none. */
export function createMist(
  said: { time: Time | null; weather: Weather | null },
  picture: Light,
  frame: { width: number; height: number },
  random: Random,
): ((to: Float32Array, time: number, share: number) => void) | null {
  const most = said.weather === null ? undefined : thickness[said.weather];
  if (most === undefined) return null;
  const { width, height } = frame;
  const own = random.fork('mist');
  const texture = createTexture(own, 256, 5, 4, 0.55);
  const wind = own.pick([-1, 1]);
  const air = airOf(picture, said.time === null ? null : timed(said.time, said.weather!));
  const color = air.map((part) => part * (under[said.weather!] ?? 1)) as [number, number, number];
  const columns = Math.ceil(width / cell) + 2;
  const lines = [new Float32Array(columns), new Float32Array(columns)] as const;
  const unit = Math.sqrt(width * height);
  const reckon = (row: number, time: number, line: Float32Array) => {
    const y = row * cell;
    const far = 1 - smooth(y / height, 0.22, 1.02) * 0.8;
    for (let column = 0; column < columns; column++) {
      const x = column * cell;
      // Two sheets that pass each other.
      const one = sample(texture, (x / unit) * 62 + wind * time * 3.1, (y / unit) * 120 + time * 0.4);
      const two = sample(texture, (x / unit) * 120 + 90 - wind * time * 1.7, (y / unit) * 210 + 31);
      const thick = far * (0.58 + 0.62 * (0.62 * one + 0.38 * two));
      line[column] = Math.min(0.97, most * thick);
    }
  };
  return (to, time, share) => {
    const [upper, lower] = lines;
    let drawn = -1;
    for (let y = 0; y < height; y++) {
      const row = Math.floor(y / cell);
      if (row !== drawn) {
        reckon(row, time, upper);
        reckon(row + 1, time, lower);
        drawn = row;
      }
      const down = y / cell - row;
      let at = y * width * 3;
      for (let x = 0; x < width; x++, at += 3) {
        const column = Math.floor(x / cell);
        const right = x / cell - column;
        const above = upper[column]! + (upper[column + 1]! - upper[column]!) * right;
        const below = lower[column]! + (lower[column + 1]! - lower[column]!) * right;
        const cover = (above + (below - above) * down) * share;
        to[at] = to[at]! + (color[0] - to[at]!) * cover;
        to[at + 1] = to[at + 1]! + (color[1] - to[at + 1]!) * cover;
        to[at + 2] = to[at + 2]! + (color[2] - to[at + 2]!) * cover;
      }
    }
  };
}

/** The air of a drawn scene, as it is displayed. */
function timed(time: Time, weather: Weather): [number, number, number] {
  const [r, g, b] = paletteOf(time, weather).haze.map((part) => toEncoded(Math.min(1, part)));
  return [r!, g!, b!];
}

/** The air of a picture: what its upper third is like, greyer and not dark; halfway to the air of a time of day where one is asked for. */
function airOf(
  { width, height, data }: Light,
  asked: readonly [number, number, number] | null,
): [number, number, number] {
  const sum = [0, 0, 0];
  const pixels = width * Math.max(1, Math.floor(height / 3));
  for (let at = 0; at < pixels * 3; at++) sum[at % 3]! += data[at]!;
  const mean = sum.map((part) => part / pixels);
  const grey = (mean[0]! + mean[1]! + mean[2]!) / 3;
  const bright =
    asked === null ? Math.min(0.86, Math.max(0.6, grey * 1.15)) : (asked[0] + asked[1] + asked[2]) / 3;
  const light = bright / Math.max(0.02, grey);
  const [r, g, b] = mean.map((part, at) => {
    const own = Math.min(0.92, (grey + (part - grey) * 0.35) * light);
    return asked === null ? own : (own + asked[at]!) / 2;
  });
  return [r!, g!, b!];
}

function smooth(value: number, from: number, to: number): number {
  const at = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return at * at * (3 - 2 * at);
}
