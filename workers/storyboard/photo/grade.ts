import type { ColorArguments } from '../../../dsl/arguments.ts';
import { bake, type Cube, cubeLook } from '../color/cube.ts';
import { type Look, looks, saturation } from '../color/looks.ts';
import { toEncoded, toLinear } from '../color/space.ts';
import { balance } from '../color/white-balance.ts';
import type { Time, Weather } from '../scene/scene.ts';

/** What a picture looks like at a time of day and in a weather that somebody asked for, and with the colours that they asked for; null where nothing is
 * asked. `light` is the mean brightness of the picture, 0 to 1: one that is dark already is not darkened again. */
export function photoGrade(
  said: { time: Time | null; weather: Weather | null },
  light: number,
  color: ColorArguments,
  cube: Cube | null,
): Cube | null {
  const steps: Look[] = [];
  if (said.weather !== null && said.weather !== 'clear') steps.push(weathered(said.weather));
  if (said.time !== null) steps.push(atTime(said.time, light));
  if (color.exposure || color.temperature) steps.push(exposed(color.exposure ?? 0, color.temperature));
  if (color.contrast) steps.push(harder(color.contrast));
  if (color.saturation) steps.push(saturation(color.saturation));
  const named = color.grade === null ? undefined : looks[color.grade];
  if (named) steps.push(named);
  if (cube) steps.push(cubeLook(cube));
  return steps.length === 0 ? null : bake(steps);
}

/** What a weather takes from the colours and from the light, and the tint of what is left. */
const weathers: Readonly<Record<Weather, { grey: number; dim: number; flat: number; tint: Triple }>> = {
  clear: { grey: 0, dim: 1, flat: 0, tint: [1, 1, 1] },
  cloudy: { grey: 0.22, dim: 0.86, flat: 0.1, tint: [0.98, 1, 1.04] },
  fog: { grey: 0.34, dim: 0.98, flat: 0.24, tint: [0.99, 1, 1.02] },
  rain: { grey: 0.34, dim: 0.66, flat: 0.12, tint: [0.95, 1, 1.07] },
  snow: { grey: 0.26, dim: 0.98, flat: 0.1, tint: [0.97, 1, 1.06] },
  storm: { grey: 0.42, dim: 0.34, flat: 0.02, tint: [0.92, 0.99, 1.1] },
};

type Triple = readonly [number, number, number];

function weathered(weather: Weather): Look {
  const { grey, dim, flat, tint } = weathers[weather];
  return inLight((color) => {
    const own = luma(color);
    // Less sun: bright and dark draw together, about the middle grey.
    const even = (part: number) => part * (1 - flat) + 0.22 * flat;
    return map3(color, (part, at) => even(part + (own - part) * grey) * dim * tint[at]!);
  });
}

/** Tints of what is dark and of what is bright, and the brightness aimed at. */
const times: Readonly<Record<Time, { low: Triple; high: Triple; grey: number; aim: number; most: number }>> =
  {
    dawn: { low: [0.9, 0.88, 1.12], high: [1.14, 0.97, 0.84], grey: 0.12, aim: 0.44, most: 1.1 },
    day: { low: [1, 1, 1], high: [1.02, 1, 0.97], grey: 0, aim: 0.46, most: 1.8 },
    dusk: { low: [0.8, 0.68, 1.12], high: [1.3, 0.86, 0.58], grey: 0.1, aim: 0.33, most: 1 },
    night: { low: [0.42, 0.7, 1.42], high: [0.64, 0.86, 1.24], grey: 0.38, aim: 0.22, most: 1 },
  };

function atTime(time: Time, light: number): Look {
  const { low, high, grey, aim, most } = times[time];
  const gain = Math.min(most, Math.max(0.08, (aim / Math.max(0.02, light)) ** 2.2));
  return inLight((color) => {
    const own = luma(color);
    const bright = smooth(own, 0.03, 0.55);
    // What shines by itself goes on shining.
    const shines = smooth(own, 0.82, 1) * 0.5;
    const left = gain + Math.max(0, 1 - gain) * shines;
    return map3(
      color,
      (part, at) =>
        (part + (own - part) * grey * (1 - shines)) * left * (low[at]! + (high[at]! - low[at]!) * bright),
    );
  });
}

function exposed(stops: number, kelvin: number | null): Look {
  const gains = balance(kelvin);
  return inLight((color) => map3(color, (part, at) => part * gains[at]! * 2 ** stops));
}

/** Contrast about middle grey, as the drawn scenes have it. */
function harder(contrast: number): Look {
  const power = 2 ** (contrast * 1.2);
  const pivot = 0.45;
  return (color) =>
    map3(color, (part) =>
      part <= pivot
        ? pivot * (Math.max(0, part) / pivot) ** power
        : 1 - (1 - pivot) * (Math.max(0, 1 - part) / (1 - pivot)) ** power,
    );
}

/** What is done to light instead of to display values; what comes near paper white and beyond is drawn in softly. */
function inLight(change: (light: Triple) => [number, number, number]): Look {
  return ([r, g, b]) =>
    map3(change([toLinear(r), toLinear(g), toLinear(b)]), (part) => toEncoded(shoulder(Math.max(0, part))));
}

function shoulder(light: number): number {
  const knee = 0.8;
  return light <= knee ? light : knee + (1 - knee) * Math.tanh((light - knee) / (1 - knee));
}

function map3(color: Triple, change: (part: number, at: number) => number): [number, number, number] {
  return [change(color[0], 0), change(color[1], 1), change(color[2], 2)];
}

const luma = (color: Triple) => 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];

function smooth(value: number, from: number, to: number): number {
  const at = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return at * at * (3 - 2 * at);
}
