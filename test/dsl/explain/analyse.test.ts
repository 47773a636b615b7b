import { expect, test } from 'vitest';
import { analyse, type Measured } from '../../../dsl/explain/analyse.ts';
import { analysisText } from '../../../dsl/explain/analysis-text.ts';
import type { StepVerdict } from '../../../dsl/explain/verdict.ts';
import type { Plan } from '../../../dsl/plan.ts';
import { clip } from '../../fakes/world.ts';
import { compiled } from '../compiling.ts';

const runs = (step: string, reason: string, expected: StepVerdict['expected'] = null): StepVerdict => ({
  step,
  verdict: 'runs',
  reason,
  result: null,
  expected,
});

/** A job that was done in two seconds, unless said otherwise. */
function job(plan: Plan, at: number, more: Partial<Measured> = {}): Measured {
  const { id, title, lane, effect } = plan.steps[at]!;
  return {
    step: id,
    job: `j${at + 1}`,
    title,
    lane,
    effect,
    state: 'done',
    recalled: false,
    attempts: 1,
    seconds: 2,
    waited: 0,
    ended: 2,
    facts: null,
    result: null,
    failure: null,
    ...more,
  };
}

const film = (more: object = {}) => clip(null, { duration: 4, bytes: 2_000_000, ...more }).facts as never;

/** The plan of a script and the part of it that its EXPLAIN ANALYZE tells of. */
function script(source: string): { plan: Plan; part: Plan } {
  const { plan, after } = compiled(source);
  const item = after.find(({ type }) => type === 'analyze');
  return { plan: plan!, part: (item as { plan: Plan }).plan };
}

test('shows what was planned beside what was measured, and the totals', () => {
  const { plan, part } = script('EXPLAIN ANALYZE STITCH (GENERATE "fog") + (ENHANCE v1 UPSCALE 2x) TO f.mp4');
  const steps: StepVerdict[] = [
    { step: 's1', verdict: 'recalled', reason: 'made before', result: 'v7', expected: null },
    runs('s2', 'UPSCALE 4x→2x changed', { seconds: 30, bytes: 8_000_000, from: 4 }),
    runs('s3', 'its input runs', { seconds: 0.2, bytes: 10_000_000, from: 2 }),
    runs('s4', 'done anew each time'),
  ];
  const measured = [
    job(plan, 0, { recalled: true, seconds: null, waited: null, ended: 0, facts: film(), result: 'v7' }),
    job(plan, 1, {
      seconds: 24,
      waited: 1.5,
      ended: 25.5,
      facts: film({ width: 2560, height: 1440, bytes: 7_500_000 }),
      result: 'v8',
    }),
    job(plan, 2, { seconds: 0.3, ended: 25.8, attempts: 2, facts: film({ duration: 8 }), result: 'v9' }),
    job(plan, 3, { seconds: 0.02, ended: 25.9 }),
  ];
  const analysis = analyse(part, { plan, steps }, measured, 'g3');
  expect(analysisText(analysis)).toMatchInlineSnapshot(`
    "j1 GENERATE "fog" · cpu
      planned   recalled as v7                                          1280x720 24fps 4s
      measured  recalled as v7                                          1280x720 24fps 4s    2.0 MB
    j2 ENHANCE v1 UPSCALE 2x · gpu
      planned   runs: UPSCALE 4x→2x changed  ≈ 30s                      2560x1440 24fps 10s  ≈ 8.0 MB
      measured  ran, made v8                 24s after 1.5s of waiting  2560x1440 24fps 4s   7.5 MB, 4 frames a second
    j3 STITCH (GENERATE "fog") + (ENHANCE v1 UPSCALE 2x) · cpu
      planned   runs: its input runs         ≈ 200ms                    2560x1440 24fps 14s  ≈ 10.0 MB
      measured  ran, made v9, 2 attempts     300ms                      1280x720 24fps 8s    2.0 MB, 640 frames a second
    j4 TO f.mp4 · cpu
      planned   runs: done anew each time    no history yet
      measured  ran                          20ms

    g3: 3 ran, 1 recalled; over after 25.9s
    work 24.3s, ≈ 30.2s expected (nothing was known of 1 job)
    results 9.5 MB, ≈ 18.0 MB expected"
  `);
  expect(analysis.totals).toMatchObject({ ran: 3, recalled: 1, failed: 0, unknown: 1 });
});

test('tells of what failed and of what never started', () => {
  const { plan, part } = script('EXPLAIN ANALYZE GENERATE "fog" | ENHANCE UPSCALE 2x');
  const steps = [runs('s1', 'never made'), runs('s2', 'its input runs')];
  const measured = [
    job(plan, 0, { state: 'failed', failure: 'PQL601', ended: 2 }),
    job(plan, 1, { state: 'cancelled', seconds: null, waited: null, ended: null }),
  ];
  expect(analysisText(analyse(part, { plan, steps }, measured, 'g1'))).toMatchInlineSnapshot(`
    "j1 GENERATE "fog" · cpu
      planned   runs: never made      no history yet  1280x720 24fps 4s
      measured  failed: PQL601        2s
    j2 ENHANCE UPSCALE 2x · gpu
      planned   runs: its input runs  no history yet  2560x1440 24fps 4s
      measured  cancelled

    g1: 0 ran, 1 failed; over after 2s
    work 2s, no history yet"
  `);
});

test('tells only of its own statement and what that needs, also where work is shared', () => {
  const { plan, part } = script(
    'GENERATE "fog" AS fog; GENERATE "sea"; EXPLAIN ANALYZE ENHANCE fog UPSCALE 2x; TRIM fog[1s..2s]',
  );
  const measured = plan.steps.map((_, at) => job(plan, at));
  const told = analyse(part, { plan, steps: [] }, measured, 'g1').jobs.map(({ measured }) => measured.title);
  expect(told).toEqual(['GENERATE "fog"', 'ENHANCE fog UPSCALE 2x']);
});

test('tells everything that ran when it ran in another shape than it was written', () => {
  const { plan, part } = script('EXPLAIN ANALYZE GENERATE "fog" | ENHANCE UPSCALE 2x');
  const fused = { ...plan, steps: [plan.steps[0]!] };
  const measured = [job(plan, 0), { ...job(plan, 1), step: 'grown', title: 'GRADE grown' }];
  const { jobs } = analyse(part, { plan: fused, steps: [runs('s1', 'never made')] }, measured, 'g1');
  expect(jobs.map(({ measured }) => measured.title)).toEqual(['GENERATE "fog"', 'GRADE grown']);
  expect(
    analysisText({ group: 'g1', jobs, totals: analyse(part, { plan, steps: [] }, [], 'g1').totals }),
  ).toContain('planned   not known beforehand');
});

test('of ten thousand jobs it tells those that took longest', () => {
  const { plan } = compiled('GRADE v1 LOOK noir');
  const measured = Array.from({ length: 10_000 }, (_, at) => ({
    ...job(plan!, 0),
    job: `j${at}`,
    step: `x${at}`,
    seconds: at,
  }));
  const text = analysisText(analyse(plan!, { plan: { ...plan!, steps: [] }, steps: [] }, measured, 'g1'), 60);
  expect(text).toContain('j9999 ');
  expect(text).not.toContain('j9000 ');
  expect(text).toContain('and 9960 more that took less');
});
