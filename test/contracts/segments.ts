import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../dsl/catalogue.ts';
import type { VideoFacts } from '../../dsl/facts.ts';
import type { JsonObject } from '../../dsl/json.ts';
import type { Plan } from '../../dsl/plan.ts';
import { createCommands } from '../../engine/commands/commands.ts';
import { Failure } from '../../engine/failure.ts';
import { cancel } from '../../engine/jobs/cancel.ts';
import { cancelJob } from '../../engine/jobs/cancel-job.ts';
import { type Claimed, claim } from '../../engine/jobs/claim.ts';
import { complete } from '../../engine/jobs/complete.ts';
import { explain } from '../../engine/jobs/explain.ts';
import { fail } from '../../engine/jobs/fail.ts';
import { measure } from '../../engine/jobs/measure.ts';
import { retry } from '../../engine/jobs/retry.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { countWork, readJobs, readRun } from '../../engine/jobs/view.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { recordArtifact } from '../../engine/media.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import type { Store } from '../../engine/store/port.ts';
import { explaining } from '../fakes/explaining.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf } from '../fakes/plan.ts';

/** 36 s of full HD at 24 frames a second: a GRADE of it has six pieces of 144 frames, each half a minute of work. */
const film: VideoFacts = {
  ...{ kind: 'video', container: 'mp4', bytes: 1, duration: 36, frames: 864, width: 1920, height: 1080 },
  ...{ rate: { num: 24, den: 1 }, codec: 'h264', pixelFormat: 'yuv420p', rotation: 0, audio: null },
};

const graded = { exposure: 1, shutter: null };

/** What EXPLAIN is told: of a clip that is there, its facts. */
const aboutFilm = (plan: Plan): Plan => ({
  ...plan,
  steps: plan.steps.map((step) => ({
    ...step,
    inputs: step.inputs.map((input) =>
      input.from === 'artifact' ? { ...input, kind: 'video', facts: film } : input,
    ),
  })),
});

