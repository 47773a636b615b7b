import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainText } from '../../../dsl/explain.ts';
import { optimise } from '../../../dsl/optimise/optimise.ts';
import type { Plan, Step } from '../../../dsl/plan.ts';
import { optimised, written } from './optimising.ts';

const nothing = { recalled: new Set<string>() };

test('EXPLAIN says what was put together', () => {
  const plan = optimised(
    'STITCH v12 + v19[2s..6s] + (TRIM v2[1s..4s] | GRADE LOOK noir | ENHANCE UPSCALE 2x) TO out/film.mp4',
  );
  expect(explainText(plan)).toMatchInlineSnapshot(`
    "TO out/film.mp4                                               cpu
    └─ STITCH v12 + v19[2s..6s] + (TRIM v2[1s..4s] | GRADE LOOK noir | ENHANCE UPSCALE 2x)
       │  cpu · 1280x720 24fps 17s
       └─ TRIM v2[1s..4s] | GRADE LOOK noir | ENHANCE UPSCALE 2x  gpu · 1280x720 24fps 3s · with esrgan-slim

    stitches to 1280x720 24fps
      clip 1 is encoded: it is h264 in mp4, whose packets cannot be copied
      clip 2 is encoded: it is h264 in mp4, whose packets cannot be copied
      clip 3 is copied if it comes out fit to stand beside the others, else encoded
    writes out/film.mp4 under the export folder
    frame work fused: TRIM v2[1s..4s] | GRADE LOOK noir | ENHANCE UPSCALE 2x is one decode and one encode
    trims into stitch: TRIM v19[2s..6s] is cut in the STITCH: no file between, and packets come from the source where the cut allows
    shape folded: TRIM v2[1s..4s] | GRADE LOOK noir | ENHANCE UPSCALE 2x is encoded at 1280x720 24fps, as its STITCH needs it
    3 jobs"
  `);
});

test('a plan that was optimised stays as it is', () => {
  const once = optimised('TRIM v1[1s..5s] | GRADE LOOK noir');
  expect(optimise(once, nothing)).toBe(once);
});

test('a plan with nothing to optimise is the same plan', () => {
  const plan = written('GENERATE "a" AS x; PROBE x; STITCH x + v1');
  expect(optimise(plan, nothing)).toEqual({ ...without(plan), optimisations: [] });
});

/** Stages that people pipe into each other. */
const stage = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 30, max: 900 }))
    .map(([from, length]) => `TRIM FROM ${from}ms UNTIL ${from + length + 500}ms`),
  fc.constantFrom('GRADE LOOK noir', 'GRADE CONTRAST 10%', 'GRADE GRAIN 20%', 'GRADE SHUTTER 1/8s'),
  fc.constantFrom('ENHANCE DENOISE 20', 'ENHANCE UPSCALE 2x', 'ENHANCE DENOISE 10 UPSCALE 2x'),
  fc.constantFrom('ENHANCE INTERPOLATE 60fps'),
);
const source = fc.constantFrom('v1', 'v2', 'v3', '"clips/run.mp4"');
const chain = fc
  .tuple(source, fc.array(stage, { minLength: 1, maxLength: 6 }))
  .map(([clip, stages]) =>
    stages.map((each, at) => (at === 0 ? each.replace(' ', ` ${clip} `) : each)).join(' | '),
  );
const script = fc.oneof(
  chain,
  fc
    .tuple(
      fc.array(chain, { minLength: 2, maxLength: 4 }),
      fc.constantFrom('', ' TRANSITION fade 0.1s', ' FPS 30fps', ' SIZE 640x360'),
    )
    .map(([chains, more]) => `STITCH ${chains.map((each) => `(${each})`).join(' + ')}${more} TO a.mp4`),
);

test('whatever is piped and stitched, the optimised plan ends in the same and is in order', () => {
  let checked = 0;
  fc.assert(
    fc.property(script, fc.array(fc.nat(20)), (text, finished) => {
      let plan: Plan;
      try {
        plan = written(text);
      } catch {
        return;
      }
      checked++;
      const recalled = closed(plan, new Set(finished.map((index) => `s${index + 1}`)));
      const result = optimise(plan, { recalled });
      expect(optimise(plan, { recalled })).toEqual(result);
      expectInOrder(result.steps);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      for (const [before, after] of lastOf(plan).map((step) => [step, byId(result, step.id)] as const)) {
        expect(told(after)).toEqual(told(before));
        expect(after.recipe).toBe(before.recipe);
      }
      // Whatever is finished is read as it was made.
      for (const step of result.steps)
        if (recalled.has(step.id)) expect(step).toEqual(without(plan).steps.find(({ id }) => id === step.id));
      expect(result.steps.length).toBeLessThanOrEqual(plan.steps.length);
    }),
    { numRuns: 600 },
  );
  expect(checked).toBeGreaterThan(100);
});

test('ten thousand steps are optimised in one go', () => {
  const clips = Array.from(
    { length: 2500 },
    (_, index) =>
      `STITCH v1 + (TRIM v2[1s..${1100 + index}ms] | GRADE CONTRAST ${index % 90}% | GRADE LOOK noir)`,
  );
  const plan = written(clips.join(';\n'));
  expect(optimise(plan, nothing).steps.length).toBeLessThan(plan.steps.length);
});

test('a pipe of thousands of stages does not cost by their square', () => {
  const pipe = `GRADE v1 CONTRAST 1%${' | GRADE CONTRAST 1% | TRIM FROM 0s UNTIL 5s'.repeat(1200)}`;
  expect(optimise(written(pipe), nothing).steps.length).toBeLessThan(400);
});

/** Of these steps, those that can be finished: all that they read is. */
function closed({ steps }: Plan, some: ReadonlySet<string>): Set<string> {
  const finished = new Set<string>();
  for (const { id, inputs, effect } of steps) {
    const known = inputs.every((input) => input.from === 'artifact' || finished.has(input.step));
    if (some.has(id) && known && !effect) finished.add(id);
  }
  return finished;
}

function lastOf({ steps }: Plan): Step[] {
  const read = new Set(
    steps.flatMap(({ inputs }) => inputs.map((input) => ('step' in input ? input.step : ''))),
  );
  const exported = new Set(
    steps
      .filter(({ effect }) => effect)
      .flatMap(({ inputs }) => inputs.map((input) => ('step' in input ? input.step : ''))),
  );
  return steps.filter(({ id }) => !read.has(id) || exported.has(id));
}

function byId({ steps }: Plan, id: string): Step {
  const found = steps.find((step) => step.id === id);
  if (found === undefined) throw new Error(`${id} is gone`);
  return found;
}

function told({ predicted, name, statement, effect, gives }: Step) {
  const { width, height, rate, frames, duration } = predicted ?? {};
  return { width, height, rate, frames, duration: duration?.toFixed(6), name, statement, effect, gives };
}

function expectInOrder(steps: readonly Step[]): void {
  const seen = new Set<string>();
  for (const { id, inputs } of steps) {
    for (const input of inputs) if (input.from === 'step') expect(seen).toContain(input.step);
    expect(seen).not.toContain(id);
    seen.add(id);
  }
}

function without(plan: Plan): Plan {
  return { ...plan, steps: plan.steps.map(({ words: _words, ...step }) => step) };
}
