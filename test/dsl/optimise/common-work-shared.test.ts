import { expect, test } from 'vitest';
import { optimised, said } from './optimising.ts';

test('says which statements share work', () => {
  const plan = optimised(
    'GRADE v1 LOOK warm; GRADE v1 LOOK warm | TRIM FROM 1s; STITCH v1 + (GRADE v1 LOOK warm)',
  );
  expect(said(plan, 'common work shared')).toEqual([
    'GRADE v1 LOOK warm is done once for statements 1, 2 and 3',
  ]);
});

test('counts many statements', () => {
  const plan = optimised('PROBE v1; '.repeat(9));
  expect(said(plan, 'common work shared')).toEqual([
    'PROBE v1 is done once for statements 1, 2, 3, 4, 5 and 4 more',
  ]);
});

test('says nothing where a statement needs the same twice', () => {
  expect(said(optimised('STITCH v3[2s..6s] + v3[2s..6s]'), 'common work shared')).toEqual([]);
});
