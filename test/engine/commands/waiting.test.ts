import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Step } from '../../../dsl/plan.ts';
import { describeGroup } from '../../../engine/commands/describe.ts';
import { claim } from '../../../engine/jobs/claim.ts';
import { complete } from '../../../engine/jobs/complete.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { openNews } from '../../../engine/news.ts';
import type { Parts } from '../../../engine/parts.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import { signOfLife } from '../../../engine/workers/presence.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { askerIn, planOf } from '../../fakes/plan.ts';

let parts: Parts;
beforeAll(async () => {
  const store = await openMemoryStore();
  parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
});
beforeEach(async () => {
  await parts.store.script('truncate workspaces, shares, workers cascade');
  // Where nobody works, that is what there is to say.
  const can = { operations: { notify: 1, probe: 1 }, models: [], provider: null, schema: '9999' };
  const about = { id: 'ada:7', host: 'ada', pid: 7, slots: { cpu: 1 }, can };
  await signOfLife(parts.store, about, { draining: false, pressure: null });
});
afterAll(() => parts.store[Symbol.asyncDispose]());

/** Submits so many jobs of a person; returns what FIND GROUP says about waiting. */
async function send(workspace: string, count: number, user = 'ada', step: Partial<Step> = {}) {
  const act = { operation: 'notify', effect: true, gives: null, ...step };
  const plan = planOf(Object.fromEntries(Array.from({ length: count }, (_, n) => [`s${n}`, act])));
  const { run, number } = await submit(parts, plan, { ...askerIn(workspace), user });
  return async () => {
    const answer = await describeGroup(parts.store, run, `g${number}`);
    return answer.type === 'table' ? answer.hint : answer;
  };
}

const take = async () => {
  const want = { lane: 'cpu', operations: ['notify', 'probe'], worker: 'test', lease: 60_000 } as const;
  const job = await claim(parts.store, want);
  if (job === null) throw new Error('nothing to claim');
  return job;
};

test('says who is next, and nothing where nothing waits', async () => {
  const why = await send('films', 1);
  expect(await why()).toBe('j1 is the next of lane cpu');
  const job = await take();
  expect(await why()).toBeNull();
  await complete(parts, job, { type: 'effected', path: null, url: null, notes: [] });
  expect(await why()).toBeNull();
});

test('counts who is ahead as turns go round, without a name of anybody', async () => {
  await send('films', 3);
  await send('films', 9, 'bob');
  await send('secret', 30, 'eve');
  const why = await send('films', 1);
  expect(await why()).toBe(
    'j13 waits for lane cpu: ahead are 3 of your own, 3 of others here, 6 of other workspaces',
  );
  const other = await send('quiet', 1, 'zoe');
  expect(await other()).toBe('j1 waits for lane cpu: ahead are 1 of other workspaces');
  // As claims then really go, the newcomer's one among them.
  const claimed: string[] = [];
  while (!claimed.includes('films j13')) {
    const { workspace, number } = await take();
    claimed.push(`${workspace} j${number}`);
  }
  expect(claimed.filter((job) => !job.startsWith('quiet'))).toHaveLength(13);
});

test('expects when it starts from what such jobs took and how many run', async () => {
  const first = await send('films', 2);
  const done = await take();
  await parts.store.query(`update jobs set started_at = now() - interval '20 seconds' where id = $1`, [
    done.id,
  ]);
  await complete(parts, done, { type: 'effected', path: null, url: null, notes: [] });
  await take();
  expect(await first()).toBeNull();
  const why = await send('films', 4);
  await take();
  expect(await why()).toMatch(/^j4 is the next of lane cpu, starts in about 1[01]s$/);
});

test('says what else it waits for: its time, its list, equal work, a limit', async () => {
  const later = await send('later', 1);
  await parts.store.query(`update jobs set not_before = now() + interval '90 seconds', attempts = 1`);
  expect(await later()).toMatch(/^j1 is tried again in 1m (?:29|30)s$/);

  const listed = await send('listed', 2, 'ada', { throttle: { name: 's', most: 1 } });
  await take();
  expect(await listed()).toBe('j2 waits until another one of its list has ended: AT MOST');

  const same = { operation: 'probe', effect: false, gives: 'text', arguments: { of: 'it' } } as const;
  await send('twins', 1, 'ada', same);
  await take();
  const twin = await send('twins', 1, 'bob', same);
  expect(await twin()).toBe('j2 waits for the same work, which runs already, and takes its result');

  const limited = await send('limited', 2);
  await parts.store.query(
    `insert into settings (workspace, name, value) values ('limited', 'running.asker', '1')`,
  );
  await take();
  expect(await limited()).toBe('j2 waits: as many jobs run as SET running.asker or running.workspace allows');
});
