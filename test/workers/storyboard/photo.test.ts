import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GenerateArguments } from '../../../dsl/arguments.ts';
import { cameraSettings } from '../../../dsl/values/looks.ts';
import { decodeFrames } from '../../../workers/ffmpeg/frames.ts';
import { createGenerate } from '../../../workers/generate.ts';
import { loadPhoto } from '../../../workers/storyboard/photo/load.ts';
import { createPhotoRenderer } from '../../../workers/storyboard/photo/renderer.ts';
import { createStoryboard } from '../../../workers/storyboard/storyboard.ts';
import { openStudio, type Studio } from '../studio.ts';
import { argumentsOf } from './picture.ts';

let studio: Studio;
let photo: string;
beforeAll(async () => {
  studio = await openStudio();
  photo = new URL('../../media/astronaut.jpg', import.meta.url).pathname;
});
afterAll(() => studio[Symbol.asyncDispose]());

type Given = Parameters<typeof argumentsOf>[1];
const film = (prompt: string, given: Given = {}): GenerateArguments =>
  argumentsOf(prompt, { width: 192, height: 108, duration: 1, begins: true, ...given });
const make = (args: GenerateArguments, path = photo) =>
  studio.run(createGenerate([createStoryboard({ media: studio.tools, prober: studio.prober })]), args, [
    path,
  ]);
/** Frames as RGB. */
const framesOf = async (path: string): Promise<Buffer[]> => {
  const facts = await studio.video(path);
  await using source = decodeFrames(studio.tools, path, facts, { pixelFormat: 'rgb24' });
  return await Array.fromAsync(source.frames);
};
/** A picture as it covers a frame around its middle. */
const covering = async (input: string, width: number, height: number) => {
  const { data, info } = await sharp(input)
    .rotate()
    .resize(width, height, { fit: 'cover' })
    .flatten()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return info.channels === 3 ? data : Buffer.from([...data].flatMap((grey) => [grey, grey, grey]));
};
const decibels = (one: Uint8Array, other: Uint8Array): number => {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at]! - other[at]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / one.length));
};
/** A coloured chart whose parts can be told apart, as any format. */
const chart = (width: number, height: number) => {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      data[at] = (255 * x) / width;
      data[at + 1] = (255 * y) / height;
      data[at + 2] = 128 + 90 * Math.sin((x + 2 * y) / 17);
    }
  return sharp(data, { raw: { width, height, channels: 3 } });
};

