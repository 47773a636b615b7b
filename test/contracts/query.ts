import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Facts } from '../../dsl/facts.ts';
import { collectionOf, collections } from '../../dsl/query/collections.ts';
import { mostTerms } from '../../dsl/query/limits.ts';
import { compareBy, matches } from '../../dsl/query/matches.ts';
import type { Condition, Literal, Query } from '../../dsl/query/query.ts';
import { claim } from '../../engine/jobs/claim.ts';
import { complete } from '../../engine/jobs/complete.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { lockWorkspace, nameMedia, publishMedia, recordArtifact } from '../../engine/media.ts';
import { openNews } from '../../engine/news.ts';
import type { Parts } from '../../engine/parts.ts';
import { queryMedia } from '../../engine/query/query-media.ts';
import { queryRows } from '../../engine/query/query-rows.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import { pipelines } from '../../engine/search/places.ts';
import { search } from '../../engine/search/search.ts';
import type { Store } from '../../engine/store/port.ts';
import { conditionsOn, ordersBy, pieces } from '../fakes/conditions.ts';
import { type MemoryArtifacts, memoryArtifacts } from '../fakes/memory-artifacts.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';

/** What queries keep to, on every store. */
export function describeQueries(adapter: string, open: () => Promise<Store>): void {
  describe(`queries (${adapter})`, () => {
    let parts: Parts & { artifacts: MemoryArtifacts };
    beforeAll(async () => {
      const store = await open();
      parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
    });
    afterAll(() => parts?.store[Symbol.asyncDispose]());

    /** Media of a workspace, one after the other. */
    const publish = (workspace: string, all: readonly Made[]) =>
      parts.store.transaction(async (queries) => {
        await lockWorkspace(queries, workspace);
        for (const { facts, name = null, prompt = null, source = null, work = null, created } of all) {
          const hash = parts.artifacts.keep(crypto.randomUUID());
          await recordArtifact(queries, { hash, kind: facts.kind, facts, bytes: facts.bytes });
          const { media } = await publishMedia(queries, {
            workspace,
            hash,
            kind: facts.kind,
            job: null,
            recipe: prompt === null ? null : `GENERATE ${JSON.stringify(prompt)}`,
            prompt,
            source,
            work,
          });
          if (name !== null) await nameMedia(queries, workspace, name, media);
          if (created !== undefined)
            await queries.query('update media set created_at = $2 where id = $1', [media, created]);
        }
      });
    const ask = async (workspace: string, query: Partial<Query> & { collection: string }, size = 1000) => {
      const found = await queryRows(parts.store, workspace, { ...everything, ...query }, { size, offset: 0 });
      if (found === null) throw new Error('no such group');
      return found;
    };
    const ids = async (workspace: string, query: Partial<Query> & { collection: string }) =>
      (await ask(workspace, query)).rows.map(({ id }) => id);

    /** A workspace with jobs done by hand. */
    const begin = () => {
      const asker = askerIn(`w-${crypto.randomUUID()}`);
      const operation = `op-${crypto.randomUUID()}`;
      const run = async (steps: Parameters<typeof planOf>[0]) => {
        const plan = planOf(
          Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, { operation, ...step }])),
        );
        const { number } = await submit(parts, plan, asker);
        for (;;) {
          const job = await claim(parts.store, {
            lane: 'cpu',
            operations: [operation],
            worker: 'test',
            lease: 60_000,
          });
          if (job === null) return `g${number}`;
          const text = JSON.stringify([asker.workspace, job.arguments, job.inputs.map(({ hash }) => hash)]);
          await complete(
            parts,
            job,
            job.effect
              ? { type: 'effected', path: '/exports/out.mp4', url: null, notes: [] }
              : {
                  type: 'made',
                  hash: parts.artifacts.keep(text),
                  bytes: text.length,
                  kind: 'text',
                  facts: { ...textFacts, bytes: text.length },
                  notes: [],
                  details: {},
                },
          );
        }
      };
      return { workspace: asker.workspace, run };
    };

    test('says of random rows and random conditions what the evaluator in memory says, in the same order', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      const media = collectionOf('media')!;
      await publish(workspace, fc.sample(made, { numRuns: 40, seed: 7 }));
      const { rows } = await ask(workspace, { collection: 'media' });
      expect(rows).toHaveLength(40);
      const fields = media.fields
        .map(({ name }) => name)
        .filter((name) => !['age', 'group', 'job'].includes(name));
      const seen = (field: string) =>
        rows.flatMap((row) => (row[field] === null ? [] : [row[field] as Literal]));
      const where = conditionsOn(media, fields, seen);
      await fc.assert(
        fc.asyncProperty(where, ordersBy(fields), async (condition, order) => {
          const found = await ask(workspace, { collection: 'media', where: condition, order });
          const expected = rows.filter((row) => matches(condition, row));
          expect(found.rows.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
          expect(found.total).toEqual({ count: expected.length, exact: true });
          const by = compareBy(order);
          for (const [at, row] of found.rows.entries())
            if (at > 0) expect(by(found.rows[at - 1]!, row)).toBeLessThanOrEqual(0);
        }),
        { numRuns: 300 },
      );
    });

    test('answers every collection, empty as it may be, ordered by every field', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      for (const { name, fields } of collections.filter(({ name }) => name !== 'settings'))
        for (const { name: field } of fields)
          expect(await ask(workspace, { collection: name, order: [{ field, descending: true }] })).toEqual({
            rows: [],
            total: { count: 0, exact: true },
          });
    });

    test('shows every field of every kind', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      await publish(workspace, [
        {
          facts: film,
          name: 'Intro',
          prompt: 'a harbour',
          work: { verb: 'generate', engine: 'storyboard', seed: 7, model: null },
        },
        { facts: sound, source: 'wind.wav' },
        { facts: picture },
      ]);
      const { rows } = await ask(workspace, { collection: 'videos' });
      expect(rows).toMatchObject([
        {
          id: 'v1',
          name: 'Intro',
          duration: 4.5,
          width: 1280,
          height: 720,
          size: '1280x720',
          fps: 23.976,
          frames: 108,
          codec: 'h264',
          container: 'mp4',
          sound: true,
          audio_codec: 'aac',
          bytes: 5_000_000_000,
          created: expect.stringMatching(/^20\d\d-.*Z$/),
          age: expect.any(Number),
          prompt: 'a harbour',
          verb: 'generate',
          engine: 'storyboard',
          seed: 7,
          model: null,
          group: null,
          job: null,
          source: null,
          recipe: 'GENERATE "a harbour"',
        },
      ]);
      expect((await ask(workspace, { collection: 'audio' })).rows).toMatchObject([
        { id: 'a1', duration: 2, codec: 'pcm_s16le', hertz: 48_000, channels: 2, source: 'wind.wav' },
      ]);
      expect((await ask(workspace, { collection: 'images' })).rows).toMatchObject([
        { id: 'i1', size: '64x48' },
      ]);
      expect(await ids(workspace, { collection: 'media', where: is('kind', 'image') })).toEqual(['i1']);
      expect((await ask(workspace, { collection: 'prompts' })).rows).toMatchObject([
        { prompt: 'a harbour', newest: 'v1', clips: 1 },
      ]);
    });

    test('knows the latest name of each, also when another takes it over', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      await publish(workspace, [{ facts: film, name: 'hd' }, { facts: film, name: 'HD' }, { facts: film }]);
      expect(await ids(workspace, { collection: 'videos', where: is('name', 'hd') })).toEqual(['v2']);
      expect(await ids(workspace, { collection: 'videos', where: { type: 'known', field: 'name' } })).toEqual(
        ['v2'],
      );
    });

    test('compares times to the millisecond and ages with the clock of the database', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      await publish(workspace, [
        { facts: film, created: '2026-01-02T03:04:05.678912Z' },
        { facts: film, created: '2026-01-02T03:04:05.679Z' },
        { facts: film },
      ]);
      const time = (op: '=' | '<=' | '>') =>
        ids(workspace, {
          collection: 'videos',
          where: { type: 'compare', field: 'created', op, value: '2026-01-02T03:04:05.678Z' },
        });
      expect(await time('=')).toEqual(['v1']);
      expect(await time('<=')).toEqual(['v1']);
      expect(await time('>')).toEqual(['v3', 'v2']);
      const young: Condition = { type: 'compare', field: 'age', op: '<', value: 3600 };
      expect(await ids(workspace, { collection: 'videos', where: young })).toEqual(['v3']);
      expect(await ids(workspace, { collection: 'videos', where: { ...young, value: 1e300 } })).toHaveLength(
        3,
      );
      expect(
        await ids(workspace, {
          collection: 'videos',
          where: is('created', '2026-01-02'),
        }),
      ).toEqual([]);
    });

    test('pages through what it found, and counts it', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      await publish(
        workspace,
        Array.from({ length: 7 }, () => ({ facts: film })),
      );
      const query: Query = { ...everything, collection: 'videos' };
      const page = (size: number, offset: number, limit: number | null = null) =>
        queryRows(parts.store, workspace, { ...query, limit }, { size, offset });
      expect(await page(3, 0)).toMatchObject({
        rows: [{ id: 'v7' }, { id: 'v6' }, { id: 'v5' }],
        total: { count: 7 },
      });
      expect(await page(3, 6)).toMatchObject({ rows: [{ id: 'v1' }], total: { count: 7, exact: true } });
      expect(await page(3, 9)).toMatchObject({ rows: [], total: { count: 7 } });
      expect(await page(3, 3, 4)).toMatchObject({ rows: [{ id: 'v4' }], total: { count: 4 } });
      expect(await page(3, 0, 0)).toEqual({ rows: [], total: { count: 0, exact: true } });
    });

    test('a limit of nothing and a condition that nothing meets are answers', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      await publish(workspace, [{ facts: film }]);
      const query: Query = { ...everything, collection: 'videos' };
      expect(await queryMedia(parts.store, workspace, { ...query, limit: 0 }, 100)).toEqual([]);
      expect(await queryMedia(parts.store, workspace, { ...query, where: is('seed', 0.5) }, 100)).toEqual([]);
    });

    test('never reads what is asked as SQL', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      await publish(workspace, [{ facts: film, prompt: "it's 100% \\ _ done; --" }]);
      for (const text of ["'", "'; drop table media; --", '\\', '$1', '100%', '\0', '\u{1F600}', 'ſ']) {
        const finds = ["it's 100% \\ _ done; --".includes(text) ? 'v1' : []].flat();
        expect(
          await ids(workspace, { collection: 'videos', where: { type: 'contains', field: 'prompt', text } }),
        ).toEqual(finds);
        expect(await ids(workspace, { collection: 'videos', where: is('prompt', text) })).toEqual([]);
        expect(await ids(workspace, { collection: 'videos', where: is('verb', text) })).toEqual([]);
        expect(await ids(workspace, { collection: 'videos', where: is('id', text) })).toEqual([]);
      }
      await expect(ask(workspace, { collection: 'videos', where: is('seed"; --', 1) })).rejects.toThrow(
        /no field/,
      );
    });

    test.each([
      ['ors', 'or', '>'],
      ['ands', 'and', '!='],
      ['equalities', 'or', '='],
    ] as const)(`answers ${mostTerms} %s, and refuses one more in words`, async (_, type, op) => {
      const workspace = `w-${crypto.randomUUID()}`;
      await publish(workspace, [{ facts: film }]);
      const terms = Array.from(
        { length: mostTerms },
        (_, at): Condition => ({
          type: 'compare',
          field: 'width',
          op,
          value: type === 'or' ? 1280 - at : at + 1281,
        }),
      );
      // As a parser would nest it: as deep as it is long.
      const chain = (all: Condition[]) => all.reduce((left, right) => ({ type, of: [left, right] }));
      expect(await ids(workspace, { collection: 'videos', where: chain(terms) })).toEqual(['v1']);
      await expect(
        ask(workspace, { collection: 'videos', where: chain([...terms, terms[0]!]) }),
      ).rejects.toThrow('more than 10,000 comparisons');
    });

    test('answers what is nested a hundred deep, and refuses more in words', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      await publish(workspace, [{ facts: film }]);
      let where = is('width', 1280);
      for (let depth = 1; depth < 99; depth++)
        where = { type: depth % 2 === 0 ? 'and' : 'or', of: [where, is('height', 720)] };
      expect(await ids(workspace, { collection: 'videos', where })).toEqual(['v1']);
      for (let depth = 0; depth < 50_000; depth++) where = { type: 'not', of: where };
      await expect(ask(workspace, { collection: 'videos', where })).rejects.toThrow('nested more than');
    });

    test('sees nothing of another workspace', async () => {
      const [mine, other] = [begin(), begin()];
      await mine.run({ s1: { name: 'Secret', arguments: { prompt: 'a secret harbour' } } });
      for (const { name } of collections.filter(({ name }) => name !== 'settings')) {
        expect((await ask(other.workspace, { collection: name })).rows).toEqual([]);
        expect(
          (
            await ask(other.workspace, {
              collection: name,
              where: { type: 'not', of: is('id', 'g99') },
            }).catch(() => ({ rows: [] }))
          ).rows,
        ).toEqual([]);
      }
      await other.run({ s1: {} });
      expect(await ids(mine.workspace, { collection: 'media', where: is('group', 'g1') })).toEqual(['t1']);
      const group: Query = { ...everything, collection: 'media', group: 'g2' };
      expect(await queryMedia(parts.store, mine.workspace, group, 100)).toBeNull();
      expect(await queryRows(parts.store, mine.workspace, group, { size: 10, offset: 0 })).toBeNull();
      expect(await queryMedia(parts.store, mine.workspace, { ...group, group: "g1'; --" }, 100)).toBeNull();
    });

    test('a group comes to what no other of its jobs read, in the order of its statements', async () => {
      const { workspace, run } = begin();
      expect(
        await run({
          a: { arguments: { of: 'a' } },
          b: { reads: ['a'], arguments: { of: 'b' } },
          c: { arguments: { of: 'c' } },
          out: { reads: ['b'], effect: true, gives: null },
        }),
      ).toBe('g1');
      await run({ c: { arguments: { of: 'c' } }, d: { arguments: { of: 'd' } } });
      const results = async (group: string, more: Partial<Query> = {}) =>
        (
          await queryMedia(
            parts.store,
            workspace,
            { ...everything, collection: 'media', group, ...more },
            100,
          )
        )?.map(({ fields }) => fields.recipe);
      expect(await results('g1')).toEqual(['PROBE b', 'PROBE c']);
      // The second of which the first group made: recalled here.
      expect(await results('g2')).toEqual(['PROBE c', 'PROBE d']);
      expect(await results('g2', { limit: 1 })).toEqual(['PROBE c']);
      expect(await results('g2', { order: [{ field: 'id', descending: true }] })).toEqual([
        'PROBE d',
        'PROBE c',
      ]);
      expect(await results('g1', { where: { type: 'contains', field: 'recipe', text: ' B' } })).toEqual([
        'PROBE b',
      ]);
      const of = (where: Condition) => ids(workspace, { collection: 'texts', where });
      expect(await of(is('group', 'g2'))).toEqual(['t4', 't3']);
      expect(await of({ type: 'not', of: is('group', 'g2') })).toEqual(['t2', 't1']);
      expect(await of({ type: 'in', field: 'group', values: ['g1', 'g2', 'g3'] })).toHaveLength(4);
    });

    test('shows jobs and groups with what came of them', async () => {
      const { workspace, run } = begin();
      await run({
        a: {
          name: 'Intro',
          arguments: { seed: 9, generator: 'storyboard' },
          models: [{ name: 'net', digest: '0' }],
        },
        out: { reads: ['a'], effect: true, gives: null },
      });
      expect((await ask(workspace, { collection: 'jobs' })).rows).toMatchObject([
        { id: 'j2', group: 'g1', state: 'done', effect: true, result: null, path: '/exports/out.mp4' },
        {
          id: 'j1',
          state: 'done',
          result: 't1',
          took: expect.any(Number),
          seed: 9,
          engine: 'storyboard',
          model: 'net',
        },
      ]);
      expect((await ask(workspace, { collection: 'groups' })).rows).toMatchObject([
        { id: 'g1', state: 'done', jobs: 2, done: 2, failed: 0, user: 'ada', statement: 'a; out' },
      ]);
      expect((await ask(workspace, { collection: 'texts' })).rows).toMatchObject([
        { id: 't1', name: 'Intro', group: 'g1', job: 'j1', seed: 9, model: 'net' },
      ]);
      expect(await ids(workspace, { collection: 'jobs', where: is('result', 'T1') })).toEqual(['j1']);
      expect(await ids(workspace, { collection: 'jobs', where: is('group', 'g2') })).toEqual([]);
      expect(
        await ids(workspace, {
          collection: 'groups',
          where: { type: 'compare', field: 'done', op: '<', value: 2 },
        }),
      ).toEqual([]);
    });

    test('finds statements by their words, beginnings and what was mistyped, the best first', async () => {
      const { workspace } = begin();
      const say = (source: string) =>
        submit(parts, { source, steps: [] }, { ...askerIn(workspace), workspace });
      for (const source of [
        'GENERATE "dawn over harbours"',
        'GENERATE "the harbour at dawn"',
        'GENERATE "Ελλάδα, ein Hafen; Füße"',
        'ENHANCE "dawn-harbour_2.mp4" UPSCALE 2x',
        'GENERATE "desert"',
      ])
        await say(source);
      const found = async (text: string, of = workspace) =>
        (await search(parts.store, of, text, pipelines)).map(({ id }) => id);
      expect(await found('harbour')).toEqual(['g4', 'g2', 'g1']);
      expect(await found('dawn harbuor')).toEqual(['g4', 'g2', 'g1']);
      expect(await found('at dawn')).toEqual(['g2']);
      expect((await found('harbour at dawn'))[0]).toBe('g2');
      for (const text of ['ελλαδα', 'ΕΛΛΆΔΑ', 'fusse füße', 'füße', 'fuß', 'hafn'])
        expect(await found(text), text).toEqual(text === 'fusse füße' ? [] : ['g3']);
      for (const text of ["' | 'desert", "desert:* & 'x", '!desert', "des''ert"])
        expect(
          (await found(text)).filter((id) => id !== 'g5'),
          text,
        ).toEqual([]);
      expect(await found('harbour', `w-${crypto.randomUUID()}`)).toEqual([]);
      expect(await found('🙂')).toEqual([]);
      expect(await found('x'.repeat(5000))).toEqual([]);
    });

    test('hands media to the planner as it knows them, with all fields', async () => {
      const workspace = `w-${crypto.randomUUID()}`;
      await publish(workspace, [{ facts: film, prompt: 'fog' }, { facts: film }]);
      const found = await queryMedia(parts.store, workspace, { ...everything, collection: 'videos' }, 1);
      expect(found).toMatchObject([
        { id: 'v2', kind: 'video', facts: film, recipe: null, fields: { size: '1280x720' } },
      ]);
      expect(Object.keys(found![0]!.fields).sort()).toEqual(
        collectionOf('videos')!
          .fields.map(({ name }) => name)
          .sort(),
      );
    });
  });
}

