import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { anyFor } from '../../engine/jobs/any-for.ts';
import { type Claimed, claim, claimSome, giveBack } from '../../engine/jobs/claim.ts';
import { complete, completeAll } from '../../engine/jobs/complete.ts';
import { ringAgain } from '../../engine/jobs/ring-again.ts';
import { isDrawn } from '../../engine/jobs/share.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import { settingSpecs } from '../../engine/settings/specs.ts';
import { writeSetting } from '../../engine/settings/write.ts';
import type { Queries, Store } from '../../engine/store/port.ts';
import { memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf } from '../fakes/plan.ts';

/** Whose turn it is, on every store. */
export function describeTurns(adapter: string, open: () => Promise<Store>): void {
  describe(`whose turn it is (${adapter})`, () => {
    let parts: Parts;
    beforeAll(async () => {
      const store = await open();
      parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
    });
    beforeEach(() => parts.store.script('truncate workspaces, shares cascade'));
    afterAll(() => parts?.store[Symbol.asyncDispose]());

    const act = { operation: 'notify', effect: true, gives: null } as const;
    const send = (workspace: string, count: number, user = 'ada') =>
      submit(parts, planOf(Object.fromEntries(Array.from({ length: count }, (_, n) => [`s${n}`, act]))), {
        ...askerIn(workspace),
        user,
      });
    const want = { lane: 'cpu', operations: ['notify'], worker: 'test', lease: 60_000 } as const;
    const next = () => claim(parts.store, want);
    const finish = (job: Claimed) =>
      complete(parts, job, { type: 'effected', path: null, url: null, notes: [] });
    /** Claims so many and finishes none. */
    const take = async (count: number, of: (job: Claimed) => string) => {
      const taken: string[] = [];
      for (let n = 0; n < count; n++) {
        const job = await next();
        taken.push(job === null ? 'nobody' : of(job));
      }
      return taken;
    };
    const workspace = (job: Claimed) => job.workspace;
    const user = (job: Claimed) => job.asker.user;
    const set = async (where: string, name: string, value: string) => {
      const admin = { ...askerIn(where), roles: ['admin'] as const };
      expect(await writeSetting(parts.store, admin, settingSpecs(4), name, value)).toBeNull();
    };
    /** As if the running jobs of a workspace had been claimed so many seconds ago. */
    const ago = (where: string, seconds: number) =>
      parts.store.query(
        `update jobs set claimed_at = now() - $2 * interval '1 second' where workspace = $1 and state = 'running'`,
        [where, seconds],
      );

    test('is the oldest job where one asker waits alone', async () => {
      await send('a', 3);
      expect(await take(4, (job) => job.title)).toEqual(['PROBE s0', 'PROBE s1', 'PROBE s2', 'nobody']);
    });

    test('goes round the workspaces, however many each has waiting', async () => {
      await send('a', 20);
      await send('b', 2);
      await send('c', 2);
      expect((await take(6, workspace)).toSorted()).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
      expect(await take(2, workspace)).toEqual(['a', 'a']);
    });

    test('goes round the askers of a workspace, which gains nothing by having many', async () => {
      await send('a', 9, 'ada');
      await send('a', 2, 'bob');
      await send('b', 5, 'eve');
      const turns = await take(8, (job) => `${job.workspace} ${job.asker.user}`);
      expect(turns.toSorted()).toEqual([
        ...Array(2).fill('a ada'),
        ...Array(2).fill('a bob'),
        ...Array(4).fill('b eve'),
      ]);
    });

    test('is that of who has used less lately, by the time it took and not by the number of jobs', async () => {
      await send('a', 5);
      const long = await next();
      await ago('a', 100);
      await finish(long as Claimed);
      await send('b', 3);
      for (let n = 0; n < 3; n++) {
        const job = (await next()) as Claimed;
        expect(job.workspace).toBe('b');
        await ago('b', 20);
        await finish(job);
      }
      await send('b', 1);
      const used = await parts.store.query(
        `select workspace, asker, round(used) as used from shares order by workspace, asker`,
      );
      expect(used).toMatchObject([
        { workspace: 'a', asker: '' },
        { workspace: 'a', asker: 'ada' },
        { workspace: 'b', asker: '' },
        { workspace: 'b', asker: 'ada' },
      ]);
      await parts.store.query(`update shares set used = 61 where workspace = 'b'`);
      expect(await take(1, workspace)).toEqual(['b']);
    });

    test('forgives by half every five minutes', async () => {
      await send('a', 1);
      await send('b', 1);
      await parts.store.query(
        `insert into shares (lane, workspace, asker, used, at)
         values ('cpu', 'a', '', 100, now() - interval '1 hour'), ('cpu', 'b', '', 1, now())`,
      );
      expect(await take(2, workspace)).toEqual(['a', 'b']);
    });

    test('counts each lane for itself', async () => {
      await send('a', 1);
      await send('b', 1);
      await parts.store.query(
        `insert into shares (lane, workspace, asker, used) values ('gpu', 'a', '', 900)`,
      );
      expect(await take(2, workspace)).toEqual(['a', 'b']);
    });

    test('passes over who has as many running as the settings allow', async () => {
      await send('a', 5, 'ada');
      await set('a', 'running.asker', '2');
      expect(await take(3, user)).toEqual(['ada', 'ada', 'nobody']);
      await send('a', 5, 'bob');
      await send('b', 3, 'eve');
      await set('local', 'running.workspace', '3');
      expect((await take(5, user)).toSorted()).toEqual(['bob', 'eve', 'eve', 'eve', 'nobody']);
      await set('local', 'running.workspace', '0');
      expect(await take(2, user)).toEqual(['bob', 'nobody']);
    });

    test('is soon that of a single statement beside thousands of somebody else', async () => {
      await send('a', 1, 'ada');
      await parts.store.query(
        `insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models,
                           lane, gives, effect, title, recipe, asker, state)
         select workspace, 100000 + n, id, 'more-' || n, n, 0, 'notify', 1, '{}', '[]', 'cpu', null, true, 't', 'r', 'ada', 'ready'
         from runs, generate_series(1, 2000) as n`,
      );
      await take(2, user);
      await send('a', 1, 'bob');
      await send('b', 1, 'eve');
      expect((await take(2, user)).toSorted()).toEqual(['bob', 'eve']);
    });

    test('comes to each of more askers than are compared at once', async () => {
      await parts.store.script(
        `insert into workspaces (name) select 'w' || n from generate_series(1, 105) as n;
         insert into runs (workspace, number, source, asker) select name, 1, '', '{"user": "ada"}' from workspaces;
         insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models,
                           lane, gives, effect, title, recipe, asker, state)
         select workspace, n, id, n, n, 0, 'notify', 1, '{}', '[]', 'cpu', null, true, 't', 'r', 'ada', 'ready'
         from runs, generate_series(1, 2) as n`,
      );
      const served = new Set<string>();
      let after: { workspace: string; asker: string } | null = null;
      for (let n = 0; n < 105; n++) {
        const job: Claimed | null = await claim(parts.store, { ...want, after });
        if (job !== null) after = { workspace: job.workspace, asker: job.asker.user };
        served.add(job?.workspace ?? 'nobody');
      }
      expect(served.size).toBe(105);
    });

    test('does not stop at who has nothing that this worker can do', async () => {
      await send('a', 3);
      await parts.store.query(`update jobs set operation = 'unknown'`);
      await send('b', 1);
      expect(await take(2, workspace)).toEqual(['b', 'nobody']);
    });

    test('reads no more rows beside thousands of jobs than beside a few', async () => {
      const rows = () =>
        parts.store.transaction(async (queries) => {
          expect(await claim(queries, want)).not.toBeNull();
          const [read] = await queries.query<{ rows: number }>(
            `select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables
             where relid = 'jobs'::regclass`,
          );
          return Number(read?.rows);
        });
      for (const asker of ['ada', 'bob']) await send('a', 30, asker);
      const few = await rows();
      expect(few).toBeGreaterThan(0);
      await parts.store.query(
        `insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models,
                           lane, gives, effect, title, recipe, asker, state)
         select workspace, 100000 * run_id + n, run_id, 'more-' || n, n, 0, operation, version, arguments, models, lane, gives,
                effect, title, recipe, asker, 'ready'
         from (select distinct on (run_id) * from jobs) one, generate_series(1, 3000) as n`,
      );
      await parts.store.script('analyze jobs');
      expect(await rows()).toBeLessThan(few + 200);
    });

    test("is found to be nobody's of those that a worker can do without reading the jobs", async () => {
      const can = {
        operations: { notify: 1, pass: 1, trim: 2 },
        models: ['m'],
        provider: 'cpu',
        memory: 100,
      };
      const about = { ...want, operations: ['notify', 'pass'], can };
      expect(await anyFor(parts.store, about)).toBe(false);
      const model = { name: 'm', digest: 'm' };
      const stages = [{ operation: 'trim', version: 3 }];
      for (const beyond of [
        { version: 2 },
        { operation: 'probe' },
        { models: [{ ...model, digest: 'other' }] },
        { models: [{ ...model, memory: 101 }] },
        { operation: 'pass', arguments: { stages } },
      ])
        await submit(parts, planOf({ a: { ...act, ...beyond } }), askerIn('a'));
      await parts.store.query(
        `insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models,
                           lane, gives, effect, title, recipe, asker, state)
         select workspace, 100000 * run_id + n, run_id, 'more-' || n, n, 0, operation, version, arguments, models, lane, gives,
                effect, title, recipe, asker, 'ready'
         from jobs, generate_series(1, 300) as n`,
      );
      await parts.store.script('analyze jobs');
      // What earlier transactions of the connection read may be counted still: a server is told of it once a second.
      const rowsRead = async (queries: Queries) => {
        const [row] = await queries.query<{ rows: number }>(
          `select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables
           where relid = 'jobs'::regclass`,
        );
        return Number(row?.rows);
      };
      const read = await parts.store.transaction(async (queries) => {
        const before = await rowsRead(queries);
        expect(await anyFor(queries, about)).toBe(false);
        return (await rowsRead(queries)) - before;
      });
      expect(read).toBeLessThan(200);
      await submit(parts, planOf({ a: { ...act, models: [{ ...model, memory: 100 }] } }), askerIn('b'));
      expect(await anyFor(parts.store, about)).toBe(true);
    });

    test('goes to several at once as it goes to one after the other', async () => {
      const workspaces = ['a', 'b', 'c'];
      const users = ['ada', 'bob'];
      await fc.assert(
        fc.asyncProperty(
          fc.subarray(workspaces.flatMap((where) => users.map((user) => [where, user] as const))),
          // Nobody used as much as another: who is next then is no matter of chance.
          fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 9, maxLength: 9 }),
          fc.constantFrom('a 1', 'a 3', 'b 2, c 0.5'),
          fc.nat({ max: 3 }),
          fc.integer({ min: 1, max: 6 }),
          async (waiting, used, weights, running, most) => {
            await parts.store.script('truncate workspaces, shares cascade');
            for (const [where, user] of waiting) await send(where, 10, user);
            for (const [who, seconds] of used.entries())
              await parts.store.query(
                "insert into shares (lane, workspace, asker, used) values ('cpu', $1, $2, $3)",
                [workspaces[who % 3] as string, ['', ...users][Math.floor(who / 3)] as string, seconds],
              );
            await set('local', 'turns.weights', weights);
            await take(running, user);
            const after = { workspace: 'b', asker: 'ada', shared: true };
            const each: Claimed[] = [];
            let last: NonNullable<Parameters<typeof claim>[1]['after']> = after;
            for (let n = 0; n < most; n++) {
              const job = await claim(parts.store, { ...want, after: last });
              if (job === null) break;
              each.push(job);
              last = { workspace: job.workspace, asker: job.asker.user, shared: true };
            }
            for (const job of each) await giveBack(parts.store, job);
            const together = await claimSome(parts.store, { ...want, after }, most);
            const told = (jobs: Claimed[]) =>
              jobs.map((job) => `${job.workspace} ${job.asker.user} j${job.number}`).toSorted();
            expect(told(together)).toEqual(told(each));
          },
        ),
        { numRuns: 12 },
      );
    });

    test('goes to several at once of which some have little to do: to the others what they leave', async () => {
      await send('a', 1, 'ada');
      await send('a', 1, 'bob');
      await send('b', 9, 'eve');
      const lots = async () => (await claimSome(parts.store, want, 4)).map(user).toSorted();
      expect([await lots(), await lots()]).toEqual([
        ['ada', 'bob', 'eve', 'eve'],
        ['eve', 'eve', 'eve', 'eve'],
      ]);
    });

    test('is not lost by jobs that were taken away before they ended', async () => {
      await send('a', 400);
      const jobs = await claimSome(parts.store, want, 400);
      const drawn = jobs.filter(({ id }) => isDrawn(id, 0));
      expect(drawn.length).toBeGreaterThan(0);
      for (const job of drawn) await giveBack(parts.store, job);
      const outcome = { type: 'effected', path: null, url: null, notes: [] } as const;
      const ends = drawn.map((job) => ({ job, outcome, admitted: null }));
      expect(await completeAll(parts, ends)).toEqual(new Set());
      expect(await parts.store.query('select from shares')).toEqual([]);
    });

    test('goes to several at once of what is brief, and to one of what is not', async () => {
      await send('a', 4);
      expect(await claimSome(parts.store, { ...want, brief: [] }, 4)).toHaveLength(1);
      expect(await claimSome(parts.store, { ...want, brief: ['notify'] }, 4)).toHaveLength(3);
    });

    test('goes to one after the other where how many may run is limited', async () => {
      await send('a', 5, 'ada');
      await set('a', 'running.asker', '2');
      const four = () => claimSome(parts.store, want, 4);
      expect([await four(), await four(), await four()].map(({ length }) => length)).toEqual([1, 1, 0]);
    });

    test('the sweep rings again for some of what is ready, in every lane', async () => {
      const queue = inProcessQueue();
      const rung: (number | null)[] = [];
      await send('a', 300);
      await parts.store.query(`update jobs set not_before = now() + interval '1 hour' where number > 250`);
      await queue.listen('cpu', (job) => rung.push(job));
      await ringAgain({ store: parts.store, queue });
      await expect.poll(() => rung.length).toBe(100);
    });
  });
}
