import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PictureMeter, startPictureMeter } from '../../../workers/measure/picture-measures.ts';
import { childrenOf } from '../children.ts';
import { pattern } from './pattern.ts';

const child = /measure\/picture-child\.[jt]s/;

const never = new AbortController().signal;

let shared: PictureMeter;
beforeAll(() => {
  shared = startPictureMeter(never);
});
afterAll(() => shared[Symbol.asyncDispose]());

test('sees a pattern move as far as it does, to the number that OpenCV in Python gives', async () => {
  expect(await shared.measure(pattern(0, 0))).toMatchObject({ motion: null, energy: null });
  const { motion, motion_max, energy, brightness } = await shared.measure(pattern(2, 1.5));
  // 2 right and 1.5 down is 2.5; the border, where nothing is known of what comes in, draws the mean down.
  expect(motion).toBeGreaterThan(2.5 * 0.96);
  expect(motion).toBeLessThan(2.5 * 1.01);
  // cv2.calcOpticalFlowFarneback(a, b, None, 0.5, 3, 15, 3, 5, 1.2, 0), OpenCV 4.14: mean and largest length.
  expect(motion).toBeCloseTo(2.417048185, 5);
  expect(motion_max).toBeCloseTo(3.475466967, 4);
  expect(energy).toBeCloseTo(0.0592262391, 9);
  expect(brightness).toBeCloseTo(0.518942674, 8);
});

test.each([
  [1, 0],
  [0, 3],
  [-2, 2],
  [4, -3],
])('sees a move of %s right and %s down', async (right, down) => {
  await shared.measure(pattern(0, 0));
  const { motion } = await shared.measure(pattern(right, down));
  const length = Math.hypot(right, down);
  expect(Math.abs(motion! - length) / length).toBeLessThan(0.08);
});

test('sees no motion in a still, smooth areas included, and answers in order', async () => {
  const still = Uint8Array.from({ length: 240 * 240 }, (_, at) => (at % 240 < 120 ? 90 : 91));
  const [, same, other] = await Promise.all(
    [still, still, pattern(3, 0)].map((each) => shared.measure(each)),
  );
  expect(same).toMatchObject({ motion: 0, motion_max: 0, energy: 0, energy_max: 0 });
  expect(other!.motion).toBeGreaterThan(0);
});

/** A meter of its own that has measured one picture, and the process that it runs in. */
async function withMeter(signal: AbortSignal, use: (meter: PictureMeter, pid: number) => Promise<void>) {
  const others = await childrenOf(process.pid, child);
  await using meter = startPictureMeter(signal);
  await meter.measure(pattern(0, 0));
  const [pid] = (await childrenOf(process.pid, child)).filter((each) => !others.includes(each));
  await use(meter, pid!);
}

test('a process that is killed is a transient failure, and so is asking it again', async () => {
  await withMeter(never, async (meter, pid) => {
    process.kill(pid, 'SIGKILL');
    const killed = { kind: 'transient', code: 'PQL642' };
    await expect(meter.measure(pattern(1, 0))).rejects.toMatchObject(killed);
    await expect(meter.measure(pattern(2, 0))).rejects.toMatchObject(killed);
  });
});

test('an abort ends the work with the reason of the signal and leaves no process behind', async () => {
  const stop = new AbortController();
  await withMeter(stop.signal, async (meter, pid) => {
    const waiting = meter.measure(pattern(1, 0));
    stop.abort(new DOMException('cancelled', 'AbortError'));
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await childrenOf(process.pid, child)).not.toContain(pid);
  });
});
