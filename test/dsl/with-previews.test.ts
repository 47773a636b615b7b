import { expect, test } from 'vitest';
import type { Step } from '../../dsl/plan.ts';
import { withPreviews } from '../../dsl/with-previews.ts';
import { planOf } from '../fakes/plan.ts';

const video = { gives: 'video' } as const;
const added = (steps: Parameters<typeof planOf>[0]) =>
  withPreviews(planOf(steps), 10e6).steps.filter(({ operation }) => operation === 'fit');

test('a result gets a preview, what lies between and what is no picture or sound gets none', () => {
  const plan = {
    a: video,
    b: { ...video, reads: ['a'] },
    c: {},
    d: { reads: ['b'], effect: true, gives: null },
  };
  expect(added(plan)).toEqual([
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

test('every statement has its result, and the plan is otherwise the same', () => {
  const plan = planOf({ a: video, b: { gives: 'image' }, c: { gives: 'audio' } });
  const given = withPreviews(plan, 500);
  expect(given.steps.slice(0, 3)).toEqual(plan.steps);
  expect(given.steps.slice(3).map(({ id }) => id)).toEqual(['a.fit', 'b.fit', 'c.fit']);
});
