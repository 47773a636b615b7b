import { expect, test } from 'vitest';
import { createAperture } from '../../../workers/storyboard/optics/aperture.ts';
import { createCamera, viewAt } from '../../../workers/storyboard/optics/camera.ts';
import { createLens } from '../../../workers/storyboard/optics/lens.ts';
import { exposures } from '../../../workers/storyboard/optics/shutter.ts';
import { createRandom } from '../../../workers/storyboard/random.ts';
import { argumentsOf, draw, type Picture } from './picture.ts';

/** Bright pixels in the sky: how large the moon looks. */
function moonSize(lens: number): number {
  const picture = draw(argumentsOf('a full moon over a plain at night', { camera: { lens } }));
  let bright = 0;
  for (let y = 0; y < picture.height * 0.5; y++)
    for (let x = 0; x < picture.width; x++) if (picture.luma(x, y) > 150) bright++;
  return bright;
}

test('a longer lens makes the subject larger, a shorter one smaller', () => {
  const [wide, usual, long] = [moonSize(18), moonSize(35), moonSize(85)];
  expect(wide).toBeGreaterThan(5);
  expect(wide).toBeLessThan(usual * 0.7);
  expect(long).toBeGreaterThan(usual * 1.6);
});

test('long lenses compress: the far grows more than the near', () => {
  const lens = createLens(135);
  expect(lens.magnify(30)).toBeGreaterThan(lens.magnify(1) * 1.4);
  expect(lens.magnify(1)).toBeGreaterThan(lens.magnify(0.4));
  expect(createLens(35).magnify(7)).toBe(1);
});

test('wide lenses bend and fringe, normal ones do not', () => {
  expect(createLens(12).k1).toBeLessThan(-0.02);
  expect(createLens(12).fringe).toBeGreaterThan(0.001);
  expect([createLens(50).k1 + 0, createLens(50).fringe]).toEqual([0, 0]);
});

test('an open aperture blurs what is far from the focus and leaves what is in it', () => {
  const city = (aperture: number) => draw(argumentsOf('a city by day', { camera: { aperture } }));
  const [open, closed] = [city(1), city(22)];
  const skyline = (picture: Picture) => picture.detail([0, 0.2], [1, 0.5]);
  expect(skyline(open)).toBeLessThan(skyline(closed) * 0.7);
  const blur = createAperture(1.4, 50, 720, 1);
  expect(blur(1)).toBe(0);
  expect(blur(30)).toBeGreaterThan(blur(2));
  expect(createAperture(8, 50, 720, 1)(30)).toBeLessThan(blur(30));
});

test('a long exposure smears what moves and keeps what stands', () => {
  const street = (shutter: number) =>
    draw(
      argumentsOf('three people walking on a quay by the sea by day', { fps: 10, camera: { shutter } }),
      10,
    );
  const [short, long] = [street(1 / 2000), street(0.5)];
  const walkers = (picture: Picture) => picture.detail([0.1, 0.65], [0.9, 0.92]);
  const sky = (picture: Picture) => picture.detail([0, 0], [1, 0.3]);
  expect(walkers(long)).toBeLessThan(walkers(short) * 0.95);
  expect(Math.abs(sky(long) - sky(short))).toBeLessThan(0.3);
});

test('shares of an exposure lie in the open interval and divide 255', () => {
  for (const distance of [0, 1, 2, 5, 9, 40, 4000]) {
    const times = exposures(1, 0.5, distance);
    expect(255 % times.length).toBe(0);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0.75);
    expect(Math.max(...times)).toBeLessThanOrEqual(1.25);
  }
});

const frame = { width: 1280, height: 720, duration: 5 };
const aim = (move: string | null, time: number) => createCamera(move, frame, createRandom(1))(time);

test.each([
  ['pan-left', (far: number) => far > 100],
  ['pan-right', (far: number) => far < -100],
])('%s turns the whole picture', (move, holds) => {
  const x = (time: number, depth: number) => viewAt(aim(move, time), depth).dx;
  expect(holds(x(5, 30) - x(0, 30))).toBe(true);
  expect(holds(x(5, 1) - x(0, 1))).toBe(true);
});

test('tilting up lowers what is seen, tilting down lifts it', () => {
  expect(viewAt(aim('tilt-up', 5), 5).dy).toBeGreaterThan(viewAt(aim('tilt-up', 0), 5).dy + 40);
  expect(viewAt(aim('tilt-down', 5), 5).dy).toBeLessThan(viewAt(aim('tilt-down', 0), 5).dy - 40);
});

test('a dolly enlarges the near more than the far, in and out', () => {
  const grown = (move: string, depth: number) =>
    viewAt(aim(move, 5), depth).scale / viewAt(aim(move, 0), depth).scale;
  expect(grown('dolly-in', 1)).toBeGreaterThan(1.2);
  expect(grown('dolly-in', 30)).toBeLessThan(1.02);
  expect(grown('dolly-out', 1)).toBeLessThan(0.85);
});

test('an orbit keeps the hero and moves what is behind and before it apart', () => {
  const moved = (depth: number) => viewAt(aim('orbit', 5), depth).dx - viewAt(aim('orbit', 0), depth).dx;
  expect(Math.abs(moved(1))).toBeLessThan(1);
  expect(moved(30) * moved(0.5)).toBeLessThan(0);
});

test('a static camera stands, a hand-held one trembles but stays', () => {
  expect(aim('static', 3)).toEqual({ yaw: 0, tilt: 0, truck: 0, dolly: 0 });
  const yaws = Array.from({ length: 60 }, (_, index) => aim('handheld', index / 12).yaw);
  expect(Math.max(...yaws) - Math.min(...yaws)).toBeGreaterThan(2);
  expect(Math.max(...yaws.map(Math.abs))).toBeLessThan(12);
});
