import { expect, test } from 'vitest';
import { explainText } from '../../../dsl/explain.ts';
import { clip, sampleWorld } from '../../fakes/world.ts';
import { optimised, said, steps } from './optimising.ts';

test('a stitch cuts its parts itself', () => {
  const plan = optimised('STITCH v12 + v19[2s..6s] + (TRIM v3 FROM 1s) TO out/f.mp4');
  expect(steps(plan)).toEqual([
    's3 stitch: STITCH v12 + v19[2s..6s] + (TRIM v3 FROM 1s)',
    's4 export: TO out/f.mp4',
  ]);
  expect(plan.steps[0]!.arguments).toMatchObject({
    ranges: [null, { from: 2, to: 6 }, { from: 1, to: null }],
  });
  expect(plan.steps[0]!.inputs.map(({ from }) => from)).toEqual(['artifact', 'artifact', 'artifact']);
  expect(said(plan, 'trims into stitch')).toEqual([
    '2 parts are cut in the STITCH: no file between, and packets come from the source where the cut allows',
  ]);
});

test('a stitch of whole clips stays as it is', () => {
  expect(optimised('STITCH v1 + v2').steps[0]!.arguments).not.toHaveProperty('ranges');
});

test('parts that others need too, and parts that are there, are files', () => {
  expect(steps(optimised('STITCH v1[1s..2s] + v1[1s..2s]'))).toHaveLength(2);
  expect(steps(optimised('TRIM v1[1s..2s] AS part; STITCH v1 + part'))).toHaveLength(2);
  expect(steps(optimised('STITCH v1 + v2[1s..2s]', ['s1']))).toHaveLength(2);
});

test('EXPLAIN counts the parts, not the whole clips', () => {
  const same = { coding: 'abc' };
  const world = sampleWorld({
    media: new Map([
      ['v1', clip('v1', { ...same, duration: 5 })],
      ['v2', clip('v2', { width: 720, height: 400, duration: 100 })],
    ]),
  });
  expect(explainText(optimised('STITCH v1 + v2[1s..3s]', [], world))).toMatchInlineSnapshot(`
    "STITCH v1 + v2[1s..3s]  cpu · 1280x720 24fps 7s

    stitches to 1280x720 24fps
      clip 1 is copied
      clip 2 is encoded: it is 720×400, not 1280×720
    trims into stitch: TRIM v2[1s..3s] is cut in the STITCH: no file between, and packets come from the source where the cut allows
    1 job"
  `);
});
