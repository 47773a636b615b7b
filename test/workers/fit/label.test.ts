import { expect, test } from 'vitest';
import { previewLabel } from '../../../workers/fit/label.ts';

test('says PREVIEW in dots, with no font', () => {
  const label = previewLabel(320, 180)!;
  const rows = Array.from({ length: label.height }, (_, y) =>
    Array.from({ length: label.width }, (_, x) => (label.rgba[(y * label.width + x) * 4] === 255 ? '#' : ' '))
      .join('')
      .trimEnd(),
  );
  expect(`\n${rows.filter((row) => row !== '').join('\n')}\n`).toMatchInlineSnapshot(`
    "
       ####  ####  ##### #   # ##### ##### #   #
       #   # #   # #     #   #   #   #     #   #
       #   # #   # #     #   #   #   #     #   #
       ####  ####  ####  #   #   #   ####  # # #
       #     # #   #     #   #   #   #     # # #
       #     #  #  #      # #    #   #     ## ##
       #     #   # #####   #   ##### ##### #   #
    "
  `);
});

test('grows with the picture, stays inside it, and is left out where nobody could read it', () => {
  for (const [width, height] of [
    [320, 180],
    [1920, 1080],
    [3840, 2160],
    [240, 426],
  ] as const) {
    const label = previewLabel(width, height)!;
    expect(label.x + label.width).toBeLessThanOrEqual(width);
    expect(label.y + label.height).toBeLessThanOrEqual(height);
    expect(label.rgba.length).toBe(label.width * label.height * 4);
  }
  expect(previewLabel(1920, 1080)!.height).toBeGreaterThan(previewLabel(320, 180)!.height * 4);
  expect(previewLabel(48, 32)).toBeNull();
});
