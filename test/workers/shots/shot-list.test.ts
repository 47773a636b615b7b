import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shotList } from '../../../workers/shots/shot-list.ts';

const cut = (frame: number, strength = 30) => ({ frame, opens: 'cut' as const, strength });

test('numbers the shots and gives their times exactly', () => {
  const clip = { frames: 90, rate: { num: 30_000, den: 1001 } };
  expect(shotList([cut(60), { frame: 30, opens: 'fade', strength: 0 }], clip, 0.25)).toEqual({
    shots: [
      { index: 1, from: 0, to: (30 * 1001) / 30_000, first: 0, last: 29, frames: 30, opens: 'start' },
      { index: 2, from: 1.001, to: 2.002, first: 30, last: 59, frames: 30, opens: 'fade' },
      { index: 3, from: 2.002, to: 3.003, first: 60, last: 89, frames: 30, opens: 'cut' },
    ],
    rate: '30000/1001',
    duration: 3.003,
  });
});

test('a clip without boundaries is one shot, of one frame too', () => {
  const { shots, rate } = shotList([], { frames: 1, rate: { num: 24, den: 1 } }, 0.25);
  expect(shots).toEqual([{ index: 1, from: 0, to: 1 / 24, first: 0, last: 0, frames: 1, opens: 'start' }]);
  expect(rate).toBe('24');
});

test('of two cuts too near to each other the stronger stays', () => {
  const clip = { frames: 100, rate: { num: 10, den: 1 } };
  const firsts = shotList([cut(40, 20), cut(45, 50), cut(50, 30), cut(55, 20)], clip, 1).shots.map(
    ({ first }) => first,
  );
  expect(firsts).toEqual([0, 45, 55]);
});

test('shots cover the clip without gap or overlap, and none is shorter than asked', () => {
  const boundaries = fc.array(
    fc.record({ frame: fc.integer({ min: 1, max: 499 }), strength: fc.integer({ min: 0, max: 90 }) }),
  );
  fc.assert(
    fc.property(
      boundaries,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 500 }),
      (found, least, frames) => {
        const inside = found
          .filter(({ frame }) => frame < frames)
          .map((each) => ({ ...each, opens: 'cut' as const }));
        const { shots, duration } = shotList(inside, { frames, rate: { num: 25, den: 1 } }, least / 25);
        expect(shots[0]).toMatchObject({ index: 1, from: 0, first: 0, opens: 'start' });
        expect(shots.at(-1)).toMatchObject({ to: duration, last: frames - 1 });
        for (const [index, shot] of shots.entries()) {
          expect(shot.frames).toBe(shot.last - shot.first + 1);
          if (shots.length > 1) expect(shot.frames).toBeGreaterThanOrEqual(least);
          const next = shots[index + 1];
          if (next)
            expect([next.index, next.first, next.from]).toEqual([shot.index + 1, shot.last + 1, shot.to]);
        }
      },
    ),
  );
});
