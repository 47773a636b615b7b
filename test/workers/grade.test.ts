import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GradeArguments } from '../../dsl/arguments.ts';
import { createGrade } from '../../workers/grade.ts';
import { openStudio, type Studio } from './studio.ts';

let studio: Studio;
let picture: string;
beforeAll(async () => {
  studio = await openStudio();
  picture = join(studio.folder, 'picture.mp4');
  // A dull orange that leaves room on all sides.
  await studio.ffmpeg(
    '-f',
    'lavfi',
    '-i',
    'color=0x806040:s=64x48:r=24',
    '-t',
    '0.5',
    '-pix_fmt',
    'yuv420p',
    picture,
  );
});
afterAll(() => studio[Symbol.asyncDispose]());

const nothing: GradeArguments = {
  ...{ temperature: null, exposure: null, contrast: null, saturation: null, grade: null, grain: null },
  ...{ vignette: null, lut: false, lens: null, shutter: null },
};

async function graded(args: Partial<GradeArguments>, path = picture, lut?: string) {
  const run = await studio.run(
    createGrade({ media: studio.tools, prober: studio.prober }),
    { ...nothing, ...args },
    [path],
    lut ? { lut } : {},
  );
  return { ...run, rgb: await studio.colour(run.file, 5) };
}

const saturationOf = ([r, , b]: readonly number[]) => r! - b!;
const lightOf = ([r, g, b]: readonly number[]) => 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;

test('a grade that changes nothing leaves the colours', async () => {
  const [before, { rgb }] = [await studio.colour(picture, 5), await graded({ exposure: 0 })];
  for (const channel of [0, 1, 2]) expect(Math.abs(rgb[channel]! - before[channel]!)).toBeLessThanOrEqual(3);
});

test('a higher temperature is warmer and a lower one cooler', async () => {
  const [warm, cool] = await Promise.all([graded({ temperature: 9000 }), graded({ temperature: 4500 })]);
  const balance = ([r, , b]: readonly number[]) => r! / b!;
  expect(balance(warm.rgb)).toBeGreaterThan(1.2 * balance(cool.rgb));
  const neutral = await graded({ temperature: 6500 });
  expect(balance(neutral.rgb)).toBeCloseTo(balance(await studio.colour(picture, 5)), 1);
});

test('exposure, saturation and contrast do what they say', async () => {
  const before = await studio.colour(picture, 5);
  const [bright, dark, grey, vivid, hard] = await Promise.all([
    graded({ exposure: 0.7 }),
    graded({ exposure: -1 }),
    graded({ saturation: -1 }),
    graded({ saturation: 0.5 }),
    graded({ contrast: 1 }),
  ]);
  expect(lightOf(bright.rgb)).toBeGreaterThan(1.3 * lightOf(before));
  expect(lightOf(dark.rgb)).toBeLessThan(0.65 * lightOf(before));
  expect(Math.abs(saturationOf(grey.rgb))).toBeLessThan(4);
  expect(saturationOf(vivid.rgb)).toBeGreaterThan(1.5 * saturationOf(before));
  // Darker than the middle becomes darker still.
  expect(lightOf(hard.rgb)).toBeLessThan(lightOf(before) - 5);
});

test.each([
  'teal-orange',
  'noir',
  'bleach',
  'vintage',
  'warm',
  'cool',
])('the look %s changes the picture', async (grade) => {
  const before = await studio.colour(picture, 5);
  const { rgb } = await graded({ grade });
  expect(rgb.reduce((sum, value, channel) => sum + Math.abs(value - before[channel]!), 0)).toBeGreaterThan(8);
});

test('a table of colours swaps red and blue, whatever its file is called', async () => {
  const lut = join(studio.folder, "it's [a]:b,c;d.cube");
  const corners = [0, 1].flatMap((b) => [0, 1].flatMap((g) => [0, 1].map((r) => `${b} ${g} ${r}`)));
  await writeFile(lut, `TITLE "swap"\nLUT_3D_SIZE 2\n${corners.join('\n')}\n`);
  const [[r, , b], { rgb }] = [await studio.colour(picture, 5), await graded({ lut: true }, picture, lut)];
  expect(Math.abs(rgb[0] - b)).toBeLessThan(5);
  expect(Math.abs(rgb[2] - r)).toBeLessThan(5);
});

