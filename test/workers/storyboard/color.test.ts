import { describe, expect, test } from 'vitest';
import type { ColorArguments } from '../../../dsl/arguments.ts';
import { bake, cubeLook, parseCube } from '../../../workers/storyboard/color/cube.ts';
import { looks } from '../../../workers/storyboard/color/looks.ts';
import { toEncoded, toLinear } from '../../../workers/storyboard/color/space.ts';
import { balance } from '../../../workers/storyboard/color/white-balance.ts';
import { argumentsOf, draw } from './picture.ts';

const shot = (color: Partial<ColorArguments> = {}, cube: string | null = null) =>
  draw(argumentsOf('a village by day with trees', { color, width: 192, height: 108 }), 2, cube);

/** The picture with nothing asked, drawn once. */
const plain = shot();

describe('colour clauses change the picture the way they say', () => {
  test('a higher temperature is warmer', () => {
    const [cool, neutral, warm] = [3200, 6500, 10000].map((temperature) => shot({ temperature }));
    const warmth = (picture: ReturnType<typeof shot>) => picture.mean('v') - picture.mean('u');
    expect(warmth(cool!)).toBeLessThan(warmth(neutral!) - 5);
    expect(warmth(warm!)).toBeGreaterThan(warmth(neutral!) + 2);
  });

  test('exposure brightens and darkens', () => {
    expect(shot({ exposure: 1 }).mean('y')).toBeGreaterThan(plain.mean('y') + 10);
    expect(shot({ exposure: -1 }).mean('y')).toBeLessThan(plain.mean('y') - 10);
  });

  test('contrast spreads bright and dark', () => {
    const spread = (contrast: number) => {
      const picture = shot({ contrast });
      return picture.mean('y', [0, 0], [1, 0.3]) - picture.mean('y', [0, 0.75], [1, 1]);
    };
    expect(spread(0.6)).toBeGreaterThan(spread(0) + 5);
    expect(spread(-0.6)).toBeLessThan(spread(0) - 5);
  });

  test('saturation −1 is grey', () => {
    const grey = shot({ saturation: -1 });
    expect(Math.abs(grey.mean('u') - 128)).toBeLessThan(0.6);
    expect(Math.abs(grey.mean('v') - 128)).toBeLessThan(0.6);
    expect(Math.abs(shot({ saturation: 0.8 }).mean('u', [0, 0], [1, 0.3]) - 128)).toBeGreaterThan(
      Math.abs(plain.mean('u', [0, 0], [1, 0.3]) - 128),
    );
  });

  test('a vignette darkens the corners, not the middle', () => {
    const [clear, dark] = [shot({ vignette: 0 }), shot({ vignette: 1 })];
    expect(dark.mean('y', [0, 0], [0.08, 0.1])).toBeLessThan(clear.mean('y', [0, 0], [0.08, 0.1]) - 30);
    const middle = [
      [0.45, 0.45],
      [0.55, 0.55],
    ] as const;
    expect(Math.abs(dark.mean('y', ...middle) - clear.mean('y', ...middle))).toBeLessThan(3);
  });

  test('grain adds noise that changes from frame to frame', () => {
    expect(shot({ grain: 0.8 }).detail([0, 0], [1, 0.2])).toBeGreaterThan(
      shot({ grain: 0 }).detail([0, 0], [1, 0.2]) + 3,
    );
  });

  test.each(Object.keys(looks))('the grade %s gives a look of its own', (grade) => {
    expect(shot({ grade }).hash).not.toBe(plain.hash);
  });

  test('noir is without colour, warm is warmer than cool', () => {
    expect(Math.abs(shot({ grade: 'noir' }).mean('v') - 128)).toBeLessThan(2);
    expect(shot({ grade: 'warm' }).mean('v')).toBeGreaterThan(shot({ grade: 'cool' }).mean('v') + 4);
  });

  test('a LUT is applied: one that swaps red and blue swaps the chroma', () => {
    const rows: string[] = [];
    for (const b of [0, 1]) for (const g of [0, 1]) for (const r of [0, 1]) rows.push(`${b} ${g} ${r}`);
    const swapped = shot(
      { lut: true },
      `LUT_3D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n${rows.join('\n')}\n`,
    );
    const sky = [
      [0, 0],
      [1, 0.2],
    ] as const;
    expect(plain.mean('u', ...sky)).toBeGreaterThan(130);
    expect(swapped.mean('v', ...sky)).toBeGreaterThan(130);
    expect(swapped.mean('u', ...sky)).toBeLessThan(126);
  });
});

test('sRGB encoding and decoding undo each other', () => {
  for (const value of [0, 0.002, 0.18, 0.5, 1]) expect(toEncoded(toLinear(value))).toBeCloseTo(value, 9);
});

test('white balance keeps brightness and 6500 K changes nothing', () => {
  expect(balance(6500)).toEqual([1, 1, 1]);
  const [r, g, b] = balance(4000);
  expect(0.2126 * r + 0.7152 * g + 0.0722 * b).toBeCloseTo(1, 9);
  expect(b).toBeGreaterThan(r);
});

test('baking a look into a cube keeps it', () => {
  const baked = cubeLook(bake([looks['teal-orange']!]));
  for (const color of [
    [0.2, 0.4, 0.6],
    [0.9, 0.5, 0.1],
  ] as [number, number, number][]) {
    const direct = looks['teal-orange']!(color);
    for (const [part, value] of baked(color).entries())
      expect(value).toBeCloseTo(Math.min(1, Math.max(0, direct[part]!)), 2);
  }
  expect(parseCube('LUT_3D_SIZE 2\n0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n')).toMatchObject({
    size: 2,
    low: [0, 0, 0],
  });
});
