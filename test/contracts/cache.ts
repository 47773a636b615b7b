import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../dsl/catalogue.ts';
import type { Answer } from '../../engine/answer.ts';
import { freeOrphans, holdBytes, holdBytesAlone, sweepFreed } from '../../engine/artifacts/freed.ts';
import { createCommands } from '../../engine/commands/commands.ts';
import { Failure } from '../../engine/failure.ts';
import { type Claimed, claim } from '../../engine/jobs/claim.ts';
import { complete } from '../../engine/jobs/complete.ts';
import { fail } from '../../engine/jobs/fail.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { readJobs } from '../../engine/jobs/view.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import type { Store } from '../../engine/store/port.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

type Steps = Parameters<typeof planOf>[0];

/** What is kept of finished work, and what lets go of it, on every store. */
export function describeCache(adapter: string, open: () => Promise<Store>): void {
  describe(`the cache (${adapter})`, () => {
    let parts: Parts & { artifacts: MemoryArtifacts };
    beforeAll(async () => {
      const store = await open();
      parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
    });
    afterAll(() => parts?.store[Symbol.asyncDispose]());

    /** A workspace of its own; `texts` are told apart from those of other tests. */
    const begin = (word = crypto.randomUUID()) => {
      const asker = { ...askerIn(`w-${word}`), roles: ['asker', 'moderator'] as const };
      const operation = `op-${word}`;
      const command = createCommands({
        parts,
        catalogue,
        abilities: { models: [], defaultModels: {}, generators: [] },
        settings: [],
      });
      const ask = (
        verb: string,
        subject: string,
        args: Record<string, string | number | null> = {},
        confirmed = true,
      ) =>
        command({ operation: verb, subject, arguments: args, destructive: true, text: '' }, asker, {
          confirmed,
        });
      const take = async (): Promise<Claimed> => {
        const job = await claim(parts.store, {
          lane: 'cpu',
          operations: [operation],
          worker: 'test',
          lease: 60_000,
        });
        if (job === null) throw new Error('nothing to claim');
        return job;
      };
      const outcome = (text: string) => ({
        type: 'made' as const,
        hash: parts.artifacts.keep(`${word} ${text}`),
        bytes: 1000,
        kind: 'text' as const,
        facts: textFacts,
        notes: [],
        details: {},
      });
      const made = async (text: string, job?: Claimed) =>
        complete(parts, job ?? (await take()), outcome(text));
      const start = async (steps: Steps) => {
        const named = Object.entries(steps).map(([id, step]) => [id, { operation, ...step }]);
        return submit(parts, planOf(Object.fromEntries(named)), asker);
      };
      return {
        ...{ asker, ask, take, outcome, made, start },
        states: async (run: number) => (await readJobs(parts.store, run, 0)).map(({ view }) => view.state),
        there: (text: string) => parts.artifacts.has(hashOf(`${word} ${text}`)),
        ids: async () => (await rowsOf(await ask('show', 'texts'))).map((row) => row[0]),
        age: (seconds: number) =>
          parts.store.query(
            `update works set used_at = now() - $2 * interval '1 second' where workspace = $1`,
            [asker.workspace, seconds],
          ),
      };
    };
    const hashes = memoryArtifacts();
    const hashOf = (text: string) => hashes.keep(text);
    const rowsOf = (answer: Answer) => {
      if (answer.type !== 'table') throw new Error(JSON.stringify(answer));
      return answer.rows;
    };
    const textOf = (answer: Answer) => (answer.type === 'text' ? answer.text : JSON.stringify(answer));

    test('REMOVE GROUP keeps finished work to be recalled, under a new id; PURGE GROUP lets go of it', async () => {
      const { ask, start, made, there, ids } = begin();
      await start({ a: { name: 'intro' } });
      await made('a');
      expect(textOf(await ask('remove', 'group', { target: 'g1' }))).toBe(
        'removed g1 with t1; 0.0 kB freed; its finished work stays in the cache, PURGE CACHE lets go of it',
      );
      expect(await ids()).toEqual([]);
      expect(await there('a')).toBe(true);
      await start({ a: {} });
      expect(await ids()).toEqual(['t2']);
      expect(textOf(await ask('purge', 'group', { target: 'g2' }))).toBe('purged g2 with t2; 1.0 kB freed');
      expect(await there('a')).toBe(false);
      await start({ a: {} });
      await made('a');
      expect(await ids()).toEqual(['t3']);
    });

    test('PURGE GROUP also takes what a result left in the cache whose id was removed with another group', async () => {
      const { ask, start, made, there } = begin();
      await start({ a: {} });
      await made('a');
      await start({ a: {} });
      expect(textOf(await ask('purge', 'group', { target: 'g1' }))).toBe('purged g1; 0.0 kB freed');
      expect(await there('a')).toBe(true);
      expect(textOf(await ask('purge', 'group', { target: 'g2' }))).toBe('purged g2 with t1; 1.0 kB freed');
    });

    test('REMOVE t1 forgets the work and frees the bytes at once, names and all', async () => {
      const { ask, start, made, there } = begin();
      await start({ a: { name: 'intro' } });
      await made('a');
      expect(textOf(await ask('remove', '', { target: 'intro' }))).toBe('removed intro (t1); 1.0 kB freed');
      expect(await there('a')).toBe(false);
      expect(await ask('find', '', { target: 'intro' })).toMatchObject({ code: 'PQL303' });
    });

    test('PURGE CACHE takes what nobody sees and leaves what has an id', async () => {
      const { ask, start, made, there, ids } = begin();
      await start({ a: {} });
      await made('a');
      await start({ b: {} });
      await made('b');
      await ask('remove', 'group', { target: 'g1' });
      expect(await ask('purge', 'cache', { older: null }, false)).toMatchObject({
        type: 'confirm',
        touches: expect.arrayContaining(['1 finished job that nobody sees any more, up to 1.0 kB']),
      });
      expect(await there('a')).toBe(true);
      await ask('purge', 'cache', { older: null });
      expect([await there('a'), await there('b')]).toEqual([false, true]);
      expect(await ids()).toEqual(['t2']);
      await start({ b: {} });
      expect(await ids()).toEqual(['t2']);
    });

    test('PURGE CACHE OLDER THAN counts from when work was last made or recalled', async () => {
      const { ask, start, made, there, age } = begin();
      await start({ a: {}, b: {} });
      await made('a');
      await made('b');
      await age(40 * 86_400);
      await start({ b: {} });
      for (const target of ['g1', 'g2']) await ask('remove', 'group', { target });
      const older = 30 * 86_400;
      expect(await ask('purge', 'cache', { older }, false)).toMatchObject({
        question: expect.stringContaining('not used for 30d'),
        touches: ['1 finished job that nobody sees any more, up to 1.0 kB'],
      });
      expect(textOf(await ask('purge', 'cache', { older }))).toBe(
        'purged 1 finished job from the cache; 1.0 kB freed',
      );
      expect([await there('a'), await there('b')]).toEqual([false, true]);
      expect(textOf(await ask('purge', 'cache', { older }, false))).toMatch(/^nothing to purge/);
    });

    test('PURGE CACHE takes bytes that no row speaks of, though not while something runs, nor with OLDER THAN', async () => {
      const { ask, start, made, there, outcome } = begin();
      // What other tests left running would be at work here.
      await parts.store.query(
        `update runs set state = 'cancelled', finished_at = now() where state = 'running'`,
      );
      await start({ a: {} });
      outcome('nobody');
      await ask('purge', 'cache');
      expect(await there('nobody')).toBe(true);
      await made('a');
      await ask('purge', 'cache', { older: 3600 });
      expect(await there('nobody')).toBe(true);
      expect(await ask('purge', 'cache', {}, false)).toMatchObject({
        type: 'confirm',
        touches: expect.arrayContaining([expect.stringMatching(/^\d+ files? that belongs? to nothing, /)]),
      });
      expect(textOf(await ask('purge', 'cache'))).toMatch(/^purged \d+ finished jobs? from the cache; /);
      expect([await there('nobody'), await there('a')]).toEqual([false, true]);
    });

    test('PURGE CACHE leaves bytes that another workspace has, and touches no other workspace', async () => {
      const here = begin();
      const there = begin();
      const hash = parts.artifacts.keep('shared by two');
      for (const { start, take } of [here, there]) {
        await start({ a: {} });
        await complete(parts, await take(), { ...here.outcome('x'), hash });
      }
      await here.ask('remove', 'group', { target: 'g1' });
      await here.ask('purge', 'cache', { older: null });
      expect(await parts.artifacts.has(hash)).toBe(true);
      await there.ask('remove', 'group', { target: 'g1' });
      await here.ask('purge', 'cache', { older: null });
      expect(await parts.artifacts.has(hash)).toBe(true);
      await there.ask('purge', 'cache', { older: null });
      expect(await parts.artifacts.has(hash)).toBe(false);
    });

    test('SHOW CACHE tells by verb what is kept, seen and only cached', async () => {
      const { ask, start, made } = begin();
      expect(await ask('show', 'cache')).toMatchObject({ rows: [], hint: 'nothing was made yet' });
      await start({ a: {}, b: {} });
      await made('a');
      await made('b');
      await start({ c: {} });
      await made('c');
      await ask('remove', 'group', { target: 'g2' });
      const answer = await ask('show', 'cache');
      const [verb, ...counts] = rowsOf(answer)[0] as unknown[];
      expect(verb).toMatch(/^OP-/);
      expect(counts.slice(0, 5)).toEqual([3, 3000, 2, 1, 1000]);
      expect(rowsOf(answer)[1]?.slice(0, 6)).toEqual(['all', 3, 3000, 2, 1, 1000]);
      expect(answer).toMatchObject({ hint: expect.stringContaining('PURGE CACHE frees up to 1.0 kB') });
    });

    test('what a running group reads stays, whoever purges or removes', async () => {
      const { ask, start, made, take, there, outcome } = begin();
      await start({ a: {} });
      await made('a');
      await start({ b: { reads: [outcome('a').hash] } });
      const job = await take();
      expect(await ask('remove', 'group', { target: 'g2' })).toMatchObject({ code: 'PQL455' });
      expect(await ask('purge', 'group', { target: 'g2' })).toMatchObject({ code: 'PQL455' });
      expect(await ask('remove', '', { target: 't1' })).toMatchObject({ code: 'PQL455' });
      expect(textOf(await ask('purge', 'group', { target: 'g1' }))).toBe('purged g1; 0.0 kB freed');
      await ask('purge', 'cache', { older: null });
      expect(await there('a')).toBe(true);
      expect(job.inputs).toMatchObject([{ kind: 'text' }]);
      await made('b', job);
    });

    test('a group of another workspace is unknown', async () => {
      const [here, there] = [begin(), begin()];
      await there.start({ a: {} });
      await there.made('a');
      for (const [verb, subject] of [
        ['purge', 'group'],
        ['remove', 'group'],
        ['cancel', ''],
        ['retry', ''],
      ] as const)
        expect(await here.ask(verb, subject, { target: 'g1' })).toMatchObject({ code: 'PQL303' });
      expect(await there.there('a')).toBe(true);
    });

    test('RETRY makes purged inputs again, and says it where they cannot be made', async () => {
      const { ask, start, made, take, states, outcome } = begin();
      const { run } = await start({ a: {}, b: { reads: ['a'] } });
      await made('a');
      await fail(parts, await take(), new Failure('user', 'PQL998', 'broken'));
      await ask('remove', '', { target: 't1' });
      expect(await ask('retry', '', { target: 'g1' })).toMatchObject({ follow: 'g1' });
      expect(await states(run)).toEqual(['ready', 'blocked']);
      await made('a');
      await made('b');
      expect(await states(run)).toEqual(['done', 'done']);

      // A file that was taken in is nobody's result: only asking for it again brings it back.
      const { run: other } = await start({ c: { reads: [outcome('never recorded').hash] } });
      const job = await take();
      expect(job.inputs).toMatchObject([{ kind: null, facts: null }]);
      await fail(parts, job, new Failure('permanent', 'PQL602', 'what it reads was removed meanwhile'));
      expect(await ask('retry', '', { target: 'g2' })).toMatchObject({ follow: 'g2' });
      expect(await states(other)).toEqual(['ready']);
    });

    test('CANCEL and RETRY of what has ended, and of what runs, are refused in words', async () => {
      const { ask, start, made } = begin();
      await start({ a: {} });
      expect(await ask('retry', '', { target: 'g1' })).toMatchObject({ code: 'PQL453' });
      await made('a');
      for (const target of ['g1', 'j1']) {
        expect(await ask('cancel', '', { target })).toMatchObject({ code: 'PQL452' });
        expect(await ask('retry', '', { target })).toMatchObject({ code: 'PQL453' });
      }
      await start({ b: {} });
      await ask('cancel', '', { target: 'g2' });
      expect(await ask('retry', '', { target: 'j2' })).toMatchObject({ follow: 'g2' });
    });

    test('bytes that were freed are swept once, and not when they have a row again', async () => {
      const { start, made, take, outcome, there } = begin();
      const { hash } = outcome('a');
      await start({ a: {} });
      const job = await take();
      const note = () =>
        parts.store.transaction(async (queries) => {
          await holdBytesAlone(queries);
          await freeOrphans(queries, [{ hash, bytes: 1000 }]);
        });
      // Freed by somebody who was killed before the file went, then made again.
      await note();
      await made('a', job);
      await sweepFreed(parts);
      expect(await there('a')).toBe(true);
      expect(await parts.store.query('select from freed where hash = $1', [hash])).toEqual([]);
      // What has a row is not even noted.
      await note();
      expect(await parts.store.query('select from freed where hash = $1', [hash])).toEqual([]);
    });

    test('a result whose bytes were swept before it was published is made anew, not published without', async () => {
      const { start, take, outcome, there, made, ids } = begin();
      await start({ a: {} });
      const job = await take();
      const result = outcome('a');
      await parts.store.transaction(async (queries) => {
        await holdBytesAlone(queries);
        await freeOrphans(queries, [result]);
      });
      expect(await sweepFreed(parts)).toBeGreaterThanOrEqual(1000);
      await expect(complete(parts, job, result)).rejects.toMatchObject({ code: 'PQL612', kind: 'transient' });
      expect(await parts.store.query('select from artifacts where hash = $1', [result.hash])).toEqual([]);
      expect(await ids()).toEqual([]);
      await made('a', job);
      expect([await there('a'), await ids()]).toEqual([true, ['t1']]);
    });

    test('who dies between the row and the file leaves it to the next sweep', async () => {
      const { ask, start, made, there } = begin();
      await start({ a: {} });
      await made('a');
      const { remove } = parts.artifacts;
      parts.artifacts.remove = async () => {
        throw new Error('killed');
      };
      await expect(ask('remove', '', { target: 't1' })).rejects.toThrow('killed');
      parts.artifacts.remove = remove;
      expect(await ask('find', '', { target: 't1' })).toMatchObject({ code: 'PQL303' });
      expect(await there('a')).toBe(true);
      expect(await sweepFreed(parts)).toBeGreaterThanOrEqual(1000);
      expect(await there('a')).toBe(false);
    });

    test('what is being unlinked gets no row until it is gone, and a dead unlinker is followed by another', async () => {
      const { start, take, outcome, made, ids, there } = begin();
      await start({ a: {} });
      const job = await take();
      const result = outcome('a');
      await parts.store.transaction(async (queries) => {
        await holdBytesAlone(queries);
        await freeOrphans(queries, [result]);
      });
      const mark = (ago: string) =>
        parts.store.query(`update freed set going_at = clock_timestamp() - $2::interval where hash = $1`, [
          result.hash,
          ago,
        ]);
      // Another machine has marked it and not ended yet; what it asked of the store may still be on its way.
      parts.artifacts.lingering = 900;
      await mark('5 minutes');
      await expect(complete(parts, job, result)).rejects.toMatchObject({ code: 'PQL612', kind: 'transient' });
      await sweepFreed(parts);
      expect([await there('a'), await ids()]).toEqual([true, []]);
      // It never will.
      await mark('1 hour');
      await sweepFreed(parts);
      delete parts.artifacts.lingering;
      expect(await there('a')).toBe(false);
      await made('a', job);
      expect([await there('a'), await ids()]).toEqual([true, ['t1']]);
    });

    test('a store that does not answer is asked again later: what is removed is removed all the same', async () => {
      const { ask, start, made, there } = begin();
      await start({ a: {} });
      await made('a');
      const { remove } = parts.artifacts;
      parts.artifacts.remove = async () => {
        throw new Failure('transient', 'PQL616', 'the store does not answer');
      };
      expect(textOf(await ask('remove', '', { target: 't1' }))).toBe('removed t1; 1.0 kB freed');
      parts.artifacts.remove = remove;
      expect(await there('a')).toBe(true);
      // Not before what was asked can no longer come true late.
      await sweepFreed(parts);
      expect(await there('a')).toBe(true);
      await sweepFreed(parts, { alone: true });
      expect(await there('a')).toBe(false);
    });

    test('whatever is made, removed, purged and swept at the same time, a row has its bytes', async () => {
      const places = [begin(), begin(), begin()];
      const texts = [1, 2, 3].map((text) =>
        parts.artifacts.keep(`raced for ${text} ${places[0]?.asker.workspace}`),
      );
      const work = async ({ start, take, outcome }: (typeof places)[number], round: number) => {
        await start({ a: { arguments: { round } } });
        const job = await take();
        for (;;) {
          // As a worker does: put first, published later.
          const text = `raced for ${1 + (round % 3)} ${places[0]?.asker.workspace}`;
          const hash = parts.artifacts.keep(text);
          try {
            return await complete(parts, job, { ...outcome(''), hash });
          } catch (error) {
            if (!(error instanceof Failure) || error.code !== 'PQL612') throw error;
          }
        }
      };
      const check = async () => {
        const rows = await parts.store.query<{ hash: string }>(
          'select hash from artifacts where hash = any ($1::text[])',
          [texts],
        );
        for (const { hash } of rows) expect(await parts.artifacts.has(hash)).toBe(true);
      };
      await Promise.all(
        places.map(async (place, at) => {
          for (let round = 0; round < 12; round++) {
            await work(place, round);
            const ids = await place.ids();
            await Promise.all([
              place.ask('remove', '', { target: String(ids[0]) }),
              round % 2 === 0 ? place.ask('purge', 'cache', { older: null }) : sweepFreed(parts),
              places[(at + 1) % 3]?.ask('purge', 'cache', { older: null }),
            ]);
            await parts.store.transaction(async (queries) => {
              // A look between two changes: nobody unlinks while bytes are held.
              await holdBytes(queries);
              const rows = await queries.query<{ hash: string }>(
                'select hash from artifacts where hash = any ($1::text[])',
                [texts],
              );
              for (const { hash } of rows) expect(await parts.artifacts.has(hash)).toBe(true);
            });
          }
        }),
      );
      await sweepFreed(parts);
      await check();
      expect(await parts.store.query('select from freed where hash = any ($1::text[])', [texts])).toEqual([]);
    });
  });
}
