import { durationText } from '../build/duration.ts';
import { plain, quantity } from './quantity.ts';
import type { ValueType } from './value-type.ts';

/** A day: nothing here makes or cuts at a later second. */
const longest = 86_400;

/** A length of time, more than 0 s. */
export function duration(options: { max: number; example: number }): ValueType<number> {
  return quantity({
    noun: 'duration',
    unit: 's',
    expected: 'a duration such as 4s, 1m30s or 250ms',
    usage: durationText(options.example),
    min: 0,
    above: true,
    max: options.max,
    example: options.example,
    spell: durationText,
  });
}

/** A point in a clip, counted from its start; 0 s is the first frame. */
export const time = quantity({
  noun: 'time',
  unit: 's',
  expected: 'a time such as 2s, 1m30s or 00:01:30.5',
  usage: '2s',
  min: 0,
  max: longest,
  example: 2,
  spell: durationText,
});

/** How many times larger. Which factors really work depends on the networks that are there. */
export const factor = quantity({
  noun: 'factor',
  unit: 'x',
  expected: 'a factor such as 2x, 3x or 4x',
  usage: '2x',
  min: 2,
  max: 4,
  choices: [2, 3, 4],
  example: 2,
});

/** Frames a second. */
export function rate(options: { min: number; max: number; example: number }): ValueType<number> {
  return quantity({
    noun: 'frame rate',
    unit: 'fps',
    expected: 'a frame rate such as 24fps, 25fps or 60fps',
    usage: `${options.example}fps`,
    min: options.min,
    max: options.max,
    example: options.example,
  });
}

/** Focal length, millimetres on full frame. */
export const focalLength = quantity({
  noun: 'focal length',
  unit: 'mm',
  expected: 'a focal length such as 24mm, 35mm or 85mm',
  usage: '35mm',
  min: 8,
  max: 400,
  example: 35,
});

/** f-number. */
export const aperture = quantity({
  noun: 'aperture',
  unit: 'f',
  expected: 'an aperture such as f/1.8, f/2.8 or f/8',
  usage: 'f/2.8',
  min: 0.7,
  max: 32,
  example: 2.8,
  spell: (amount) => `f/${plain(amount)}`,
});

/** Seconds that the shutter is open, spelled as photographers do. */
export const shutter = quantity({
  noun: 'shutter time',
  unit: 's',
  expected: 'a shutter time such as 1/48s, 1/100s or 1/500s',
  usage: '1/48s',
  min: 1 / 8000,
  max: 1,
  example: 1 / 48,
  spell: spellShutter,
});

/** Kelvin of the white balance; 6500 is neutral, higher is warmer like a camera's dial. */
export const temperature = quantity({
  noun: 'colour temperature',
  unit: 'K',
  expected: 'a colour temperature such as 3200K, 5600K or 6500K',
  usage: '5600K',
  min: 1500,
  max: 15000,
  example: 5600,
});

/** EV, a stop each. */
export const exposure = quantity({
  noun: 'number of stops',
  unit: null,
  expected: 'a number of stops such as +0.3, -1 or 2',
  usage: '+0.3',
  min: -5,
  max: 5,
  example: 0,
  spell: (amount) => (amount > 0 ? `+${plain(amount)}` : plain(amount)),
});

/** A change up or down, as a fraction from -1 to 1 in the plan. */
export const change = quantity({
  noun: 'percentage',
  unit: '%',
  expected: 'a percentage such as 10%, 25% or -20%',
  usage: '10%',
  min: -100,
  max: 100,
  example: 10,
  scale: 0.01,
});

/** How much of something, as a fraction from 0 to 1 in the plan. */
export const portion = quantity({
  noun: 'percentage',
  unit: '%',
  expected: 'a percentage such as 10%, 25% or 60%',
  usage: '20%',
  min: 0,
  max: 100,
  example: 20,
  scale: 0.01,
});

/** How strongly, 0 to 100. */
export const strength = quantity({
  noun: 'strength',
  unit: null,
  also: '%',
  expected: 'a strength from 0 to 100 such as 20',
  usage: '20',
  min: 0,
  max: 100,
  example: 20,
});

/** Where chance starts, so that the same statement gives the same picture: 0 to 2^32 - 1. */
export const seed = quantity({
  noun: 'seed',
  unit: null,
  expected: 'a whole number such as 7 or 1234',
  usage: '7',
  min: 0,
  max: 2 ** 32 - 1,
  whole: true,
  example: 7,
});

/** `1/48s` where that is exact enough to come back as the same time, else seconds. */
function spellShutter(amount: number): string {
  const parts = Math.round(1 / amount);
  return parts > 1 && Math.abs(1 / parts - amount) < 1e-9 ? `1/${parts}s` : `${plain(amount)}s`;
}
