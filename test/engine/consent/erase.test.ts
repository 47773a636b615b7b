import { expect, test } from 'vitest';

import { wordsOf } from '../../fakes/gated.ts';
import { openGatedStore } from '../../fakes/gated-store.ts';

const { store, gated } = await openGatedStore();

test('a deletion takes the parts that a film was put together from, also where they could be recalled', async () => {
  const name = `Ida ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
  const { run } = await gated.start(`GENERATE "${name} rows"`);
  await gated.make(await gated.take());
  const { run: other } = await gated.start(`GENERATE "fog ${crypto.randomUUID()}"`);
  await gated.make(await gated.take());
  const [part] = await store.query<{ hash: string }>('select result as hash from jobs where run_id = $1', [
    other,
  ]);
  const { hash } = part!;
  await store.query(
    'update jobs set segment_of = (select id from jobs where run_id = $2) where run_id = $1',
    [other, run],
  );
  await store.query('delete from media where hash = $1', [hash]);
  expect(await store.query('select from works where hash = $1', [hash])).toHaveLength(1);
  const id = /(r\d+) asks/.exec(wordsOf(await gated.ask(`OPT OUT "${name}" ERASE`)))![1]!;
  for (const user of ['mia', 'noor']) await gated.ask(`APPROVE ${id}`, gated.as(user));
  expect(await store.query('select from artifacts where hash = $1', [hash])).toEqual([]);
  expect(await gated.parts.artifacts.has(hash)).toBe(false);
});
