import { afterAll, beforeAll, expect, test } from 'vitest';
import { totals } from '../../../dsl/explain/totals.ts';
import { explainText } from '../../../dsl/explain.ts';
import type { VideoFacts } from '../../../dsl/facts.ts';
import type { Plan } from '../../../dsl/plan.ts';
import type { Explanation } from '../../../engine/explanation.ts';
import { type Claimed, claim } from '../../../engine/jobs/claim.ts';
import { complete } from '../../../engine/jobs/complete.ts';
import { explain } from '../../../engine/jobs/explain.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { openNews } from '../../../engine/news.ts';
import type { Parts } from '../../../engine/parts.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import type { Parameter } from '../../../engine/store/port.ts';
import { compiled } from '../../dsl/compiling.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { explaining } from '../../fakes/explaining.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { askerIn, planOf } from '../../fakes/plan.ts';
import { clip } from '../../fakes/world.ts';

let parts: Parts & { artifacts: MemoryArtifacts };
beforeAll(async () => {
  const store = await openMemoryStore();
  parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
});
afterAll(() => parts?.store[Symbol.asyncDispose]());

const plan = (source: string): Plan => compiled(source).plan!;

/** Somebody in a workspace of their own, who can run plans in no time: every job takes so many seconds and makes so many bytes. */
function begin() {
  const asker = askerIn(crypto.randomUUID());
  const finish = async (job: Claimed, seconds: number, facts: Partial<VideoFacts>) => {
    const hash = parts.artifacts.keep(`${job.operation} ${job.workKey} ${asker.workspace}`);
    await complete(
      parts,
      job,
      job.effect
        ? { type: 'effected', path: '/x', url: null, notes: [] }
        : {
            type: 'made',
            hash,
            bytes: facts.bytes ?? 1_000_000,
            kind: 'video',
            facts: clip(null, facts).facts as VideoFacts,
            notes: [],
            details: {},
          },
    );
    await parts.store.query(
      `update jobs set started_at = finished_at - $2 * interval '1 second' where id = $1`,
      [job.id, seconds],
    );
    return hash;
  };
  return {
    asker,
    async run(work: Plan, seconds = 10, facts: Partial<VideoFacts> = { duration: 4 }): Promise<string[]> {
      await submit(parts, work, asker);
      const hashes: string[] = [];
      for (;;) {
        let job: Claimed | null = null;
        const operations = [...new Set(work.steps.map(({ operation }) => operation))];
        for (const lane of ['cpu', 'gpu', 'net'] as const)
          job ??= await claim(parts.store, { lane, operations, worker: 'test', lease: 60_000 });
        if (job === null) return hashes;
        hashes.push(await finish(job, seconds, facts));
      }
    },
    explain: (work: Plan, free: number | null = null): Promise<Explanation> =>
      explain(parts, work, asker.workspace, explaining(free)),
    why: async (source: string, change: (work: Plan) => Plan = (work) => work) =>
      (await explain(parts, change(plan(source)), asker.workspace, explaining())).steps.map(
        ({ verdict, reason, result }) => (verdict === 'recalled' ? `recalled as ${result}` : reason),
      ),
  };
}

/** The last step of a plan with something else in it. */
const lastWith = (change: object) => (work: Plan) => ({
  ...work,
  steps: work.steps.map((step, at) => (at === work.steps.length - 1 ? { ...step, ...change } : step)),
});

test.each<[string, string, string]>([
  ['ENHANCE v1 UPSCALE 2x', 'ENHANCE v1 UPSCALE 4x', 'UPSCALE 2x→4x changed'],
  ['ENHANCE v1 UPSCALE 2x', 'ENHANCE v1 UPSCALE 2x DENOISE 20', 'DENOISE 20 added'],
  ['ENHANCE v1 UPSCALE 2x DENOISE 20', 'ENHANCE v1 DENOISE 20', 'UPSCALE 2x left out'],
  ['GRADE v1 LOOK noir', 'GRADE v1 LOOK warm', 'LOOK noir→warm changed'],
  [
    'GRADE v1 LOOK noir CONTRAST 10%',
    'GRADE v1 LOOK warm CONTRAST -20% GRAIN 5%',
    'CONTRAST 10%→-20%, LOOK noir→warm changed, GRAIN 5% added',
  ],
  ['TRIM v1[2s..6s]', 'TRIM v1[3s..6s]', 'from 2s→3s changed'],
  ['TRIM v1[2s..]', 'TRIM v1[2s..6s]', 'until 6s added'],
  ['STITCH v1 + v3 SIZE 1080p', 'STITCH v1 + v3 SIZE 720p', 'SIZE 1920x1080→1280x720 changed'],
  [
    'STITCH v1 + v3 TRANSITION fade 0.5s',
    'STITCH v1 + v3 TRANSITION fade 1s',
    'TRANSITION fade 500ms→fade 1s changed',
  ],
  ['GENERATE "fog" CAMERA (lens 35mm)', 'GENERATE "fog" CAMERA (lens 50mm)', 'lens 35mm→50mm changed'],
  ['GENERATE "fog" FPS 24fps', 'GENERATE "fog" FPS 25fps', 'FPS 24fps→25fps changed'],
  ['GENERATE "fog"', 'GENERATE "mist"', 'never made'],
  ['GENERATE "fog" SEED 1', 'GENERATE "fog" SEED 2', 'SEED 1→2 changed'],
  ['GRADE v1 LOOK noir', 'GRADE v3 LOOK noir', 'never made from this input'],
])('after %s, %s runs: %s', async (before, now, reason) => {
  const { run, why } = begin();
  expect(await why(before)).toEqual([expect.stringMatching(/^never made/)]);
  await run(plan(before));
  expect(await why(before)).toEqual(['recalled as v1']);
  expect(await why(now)).toEqual([reason]);
});

