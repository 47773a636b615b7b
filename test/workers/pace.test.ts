import { expect, test } from 'vitest';
import { pace } from '../../workers/pace.ts';

test('says how far work has come, how fast and how long it still takes', () => {
  let time = 1000;
  const news = pace(100, () => time);
  time = 3000;
  expect(news(50)).toEqual({ fraction: 0.5, fps: 25, secondsLeft: 2 });
});

test('never says that all is done, nor how long it takes before anything is', () => {
  const news = pace(10, () => 0);
  expect(news(12)).toMatchObject({ fraction: 0.99, secondsLeft: 0 });
  expect(news(0)).toEqual({ fraction: 0, fps: 0 });
});