interface Made {
  facts: Facts;
  name?: string | null;
  prompt?: string | null;
  source?: string | null;
  work?: { verb: string; engine: string | null; seed: number | null; model: string | null } | null;
  created?: string;
}

const everything: Omit<Query, 'collection'> = { group: null, where: null, order: [], limit: null };

const is = (field: string, value: Literal): Condition => ({ type: 'compare', field, op: '=', value });

const film: Facts = {
  kind: 'video',
  container: 'mp4',
  bytes: 5_000_000_000,
  duration: 4.5,
  frames: 108,
  width: 1280,
  height: 720,
  rate: { num: 24000, den: 1001 },
  codec: 'h264',
  pixelFormat: 'yuv420p',
  rotation: 0,
  audio: { codec: 'aac', rate: 48_000, channels: 2, duration: 4.5 },
};
const sound: Facts = {
  kind: 'audio',
  container: 'wav',
  bytes: 384_044,
  duration: 2,
  audio: { codec: 'pcm_s16le', rate: 48_000, channels: 2, duration: 2 },
};
const picture: Facts = { kind: 'image', container: 'png', bytes: 812, width: 64, height: 48 };

const rare = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 2, nil: null });

/** Media of every kind, with few different values, so that conditions and orders meet equal ones. */
const made: fc.Arbitrary<Made> = fc.record({
  facts: fc.oneof(
    fc
      .record({
        bytes: fc.constantFrom(1, 1000, 2 ** 40),
        duration: fc.constantFrom(1, 2.5, 60),
        width: fc.constantFrom(320, 1920),
        rate: fc.constantFrom({ num: 24, den: 1 }, { num: 30000, den: 1001 }),
        codec: fc.constantFrom('h264', 'vp9'),
        audio: rare(fc.constant(film.audio)),
      })
      .map((some): Facts => ({ ...film, ...some })),
    fc.constant(sound),
    fc.constant(picture),
    fc.constant<Facts>(textFacts),
  ),
  name: rare(pieces.filter((name) => name !== '')),
  prompt: rare(pieces),
  source: rare(pieces),
  work: rare(
    fc.record({
      verb: fc.constantFrom('generate', 'enhance'),
      engine: rare(fc.constant('storyboard')),
      seed: rare(fc.constantFrom(0, 7, 2 ** 32)),
      model: rare(fc.constantFrom('net', 'other')),
    }),
  ),
  created: fc.constantFrom('2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.679123Z', '2026-02-01T00:00:00Z'),
});
