import { afterAll, beforeAll, expect, test } from 'vitest';
import { withPreviews } from '../../../dsl/with-previews.ts';
import { freeUnneeded } from '../../../engine/artifacts/freed.ts';
import { findPreview, largestPreview } from '../../../engine/delivery/previews.ts';
import { type Claimed, claim } from '../../../engine/jobs/claim.ts';
import { complete } from '../../../engine/jobs/complete.ts';
import { findRun } from '../../../engine/jobs/run-row.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { countWork, readRun } from '../../../engine/jobs/view.ts';
import { openNews } from '../../../engine/news.ts';
import type { Parts } from '../../../engine/parts.ts';
import { resultsFor } from '../../../engine/query/results.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { fakeFilm } from '../../fakes/desk.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { askerIn, planOf } from '../../fakes/plan.ts';

let parts: Parts & { artifacts: MemoryArtifacts };
beforeAll(async () => {
  parts = {
    store: await openMemoryStore(),
    artifacts: memoryArtifacts(),
    queue: inProcessQueue(),
    news: openNews(),
  };
});
afterAll(() => parts?.store[Symbol.asyncDispose]());

const next = async () =>
  (await claim(parts.store, { lane: 'cpu', operations: ['probe', 'fit'], worker: 'test', lease: 60_000 }))!;
const factsOf = (text: string) => fakeFilm('', '', text.length).facts;
const made = (job: Claimed, text: string) =>
  complete(parts, job, {
    ...{ type: 'made', hash: parts.artifacts.keep(text), bytes: text.length, kind: 'video' },
    ...{ facts: factsOf(text), notes: [], details: {} },
  });
const fitted = (job: Claimed, text: string) =>
  complete(parts, job, {
    ...{ type: 'effected', path: null, url: null, notes: ['a preview'] },
    preview: {
      hash: parts.artifacts.keep(text),
      bytes: text.length,
      facts: factsOf(text),
      fits: 5,
      says: 'small',
    },
  });

test('a preview is kept beside its film: no result, not counted, found by its limit, gone with the film', async () => {
  const asker = askerIn('w');
  const plan = withPreviews(planOf({ a: { gives: 'video' } }), 5);
  const { run, number } = await submit(parts, plan, asker);
  await made(await next(), 'a whole film');
  await fitted(await next(), 'film');
  expect(await readRun(parts.store, run)).toMatchObject({ state: 'done' });
  expect(await countWork(parts.store, run)).toEqual({ recalled: 0, ran: 1 });
  const [film, small] = [parts.artifacts.keep('a whole film'), parts.artifacts.keep('film')];
  expect(await findRun(parts.store, 'w', number)).toBe(run);
  expect(await parts.store.query('select hash from media')).toEqual([{ hash: film }]);
  const group = { group: `g${number}` } as Parameters<typeof resultsFor>[2];
  expect(await resultsFor(parts.store, 'w', group)).toEqual([film]);

  expect(await findPreview(parts.store, 'w', film, 5)).toMatchObject({
    hash: small,
    bytes: 4,
    says: 'small',
  });
  expect(await findPreview(parts.store, 'w', film, 6)).toBeNull();
  expect(await findPreview(parts.store, 'other', film, 5)).toBeNull();
  expect(await largestPreview(parts.store, 'w', film, 6)).toMatchObject({ hash: small });
  expect(await largestPreview(parts.store, 'w', film, 3)).toBeNull();

  // As long as the film is seen, its preview is needed; then both go.
  expect(await freeUnneeded(parts.store, [film, small])).toEqual([]);
  await parts.store.query('delete from works');
  await parts.store.query('delete from media');
  expect((await freeUnneeded(parts.store, [film])).map(({ hash }) => hash)).toEqual([film, small]);
  expect(await parts.store.query('select from previews')).toEqual([]);
});

test('where nothing is to be made no worker is waited for: what fits as it is, and what was made before', async () => {
  const asker = askerIn('quick');
  const ended = async (run: number) => (await readRun(parts.store, run))?.state;
  const plan = (bytes: number) =>
    withPreviews(planOf({ b: { gives: 'video', arguments: { of: 'quick' } } }), bytes);
  const small = await submit(parts, plan(1000), asker);
  await made(await next(), 'a quick film');
  expect(await ended(small.run)).toBe('done');
  // All of it is recalled, and what is smaller is asked for: now there is something to make.
  const large = await submit(parts, plan(5), asker);
  expect(await ended(large.run)).toBe('running');
  await fitted(await next(), 'quick');
  expect(await ended(large.run)).toBe('done');
  const again = await submit(parts, plan(5), asker);
  expect(await ended(again.run)).toBe('done');
  // Its bytes are lost: it is made again.
  await parts.artifacts.remove(parts.artifacts.keep('quick'));
  const lost = await submit(parts, plan(5), asker);
  expect(await ended(lost.run)).toBe('running');
  await fitted(await next(), 'quick');
  expect(await ended(lost.run)).toBe('done');
});
