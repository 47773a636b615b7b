import { expect, test } from 'vitest';
import { createRenderer } from '../../../workers/storyboard/renderer.ts';
import { argumentsOf, difference, draw } from './picture.ts';

const prompt = 'a lighthouse at dusk, sailing boats, gulls, a woman walking';

test('the same seed gives the same bytes, frame by frame', () => {
  for (const index of [0, 50])
    expect(draw(argumentsOf(prompt), index).hash).toBe(draw(argumentsOf(prompt), index).hash);
});

test('a frame does not depend on the frames drawn before it', () => {
  const args = argumentsOf('a storm at sea with a ship at night, people on the quay, cars');
  const one = createRenderer(args, null);
  for (let index = 0; index < 5; index++) one.frame(index);
  const after = Buffer.from(one.frame(40));
  expect(after.equals(Buffer.from(createRenderer(args, null).frame(40)))).toBe(true);
});

test('another seed gives another composition', () => {
  const pictures = [1, 2, 3, 4].map((seed) => draw(argumentsOf(prompt, { seed })));
  for (const [index, one] of pictures.entries())
    for (const other of pictures.slice(index + 1)) expect(difference(one, other)).toBeGreaterThan(4);
});

test('time moves the picture smoothly: neighbours differ a little, seconds differ more', () => {
  const at = [0, 1, 2, 48].map((index) => draw(argumentsOf(prompt), index));
  expect(difference(at[0]!, at[1]!)).toBeGreaterThan(0.05);
  expect(difference(at[0]!, at[1]!)).toBeLessThan(4);
  expect(difference(at[0]!, at[3]!)).toBeGreaterThan(difference(at[1]!, at[2]!));
});

const settings = [
  'sea',
  'harbour',
  'lake',
  'river',
  'beach',
  'city',
  'village',
  'mountains',
  'forest',
  'plain',
  'desert',
];
const weathers = ['clear', 'cloudy', 'fog', 'rain', 'snow', 'storm'];
const times = ['dawn', 'day', 'dusk', 'night'];

test.each(
  settings,
)('draws %s at every time and in every weather, with everything that can be in it', (setting) => {
  const everything =
    'lighthouse, sailboat, ship, boats, birds, houses, church, trees, pines, palms, people, children, moon, stars, sun, bridge, cars, bus, lamps, train, windmill, balloons, sheep, dog';
  const hashes = new Set<string>();
  for (const [index, weather] of weathers.entries()) {
    const time = times[(index + settings.indexOf(setting)) % times.length]!;
    // Every second weather for a setting, the other half for the next.
    if ((index + settings.indexOf(setting)) % 2) continue;
    const small = { width: 128, height: 72, backdrop: setting, weather, time };
    const picture = draw(argumentsOf(everything, small), 3);
    hashes.add(picture.hash);
    // Neither black nor white: there is a picture.
    expect(picture.mean('y')).toBeGreaterThan(20);
    expect(picture.mean('y')).toBeLessThan(225);
    expect(picture.detail()).toBeGreaterThan(1);
  }
  expect(hashes.size).toBe(weathers.length / 2);
});

test('a train is seen wherever it goes, and a church is no house', () => {
  for (const backdrop of ['sea', 'lake', 'river', 'plain', 'city']) {
    const small = { width: 128, height: 72, backdrop, time: 'day' };
    const [empty, train] = [draw(argumentsOf('nothing', small)), draw(argumentsOf('a train', small))];
    expect(difference(empty, train), backdrop).toBeGreaterThan(0.1);
  }
  for (const backdrop of ['sea', 'plain', 'mountains']) {
    const small = { width: 128, height: 72, backdrop, time: 'day' };
    const [house, church] = [draw(argumentsOf('a house', small)), draw(argumentsOf('a church', small))];
    expect(difference(house, church), backdrop).toBeGreaterThan(0.1);
  }
});

test('nights are darker than days, and only nights and dusks light the windows', () => {
  const day = draw(argumentsOf('a city', { time: 'day' }));
  const night = draw(argumentsOf('a city', { time: 'night' }));
  expect(night.mean('y')).toBeLessThan(day.mean('y') * 0.7);
});

test.each([
  [64, 64],
  [90, 160],
  [256, 64],
  [64, 400],
  [128, 128],
])('composes %i × %i', (width, height) => {
  const picture = draw(argumentsOf(prompt, { width, height }), 2);
  expect(picture.detail()).toBeGreaterThan(1);
});
