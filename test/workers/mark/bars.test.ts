import { expect, test } from 'vitest';
import { insideBars } from '../../../workers/mark/bars.ts';

const size = { width: 160, height: 90 };

interface Drawn {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A busy picture in a frame of a colour, in which an encoder left its traces. */
function picture({ left, top, right, bottom }: Drawn, colour = 16): Uint8Array {
  return Uint8Array.from({ length: size.width * size.height }, (_, at) => {
    const [x, y] = [at % size.width, Math.floor(at / size.width)];
    const within = x >= left && x < right && y >= top && y < bottom;
    return within ? 60 + ((x * 37 + y * 91) % 150) : colour + ((x + y) % 3);
  });
}

const letterbox = { left: 0, right: 160, top: 11, bottom: 79 };

test.each<[string, Drawn, number]>([
  ['above and below', letterbox, 16],
  ['beside it', { left: 55, right: 105, top: 0, bottom: 90 }, 0],
  ['all around, white, not in the middle', { left: 10, right: 140, top: 20, bottom: 85 }, 235],
])('finds to the pixel what lies between bars %s', (_, drawn, colour) => {
  expect(insideBars([picture(drawn, colour)], size)).toEqual({
    ...{ left: drawn.left / 160, top: drawn.top / 90 },
    ...{ width: (drawn.right - drawn.left) / 160, height: (drawn.bottom - drawn.top) / 90 },
  });
});

test('goes by what most pictures have: some are dark, and in some a subtitle stands in the bar', () => {
  const dark = new Uint8Array(160 * 90).fill(16);
  const titled = picture(letterbox);
  titled.fill(235, 160 * 84 + 60, 160 * 84 + 100);
  const usual = picture(letterbox);
  const box = insideBars([usual], size);
  expect(box).not.toBeNull();
  expect(insideBars([dark, usual, titled, usual, dark, usual], size)).toEqual(box);
});

test('finds none where there are none, where all is of one colour, and where next to nothing lies between', () => {
  expect(insideBars([picture({ left: 0, right: 160, top: 0, bottom: 90 })], size)).toBeNull();
  expect(insideBars([new Uint8Array(160 * 90).fill(200)], size)).toBeNull();
  expect(insideBars([picture({ left: 70, right: 90, top: 0, bottom: 90 })], size)).toBeNull();
  expect(insideBars([], size)).toBeNull();
});