/** Work on long clips that many share, on every store. */
export function describeSegments(adapter: string, open: () => Promise<Store>): void {
  describe(`long work in segments (${adapter})`, () => {
    let parts: Parts & { artifacts: MemoryArtifacts };
    beforeAll(async () => {
      const store = await open();
      parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
    });
    afterEach(() =>
      parts.store.query(
        `update jobs set state = 'cancelled', lease_until = null where state in ('blocked', 'ready', 'running')`,
      ),
    );
    afterAll(() => parts?.store[Symbol.asyncDispose]());

    const begin = async (facts: VideoFacts = film) => {
      const word = crypto.randomUUID();
      const asker = { ...askerIn(`w-${word}`), roles: ['asker', 'moderator'] as const };
      const hash = parts.artifacts.keep(`film ${word}`);
      await recordArtifact(parts.store, { hash, kind: 'video', facts, bytes: 1 });
      const next = () =>
        claim(parts.store, {
          ...{ lane: 'cpu', operations: ['grade', 'pass', `after-${word}`], worker: 'test', lease: 60_000 },
        });
      const finish = (job: Claimed, notes: string[] = []) => {
        const text = `${word} ${JSON.stringify(job.arguments)} of ${job.inputs.map((input) => input.hash).join()}`;
        const { from = 0, to = facts.frames } = (job.arguments.part ?? {}) as { from?: number; to?: number };
        return complete(parts, job, {
          ...{ type: 'made', hash: parts.artifacts.keep(text), bytes: text.length, kind: 'video' },
          ...{ facts: { ...facts, frames: to - from }, notes, details: {} },
        });
      };
      const plan = (args: JsonObject = graded, change: object = {}) =>
        planOf({
          s1: {
            operation: 'grade',
            arguments: args,
            gives: 'video',
            title: 'GRADE v1',
            reads: [hash],
            ...change,
          },
          s2: { operation: `after-${word}`, gives: 'video', title: 'AFTER', reads: ['s1'] },
        });
      const runAll = async (until = Number.POSITIVE_INFINITY) => {
        const ran: string[] = [];
        for (let job = await next(); job !== null; job = ran.length < until ? await next() : null) {
          ran.push(job.title);
          await finish(job);
        }
        return ran;
      };
      return {
        ...{ asker, hash, next, finish, plan, runAll },
        send: async (of = plan()) => (await submit(parts, of, asker)).run,
        jobs: async (run: number) =>
          (await readJobs(parts.store, run, 0)).map(({ view }) => `${view.id} ${view.title} ${view.state}`),
        media: () =>
          parts.store.query('select letter || number as id from media where workspace = $1 order by id', [
            asker.workspace,
          ]),
        state: async (run: number) => (await readRun(parts.store, run))?.state,
      };
    };

    test('a long job is divided when its clip is there, its segments run side by side, then it joins them in order', async () => {
      const { send, next, finish, jobs, media, state, runAll, hash } = await begin();
      const run = await send();
      expect(await jobs(run)).toEqual(['j1 GRADE v1 running', 'j2 AFTER blocked']);
      const segments: Claimed[] = [];
      for (let job = await next(); job !== null; job = await next()) segments.push(job);
      expect(segments.map(({ title }) => title)).toEqual(
        [1, 2, 3, 4, 5, 6].map((number) => `GRADE v1, segment ${number} of 6`),
      );
      expect(segments.map((job) => job.arguments)).toEqual(
        [0, 144, 288, 432, 576, 720].map((from) => ({ ...graded, part: { from, to: from + 144 } })),
      );
      expect(segments.every(({ inputs }) => inputs.length === 1 && inputs[0]!.hash === hash)).toBe(true);
      // Whoever is quicker comes first; the film does not care.
      for (const job of segments.toReversed()) await finish(job, ['the clip is damaged']);
      const join = (await next())!;
      expect(join.arguments).toEqual(graded);
      expect(join.inputs.map(({ role }) => role)).toEqual(['operand', ...Array(6).fill('segment')]);
      expect(join.inputs[1]!.facts).toMatchObject({ frames: 144 });
      const made = await parts.store.query<{ result: string }>(
        `select result from jobs where segment_of = $1 order by id`,
        [join.id],
      );
      expect(join.inputs.slice(1).map((input) => input.hash)).toEqual(made.map(({ result }) => result));
      expect(await media()).toEqual([]);
      await finish(join);
      expect(await runAll()).toEqual(['AFTER']);
      expect(await state(run)).toBe('done');
      // Nobody sees segments, but for what they had to say.
      expect(await media()).toEqual([{ id: 'v1' }, { id: 'v2' }]);
      expect((await readJobs(parts.store, run, 0)).map(({ notes }) => notes)).toEqual([
        ['the clip is damaged'],
        [],
      ]);
      expect(await countWork(parts.store, run)).toEqual({ recalled: 0, ran: 2 });
      expect(await measure(parts.store, run)).toHaveLength(2);
    });

    test('the work has the key that it had undivided: it is recalled whole, and its segments by other ranges', async () => {
      const { send, runAll, jobs, plan } = await begin();
      await send();
      expect(await runAll()).toHaveLength(8);
      const again = await send();
      expect(await jobs(again)).toEqual(['j9 GRADE v1 done', 'j10 AFTER done']);
      await parts.store.query(
        `update jobs set started_at = finished_at - interval '30 seconds' where segment_of is not null`,
      );
      // The same of a part, as the optimiser puts it: four of its five pieces are those of the whole.
      const stages: JsonObject[] = [
        { operation: 'trim', version: 1, arguments: { from: 3, to: 30 } },
        { operation: 'grade', version: 1, arguments: graded },
      ];
      await send(plan({ stages, shape: null }, { operation: 'pass', title: 'TRIM v1[3s..30s] | GRADE' }));
      expect(await runAll()).toEqual([
        'TRIM v1[3s..30s] | GRADE, segment 1 of 5',
        'TRIM v1[3s..30s] | GRADE',
        'AFTER',
      ]);
    });

    test('short work stays one job, and so does work that cannot be cut', async () => {
      const short = await begin({ ...film, frames: 200, duration: 200 / 24 });
      await short.send();
      expect(await short.runAll()).toEqual(['GRADE v1', 'AFTER']);
      const grain = await begin();
      await grain.send(grain.plan({ grain: 0.2 }));
      expect(await grain.runAll()).toEqual(['GRADE v1', 'AFTER']);
      const variable = await begin({ ...film, variable: true });
      await variable.send();
      expect(await variable.runAll()).toEqual(['GRADE v1', 'AFTER']);
    });

    test('where history says that work is quick, a segment has more pieces', async () => {
      const { send, runAll, plan } = await begin();
      await send();
      await runAll();
      // Each segment took 5 s, so eight pieces are about 45 s, and six are one job.
      await parts.store.query(
        `update jobs set started_at = finished_at - interval '5 seconds' where segment_of is not null`,
      );
      await send(plan({ exposure: 2 }));
      expect(await runAll()).toEqual(['GRADE v1', 'AFTER']);
      await parts.store.query(
        `update jobs set started_at = finished_at - interval '15 seconds' where operation = 'grade'
           and (arguments ? 'part' or arguments ->> 'exposure' = '2')`,
      );
      await parts.store.query(
        `update jobs set started_at = finished_at - interval '90 seconds' where arguments = '{"exposure": 2}'`,
      );
      await send(plan({ exposure: 3 }));
      expect(await runAll()).toEqual([
        ...[1, 2, 3].map((number) => `GRADE v1, segment ${number} of 3`),
        ...['GRADE v1', 'AFTER'],
      ]);
    });

    test('after CANCEL the statement goes on from the segments that are finished, whatever history says then', async () => {
      const { send, next, finish, runAll, plan, asker } = await begin();
      const run = await send();
      for (let count = 0; count < 4; count++) await finish((await next())!);
      await cancel(parts, run);
      // So quick that it would be one job.
      await parts.store.query(
        `update jobs set started_at = finished_at - interval '2 seconds' where segment_of is not null and state = 'done'`,
      );
      const told = await explain(parts, aboutFilm(plan()), asker.workspace, explaining());
      expect(told.steps[0]).toMatchObject({ segments: 6, madeSegments: 4 });
      await send();
      expect(await runAll()).toEqual([
        ...['GRADE v1, segment 5 of 6', 'GRADE v1, segment 6 of 6', 'GRADE v1', 'AFTER'],
      ]);
    });

    test('a segment that fails fails the job in its words; RETRY makes only what is missing', async () => {
      const { send, next, finish, jobs, state, runAll } = await begin();
      const run = await send();
      await finish((await next())!);
      await finish((await next())!);
      await fail(
        parts,
        (await next())!,
        new Failure('user', 'PQL433', 'the clip ends here', { hint: 'cut it' }),
      );
      expect(await state(run)).toBe('failed');
      expect(await jobs(run)).toEqual(['j1 GRADE v1 failed', 'j2 AFTER cancelled']);
      const [first] = await readJobs(parts.store, run, 0);
      expect(first!.failure).toMatchObject({ code: 'PQL433', message: 'the clip ends here' });
      const groups = await parts.store.query(
        `select count(*)::integer as failed from jobs where run_id = $1 and state = 'failed' and segment_of is null`,
        [run],
      );
      expect(groups).toEqual([{ failed: 1 }]);
      const events = await Array.fromAsync(watch(parts, run));
      expect(events.filter(({ type }) => type === 'failed')).toMatchObject([{ job: 'j1', willRetry: false }]);
      await retry(parts, run);
      expect(await jobs(run)).toEqual(['j1 GRADE v1 running', 'j2 AFTER blocked']);
      expect(await runAll()).toEqual([
        ...[3, 4, 5, 6].map((number) => `GRADE v1, segment ${number} of 6`),
        ...['GRADE v1', 'AFTER'],
      ]);
      expect(await state(run)).toBe('done');
    });

    test('the bytes of the whole and of a segment are lost: both are made again, and nothing else', async () => {
      const { send, next, finish, state, runAll } = await begin();
      const run = await send();
      expect(await runAll(7)).toHaveLength(7);
      const last = (await next())!;
      await fail(parts, last, new Failure('user', 'PQL499', 'no'));
      const lost = await parts.store.query<{ result: string }>(
        `select result from jobs where run_id = $1 and (title = 'GRADE v1' or title like '%segment 4 of 6') order by title desc`,
        [run],
      );
      const [segment, whole] = lost.map(({ result }) => result);
      await parts.artifacts.remove(segment!);
      await retry(parts, run);
      // What was joined needs its segments no more.
      const after = (await next())!;
      expect(after.title).toBe('AFTER');
      await fail(parts, after, new Failure('user', 'PQL499', 'no'));
      await parts.artifacts.remove(whole!);
      await retry(parts, run);
      expect(await runAll()).toEqual(['GRADE v1, segment 4 of 6', 'GRADE v1', 'AFTER']);
      expect(await state(run)).toBe('done');
      expect(await finish(last)).toBe(false);
    });

    test('CANCEL of the group, of the job or of a segment stops all of its segments', async () => {
      const group = await begin();
      const run = await group.send();
      const held = (await group.next())!;
      await cancel(parts, run);
      expect(await group.finish(held)).toBe(false);
      expect(await group.next()).toBeNull();
      for (const which of ['job', 'segment']) {
        const { send, next, finish, state } = await begin();
        const one = await send();
        const running = (await next())!;
        const [whole] = await parts.store.query<{ id: number }>(
          `select id from jobs where run_id = $1 and title = 'GRADE v1'`,
          [one],
        );
        // The whole and what reads it, as people count.
        expect(await cancelJob(parts, one, which === 'job' ? whole!.id : running.id)).toBe(2);
        expect(await finish(running)).toBe(false);
        expect(await next()).toBeNull();
        expect(await state(one)).toBe('cancelled');
      }
    });

    test('nobody is shown segments, and they go with what was joined of them', async () => {
      const { send, runAll, asker, plan } = await begin();
      const command = createCommands({
        ...{ parts, catalogue, abilities: { models: [], defaultModels: {}, generators: [] }, settings: [] },
      });
      const ask = (operation: string, subject: string, args: Record<string, string | number | null> = {}) =>
        command({ operation, subject, arguments: args, destructive: true, text: '' }, asker, {
          confirmed: true,
        });
      const rows = async (...asked: Parameters<typeof ask>) =>
        ((await ask(...asked)) as { rows: unknown[][] }).rows;
      const kept = async () =>
        (await rows('show', 'cache')).flatMap(([verb, works, , seen]) =>
          verb === 'GRADE' ? [[works, seen]] : [],
        );
      await send();
      await runAll();
      expect(await rows('find', 'group', { target: 'g1' })).toHaveLength(2);
      expect((await rows('show', 'groups')).map((row) => row[2])).toEqual(['2/2']);
      expect((await rows('show', 'jobs')).map((row) => row[0])).toEqual(['j2', 'j1']);
      expect(await rows('show', 'videos')).toHaveLength(2);
      expect(await kept()).toEqual([[7, 1]]);
      await ask('remove', '', { target: 'v1' });
      expect(await kept()).toEqual([]);
      await send(plan({ exposure: 4 }));
      await runAll();
      await ask('purge', 'cache', { older: null });
      expect(await kept()).toEqual([[1, 1]]);
    });

    test('whoever watches sees one job whose progress is that of all segments', async () => {
      const { send, next, finish } = await begin();
      const run = await send();
      const told: string[] = [];
      const seen = (async () => {
        for await (const event of watch(parts, run))
          if (event.type === 'progress')
            told.push(`${event.job} ${event.fraction.toFixed(3)} ${event.fps} ${event.note}`);
          else if (event.type === 'job') told.push(`${event.job.id} ${event.job.state}`);
      })();
      const news = (job: Claimed, fraction: number) =>
        parts.news.progress(run, {
          ...{ type: 'progress', group: 'g1', job: `j${job.number}` },
          ...{ fraction, fps: 4, secondsLeft: 30, note: null },
        });
      const [one, two] = [(await next())!, (await next())!];
      parts.news.changed(run);
      await expect.poll(() => told.at(-1)).toBe('j1 0.000 null 0 of 6 segments');
      news(one, 0.5);
      news(two, 0.25);
      await expect.poll(() => told.at(-1)).toBe('j1 0.125 8 0 of 6 segments');
      await finish(one);
      await expect.poll(() => told.at(-1)).toBe('j1 0.208 4 1 of 6 segments');
      await finish(two);
      for (let job = await next(); job !== null; job = await next()) await finish(job);
      await seen;
      // Whoever looks at the right moment sees it ready or running in between.
      expect(told.filter((line) => !line.includes('segments') && !/ (?:ready|running)$/.test(line))).toEqual([
        'j1 done',
        'j2 done',
      ]);
      expect(told.at(-1)).toBe('j2 done');
    });
  });
}
