import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../dsl/plan.ts';
import { Failure } from '../../engine/failure.ts';
import { claim } from '../../engine/jobs/claim.ts';
import { fail } from '../../engine/jobs/fail.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { openNews } from '../../engine/news.ts';
import { readOverview } from '../../engine/overview/read.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import type { Store } from '../../engine/store/port.ts';
import { memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf } from '../fakes/plan.ts';

/** What `pql top` reads, on every store. The tests of it follow each other. */
export function describeOverview(adapter: string, open: () => Promise<Store>): void {
  describe(`the overview (${adapter})`, () => {
    let parts: Parts;
    let store: Store;
    beforeAll(async () => {
      store = await open();
      parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
      await store.script('drop table if exists workers');
    });
    afterAll(() => store?.[Symbol.asyncDispose]());

    const send = (plan: Plan, workspace = 'local') => submit(parts, plan, askerIn(workspace));
    const take = async (worker: string, lane: 'cpu' | 'gpu' = 'cpu', lease = 60_000) => {
      const job = await claim(store, { lane, operations: ['probe'], worker, lease });
      if (job === null) throw new Error('nothing to claim');
      return job;
    };

    test('says of an empty database that nothing is there', async () => {
      const empty = { running: 0, slots: null, ready: 0, blocked: 0, oldest: null };
      expect(await readOverview(store)).toEqual({
        lanes: [
          { lane: 'gpu', ...empty },
          { lane: 'cpu', ...empty },
          { lane: 'net', ...empty },
        ],
        ...{ workers: [], runs: [], more: false, failures: [] },
      });
    });

    test('says what runs where, what waits and why, and what failed', async () => {
      await send(planOf({ bad: {} }), 'other');
      await fail(parts, await take('w1'), new Failure('permanent', 'PQL641', 'half a frame'));
      await send(planOf({ a: {}, b: { reads: ['a'] } }));
      await send(planOf({ again: {} }));
      await send(planOf({ far: { lane: 'gpu' } }));
      await take('w1');
      await fail(parts, await take('w2'), new Failure('transient', 'PQL660', 'later'));
      // However slow the machine.
      await store.query(
        `update jobs set not_before = now() + interval '1 hour' where state = 'ready' and failure is not null`,
      );
      await send(planOf({ next: {} }));
      await send(planOf({ last: {} }));
      const { lanes, workers, runs, failures } = await readOverview(store);
      expect(lanes.map(({ lane, running, ready, blocked }) => [lane, running, ready, blocked])).toEqual([
        ['gpu', 0, 1, 0],
        ['cpu', 1, 3, 1],
        ['net', 0, 0, 0],
      ]);
      expect(lanes.map(({ oldest }) => oldest !== null && oldest >= 0)).toEqual([true, true, false]);
      expect(workers).toEqual([
        { id: 'w1', lanes: ['cpu'], state: 'works', jobs: 1, title: 'PROBE a', seconds: expect.any(Number) },
      ]);
      expect(
        runs.map((run) => [run.group, run.statement, run.done, run.jobs, run.running?.job, run.waits]),
      ).toEqual([
        ['g1', 'a; b', 0, 2, 'j1', null],
        ['g2', 'again', 0, 1, undefined, expect.stringMatching(/^again in (?:1h|59m)/)],
        ['g3', 'far', 0, 1, undefined, 'next on gpu'],
        ['g4', 'next', 0, 1, undefined, '1 before it on cpu'],
        ['g5', 'last', 0, 1, undefined, '2 before it on cpu'],
      ]);
      expect(failures).toEqual([
        {
          ...{ workspace: 'other', group: 'g1', job: 'j1', title: 'PROBE bad' },
          ...{ kind: 'permanent', code: 'PQL641', message: 'half a frame', seconds: expect.any(Number) },
        },
      ]);
    });

    test('knows of workers that made themselves known, and of lanes that none of them serves', async () => {
      await store.script(
        `create table if not exists workers (
           id text primary key, host text not null, pid integer not null, lanes text[] not null, slots jsonb not null,
           capabilities jsonb not null, started_at timestamptz not null default now(),
           seen_at timestamptz not null default now(), draining boolean not null default false);
         alter table workers add column if not exists pressure text;
         alter table jobs add column if not exists log jsonb not null default '[]';
         update jobs set log = '["0.1 s: begun", "3.0 s: 40 %"]' where state = 'running';
         insert into workers (id, host, pid, lanes, slots, capabilities, seen_at, draining, pressure) values
           ('w1', 'h', 1, '{cpu,net}', '{"cpu": 2, "net": 4}', '{}', now(), false, null),
           ('w6', 'h', 5, '{cpu}', '{"cpu": 0}', '{}', now(), false, null),
           ('w7', 'h', 6, '{cpu}', '{"cpu": 0}', '{"schema": "9999"}', now(), false, null),
           ('w3', 'h', 2, '{cpu}', '{"cpu": 1}', '{}', now(), false, 'the disk is full'),
           ('w4', 'h', 3, '{cpu}', '{"cpu": 8}', '{}', now() - interval '1 hour', false, null),
           ('w5', 'h', 4, '{gpu}', '{"gpu": 1}', '{}', now(), true, null)`,
      );
      await take('w2');
      await store.query(`update jobs set lease_until = now() - interval '1 second' where worker = 'w2'`);
      const { lanes, workers, runs } = await readOverview(store);
      expect(lanes.map(({ lane, slots }) => [lane, slots])).toEqual([
        ['gpu', 0],
        ['cpu', 3],
        ['net', 4],
      ]);
      expect(workers.map(({ id, lanes: served, state, jobs }) => [id, served.join(), state, jobs])).toEqual([
        ['w1', 'cpu,net', 'works', 1],
        ['w3', 'cpu', 'paused', 0],
        ['w4', 'cpu', 'silent', 0],
        ['w5', 'gpu', 'draining', 0],
        ['w6', 'cpu', 'outdated', 0],
        ['w7', 'cpu', 'idle', 0],
        ['w2', 'cpu', 'silent', 1],
      ]);
      expect(runs.find(({ group }) => group === 'g1')?.running?.said).toBe('3.0 s: 40 %');
      expect(runs.find(({ group }) => group === 'g3')?.waits).toBe('nobody works on gpu');
    });

    test('shows so many runs and no more, those that run before those that wait', async () => {
      for (let run = 0; run < 70; run++) await send(planOf({ [`many${run}`]: { lane: 'net' } }));
      const { runs, more } = await readOverview(store);
      expect([runs.length, more]).toEqual([60, true]);
      const running = runs.map((run) => run.running !== null);
      expect(running).toEqual([...running].sort((a, b) => Number(b) - Number(a)));
    });
  });
}
