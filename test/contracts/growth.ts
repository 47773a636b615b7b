import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Growth, Plan, Step, Template } from '../../dsl/plan.ts';
import type { Query } from '../../dsl/query/query.ts';
import { type Claimed, claim, giveBack } from '../../engine/jobs/claim.ts';
import { complete } from '../../engine/jobs/complete.ts';
import { retry } from '../../engine/jobs/retry.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { sweep } from '../../engine/jobs/sweep.ts';
import { readJobs, readRun } from '../../engine/jobs/view.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { resultsFor } from '../../engine/query/results.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import type { Store } from '../../engine/store/port.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

/** Graphs that grow while they run, and AT MOST, on every store. */
export function describeGrowth(adapter: string, open: () => Promise<Store>): void {
  describe(`a graph that grows (${adapter})`, () => {
    let parts: Parts & { artifacts: MemoryArtifacts };
    beforeAll(async () => {
      const store = await open();
      parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
    });
    // Parts are cut out by TRIM, whoever's they are: what a test leaves would be the next one's.
    afterEach(() =>
      parts.store.query(
        `update jobs set state = 'cancelled', lease_until = null where state in ('blocked', 'ready', 'running')`,
      ),
    );
    afterAll(() => parts?.store[Symbol.asyncDispose]());

    const groupOf = async (run: number) => ({ group: `g${(await readRun(parts.store, run))!.number}` });

    const begin = () => {
      const word = crypto.randomUUID();
      const asker = askerIn(`w-${word}`);
      const operations = [`list-${word}`, 'trim', `each-${word}`, `all-${word}`];
      const [list, , each, all] = operations as [string, string, string, string];
      const seen: string[] = [];
      const next = () => claim(parts.store, { lane: 'cpu', operations, worker: 'test', lease: 60_000 });
      const finish = (job: Claimed, details: object = {}) => {
        const text = `${job.title} of ${job.inputs.map((input) => input.hash.slice(0, 6)).join()}`;
        return complete(parts, job, {
          type: 'made',
          hash: parts.artifacts.keep(text),
          bytes: text.length,
          kind: 'text',
          facts: textFacts,
          notes: [],
          details: details as Record<string, never>,
        });
      };
      const whole = parts.artifacts.keep(`film ${word}`);
      const template = (id: string, change: Partial<Template> = {}): Template => ({
        ...{ id, operation: each, version: 1, arguments: {}, models: [], lane: 'cpu', gives: 'text' },
        ...{ effect: false, name: null, statement: 0, title: 'EACH', predicted: null },
        inputs: [{ role: 'operand', from: 'item' }],
        telling: { verb: 'EACH', prompt: null, clauses: [], lines: [] },
        ...change,
      });
      const growth = (change: Partial<Growth> = {}): Growth => ({
        whole: { role: 'operand', from: 'artifact', hash: whole, kind: 'text', facts: textFacts },
        label: 'v1',
        recipe: { body: null, source: '"film.mp4"', stages: 0, lines: [] },
        ...{ each: [template('e1')], groups: null, throttle: null, statement: 0 },
        ...change,
      });
      const plan = (grown: Growth, reduce = true): Plan => {
        const { steps } = planOf({
          s1: { operation: list, title: 'LIST', grows: grown },
          ...(reduce
            ? { s2: { operation: all, title: 'ALL' }, s3: { operation: all, title: 'LAST', reads: ['s2'] } }
            : {}),
        });
        const waits = steps.map(
          (step): Step =>
            step.id === 's2' ? { ...step, inputs: [{ role: 'operand', from: 'each', step: 's1' }] } : step,
        );
        return { source: 'FROM SHOTS OF v1', steps: waits, consent: { epoch: 1, until: null, shown: [] } };
      };
      const items = (count: number) =>
        Array.from({ length: count }, (_, index) => ({
          from: index,
          until: index + 1,
          opens: index % 2 ? 'cut' : 'fade',
        }));
      /** Runs what can be run, the list finding so many things. */
      const runAll = async (count: number, until = Number.POSITIVE_INFINITY) => {
        for (let done = 0; done < until; done++) {
          const job = await next();
          if (job === null) return;
          seen.push(job.title);
          await finish(job, job.operation === list ? { items: items(count) } : {});
        }
      };
      return {
        ...{ asker, seen, next, finish, template, growth, plan, items, runAll, list, all },
        send: async (of: Plan) => (await submit(parts, of, asker)).run,
        titles: async (run: number) =>
          (await readJobs(parts.store, run, 0)).map(({ view }) => `${view.title} ${view.state}`),
        state: async (run: number) => (await readRun(parts.store, run))?.state,
      };
    };

    test('does what is to be done besides with what comes of the first few things, and nobody waits for it', async () => {
      const { template, growth, plan, send, runAll, titles, state, next, all } = begin();
      const fit = template('fit', { operation: all, effect: true, gives: null, title: 'FIT' });
      const run = await send(plan(growth({ first: { most: 2, steps: [fit] } }), false));
      await runAll(3, 7);
      expect((await titles(run)).filter((title) => !title.startsWith('TRIM'))).toEqual([
        ...['LIST done', 'EACH done', 'EACH done', 'EACH done', 'FIT ready', 'FIT ready'],
      ]);
      for (let job = await next(); job !== null; job = await next())
        await complete(parts, job, { type: 'effected', path: null, url: null, notes: [] });
      expect(await state(run)).toBe('done');
      const rows = await readJobs(parts.store, run, 0);
      const made = rows.filter(({ view }) => view.title === 'EACH').map(({ hash }) => hash);
      expect(rows.filter(({ effect }) => effect).map(({ hash }) => hash)).toEqual(made.slice(0, 2));
    });

    test('grows by what is done with each thing in the list, and what waited for all gets them in order', async () => {
      const { growth, plan, send, runAll, titles, state, next, finish, items, list } = begin();
      const run = await send(plan(growth()));
      expect(await titles(run)).toEqual(['LIST ready', 'ALL blocked', 'LAST blocked']);
      const job = (await next())!;
      expect(job.operation).toBe(list);
      await finish(job, { items: items(3) });
      expect(await titles(run)).toEqual([
        'LIST done',
        ...[
          'TRIM v1[0s..1s] ready',
          'EACH blocked',
          'TRIM v1[1s..2s] ready',
          'EACH blocked',
          'TRIM v1[2s..3s] ready',
          'EACH blocked',
        ],
        ...['ALL blocked', 'LAST blocked'],
      ]);
      await runAll(3);
      expect(await state(run)).toBe('done');
      const order = await parts.store.query<{ title: string }>(
        `select source.recipe as title from job_inputs join jobs on jobs.id = job_id join jobs source on source.id = from_job
         where jobs.run_id = $1 and jobs.title = 'ALL' order by job_inputs.position`,
        [run],
      );
      expect(order.map(({ title }) => title.split('\n')[0])).toEqual([
        'TRIM "film.mp4"[..1s] | EACH',
        'TRIM "film.mp4"[1s..2s] | EACH',
        'TRIM "film.mp4"[2s..3s] | EACH',
      ]);
    });

    test('what a run came to is what its things became, not the list of them', async () => {
      const { growth, plan, send, runAll, asker } = begin();
      const run = await send(plan(growth(), false));
      await runAll(2);
      const { group } = await groupOf(run);
      const query = { from: 'texts', group } as unknown as Query;
      const results = await resultsFor(parts.store, asker.workspace, query);
      const each = (await readJobs(parts.store, run, 0)).filter(({ view }) => view.title === 'EACH');
      expect(results).toEqual(each.map(({ hash }) => hash));
    });

    test('says what a text holds where it was asked for, and not where it only lies between', async () => {
      const { growth, plan, send, next, finish, items, list } = begin();
      const told = async (run: number) => (await readJobs(parts.store, run, 0)).flatMap(({ words }) => words);
      const between = await send(plan(growth(), false));
      await finish((await next())!, { items: items(1), words: ['1 shot'] });
      expect(await told(between)).toEqual([]);
      const { steps } = planOf({ s1: { operation: list } });
      const asked = await send({ source: 'SHOTS v1', steps });
      for (let job = await next(); job !== null; job = await next())
        await finish(job, job.operation === list ? { words: ['1 shot'] } : {});
      expect(await told(asked)).toEqual(['1 shot']);
    });

    test('a list that is recalled grows at once', async () => {
      const { growth, plan, send, runAll, seen, titles } = begin();
      await send(plan(growth(), false));
      await runAll(2);
      const before = seen.length;
      const run = await send(plan(growth({ each: [] }), false));
      expect(await titles(run)).toEqual(['LIST done', 'TRIM v1[0s..1s] done', 'TRIM v1[1s..2s] done']);
      expect(seen).toHaveLength(before);
    });

    test('what nobody waits for all of may be empty', async () => {
      const { growth, plan, send, runAll, state, titles } = begin();
      const run = await send(plan(growth(), false));
      await runAll(0);
      expect([await state(run), await titles(run)]).toEqual(['done', ['LIST done']]);
    });

    test('of nothing nothing is made: it fails in words, and again when it is tried again', async () => {
      const { growth, plan, send, runAll, state, titles } = begin();
      const run = await send(plan(growth()));
      await runAll(0);
      const refused = async () => {
        const [, all] = await readJobs(parts.store, run, 0);
        expect(all?.failure).toMatchObject({
          code: 'PQL415',
          message: expect.stringContaining('LIST found nothing'),
        });
        expect([await state(run), await titles(run)]).toEqual([
          'failed',
          ['LIST done', 'ALL failed', 'LAST cancelled'],
        ]);
      };
      await refused();
      await retry(parts, run);
      await refused();
    });

    test('grows once, however often its worker is lost', async () => {
      const { growth, plan, send, runAll, next, finish, items, titles, state } = begin();
      const run = await send(plan(growth()));
      const lost = (await next())!;
      await giveBack(parts.store, lost);
      const job = (await next())!;
      expect(await finish(lost, { items: items(5) })).toBe(false);
      expect(await finish(job, { items: items(2) })).toBe(true);
      expect(await finish(job, { items: items(2) })).toBe(false);
      expect(await titles(run)).toHaveLength(7);
      await runAll(2);
      expect(await state(run)).toBe('done');
    });

    test('a list whose bytes are lost is made again, and grows anew by what it says then', async () => {
      const { growth, plan, send, runAll, titles, state, next, finish, items } = begin();
      const run = await send(plan(growth({ each: [] })));
      await finish((await next())!, { items: items(2) });
      const failing = (await next())!;
      await parts.store.query(`update jobs set state = 'failed', lease_until = null where id = $1`, [
        failing.id,
      ]);
      await parts.store.query(
        `update jobs set state = 'cancelled' where run_id = $1 and state in ('blocked', 'ready')`,
        [run],
      );
      await parts.store.query(`update runs set state = 'failed', finished_at = now() where id = $1`, [run]);
      const [list] = await readJobs(parts.store, run, 0);
      await parts.artifacts.remove(list!.hash!);
      expect(await retry(parts, run)).toBe(true);
      expect(await titles(run)).toEqual(['LIST ready', 'ALL blocked', 'LAST blocked']);
      await runAll(3);
      expect(await state(run)).toBe('done');
      expect(await titles(run)).toEqual([
        ...['LIST done', 'TRIM v1[0s..1s] done', 'TRIM v1[1s..2s] done', 'TRIM v1[2s..3s] done'],
        ...['ALL done', 'LAST done'],
      ]);
    });

    test('makes one of those that have a field in common, and says so in their paths', async () => {
      const { growth, plan, send, runAll, titles, template, all, state } = begin();
      const groups = {
        by: 'opens',
        steps: [
          template('g1', { operation: all, title: 'ALL' }),
          template('g2', {
            ...{ operation: 'export', effect: true, gives: null, arguments: { path: 'out/{opens}-{n}.mp4' } },
            ...{
              title: 'TO out/{opens}-{n}.mp4',
              inputs: [{ role: 'operand', from: 'template', template: 'g1' }],
            },
          }),
        ],
      };
      const run = await send(plan(growth({ each: [], groups }), false));
      await runAll(3);
      expect(await titles(run)).toEqual([
        ...['LIST done', 'TRIM v1[0s..1s] done', 'TRIM v1[1s..2s] done', 'TRIM v1[2s..3s] done'],
        ...['ALL done', 'TO out/fade-1.mp4 ready', 'ALL done', 'TO out/cut-2.mp4 ready'],
      ]);
      expect(await state(run)).toBe('running');
    });

    test('more than a verb takes at a time is made in portions', async () => {
      const { growth, plan, send, next, finish, items } = begin();
      const run = await send(plan(growth({ each: [] })));
      await finish((await next())!, { items: items(1201) });
      const reads = await parts.store.query<{ reads: number }>(
        `select count(*)::integer as reads from job_inputs join jobs on jobs.id = job_id
         where run_id = $1 and title = 'ALL' group by job_id order by 1`,
        [run],
      );
      expect(reads.map((row) => row.reads)).toEqual([3, 201, 500, 500]);
    });

    test('AT MOST: of two hundred jobs of one MAP, claimed by many at once, never more than four run', async () => {
      const { growth, plan, send, next, finish, items, state } = begin();
      const throttle = { name: 'm1', most: 4 };
      const run = await send(plan(growth({ each: [], throttle }), false));
      await finish((await next())!, { items: items(200) });
      const running = async () => {
        const [row] = await parts.store.query<{ running: number; slots: number }>(
          `select count(*)::integer as running, count(distinct slot)::integer as slots
           from jobs where run_id = $1 and state = 'running'`,
          [run],
        );
        return row!;
      };
      let most = 0;
      let made = 0;
      const worker = async (): Promise<void> => {
        for (let idle = 0; idle < 50; ) {
          const job = await next();
          if (job === null) {
            idle++;
            await new Promise((resolve) => setTimeout(resolve, 5));
            continue;
          }
          idle = 0;
          const { running: now, slots } = await running();
          most = Math.max(most, now);
          expect(slots).toBe(now);
          await finish(job);
          made++;
        }
      };
      await Promise.all(Array.from({ length: 9 }, worker));
      expect([most, made, await state(run)]).toEqual([4, 200, 'done']);
    });

    test('a slot is free again when its job is given back, lost or cancelled', async () => {
      const { growth, plan, send, next, finish, items } = begin();
      const run = await send(plan(growth({ each: [], throttle: { name: 'm1', most: 1 } }), false));
      await finish((await next())!, { items: items(3) });
      const first = (await next())!;
      expect(await next()).toBeNull();
      await giveBack(parts.store, first);
      const second = (await next())!;
      await parts.store.query(`update jobs set lease_until = now() - interval '1 minute' where id = $1`, [
        second.id,
      ]);
      await sweep(parts, 'lapsed');
      const third = (await next())!;
      expect(await next()).toBeNull();
      expect(await finish(second)).toBe(false);
      expect(await finish(third)).toBe(true);
      expect(await next()).not.toBeNull();
      expect(await readRun(parts.store, run)).toMatchObject({ state: 'running' });
    });
  });
}
