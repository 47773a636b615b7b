import { hex, luminance, mix, type Rgb, scale } from '../color/space.ts';
import type { Time, Weather } from './scene.ts';

/** The light of a time of day in a weather; colours in linear light. */
export interface Palette {
  /** Sky from the horizon up: height above the horizon in units, colour. */
  sky: { at: number; color: Rgb }[];
  /** Disc and glow of the sun or the moon. */
  disc: Rgb;
  glow: Rgb;
  /** Height of the disc above the horizon in units. */
  elevation: number;
  /** 0 hidden to 1 clear. */
  discAlpha: number;
  /** Light from everywhere and light from the sun's side. */
  ambient: Rgb;
  key: Rgb;
  /** What distance fades to, and how fast per hero distance. */
  haze: Rgb;
  density: number;
  cloudLit: Rgb;
  cloudDark: Rgb;
  /** Share of the sky that clouds cover, 0 to 1. */
  cover: number;
  /** 0 to 1. */
  stars: number;
  /** Whether windows and lamps are lit. */
  lamps: boolean;
  deep: Rgb;
}

/** The light for a time and a weather. */
export function paletteOf(time: Time, weather: Weather): Palette {
  return weathered(times[time], time, weather);
}

const sky = (...stops: [number, string][]) => stops.map(([at, color]) => ({ at, color: hex(color) }));

const times: Readonly<Record<Time, Palette>> = {
  dawn: {
    sky: sky(
      [0, '#ffdcae'],
      [0.08, '#ffc3a2'],
      [0.2, '#f0a5ab'],
      [0.36, '#bfa0c6'],
      [0.6, '#7f9dd0'],
      [1, '#4a76b8'],
    ),
    disc: [9, 6.6, 4.2],
    glow: hex('#ffb98a'),
    elevation: 0.1,
    discAlpha: 1,
    ambient: [0.3, 0.3, 0.44],
    key: [1.15, 0.72, 0.5],
    haze: hex('#eab9b0'),
    density: 0.045,
    cloudLit: hex('#ffd8c4'),
    cloudDark: hex('#a892bd'),
    cover: 0.34,
    stars: 0,
    lamps: false,
    deep: hex('#2c4a70'),
  },
  day: {
    sky: sky([0, '#d6ebf6'], [0.1, '#b4dbf1'], [0.3, '#7fbdea'], [0.6, '#4793d8'], [1, '#2266b8']),
    disc: [14, 13, 11],
    glow: hex('#fff0d0'),
    elevation: 0.62,
    discAlpha: 1,
    ambient: [0.4, 0.47, 0.58],
    key: [0.95, 0.9, 0.8],
    haze: hex('#bfdcee'),
    density: 0.028,
    cloudLit: hex('#ffffff'),
    cloudDark: hex('#a9bed4'),
    cover: 0.4,
    stars: 0,
    lamps: false,
    deep: hex('#0f4e7c'),
  },
  dusk: {
    sky: sky(
      [0, '#ffd27a'],
      [0.06, '#ffb565'],
      [0.15, '#f58a66'],
      [0.26, '#cf6383'],
      [0.4, '#86488f'],
      [0.58, '#463683'],
      [0.8, '#22265f'],
      [1.05, '#111542'],
    ),
    disc: [12, 8.6, 4.6],
    glow: hex('#ff9a4a'),
    elevation: 0.075,
    discAlpha: 1,
    ambient: [0.16, 0.12, 0.27],
    key: [1.0, 0.46, 0.22],
    haze: hex('#b5628a'),
    density: 0.03,
    cloudLit: hex('#ffae7e'),
    cloudDark: hex('#5d3a7e'),
    cover: 0.36,
    stars: 0.25,
    lamps: true,
    deep: hex('#1c1a4a'),
  },
  night: {
    sky: sky([0, '#34507a'], [0.1, '#27436f'], [0.3, '#173059'], [0.6, '#0d1d40'], [1, '#060f28']),
    disc: [3.2, 3.3, 3.4],
    glow: hex('#7d9cc8'),
    elevation: 0.44,
    discAlpha: 1,
    ambient: [0.055, 0.075, 0.14],
    key: [0.11, 0.15, 0.25],
    haze: hex('#2d4770'),
    density: 0.03,
    cloudLit: hex('#5d779f'),
    cloudDark: hex('#16264a'),
    cover: 0.26,
    stars: 1,
    lamps: true,
    deep: hex('#071530'),
  },
};

/** What a weather does to the light: veil towards grey, clouds, haze. */
const veils: Readonly<
  Record<Weather, { grey: number; dim: number; cover: number; haze: number; disc: number }>
> = {
  clear: { grey: 0, dim: 1, cover: 1, haze: 1, disc: 1 },
  cloudy: { grey: 0.45, dim: 0.82, cover: 2.1, haze: 1.5, disc: 0.25 },
  fog: { grey: 0.62, dim: 0.95, cover: 1.2, haze: 9, disc: 0.4 },
  rain: { grey: 0.66, dim: 0.6, cover: 2.6, haze: 3.2, disc: 0 },
  snow: { grey: 0.58, dim: 1, cover: 2.4, haze: 2.2, disc: 0 },
  storm: { grey: 0.72, dim: 0.36, cover: 2.8, haze: 2.6, disc: 0 },
};

function weathered(base: Palette, time: Time, weather: Weather): Palette {
  const veil = veils[weather];
  const tone = (color: Rgb) => scale(mix(color, grey(color, time), veil.grey), veil.dim);
  const haze = tone(base.haze);
  // A thick sky is flatter: its stops draw together towards the haze.
  const flat = veil.grey * 0.6;
  return {
    ...base,
    sky: base.sky.map(({ at, color }) => ({ at, color: mix(tone(color), haze, flat) })),
    glow: tone(base.glow),
    ambient: tone(mix(base.ambient, scale(base.key, 0.45), veil.grey * 0.7)),
    key: scale(tone(base.key), 1 - veil.grey * 0.85),
    haze,
    density: base.density * veil.haze,
    cloudLit: tone(base.cloudLit),
    cloudDark: scale(tone(base.cloudDark), weather === 'storm' ? 0.6 : 1),
    cover: Math.min(0.97, base.cover * veil.cover),
    stars: base.stars * (1 - Math.min(1, veil.grey * 1.7)),
    discAlpha: veil.disc,
    lamps: base.lamps || weather === 'storm',
    deep: tone(base.deep),
  };
}

/** The grey of the same brightness, cooled a little, as overcast light is; at dusk it keeps some violet. */
function grey(color: Rgb, time: Time): Rgb {
  const light = luminance(color);
  return time === 'dusk' || time === 'dawn'
    ? [light * 0.98, light * 0.94, light * 1.16]
    : [light * 0.92, light, light * 1.1];
}
