import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../dsl/plan.ts';
import type { Asker } from '../../engine/asker.ts';
import { type Embedded, openEmbedded } from '../../engine/embedded.ts';
import type { Engine } from '../../engine/engine.ts';
import { openEngine } from '../../engine/open.ts';
import { freshDatabase } from '../fakes/database.ts';
import { explaining } from '../fakes/explaining.ts';
import { askerIn, planOf } from '../fakes/plan.ts';

let folder: string;
let parts: Embedded;
let engine: Engine;
const taken: [Plan, Asker][] = [];
const [ada, bob] = [askerIn('ada'), askerIn('bob')];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pql-open-'));
  parts = await openEmbedded(join(folder, 'home'), { template: freshDatabase });
  const notAsked = () => Promise.reject(new Error('not asked'));
  engine = openEngine(parts, {
    compile: notAsked,
    command: notAsked,
    explaining: explaining(),
    takeIn: async (plan, asker) => {
      if (plan.source === 'lost') throw Object.assign(new Error('write'), { code: 'ENOSPC' });
      taken.push([plan, asker]);
    },
  });
});
afterAll(async () => {
  await parts?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});
const types = async (group: string, asker: Asker) => {
  const seen: string[] = [];
  for await (const event of engine.watch(group, asker)) seen.push(event.type);
  return seen;
};

describe('an embedded engine', () => {
  test('takes in what a plan reads before the run is there, and says which group it became', async () => {
    const plan = planOf({ a: {} });
    expect(await engine.submit(plan, ada)).toEqual({ group: 'g1' });
    expect(taken).toEqual([[plan, ada]]);
  });

  test('accepts nothing when a file cannot be taken in, and says why', async () => {
    await expect(engine.submit({ ...planOf({ b: {} }), source: 'lost' }, ada)).rejects.toThrow(
      'the disk is full while accepting the statement',
    );
    expect(await parts.store.query('select number from runs')).toHaveLength(1);
  });

  test.each([
    'g1',
    'g2',
    'g0',
    'g',
    '1',
    'g1; drop table runs',
    'g999999999999999999999',
  ])('shows and cancels no group of somebody else, nor one that is none: %s', async (group) => {
    expect(await types(group, bob)).toEqual([]);
    expect(await engine.cancel(group, bob)).toBe(false);
  });

  test('cancels a group by its id, in either case, once', async () => {
    expect(await engine.cancel('G1', ada)).toBe(true);
    expect(await engine.cancel('g1', ada)).toBe(false);
    expect(await types('g1', ada)).toEqual(['accepted', 'done']);
  });

  test('explains in the workspace of who asks', async () => {
    const { steps } = await engine.explain(planOf({ a: {} }), bob);
    expect(steps).toEqual([
      { step: 'a', lane: 'cpu', verdict: 'runs', reason: 'never made', result: null, expected: null },
    ]);
  });

  test('frees what thousands of changes left behind when it closes', async () => {
    const size = async (store: Embedded) =>
      (await store.store.query<{ size: number }>("select pg_relation_size('jobs')::integer as size"))[0]
        ?.size;
    for (let n = 0; n < 2000; n += 100) {
      await engine.submit(
        planOf(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`t${n + i}`, {}]))),
        bob,
      );
      await parts.store.query("delete from runs where workspace = 'bob'");
    }
    const grown = (await size(parts)) ?? 0;
    await parts[Symbol.asyncDispose]();
    parts = await openEmbedded(join(folder, 'home'));
    expect(await size(parts)).toBeLessThan(grown / 2);
  });

  test('is there again, with all its groups, after it was closed', async () => {
    await parts[Symbol.asyncDispose]();
    await writeFile(join(folder, 'home/scratch/left'), 'x');
    parts = await openEmbedded(join(folder, 'home'));
    expect(await readdir(parts.scratch)).toEqual([]);
    expect(await parts.store.query('select number, state from runs')).toEqual([
      { number: 1, state: 'cancelled' },
    ]);
  });
});
