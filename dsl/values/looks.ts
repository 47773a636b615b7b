import type { ColorArguments } from '../arguments.ts';
import { file } from './file.ts';
import { aperture, change, exposure, focalLength, portion, shutter, temperature } from './quantities.ts';
import { type SettingsOf, settings } from './settings.ts';
import { word } from './word.ts';

/** Where a scene is set. */
export const backdrop = word({
  noun: 'backdrop',
  words: ['sea', 'harbour', 'city', 'mountains', 'forest', 'plain'],
  aliases: {
    harbor: 'harbour',
    ocean: 'sea',
    town: 'city',
    mountain: 'mountains',
    woods: 'forest',
    field: 'plain',
  },
});

export const weather = word({
  noun: 'weather',
  words: ['clear', 'cloudy', 'fog', 'rain', 'snow'],
  aliases: { foggy: 'fog', mist: 'fog', rainy: 'rain', snowy: 'snow', sunny: 'clear', clouds: 'cloudy' },
});

/** Time of day. */
export const daytime = word({
  noun: 'time of day',
  words: ['dawn', 'day', 'dusk', 'night'],
  aliases: {
    sunrise: 'dawn',
    morning: 'dawn',
    noon: 'day',
    sunset: 'dusk',
    evening: 'dusk',
    midnight: 'night',
  },
});

/** Named looks of the colour grade. */
export const look = word({
  noun: 'look',
  words: ['teal-orange', 'noir', 'bleach', 'vintage', 'warm', 'cool'],
});

const move = word({
  noun: 'move',
  words: [
    'static',
    'pan-left',
    'pan-right',
    'tilt-up',
    'tilt-down',
    'dolly-in',
    'dolly-out',
    'orbit',
    'handheld',
  ],
  aliases: { pan: 'pan-right', tilt: 'tilt-up', dolly: 'dolly-in', zoom: 'dolly-in', still: 'static' },
});

/** A .cube table of colours, an input of its own. */
export const lut = file({ role: 'lut', noun: 'a .cube file', extension: '.cube', example: 'film.cube' });

/** What a camera is set to; said in parentheses after CAMERA, as clauses of GRADE. */
export const cameraSettings = {
  lens: { type: focalLength, help: 'focal length on full frame, 8mm to 400mm' },
  aperture: { type: aperture, help: 'f/0.7 to f/32; the smaller the number, the softer what is far or near' },
  shutter: { type: shutter, help: 'how long each frame is exposed, 1/8000s to 1s: motion blur' },
  move: {
    type: move,
    help: 'how the camera moves; pan, tilt and dolly alone mean pan-right, tilt-up, dolly-in',
  },
} as const;

/** What a colourist sets; said in parentheses after COLOR, as clauses of GRADE. */
export const colorSettings = {
  temperature: {
    type: temperature,
    help: 'white balance, 1500K to 15000K; 6500K is neutral, higher is warmer',
  },
  exposure: { type: exposure, help: 'brightness in stops, -5 to 5' },
  contrast: { type: change, help: 'contrast, -100% to 100%; 0% changes nothing' },
  saturation: { type: change, help: 'strength of the colours, -100% (grey) to 100%' },
  grade: { type: look, help: 'a named look' },
  lut: { type: lut, help: 'a .cube table of colours' },
  grain: { type: portion, help: 'film grain, 0% to 100%' },
  vignette: { type: portion, help: 'darkening towards the corners, 0% to 100%' },
} as const;

export const camera = settings('camera settings', cameraSettings);
export const color = settings('colour settings', colorSettings);

/** As handlers receive it: nothing said means null, and a LUT is an input. */
export function colorArguments(said: SettingsOf<typeof colorSettings> | null): ColorArguments {
  const { lut: table, ...rest } = said ?? { ...noColor, lut: null };
  return { ...noColor, ...rest, lut: table === true };
}

const noColor = {
  temperature: null,
  exposure: null,
  contrast: null,
  saturation: null,
  grade: null,
  grain: null,
  vignette: null,
};
