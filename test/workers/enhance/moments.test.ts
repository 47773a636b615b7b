import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHolders } from '../../../workers/enhance/holders.ts';
import { type Moment, moments, neededFor } from '../../../workers/enhance/moments.ts';

const size = { width: 16, height: 16 };

/** Frames of one grey each. */
async function* greys(...values: number[]): AsyncGenerator<Buffer> {
  for (const value of values) yield Buffer.alloc(16 * 16 * 3, value);
}

async function all(
  values: number[],
  from: number,
  to: number,
  count = { cuts: 0, made: 0 },
): Promise<Moment[]> {
  const rates = { from: { num: from, den: 1 }, to: { num: to, den: 1 } };
  const found: Moment[] = [];
  for await (const moment of moments(greys(...values), rates, size, count, createHolders()))
    found.push(moment);
  return found;
}

const spelled = (moment: Moment) =>
  'time' in moment
    ? `${moment.before[0]}>${moment.after[0]}@${moment.time.toFixed(2)}`
    : `${moment.frame[0]}`;

test('doubles a rate by one frame between each two, and lets the last stand', async () => {
  expect((await all([10, 20, 30], 30, 60)).map(spelled)).toEqual([
    '10',
    '10>20@0.50',
    '20',
    '20>30@0.50',
    '30',
    '30',
  ]);
});

test('meets times that are not halves', async () => {
  expect((await all([10, 20, 30], 24, 60)).map(spelled)).toEqual([
    '10',
    '10>20@0.40',
    '10>20@0.80',
    '20>30@0.20',
    '20>30@0.60',
    '30',
    '30',
    '30',
  ]);
});

test('blends nothing across a cut: the nearer frame stands', async () => {
  const count = { cuts: 0, made: 0 };
  expect((await all([10, 12, 200, 202], 20, 80, count)).map(spelled)).toEqual([
    '10',
    '10>12@0.25',
    '10>12@0.50',
    '10>12@0.75',
    '12',
    '12',
    '200',
    '200',
    '200',
    '200>202@0.25',
    '200>202@0.50',
    '200>202@0.75',
    '202',
    '202',
    '202',
    '202',
  ]);
  expect(count).toEqual({ cuts: 1, made: 6 });
});

test('gives exactly round(duration × rate) frames, whatever the rates', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 180 }),
      async (frames, from, more) => {
        const to = from + more;
        const made = await all(Array(frames).fill(5), from, to);
        expect(made.length).toBe(Math.round((frames * to) / from));
      },
    ),
    { numRuns: 60 },
  );
});

test('parts of the new rate, each of the few frames that it needs, are the whole, cuts counted once', async () => {
  const shade = fc.integer({ min: 0, max: 255 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(shade, { minLength: 1, maxLength: 14 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 60 }),
      fc.array(fc.nat(60), { maxLength: 4 }),
      async (values, from, more, places) => {
        const rates = { from: { num: from, den: 1 }, to: { num: from + more, den: 1 } };
        const count = { cuts: 0, made: 0 };
        const whole = (await all(values, from, from + more, count)).map(spelled);
        const inner = places.filter((place) => place > 0 && place < whole.length);
        const cuts = [...new Set([0, ...inner, whole.length])].sort((a, b) => a - b);
        const parts: string[] = [];
        const counted = { cuts: 0, made: 0 };
        for (const [index, begin] of cuts.slice(0, -1).entries()) {
          const part = { from: begin, to: cuts[index + 1]! };
          const { from: first, to } = neededFor(part, rates, values.length);
          const few = greys(...values.slice(first, to));
          for await (const moment of moments(few, rates, size, counted, createHolders(), { ...part, first }))
            parts.push(spelled(moment));
        }
        expect(parts).toEqual(whole);
        expect(counted.made).toBe(count.made);
        // At a rate that is no higher, a cut may show in no frame of its own.
        expect(counted.cuts).toBeLessThanOrEqual(count.cuts);
        if (more > 0 && whole.length > values.length) expect(counted.cuts).toBe(count.cuts);
      },
    ),
    { numRuns: 100 },
  );
});

test('gives nothing for nothing', async () => {
  expect(await all([], 24, 60)).toEqual([]);
});

test('holds each frame for its taker, and has none left when all were let go', async () => {
  const holders = createHolders();
  const given: Buffer[] = [];
  async function* fresh(): AsyncGenerator<Buffer> {
    for (const value of [10, 12, 200, 202]) {
      const frame = Buffer.from(new ArrayBuffer(16 * 16 * 3)).fill(value);
      given.push(frame);
      yield frame;
    }
  }
  const rates = { from: { num: 20, den: 1 }, to: { num: 60, den: 1 } };
  for await (const moment of moments(fresh(), rates, size, { cuts: 0, made: 0 }, holders)) {
    for (const frame of 'time' in moment ? [moment.before, moment.after] : [moment.frame]) {
      expect(frame.length).toBe(16 * 16 * 3);
      holders.release(frame);
    }
  }
  expect(given.map((frame) => frame.length)).toEqual([0, 0, 0, 0]);
});
