import { afterAll, beforeAll, expect, test } from 'vitest';
import { Failure } from '../../../engine/failure.ts';
import { claim } from '../../../engine/jobs/claim.ts';
import { complete } from '../../../engine/jobs/complete.ts';
import { fail } from '../../../engine/jobs/fail.ts';
import { measure } from '../../../engine/jobs/measure.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { openNews } from '../../../engine/news.ts';
import type { Parts } from '../../../engine/parts.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../../fakes/plan.ts';

let parts: Parts & { artifacts: MemoryArtifacts };
beforeAll(async () => {
  const store = await openMemoryStore();
  parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
});
afterAll(() => parts?.store[Symbol.asyncDispose]());

const take = async (operation: string) =>
  (await claim(parts.store, { lane: 'cpu', operations: [operation], worker: 'test', lease: 60_000 }))!;
const made = async (operation: string, text: string) =>
  complete(parts, await take(operation), {
    type: 'made',
    hash: parts.artifacts.keep(text),
    bytes: 3,
    kind: 'text',
    facts: textFacts,
    notes: [],
    details: {},
  });

test('says what each job took, how long it waited, and what it came to', async () => {
  const operation = 'timed';
  const plan = planOf({
    a: { operation },
    b: { operation, reads: ['a'] },
    c: { operation, reads: ['b'], effect: true, gives: null },
  });
  const { run } = await submit(parts, plan, askerIn('ada'));
  await made('timed', 'first');
  await made('timed', 'second');
  const times = (step: string, created: number, started: number, finished: number) =>
    parts.store.query(
      `update jobs set created_at = moment + $3 * interval '1 second', started_at = moment + $4 * interval '1 second',
              finished_at = moment + $5 * interval '1 second'
       from (select created_at as moment from runs where id = $1) as run where run_id = $1 and step = $2`,
      [run, step, created, started, finished],
    );
  await times('a', 0, 2, 5);
  await times('b', 0, 6, 10);
  const [a, b, c] = await measure(parts.store, run);
  expect(a).toMatchObject({ job: 'j1', state: 'done', seconds: 3, waited: 2, ended: 5, result: 't1' });
  // It could have started when the first had ended.
  expect(b).toMatchObject({ seconds: 4, waited: 1, ended: 10, facts: textFacts, recalled: false });
  expect(c).toMatchObject({ state: 'ready', effect: true, seconds: null, waited: null, result: null });
});

test('says what was recalled, what failed and what never started', async () => {
  const operation = 'failing';
  const first = await submit(parts, planOf({ a: { operation } }), askerIn('bob'));
  await made('failing', 'again');
  const plan = planOf({ a: { operation }, b: { operation, reads: ['a'] }, c: { operation, reads: ['b'] } });
  const { run } = await submit(parts, plan, askerIn('bob'));
  await fail(parts, await take('failing'), new Failure('user', 'PQL601', 'the file is broken'));
  const measured = await measure(parts.store, run);
  expect(measured.map(({ state, recalled, failure }) => [state, recalled, failure])).toEqual([
    ['done', true, null],
    ['failed', false, 'PQL601'],
    ['cancelled', false, null],
  ]);
  expect(measured[0]).toMatchObject({ result: 't1', seconds: null });
  expect((await measure(parts.store, first.run))[0]).toMatchObject({ recalled: false, result: 't1' });
});

test('of no such run it says nothing', async () => {
  expect(await measure(parts.store, 999_999)).toEqual([]);
});
