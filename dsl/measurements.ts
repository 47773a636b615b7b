/** What SHOTS and MEASURE find: the JSON texts that they give. Both are plain data without gaps, so that whoever reads them can slice them
 * by time. */

/** The shots of a clip in order: together they are the whole clip, none overlaps another. */
export type ShotList = {
  shots: Shot[];
  /** Frames a second as an exact fraction: `24`, `30000/1001`. */
  rate: string;
  /** Seconds of the whole clip. */
  duration: number;
};

/** One shot: frames numbered [first, last], whose time is [from, to). */
export type Shot = {
  /** From 1. */
  index: number;
  /** Seconds: first / rate. */
  from: number;
  /** Seconds: (last + 1) / rate, where the next shot begins. */
  to: number;
  /** Frame numbers, from 0. */
  first: number;
  last: number;
  frames: number;
  /** How it begins: with the clip, by a hard cut, or by a fade through black. */
  opens: 'start' | 'cut' | 'fade';
};

/** What was measured of a clip: lists of equal length, one value a sample, rounded to 6 significant digits. */
export type Measurements = {
  /** Seconds from a sample to the next. */
  every: number;
  /** Seconds, from 0; a sample is the frame that is shown then. */
  times: number[];
  /** Mean length of the optical flow since the sample before, in pixels of a 240×240 picture; the first is that to the second sample. */
  motion: number[];
  /** The fastest point's, in the same unit. */
  motion_max: number[];
  /** Mean absolute difference of brightness to the sample before, 0 to 1; the first is that to the second sample. */
  energy: number[];
  /** The most changed point's, 0 to 1. */
  energy_max: number[];
  /** Mean brightness, 0 (black) to 1 (white). */
  brightness: number[];
  /** Variance of the Laplacian of the 240×240 picture in levels of 255, squared: under 100 is soft, over 1000 is full of edges. */
  sharpness: number[];
  /** The loudest momentary loudness (EBU R 128, 400 ms) in the time of the sample, LUFS, -70 (silence) or more; null without sound. */
  loudness: number[] | null;
  summary: { [Name in MeasureName]: Summary } & { loudness: Summary | null };
};

/** The measures that every clip has. */
export type MeasureName = (typeof measureNames)[number];

export type Summary = { mean: number; max: number };

/** In the order in which people read them. */
export const measureNames = Object.freeze([
  'motion',
  'motion_max',
  'energy',
  'energy_max',
  'brightness',
  'sharpness',
] as const);

/** Mean of loudness in LUFS: of its power, since decibels do not add up. -70 for none. */
export function meanLoudness(values: readonly number[]): number {
  if (values.length === 0) return silence;
  const power = values.reduce((sum, value) => sum + 10 ** (value / 10), 0) / values.length;
  return Math.max(silence, 10 * Math.log10(power));
}

/** LUFS under which nothing counts as sound: the absolute gate of EBU R 128. */
export const silence = -70;