test('grain is noise that moves, and equal for equal work', async () => {
  const spread = async (path: string) => {
    const luma = await studio.ffmpeg('-i', path, '-vf', 'format=gray', '-f', 'rawvideo', '-');
    const pixels = 64 * 48;
    const [one, two] = [luma.subarray(pixels, 2 * pixels), luma.subarray(2 * pixels, 3 * pixels)];
    const mean = one.reduce((sum, value) => sum + value, 0) / pixels;
    return {
      within: Math.sqrt(one.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels),
      between: one.reduce((sum, value, at) => sum + Math.abs(value - two[at]!), 0) / pixels,
    };
  };
  const [once, again] = await Promise.all([graded({ grain: 0.5 }), graded({ grain: 0.5 })]);
  const { within, between } = await spread(once.file);
  expect(within).toBeGreaterThan(2);
  expect(between).toBeGreaterThan(2);
  expect((await spread(picture)).within).toBeLessThan(1);
  const { readFile } = await import('node:fs/promises');
  expect((await readFile(once.file)).equals(await readFile(again.file))).toBe(true);
});

test('a vignette darkens the corners and not the middle', async () => {
  const { file } = await graded({ vignette: 1 });
  const luma = await studio.ffmpeg('-i', file, '-vf', 'format=gray', '-frames:v', '1', '-f', 'rawvideo', '-');
  expect(luma[0]!).toBeLessThan(0.75 * luma[24 * 64 + 32]!);
});

test('a wide lens bends straight lines and leaves no black corners', async () => {
  const line = join(studio.folder, 'line.mp4');
  const bar = 'color=gray:s=320x240:r=10,drawbox=x=0:y=20:w=320:h=6:c=white:t=fill';
  await studio.ffmpeg('-f', 'lavfi', '-i', bar, '-t', '0.8', '-pix_fmt', 'yuv420p', line);
  const { file } = await graded({ lens: 14 }, line);
  const luma = await studio.ffmpeg('-i', file, '-vf', 'format=gray', '-frames:v', '1', '-f', 'rawvideo', '-');
  const brightest = (x: number) => {
    const column = Array.from({ length: 120 }, (_, y) => luma[y * 320 + x]!);
    return column.indexOf(Math.max(...column));
  };
  expect(brightest(20)).toBeGreaterThan(brightest(160) + 3);
  expect(Math.min(luma[0]!, luma[319]!, luma[239 * 320]!)).toBeGreaterThan(60);
});

test('a long shutter smears what moves', async () => {
  const moving = join(studio.folder, 'moving.mp4');
  const graph = "color=black:s=64x48:r=24,geq=lum='if(between(X,4*N,4*N+3),235,16)':cb=128:cr=128";
  await studio.ffmpeg('-f', 'lavfi', '-i', graph, '-t', '0.5', '-pix_fmt', 'yuv420p', moving);
  const lit = async (path: string) => {
    const filter = 'select=eq(n\\,8),format=gray';
    const luma = await studio.ffmpeg('-i', path, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-');
    return [...luma.subarray(24 * 64, 25 * 64)].filter((value) => value > 40).length;
  };
  const { file } = await graded({ shutter: 1 / 8 }, moving);
  expect(await lit(file)).toBeGreaterThan(2.5 * (await lit(moving)));
});

test('the sound stays where it was', async () => {
  const clip = await studio.flashes('sound.mp4', { at: [0.5], seconds: 1 });
  const { file } = await graded({ exposure: 0.2 }, clip);
  const { white, loud } = await studio.onsets(file);
  expect(white[0]).toBeCloseTo(0.5, 2);
  expect(loud[0]).toBeCloseTo(0.5, 2);
});