describe('the first frame is the picture', () => {
  test.each([
    ['nothing asked for', 'a portrait', {}],
    ['a storm at night', 'a storm at night', { camera: { move: 'handheld', lens: 14, aperture: 1.4 } }],
    [
      'a pan and colours',
      'fog',
      { camera: { move: 'pan-left' }, color: { grade: 'noir', grain: 0.5, vignette: 1 } },
    ],
    ['backwards', 'snow at dawn', { camera: { move: 'dolly-out' }, color: { exposure: 2 } }],
  ] as [string, string, Given][])('whatever is laid over it later: %s', async (_, prompt, given) => {
    const made = await make(film(prompt, given));
    const [first, ...later] = await framesOf(made.file);
    expect(decibels(first!, await covering(photo, 192, 108))).toBeGreaterThan(36);
    if (prompt !== 'a portrait') expect(decibels(first!, later.at(-1)!)).toBeLessThan(25);
  });

  test.each([
    [
      'upright, as the camera was held',
      () => chart(200, 300).withMetadata({ orientation: 6 }).jpeg({ quality: 97 }),
    ],
    ['in colours of print', () => chart(300, 200).toColourspace('cmyk').jpeg({ quality: 97 })],
    ['in grey', () => chart(300, 200).greyscale().png()],
    ['in 16 bits', () => chart(300, 200).toColourspace('rgb16').png()],
    ['with transparent places', () => chart(300, 200).ensureAlpha(0.5).png()],
    ['wider than the frame', () => chart(900, 200).webp({ lossless: true })],
    ['higher than the frame', () => chart(200, 900).png()],
    ['very small', () => chart(3, 2).png()],
  ])('of whatever kind: %s', async (name, of) => {
    const path = join(studio.folder, `${name.replaceAll(' ', '-')}.pic`);
    await of().toFile(path);
    const made = await make(film('a chart', { duration: 0.2 }), path);
    const [first] = await framesOf(made.file);
    // Colours beside each other lose some in half the colour resolution of video.
    expect(decibels(first!, await covering(path, 192, 108))).toBeGreaterThan(32);
  });

  test('and the first of several pages', async () => {
    const path = join(studio.folder, 'moving.webp');
    const pages = await Promise.all(
      ['#c02020', '#2020c0'].map((background) =>
        sharp({ create: { width: 64, height: 36, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    await sharp(pages, { join: { animated: true } })
      .webp({ lossless: true })
      .toFile(path);
    const [first] = await framesOf((await make(film('red', { duration: 0.2 }), path)).file);
    expect(first![0]).toBeGreaterThan(first![2]! + 100);
  });
});

test('the same statement on the same picture gives the same file, byte for byte, and another seed another', async () => {
  const args = film('snow at night', { duration: 0.25, camera: { move: null }, color: { grain: 0.3 } });
  const [one, two, other] = [await make(args), await make(args), await make({ ...args, seed: 4 })];
  expect((await readFile(one.file)).equals(await readFile(two.file))).toBe(true);
  expect((await readFile(one.file)).equals(await readFile(other.file))).toBe(false);
});

test('no edge is ever seen, however the camera moves', async () => {
  const path = join(studio.folder, 'white.png');
  await sharp({ create: { width: 400, height: 225, channels: 3, background: '#ffffff' } })
    .png()
    .toFile(path);
  for (const move of [null, ...cameraSettings.move.type.words(null)]) {
    const args = film('white', { camera: { move }, duration: 4 });
    const renderer = createPhotoRenderer(
      args,
      null,
      await loadPhoto(path, { width: 400, height: 225 }, args),
    );
    for (const index of [0, 20, 50, 95])
      expect(Math.min(...renderer.frame(index).subarray(0, 192 * 108))).toBeGreaterThan(228);
  }
});

test('a pan goes to what hangs over before it enlarges the picture', async () => {
  const path = join(studio.folder, 'wide.png');
  await chart(900, 200).png().toFile(path);
  const args = film('a chart', { camera: { move: 'pan-right' }, duration: 4 });
  const renderer = createPhotoRenderer(args, null, await loadPhoto(path, { width: 900, height: 200 }, args));
  // Green, and with it the light, grows downwards: rows that stay where they are were not enlarged.
  const downwards = (index: number) => {
    const luma = renderer.frame(index);
    return luma[100 * 192 + 96]! - luma[8 * 192 + 96]!;
  };
  expect(Math.abs(downwards(95) - downwards(0))).toBeLessThan(30);
});

test('what is asked for is named, and so is what was not drawn', async () => {
  const made = await make(
    film('a dragon in the fog', {
      time: 'dusk',
      cast: ['Jane Roe'],
      duration: 0.1,
      camera: { move: 'dolly-out' },
    }),
  );
  expect(made.notes).toEqual([
    'drew nothing into the picture: dragon',
    'Jane Roe: nobody is drawn into the picture, only who is in it is seen',
    'what dolly-out shows beyond the edges of the picture is its mirror image',
  ]);
  expect(made.details).toMatchObject({
    begins: 'picture',
    time: 'dusk',
    weather: 'fog',
    undrawn: ['dragon'],
  });
});

test('without a weather or a time of day the colours stay as they are', async () => {
  const made = await make(film('a portrait'));
  const frames = await framesOf(made.file);
  expect(decibels(frames[0]!, frames.at(-1)!)).toBeGreaterThan(25);
  const night = await framesOf((await make(film('a portrait at night'))).file);
  const mean = (frame: Buffer) => frame.reduce((sum, each) => sum + each, 0) / frame.length;
  expect(mean(night.at(-1)!)).toBeLessThan(mean(frames.at(-1)!) / 2);
});

test('a picture that is damaged is refused in words', async () => {
  const path = join(studio.folder, 'broken.jpg');
  await writeFile(path, (await readFile(photo)).subarray(0, 3000));
  await expect(
    loadPhoto(path, { width: 256, height: 256 }, { width: 192, height: 108 }),
  ).rejects.toMatchObject({ code: 'PQL433', kind: 'user' });
});

test('a clip is not begun with, only a frame of it', async () => {
  const clip = new URL('../../media/run.mp4', import.meta.url).pathname;
  await expect(make(film('fog'), clip)).rejects.toMatchObject({ code: 'PQL439' });
});
