import { expect, test } from 'vitest';
import type { StepVerdict } from '../../dsl/explain/verdict.ts';
import { explainText } from '../../dsl/explain.ts';
import type { Plan } from '../../dsl/plan.ts';
import { clip, sampleWorld } from '../fakes/world.ts';
import { compiled } from './compiling.ts';

const planOf = (source: string, world = sampleWorld()): Plan => compiled(source, world).plan!;

test('draws a tree of what is made from what, with lanes and verdicts', () => {
  const plan = planOf(
    'GENERATE "fog" AS fog; STITCH fog + (ENHANCE fog UPSCALE 2x) + v3[2s..6s] TO out/f.mp4 ? https://example.org/u',
  );
  const verdicts: StepVerdict[] = [
    { step: 's1', verdict: 'recalled', reason: 'made before', result: 'v30' },
    { step: 's2', verdict: 'runs', reason: 'never made', result: null },
  ];
  expect(explainText(plan, verdicts)).toMatchInlineSnapshot(`
    "TO out/f.mp4                                           cpu
    └─ STITCH fog + (ENHANCE fog UPSCALE 2x) + v3[2s..6s]  cpu · 1280x720 24fps 12s
       ├─ GENERATE "fog"                                   cpu · 1280x720 24fps 4s · seed 953728715 · recalled as v30
       ├─ ENHANCE fog UPSCALE 2x                           gpu · 2560x1440 24fps 4s · with esrgan-slim · runs: never made
       │  └─ GENERATE "fog"                                see above
       └─ TRIM v3[2s..6s]                                  cpu · 1280x720 24fps 4s
    TO out/f.mp4 ? https://example.org/u                   net
    └─ STITCH fog + (ENHANCE fog UPSCALE 2x) + v3[2s..6s]  see above

    stitches to 1280x720 24fps
      clip 1 is copied if it comes out fit to stand beside the others, else encoded
      clip 2 is encoded: it is 2560×1440, not 1280×720
      clip 3 is copied if it comes out fit to stand beside the others, else encoded
    writes out/f.mp4 under the export folder
    delivers the file to https://example.org/u by HTTP PUT, again until it arrives
    6 jobs, 1 recalled"
  `);
});

test('says of each stitched clip whether it is copied or encoded, and why', () => {
  const same = { coding: 'abc' };
  const world = sampleWorld({
    media: new Map([
      ['v1', clip('v1', same)],
      ['v2', clip('v2', { ...same, duration: 9 })],
      ['v3', clip('v3', { ...same, width: 720, height: 400, duration: 5 })],
    ]),
  });
  expect(explainText(planOf('STITCH v1 + v2 + v3', world))).toMatchInlineSnapshot(`
    "STITCH v1 + v2 + v3  cpu · 1280x720 24fps 24s

    stitches to 1280x720 24fps
      clip 1 is copied
      clip 2 is copied
      clip 3 is encoded: it is 720×400, not 1280×720
    1 job"
  `);
});

test('says how clips of other codings are copied beside the rest', () => {
  const world = sampleWorld({
    media: new Map([
      ['v1', clip('v1', { coding: 'a', parameterSets: ['s0 a', 'p0 a'] })],
      ['v2', clip('v2', { coding: 'b', parameterSets: ['s30 b', 'p30 b'], duration: 9 })],
      ['v3', clip('v3', { coding: 'c', parameterSets: ['s0 c', 'p0 c'], duration: 8 })],
      ['v4', clip('v4', { coding: 'd', parameterSets: ['s1 d', 'p1 d'], matrix: 'smpte170m' })],
    ]),
  });
  expect(explainText(planOf('STITCH v1 + v2 + v3 + v4', world))).toMatchInlineSnapshot(`
    "STITCH v1 + v2 + v3 + v4  cpu · 1280x720 24fps 37s

    stitches to 1280x720 24fps
      clip 1 is copied
      clip 2 is copied beside the others: its parameter sets have numbers of their own
      clip 3 is copied beside the others: its parameter sets are given numbers of their own
      clip 4 is encoded: it has the colours of BT.601, not BT.709
    1 job"
  `);
});

test('a chain of thousands stays readable', () => {
  const lines = Array.from(
    { length: 1_000 },
    (_, index) => `GRADE n${index}x CONTRAST 1% AS n${index + 1}x;`,
  );
  const text = explainText(planOf(['GENERATE "a" AS n0x;', ...lines].join('\n')));
  expect(text.split('\n').length).toBeLessThan(20);
  expect(text).toContain('988 earlier jobs');
});

test('cuts titles to the terminal and tells the rest below them', () => {
  const plan = planOf('GENERATE "a lighthouse on the rocks by the sea" | ENHANCE UPSCALE 2x');
  for (const line of explainText(plan, [], 40).split('\n')) expect(line.length).toBeLessThan(60);
  expect(explainText(plan, [], 40)).toMatchInlineSnapshot(`
    "ENHANCE UPSCALE 2x
    │  gpu · 2560x1440 24fps 4s · with esrgan-slim
    └─ GENERATE "a lighthouse on the rocks…
          cpu · 1280x720 24fps 4s · seed 3164938117

    2 jobs"
  `);
});

test('says the seed and the network that the statement does not name', () => {
  const plan = planOf('GENERATE "fog" | ENHANCE UPSCALE 2x');
  expect(explainText(plan)).toContain(`seed ${(plan.steps[0]!.arguments as { seed: number }).seed}`);
  expect(explainText(plan)).toContain(`with ${plan.steps[1]!.models[0]!.name}`);
  expect(explainText(planOf('GENERATE "fog" SEED 7'))).not.toContain('seed 7');
});

test('says nothing of copying and encoding when the stitch is recalled', () => {
  const recalled = (step: string): StepVerdict => ({
    step,
    verdict: 'recalled',
    reason: 'made before',
    result: null,
  });
  expect(explainText(planOf('STITCH v1 + v2'), [recalled('s1')])).not.toContain('clip 1');
});

test('says what is expected of each job, and of all of them what is left', () => {
  const plan = planOf('GENERATE "fog" | ENHANCE UPSCALE 2x');
  const runs = (step: string, seconds: number): StepVerdict => ({
    step,
    verdict: 'runs',
    reason: 'never made',
    result: null,
    expected: { seconds, bytes: 1_500_000, from: 3 },
  });
  const totals = { seconds: 75, lanes: { cpu: 0.4, gpu: 75 }, unknown: 0, bytes: 3_000_000, free: 5e9 };
  expect(explainText(plan, [runs('s1', 0.4), runs('s2', 75)], undefined, totals)).toMatchInlineSnapshot(`
    "ENHANCE UPSCALE 2x  gpu · 2560x1440 24fps 4s · ≈ 1m 15s · ≈ 1.5 MB · with esrgan-slim · runs: never made
    └─ GENERATE "fog"   cpu · 1280x720 24fps 4s · ≈ 400ms · ≈ 1.5 MB · seed 953728715 · runs: never made

    2 jobs
    ≈ 1m 15s left, the lanes side by side: cpu 400ms, gpu 1m 15s of work
    ≈ 3.0 MB of results"
  `);
});
