import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../dsl/plan.ts';
import { epochOf } from '../../engine/consent/gate/name-index.ts';
import { ConsentChanged } from '../../engine/consent/gate/stale.ts';
import type { JobState, RunEvent } from '../../engine/event.ts';
import { Failure } from '../../engine/failure.ts';
import { cancel } from '../../engine/jobs/cancel.ts';
import {
  type Claimed,
  claim,
  giveBack,
  heartbeat,
  keepLog,
  nextDue,
  stillHeld,
} from '../../engine/jobs/claim.ts';
import { complete, completeAll, type Outcome } from '../../engine/jobs/complete.ts';
import { endTogether } from '../../engine/jobs/end-together.ts';
import { explain } from '../../engine/jobs/explain.ts';
import { fail, maxAttempts } from '../../engine/jobs/fail.ts';
import { recallNow } from '../../engine/jobs/recall-now.ts';
import { retry } from '../../engine/jobs/retry.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { maxCrashes, sweep } from '../../engine/jobs/sweep.ts';
import { countWork, readJobs, readRun } from '../../engine/jobs/view.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import type { Store } from '../../engine/store/port.ts';
import { explaining } from '../fakes/explaining.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 30_000 };

/** The life of jobs, on every store. Each test has a workspace and an operation of its own, since all share one store. */
export function describeJobs(adapter: string, open: () => Promise<Store>): void {
  describe(`the life of jobs (${adapter})`, () => {
    let parts: Parts & { artifacts: MemoryArtifacts };
    beforeAll(async () => {
      const store = await open();
      parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
    });
    afterAll(() => parts?.store[Symbol.asyncDispose]());

    const begin = () => {
      const word = crypto.randomUUID();
      const asker = askerIn(`w-${word}`);
      const op = `op-${word}`;
      const next = (lease = 60_000) =>
        claim(parts.store, { lane: 'cpu', operations: [op], worker: 'test', lease });
      const made = (job: Claimed, text: string, admitted: number | null = null) =>
        complete(
          parts,
          job,
          {
            ...{ type: 'made', hash: parts.artifacts.keep(text), bytes: text.length },
            ...{ kind: 'text', facts: textFacts, notes: [], details: { text } },
          },
          admitted,
        );
      return {
        asker,
        op,
        next,
        made,
        async take() {
          const job = await next();
          if (job === null) throw new Error('nothing to claim');
          return job;
        },
        plan: (steps: Parameters<typeof planOf>[0]): Plan =>
          planOf(
            Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, { operation: op, ...step }])),
          ),
        send: (plan: Plan) => submit(parts, plan, asker),
        states: async (run: number): Promise<Record<string, JobState>> =>
          Object.fromEntries(
            (await readJobs(parts.store, run, 0)).map((row) => [row.view.title.slice(6), row.view.state]),
          ),
        runState: async (run: number) => (await readRun(parts.store, run))?.state,
        ids: async (): Promise<string[]> =>
          (
            await parts.store.query<{ id: string }>(
              'select letter || number as id from media where workspace = $1 order by id',
              [asker.workspace],
            )
          ).map((row) => row.id),
      };
    };
    const disturbed = () => new Failure('transient', 'PQL699', 'the network is away');
    const broken = () => new Failure('user', 'PQL698', 'the file is broken', { hint: 'send another' });

    test('numbers groups and jobs from 1 in each workspace', async () => {
      const [a, b] = [begin(), begin()];
      expect((await a.send(a.plan({ s1: {}, s2: {} }))).number).toBe(1);
      expect((await a.send(a.plan({ s3: {} }))).number).toBe(2);
      expect((await b.send(b.plan({ s1: {} }))).number).toBe(1);
      const numbers = await parts.store.query(
        'select number from jobs where workspace = $1 order by number',
        [a.asker.workspace],
      );
      expect(numbers).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
    });

    const told = { type: 'effected', path: null, url: null, notes: [] } as const;
    const ending = (...jobs: Claimed[]) => jobs.map((job) => ({ job, outcome: told, admitted: null }));

    test('jobs that end together move on what waited, end their runs, and leave alone who was taken away', async () => {
      const { plan, send, take, states, runState } = begin();
      const act = { effect: true, gives: null };
      const first = await send(plan({ s1: act, s2: act, s3: { ...act, reads: ['s2'] } }));
      const [s1, s2] = [await take(), await take()];
      const other = await send(plan({ s4: act }));
      const s4 = await take();
      const third = await send(plan({ s5: act }));
      const s5 = await take();
      await giveBack(parts.store, s5);
      const done = await completeAll(parts, ending(s5, s4, s2, s1));
      expect(done).toEqual(new Set([s1.id, s2.id, s4.id]));
      expect(await states(first.run)).toEqual({ s1: 'done', s2: 'done', s3: 'ready' });
      expect([await runState(first.run), await runState(other.run)]).toEqual(['running', 'done']);
      expect(await states(third.run)).toEqual({ s5: 'ready' });
      expect(await completeAll(parts, ending(await take(), await take()))).toHaveProperty('size', 2);
      expect([await runState(first.run), await runState(third.run)]).toEqual(['done', 'done']);
    });

    test('the last two jobs of a run that end together end it', async () => {
      const { plan, send, take, runState } = begin();
      const { run } = await send(
        plan({ s1: { effect: true, gives: null }, s2: { effect: true, gives: null } }),
      );
      await completeAll(parts, ending(await take(), await take()));
      expect(await runState(run)).toBe('done');
    });

    test('a job that cannot be written keeps no others from ending beside it', async () => {
      const { plan, send, take, states } = begin();
      const { run } = await send(
        plan({ s1: {}, s2: { effect: true, gives: null }, s3: { effect: true, gives: null } }),
      );
      const [s1, s2, s3] = [await take(), await take(), await take()];
      const end = endTogether(parts);
      const gone: Outcome = {
        ...{ type: 'made', kind: 'text', facts: textFacts, notes: [], details: {} },
        ...{ hash: 'f'.repeat(64), bytes: 1 },
      };
      const [bad, good, better] = await Promise.allSettled([
        end({ job: s1, outcome: gone, admitted: null }),
        ...ending(s2, s3).map(end),
      ]);
      expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'PQL612' } });
      expect([good, better]).toEqual(Array(2).fill({ status: 'fulfilled', value: true }));
      expect(await states(run)).toEqual({ s1: 'running', s2: 'done', s3: 'done' });
    });

    test('a program from before the gate of consent is told that it gets no work, not even what another one handed back', async () => {
      const { plan, send, take, states, next } = begin();
      const { run } = await send(plan({ s1: {} }));
      // What such a program's claim comes to.
      const claimAsBefore = () =>
        parts.store.query(
          `update jobs set state = 'running', epoch = epoch + 1, attempts = attempts + 1, worker = 'old',
                  lease_until = clock_timestamp() + interval '1 minute'
           where run_id = $1 and state = 'ready' returning id`,
          [run],
        );
      await expect(claimAsBefore()).rejects.toThrow('older than its database');
      await giveBack(parts.store, await take());
      await expect(claimAsBefore()).rejects.toThrow('older than its database');
      expect(await states(run)).toEqual({ s1: 'ready' });
      expect(await next()).toMatchObject({ attempts: 1 });
    });

    test('publishes what was admitted under the present epoch of consent, and under no other', async () => {
      const { plan, send, take, made, states } = begin();
      const { run } = await send(plan({ s1: {} }));
      const job = await take();
      const epoch = await epochOf(parts.store);
      await expect(made(job, 'a text', epoch - 1)).rejects.toBeInstanceOf(ConsentChanged);
      expect(await states(run)).toEqual({ s1: 'running' });
      expect(await made(job, 'a text', epoch)).toBe(true);
      expect(await states(run)).toEqual({ s1: 'done' });
      expect(await made(job, 'a text', epoch)).toBe(false);
    });

    test('numbers without gaps and without collisions when many submit at once and some fail', async () => {
      const { asker, plan, send } = begin();
      const bad = plan({ s1: {} });
      bad.steps[0]?.inputs.push({ role: 'operand', from: 'step', step: 'nowhere' });
      const results = await Promise.allSettled(
        Array.from({ length: 12 }, (_, i) => send(i % 3 === 0 ? bad : plan({ [`s${i}`]: {} }))),
      );
      const numbers = results.flatMap((result) =>
        result.status === 'fulfilled' ? [result.value.number] : [],
      );
      expect(numbers.toSorted((x, y) => x - y)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      const [count] = await parts.store.query('select count(*) as runs from runs where workspace = $1', [
        asker.workspace,
      ]);
      expect(count).toEqual({ runs: 8 });
    });

    test('rings only for what is ready, after it is committed', async () => {
      const { plan, send, states } = begin();
      const rung: number[] = [];
      const listener = await parts.queue.listen('cpu', (job) => rung.push(Number(job)));
      const { run } = await send(plan({ a: {}, b: { reads: ['a'] } }));
      expect(await states(run)).toEqual({ a: 'ready', b: 'blocked' });
      await expect.poll(() => rung.length, soon).toBe(1);
      await listener[Symbol.asyncDispose]();
    });

    test('releases a job when its last input finishes, and hands it what they made in order', async () => {
      const { plan, send, take, made, states, next } = begin();
      const { run } = await send(plan({ a: {}, b: {}, c: { reads: ['b', 'a'] } }));
      await made(await take(), 'A');
      expect(await states(run)).toEqual({ a: 'done', b: 'ready', c: 'blocked' });
      await made(await take(), 'B');
      const c = await take();
      expect(c.inputs.map((input) => input.hash)).toEqual(['B', 'A'].map(parts.artifacts.keep));
      expect(c.inputs[0]).toMatchObject({ role: 'operand', kind: 'text', facts: textFacts });
      expect(await next()).toBeNull();
    });

    test('ends a run when its last job is done', async () => {
      const { plan, send, take, made, runState } = begin();
      const { run } = await send(plan({ a: {} }));
      expect(await runState(run)).toBe('running');
      await made(await take(), 'ended');
      expect(await runState(run)).toBe('done');
      expect(await countWork(parts.store, run)).toEqual({ recalled: 0, ran: 1 });
    });

    test('ends an empty run at once', async () => {
      const { plan, send, runState } = begin();
      expect(await runState((await send(plan({}))).run)).toBe('done');
    });

    test('publishes a result with its id and name together with the end of its job', async () => {
      const { asker, plan, send, take, made, ids } = begin();
      await send(plan({ a: { name: 'Intro', arguments: { prompt: 'a quay' } } }));
      const job = await take();
      expect(await ids()).toEqual([]);
      await made(job, 'published');
      expect(await ids()).toEqual(['t1']);
      const [named] = await parts.store.query(
        `select names.key, names.name, media.recipe, media.prompt, media.hash from names
         join media on media.id = names.media_id where names.workspace = $1`,
        [asker.workspace],
      );
      expect(named).toEqual({
        key: 'intro',
        name: 'Intro',
        recipe: 'PROBE a',
        prompt: 'a quay',
        hash: parts.artifacts.keep('published'),
      });
    });

    test('gives equal bytes one id, and the latest bearer the name', async () => {
      const { asker, plan, send, take, made, ids } = begin();
      await send(plan({ a: { name: 'x' }, b: { name: 'y' }, c: { name: 'X' } }));
      await made(await take(), 'same');
      await made(await take(), 'same');
      await made(await take(), 'other');
      expect(await ids()).toEqual(['t1', 't2']);
      const names = await parts.store.query(
        `select names.name, media.number from names join media on media.id = names.media_id
         where names.workspace = $1 order by key`,
        [asker.workspace],
      );
      expect(names).toEqual([
        { name: 'X', number: 2 },
        { name: 'y', number: 1 },
      ]);
    });

    test('recalls finished work without running it, through whole chains', async () => {
      const { plan, send, take, made, runState, next, ids } = begin();
      const steps = { a: {}, b: { reads: ['a'] }, c: { reads: ['b'] } };
      await send(plan(steps));
      for (const text of ['1', '2', '3']) await made(await take(), `chain ${text}`);
      const { run } = await send(plan(steps));
      expect(await runState(run)).toBe('done');
      expect(await countWork(parts.store, run)).toEqual({ recalled: 3, ran: 0 });
      expect(await next()).toBeNull();
      expect(await ids()).toEqual(['t1', 't2', 't3']);
    });

    test('does only what depends on a change', async () => {
      const { plan, send, take, made, states } = begin();
      await send(plan({ a: {}, b: {}, c: { reads: ['a', 'b'] } }));
      for (const text of ['a', 'b', 'c']) await made(await take(), `first ${text}`);
      const { run } = await send(
        plan({ a: {}, b: { arguments: { of: 'b', more: true } }, c: { reads: ['a', 'b'] } }),
      );
      expect(await states(run)).toEqual({ a: 'done', b: 'ready', c: 'blocked' });
      // The changed step comes to the same bytes after all: what depends on it is recalled.
      await made(await take(), 'first b');
      expect(await states(run)).toEqual({ a: 'done', b: 'done', c: 'done' });
    });

    test('does work again whose bytes are gone', async () => {
      const { plan, send, take, made, states } = begin();
      await send(plan({ a: {} }));
      await made(await take(), 'to be lost');
      await parts.artifacts.remove(parts.artifacts.keep('to be lost'));
      const { run } = await send(plan({ a: {} }));
      expect(await states(run)).toEqual({ a: 'ready' });
    });

    test('never recalls the work of another workspace', async () => {
      const a = begin();
      await a.send(a.plan({ a: {} }));
      await a.made(await a.take(), 'private');
      const { run } = await submit(parts, a.plan({ a: {} }), begin().asker);
      expect(await a.states(run)).toEqual({ a: 'ready' });
    });

    test('runs equal work once at a time: the twin waits, then is recalled', async () => {
      const { plan, send, take, made, next, runState } = begin();
      await send(plan({ a: {} }));
      const second = await send(plan({ a: {} }));
      const first = await take();
      expect(await next()).toBeNull();
      await made(first, 'twin');
      const twin = await take();
      const outcome = await recallNow(parts, twin);
      expect(outcome).toMatchObject({ type: 'recalled', details: { text: 'twin' } });
      await complete(parts, twin, outcome as NonNullable<typeof outcome>);
      expect(await runState(second.run)).toBe('done');
      expect(await countWork(parts.store, second.run)).toEqual({ recalled: 1, ran: 0 });
    });

    test('gives each job to one of many who claim at once, and never equal work twice', async () => {
      const { plan, send, next } = begin();
      await send(plan({ a: {}, b: {}, c: {}, twin: { arguments: { of: 'c' } } }));
      const claimed = (await Promise.all(Array.from({ length: 8 }, () => next()))).filter(
        (job) => job !== null,
      );
      expect(new Set(claimed.map((job) => job.id)).size).toBe(claimed.length);
      expect(new Set(claimed.map((job) => job.workKey)).size).toBe(claimed.length);
      expect(claimed).toHaveLength(3);
    });

    test('claims only the operations and the lane that were asked for, oldest first', async () => {
      const { plan, send, take, next } = begin();
      await send(plan({ a: { lane: 'gpu' }, b: { operation: 'unknown-here' }, c: {}, d: {} }));
      expect((await take()).title).toBe('PROBE c');
      expect((await take()).title).toBe('PROBE d');
      expect(await next()).toBeNull();
    });

    test('a worker that lost its job can neither finish nor fail it', async () => {
      const { plan, send, take, made, next, runState, ids } = begin();
      const { run } = await send(plan({ a: {} }));
      const zombie = await next(-1);
      expect(await sweep(parts, 'lapsed')).toBeGreaterThan(0);
      const heir = await take();
      expect(heir.epoch).toBeGreaterThan((zombie as Claimed).epoch);
      expect(await made(zombie as Claimed, 'from the grave')).toBe(false);
      expect(await fail(parts, zombie as Claimed, broken())).toBe(false);
      await giveBack(parts.store, zombie as Claimed);
      expect(await runState(run)).toBe('running');
      expect(await ids()).toEqual([]);
      expect(await made(heir, 'of the living')).toBe(true);
      expect(await made(heir, 'twice')).toBe(false);
      expect(await ids()).toEqual(['t1']);
    });

    test('a heartbeat keeps a job from the sweep and tells which jobs are lost', async () => {
      const { plan, send, next, states } = begin();
      const { run } = await send(plan({ a: {}, b: {} }));
      const a = (await next(-1)) as Claimed;
      const b = (await next(-1)) as Claimed;
      expect(await stillHeld(parts.store, [a, { ...b, epoch: b.epoch - 1 }])).toEqual(new Set([a.id]));
      expect(await heartbeat(parts.store, [a, { ...b, epoch: b.epoch - 1 }], 60_000)).toEqual(
        new Set([a.id]),
      );
      await sweep(parts, 'lapsed');
      expect(await states(run)).toEqual({ a: 'running', b: 'ready' });
    });

    test('a job that loses its worker again and again is set aside, with its last words and what to do', async () => {
      const { plan, send, take, next, states, runState } = begin();
      const { run } = await send(plan({ a: {}, b: { reads: ['a'] } }));
      for (let crash = 1; crash < maxCrashes; crash++) {
        expect((await next(-1))?.attempts).toBe(1);
        await sweep(parts, 'lapsed');
        expect(await states(run)).toEqual({ a: 'ready', b: 'blocked' });
      }
      const job = (await next(-1)) as Claimed;
      await keepLog(parts.store, [{ ...job, log: [...job.log, '3.1 s: frame 7'] }]);
      await sweep(parts, 'lapsed');
      expect(await states(run)).toEqual({ a: 'failed', b: 'cancelled' });
      expect(await runState(run)).toBe('failed');
      const [row] = await readJobs(parts.store, run, 0);
      expect(row?.failure).toMatchObject({
        code: 'PQL601',
        kind: 'permanent',
        hint: expect.stringMatching(/FIND j\d+ .*RETRY g\d+/),
      });
      const kept = () =>
        parts.store.query('select attempts, crashes, log from jobs where id = $1', [job.id]) as Promise<
          object[]
        >;
      const lost = 'test was lost while it worked on this';
      expect(await kept()).toEqual([
        { attempts: 1, crashes: maxCrashes, log: [lost, lost, '3.1 s: frame 7', lost] },
      ]);
      await sweep(parts, 'lapsed');
      await retry(parts, run);
      expect(await kept()).toEqual([{ attempts: 0, crashes: 0, log: [] }]);
      expect(await take()).toMatchObject({ id: job.id });
    });

    test('a worker that is lost takes none of the tries after transient failures', async () => {
      const { plan, send, take, next, states } = begin();
      const { run } = await send(plan({ a: {} }));
      await fail(parts, await take(), disturbed());
      await parts.store.query('update jobs set not_before = now() where run_id = $1', [run]);
      await next(-1);
      await sweep(parts, 'lapsed');
      await fail(parts, await take(), disturbed());
      expect(await states(run)).toEqual({ a: 'ready' });
    });

    test('a job is only claimed by who knows its operation in its version and can run its networks', async () => {
      const { plan, send, op } = begin();
      const want = { lane: 'cpu', operations: [op], worker: 'test', lease: 60_000 } as const;
      const can = { operations: { [op]: 2, trim: 1 }, models: ['m1'], provider: null };
      await send(plan({ newer: { version: 3 } }));
      await send(plan({ strange: { models: [{ name: 'm2', digest: 'm2' }] } }));
      const stages = [{ operation: 'trim', version: 2, arguments: {} }];
      await send(plan({ stages: { arguments: { stages } } }));
      expect(await claim(parts.store, { ...want, can })).toBeNull();
      await send(plan({ older: { version: 1, models: [{ name: 'm1', digest: 'm1' }] } }));
      expect(await claim(parts.store, { ...want, can })).toMatchObject({ models: [{ name: 'm1' }] });
      const newer = { operations: { [op]: 3, trim: 2 }, models: ['m1', 'm2'], provider: null };
      for (let n = 0; n < 3; n++) expect(await claim(parts.store, { ...want, can: newer })).not.toBeNull();
    });

    test('a job handed back does not count as tried', async () => {
      const { plan, send, take, states } = begin();
      const { run } = await send(plan({ a: {} }));
      for (let time = 0; time < maxAttempts + 1; time++) {
        const job = await take();
        expect(job.attempts).toBe(1);
        await giveBack(parts.store, job);
      }
      expect(await states(run)).toEqual({ a: 'ready' });
    });

    test('tries again after a transient failure, later and later, and gives up', async () => {
      const { plan, send, take, next, states, runState } = begin();
      const { run } = await send(plan({ a: {} }));
      const waits: number[] = [];
      for (let attempt = 1; attempt <= maxAttempts; attempt++) {
        const job = await take();
        expect(job.attempts).toBe(attempt);
        await fail(parts, job, disturbed());
        if (attempt === maxAttempts) break;
        expect(await states(run)).toEqual({ a: 'ready' });
        expect(await next()).toBeNull();
        waits.push((await nextDue(parts.store, 'cpu')) ?? 0);
        await parts.store.query('update jobs set not_before = now() where run_id = $1', [run]);
      }
      expect(waits[0]).toBeGreaterThan(0);
      expect(waits[1]).toBeGreaterThan(waits[0] as number);
      expect(await states(run)).toEqual({ a: 'failed' });
      expect(await runState(run)).toBe('failed');
    });

    test('a failure stops what has not started; what runs may finish, what is done stays', async () => {
      const { plan, send, take, made, states, runState, next, ids } = begin();
      const { run } = await send(
        plan({ a: {}, b: {}, c: {}, d: {}, e: { reads: ['c'] }, f: { reads: ['b'] } }),
      );
      await made(await take(), 'done before');
      const [b, c] = [await take(), await take()];
      await fail(parts, b, broken());
      expect(await states(run)).toEqual({
        a: 'done',
        b: 'failed',
        c: 'running',
        d: 'cancelled',
        e: 'cancelled',
        f: 'cancelled',
      });
      expect(await runState(run)).toBe('running');
      await made(c, 'finished after');
      expect(await runState(run)).toBe('failed');
      expect(await next()).toBeNull();
      expect(await ids()).toEqual(['t1', 't2']);
    });

    test('RETRY does again only what failed or was stopped', async () => {
      const { plan, send, take, made, states, runState } = begin();
      const { run } = await send(plan({ a: {}, b: { reads: ['a'] }, c: { reads: ['b'] } }));
      await made(await take(), 'kept');
      await fail(parts, await take(), broken());
      expect(await runState(run)).toBe('failed');
      expect(await retry(parts, run)).toBe(true);
      expect(await retry(parts, run)).toBe(false);
      expect(await states(run)).toEqual({ a: 'done', b: 'ready', c: 'blocked' });
      const b = await take();
      expect(b.attempts).toBe(1);
      await made(b, 'mended');
      await made(await take(), 'through');
      expect(await runState(run)).toBe('done');
      expect(await retry(parts, run)).toBe(false);
    });

    test('RETRY makes finished work again whose bytes are gone', async () => {
      const { plan, send, take, made, states } = begin();
      const { run } = await send(plan({ a: {}, b: { reads: ['a'] } }));
      await made(await take(), 'bytes to lose');
      await fail(parts, await take(), broken());
      await parts.artifacts.remove(parts.artifacts.keep('bytes to lose'));
      await retry(parts, run);
      expect(await states(run)).toEqual({ a: 'ready', b: 'blocked' });
    });

    test('CANCEL ends what waits and what runs at once, and whoever runs it is told', async () => {
      const { plan, send, take, made, states, runState, next, ids } = begin();
      const { run } = await send(plan({ a: {}, b: {}, c: {}, d: { reads: ['b'] } }));
      await made(await take(), 'finished in time');
      const running = await take();
      const told: number[] = [];
      const listening = parts.news.onStop((job) => told.push(job));
      expect(await cancel(parts, run)).toBe(true);
      listening[Symbol.dispose]();
      expect(told).toEqual([running.id]);
      expect(await states(run)).toEqual({ a: 'done', b: 'cancelled', c: 'cancelled', d: 'cancelled' });
      expect(await runState(run)).toBe('cancelled');
      expect(await made(running, 'too late')).toBe(false);
      expect(await cancel(parts, run)).toBe(false);
      expect(await next()).toBeNull();
      expect(await ids()).toEqual(['t1']);
    });

    test('an effect is done anew each time, records where it wrote, and may be waited for', async () => {
      const { asker, plan, send, take, made, runState } = begin();
      const effect = { effect: true, gives: null, reads: ['a'] } as const;
      const steps = { a: {}, out: { ...effect, reads: ['a'] }, tell: { ...effect, reads: ['out'] } };
      await send(plan(steps));
      await made(await take(), 'film');
      const act = async () => {
        const out = await take();
        expect(out.inputs).toHaveLength(1);
        await complete(parts, out, { type: 'effected', path: '/exports/a.mp4', url: null, notes: [] });
        const tell = await take();
        expect(tell.inputs).toEqual([]);
        await complete(parts, tell, { type: 'effected', path: null, url: 'https://x.example/', notes: [] });
      };
      await act();
      const { run } = await send(plan(steps));
      expect(await runState(run)).toBe('running');
      await act();
      expect(await runState(run)).toBe('done');
      expect(await countWork(parts.store, run)).toEqual({ recalled: 1, ran: 0 });
      const written = await parts.store.query('select path, hash from exports where workspace = $1', [
        asker.workspace,
      ]);
      expect(written).toEqual([{ path: '/exports/a.mp4', hash: parts.artifacts.keep('film') }]);
    });

    test('says that an input was removed while the job waited', async () => {
      const { plan, send, take } = begin();
      await send(plan({ a: { reads: [parts.artifacts.keep('never recorded')] } }));
      expect((await take()).inputs).toMatchObject([{ role: 'operand', kind: null, facts: null }]);
    });

    const events = async (run: number, until = 'done'): Promise<RunEvent[]> => {
      const seen: RunEvent[] = [];
      for await (const event of watch(parts, run)) {
        seen.push(event);
        if (event.type === until) break;
      }
      return seen;
    };

    test('a watcher sees everything from acceptance to the end, in order', async () => {
      const { plan, send, take, made } = begin();
      const { run, number } = await send(plan({ a: {}, b: { reads: ['a'] } }));
      const seen: RunEvent[] = [];
      const watching = (async () => {
        for await (const event of watch(parts, run)) seen.push(event);
      })();
      await expect.poll(() => seen.length, soon).toBe(1);
      const a = await take();
      const group = `g${number}`;
      parts.news.changed(run);
      await expect.poll(() => seen.length, soon).toBe(2);
      const told = { fps: 3, secondsLeft: 2, note: null };
      parts.news.progress(run, { type: 'progress', group, job: 'j1', fraction: 0.5, ...told });
      await expect.poll(() => seen.length, soon).toBe(3);
      await made(a, 'seen 1');
      await made(await take(), 'seen 2');
      await watching;
      const short = seen.map((event) =>
        'job' in event && typeof event.job === 'object' ? event.job.state : event.type,
      );
      expect(short.slice(0, 3)).toEqual(['accepted', 'running', 'progress']);
      expect(short.at(-1)).toBe('done');
      expect(seen.at(-1)).toMatchObject({ type: 'done', group, state: 'done', recalled: 0, ran: 2 });
      expect(seen.filter((event) => event.type === 'result')).toMatchObject([
        { job: 'j1', result: 't1', recalled: false, facts: textFacts },
        { job: 'j2', result: 't2' },
      ]);
    });

    test('a watcher of a finished run sees its results and the end', async () => {
      const { plan, send, take, made } = begin();
      const { run } = await send(plan({ a: {} }));
      await made(await take(), 'long done');
      expect((await events(run)).map((event) => event.type)).toEqual(['accepted', 'result', 'done']);
    });

    test('a watcher is told of a failure and whether it will be tried again', async () => {
      const { plan, send, take } = begin();
      const { run } = await send(plan({ a: {}, b: {} }));
      await fail(parts, await take(), disturbed());
      const [failed] = (await events(run, 'failed')).slice(-1);
      expect(failed).toMatchObject({ type: 'failed', code: 'PQL699', attempt: 1, willRetry: true });
      await fail(parts, await take(), broken());
      const last = (await events(run)).slice(-2);
      expect(last).toMatchObject([
        { type: 'failed', code: 'PQL698', hint: 'send another', willRetry: false },
        { type: 'done', state: 'failed' },
      ]);
    });

    test('a watcher stops when its signal says so', async () => {
      const { plan, send } = begin();
      const { run } = await send(plan({ a: {} }));
      const stop = new AbortController();
      const watching = (async () => {
        for await (const event of watch(parts, run, stop.signal)) if (event.type === 'accepted') stop.abort();
      })();
      await expect(watching).rejects.toThrow(/abort/i);
    });

    test('EXPLAIN tells what would be recalled and why the rest would run', async () => {
      const { asker, plan, send, take, made } = begin();
      const why = async (steps: Parameters<typeof plan>[0]) =>
        (await explain(parts, plan(steps), asker.workspace, explaining())).steps.map(
          ({ verdict, reason, result }) => (verdict === 'recalled' ? `recalled ${result}` : reason),
        );
      const steps = {
        a: { arguments: { prompt: 'a quay', camera: { lens: 35 } } },
        b: { reads: ['a'], arguments: { upscale: 2 } },
        c: { reads: ['b'], effect: true, gives: null },
      };
      expect(await why(steps)).toEqual(['never made', 'its input runs', 'done anew each time']);
      await send(plan(steps));
      await made(await take(), 'the quay');
      await made(await take(), 'the quay, larger');
      expect(await why(steps)).toEqual(['recalled t1', 'recalled t2', 'done anew each time']);
      expect(await why({ ...steps, b: { reads: ['a'], arguments: { upscale: 4 } } })).toEqual([
        'recalled t1',
        'UPSCALE 2→4 changed',
        'done anew each time',
      ]);
      expect(await why({ a: { arguments: { prompt: 'a quay', camera: { lens: 50 } } } })).toEqual([
        'CAMERA {"lens":35}→{"lens":50} changed',
      ]);
      expect(await why({ a: { arguments: { prompt: 'a hill', camera: { lens: 50 } } } })).toEqual([
        'never made',
      ]);
      expect(await why({ a: { ...steps.a, version: 2 } })).toEqual([
        expect.stringMatching(/^OP-.* is newer$/),
      ]);
      const models = [{ name: 'net', digest: 'd'.repeat(64) }];
      expect(await why({ a: { ...steps.a, models } })).toEqual(['model digest changed']);
      await parts.artifacts.remove(parts.artifacts.keep('the quay'));
      expect(await why({ a: steps.a })).toEqual(['made before, but its bytes are gone']);
    });
  });
}
