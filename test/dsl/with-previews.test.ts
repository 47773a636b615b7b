import { expect, test } from 'vitest';
import { grow } from '../../dsl/grow.ts';
import type { Step } from '../../dsl/plan.ts';
import { withPreviews } from '../../dsl/with-previews.ts';
import { planOf } from '../fakes/plan.ts';
import { compiled } from './compiling.ts';

const video = { gives: 'video' } as const;
const added = (steps: Parameters<typeof planOf>[0]) =>
  withPreviews(planOf(steps), 10e6).steps.filter(({ operation }) => operation === 'fit');

test('what a plan comes to at last gets a preview, and the plan is otherwise the same', () => {
  const plan = planOf({
    a: video,
    b: { ...video, reads: ['a'] },
    c: { reads: ['b'], effect: true, gives: null },
  });
  const given = withPreviews(plan, 10e6);
  expect(given.steps.slice(0, 3)).toEqual(plan.steps);
  expect(given.steps.slice(3)).toEqual([
    expect.objectContaining<Partial<Step>>({
      id: 'b.fit',
      arguments: { bytes: 10e6 },
      inputs: [{ role: 'operand', from: 'step', step: 'b' }],
      gives: null,
      effect: true,
      title: 'a preview of at most 10.0 MB',
    }),
  ]);
});

test.each([['image'], ['audio']] as const)('%s too', (gives) => {
  expect(added({ a: video, b: { gives, reads: ['a'] } })).toMatchObject([{ id: 'b.fit' }]);
});

test('several results get one each, the first few of them; what others are made of gets none', () => {
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`v${n}`, video]));
  const fits = added({ ...many, end: { ...video, reads: ['v1', 'v2'] } }).map(({ id }) => id);
  expect(fits).toEqual(['v0.fit', ...[3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => `v${n}.fit`)]);
});

test('the first few things that come of a list get one each, once it is there', () => {
  const { plan } = compiled(
    'FROM SHOTS OF v1 | MAP ( GRADE LOOK noir | ENHANCE DENOISE 20 TO "out/{n}.mp4" )',
  );
  const { grows, id } = withPreviews(plan!, 10e6).steps.find((step) => step.grows !== undefined)!;
  const shots = Array.from({ length: 11 }, (_, n) => ({ from: n, until: n + 1 }));
  const { steps, results } = grow(grows!, id, shots);
  expect(results).toEqual(grow(plan!.steps.find((step) => step.grows)!.grows!, id, shots).results);
  const fits = steps.filter(({ operation }) => operation === 'fit');
  expect(fits.map(({ inputs }) => inputs)).toEqual(
    results.slice(0, 10).map((step) => [{ role: 'operand', from: 'step', step }]),
  );
  expect(new Set(steps.map((step) => step.id)).size).toBe(steps.length);
});

test('a list that is brought together gets one of what it comes to', () => {
  const { plan } = compiled('FROM SHOTS OF v1 | MAP ( GRADE LOOK noir ) | REDUCE ( STITCH )');
  const { steps } = withPreviews(plan!, 10e6);
  expect(steps.flatMap(({ grows }) => grows?.first ?? [])).toEqual([]);
  const last = steps.findLast(({ effect }) => !effect)!;
  expect(steps.filter(({ operation }) => operation === 'fit').map(({ id }) => id)).toEqual([
    `${last.id}.fit`,
  ]);
});

test('a text needs none, nor does a plan without work', () => {
  expect(added({ a: video, b: { gives: 'text', reads: ['a'] } })).toEqual([]);
  expect(added({})).toEqual([]);
});