test('says that the operation or its network is another, and that bytes are gone', async () => {
  const { run, why } = begin();
  const source = 'ENHANCE v1 UPSCALE 2x';
  const [hash] = await run(plan(source));
  expect(await why(source, lastWith({ version: 99 }))).toEqual(['ENHANCE is newer']);
  const models = [{ name: 'esrgan-slim', digest: 'e'.repeat(64) }];
  expect(await why(source, lastWith({ models }))).toEqual(['model digest changed']);
  await parts.artifacts.remove(hash!);
  expect(await why(`${source} | GRADE LOOK noir`)).toEqual([
    'made before, but its bytes are gone',
    'its input runs',
  ]);
});

test('expects what the same took at about the same size, and adds it up over the lanes', async () => {
  const { run, explain } = begin();
  // 4 s of 1280×720 took 10 s and 2 MB: 8 s take twice as much.
  await run(plan('GENERATE "fog"'), 10, { duration: 4, bytes: 2_000_000 });
  await run(plan('GENERATE "mist"; GENERATE "rain"'), 12, { duration: 4, bytes: 2_000_000 });
  const { steps, totals } = await explain(plan('GENERATE "sea" DURATION 8s; GENERATE "sky" DURATION 8s'));
  expect(steps.map(({ expected }) => expected)).toEqual([
    { seconds: 24, bytes: 4_000_000, from: 3 },
    { seconds: 24, bytes: 4_000_000, from: 3 },
  ]);
  expect(totals).toEqual({ seconds: 48, lanes: { cpu: 48 }, unknown: 0, bytes: 8_000_000, free: null });
});

test('says of what it has no history, and when the disk has no room', async () => {
  const { run, explain } = begin();
  const work = plan('GENERATE "sea" | ENHANCE UPSCALE 2x TO sea.mp4');
  const text = async (free: number | null = null) => {
    const { plan, steps, totals } = await explain(work, free);
    return explainText(plan, steps, undefined, totals);
  };
  expect(await text()).toContain(
    'no history yet of GENERATE, ENHANCE, TO, so nobody knows how long it takes',
  );
  await run(plan('GENERATE "fog"'), 10, { duration: 4, bytes: 2_000_000 });
  expect(await text(1_500_000)).toMatchInlineSnapshot(`
    "TO sea.mp4             cpu · runs: done anew each time
    └─ ENHANCE UPSCALE 2x  gpu · 2560x1440 24fps 4s · with esrgan-slim · runs: its input runs
       └─ GENERATE "sea"   cpu · 1280x720 24fps 4s · ≈ 10s · ≈ 2.0 MB · seed 3848294448 · runs: never made

    writes sea.mp4 under the export folder
    3 jobs
    ≈ 10s left, the lanes side by side: cpu 10s of work
    ≈ 2.0 MB of results
    only 1.5 MB are free on the disk, so they do not fit
    no history yet of ENHANCE, TO, so it takes longer"
  `);
});

test('another network is another speed, and a second try tells nothing', async () => {
  const { asker, run, explain } = begin();
  await run(plan('ENHANCE v1 UPSCALE 2x'));
  const other = lastWith({ models: [{ name: 'esrgan-slim', digest: 'f'.repeat(64) }] });
  const expected = async (work: Plan) => (await explain(work)).steps[0]!.expected;
  expect(await expected(plan('ENHANCE v3 UPSCALE 2x'))).not.toBe(null);
  expect(await expected(other(plan('ENHANCE v3 UPSCALE 2x')))).toBe(null);
  await parts.store.query('update jobs set attempts = 2 where workspace = $1', [asker.workspace]);
  expect(await expected(plan('ENHANCE v3 UPSCALE 2x'))).toBe(null);
});

test('explains ten thousand steps with a handful of queries', async () => {
  const { asker } = begin();
  let count = 0;
  const store = {
    ...parts.store,
    query: <Row>(text: string, parameters?: readonly Parameter[]) => {
      count += 1;
      return parts.store.query<Row>(text, parameters);
    },
  };
  const work = planOf(
    Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [`s${at}`, at % 2 === 0 ? {} : { reads: [`s${at - 1}`] }]),
    ),
  );
  const { steps } = await explain({ ...parts, store }, work, asker.workspace, explaining());
  expect(steps).toHaveLength(10_000);
  expect(count).toBeLessThan(10);
});

test('says in one line into how many segments long work is divided, and that they share the places of their lane', async () => {
  const { explain: tell } = begin();
  const long = clip('v1', { duration: 60, frames: 1440, width: 1920, height: 1080 });
  const work = planOf({
    s1: {
      ...{
        operation: 'grade',
        version: 4,
        arguments: { exposure: 1, shutter: null },
        gives: 'video',
        title: 'GRADE v1',
      },
      inputs: [{ role: 'operand', from: 'artifact', hash: long.hash, kind: 'video', facts: long.facts }],
      predicted: { kind: 'video', width: 1920, height: 1080, frames: 1440 },
    },
  });
  const told = await tell(work);
  expect(told.steps[0]).toMatchObject({ segments: 10 });
  const text = explainText(told.plan, told.steps, 200, told.totals);
  expect(text.split('\n')[0]).toBe('GRADE v1  cpu · 1920x1080 · in 10 segments · runs: never made');
  const steps = [{ ...told.steps[0]!, expected: { seconds: 300, bytes: null, from: 1 } }];
  expect(totals(work, steps, { cpu: 4, gpu: 1, net: 1 }, null).seconds).toBe(90);
});
