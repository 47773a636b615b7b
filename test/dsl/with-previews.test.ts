import { expect, test } from 'vitest';
import type { Step } from '../../dsl/plan.ts';
import { withPreviews } from '../../dsl/with-previews.ts';
import { planOf } from '../fakes/plan.ts';

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
  expect(added({ a: video, b: { gives } })).toMatchObject([{ id: 'b.fit' }]);
});

test('a text needs none, nor does a plan without work', () => {
  expect(added({ a: video, b: { gives: 'text', reads: ['a'] } })).toEqual([]);
  expect(added({})).toEqual([]);
});
