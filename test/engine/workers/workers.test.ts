import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { lookAtWorkers } from '../../../bots/repl/doctor/workers.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import type { JsonObject } from '../../../dsl/json.ts';
import type { Answer } from '../../../engine/answer.ts';
import { createCommands } from '../../../engine/commands/commands.ts';
import { claim } from '../../../engine/jobs/claim.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { openNews } from '../../../engine/news.ts';
import { readOverview } from '../../../engine/overview/read.ts';
import type { Parts } from '../../../engine/parts.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import { settingSpecs } from '../../../engine/settings/specs.ts';
import { type Capabilities, knownVersions } from '../../../engine/workers/capabilities.ts';
import {
  type Condition,
  forgetLost,
  signOff,
  signOfLife,
  silence,
  type Worker,
} from '../../../engine/workers/presence.ts';
import { createHandlers, type Tools } from '../../../workers/handlers.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { askerIn, planOf } from '../../fakes/plan.ts';

let parts: Parts;
beforeAll(async () => {
  const store = await openMemoryStore();
  parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
});
afterAll(() => parts.store[Symbol.asyncDispose]());
beforeEach(() => parts.store.script('truncate workspaces, workers cascade'));

const well: Condition = { draining: false, pressure: null };
const workerOf = (id: string, more: Partial<Worker> = {}, can: Partial<Capabilities> = {}): Worker => ({
  id,
  host: 'ada',
  pid: 7,
  slots: { cpu: 2, gpu: 0 },
  can: { operations: { probe: 1 }, models: [], provider: 'cpu', schema: '9999', ...can },
  ...more,
});
const here = (worker: Worker, condition = well) => signOfLife(parts.store, worker, condition);
const ask = (workspace: string, operation: string, subject: string, target?: string): Promise<Answer> => {
  const abilities = { models: [], defaultModels: {}, generators: [] };
  const command = createCommands({ parts, catalogue, abilities, settings: settingSpecs(2) });
  const args: JsonObject = target === undefined ? {} : { target };
  return command({ operation, subject, arguments: args, destructive: false, text: '' }, askerIn(workspace));
};
/** The cells of a table by the name of its columns. */
const table = async (asking: Promise<Answer>) => {
  const answer = await asking;
  if (answer.type !== 'table') throw new Error(`answered ${JSON.stringify(answer)}`);
  return answer.rows.map((row) => Object.fromEntries(answer.columns.map(({ name }, at) => [name, row[at]])));
};
const take = (worker: string) =>
  claim(parts.store, { lane: 'cpu', operations: ['probe'], worker, lease: 60_000 });

test('SHOW WORKERS tells who works, what they run here, and counts what they run for others', async () => {
  await here(workerOf('render.1'));
  await submit(parts, planOf({ a: {} }), askerIn('local'));
  await submit(parts, planOf({ b: {} }), askerIn('secret-films'));
  await take('render.1');
  await take('render.1');
  const seen = await table(ask('local', 'show', 'workers'));
  expect(seen).toMatchObject([
    {
      worker: 'render.1',
      machine: 'ada, process 7',
      state: 'works',
      lanes: 'cpu 2, gpu 0',
      'networks on': 'cpu',
      runs: 'j1, 1 of other workspaces',
      'takes no jobs because': null,
    },
  ]);
  expect(JSON.stringify(seen)).not.toContain('secret');
});

test('SHOW WORKERS names no machine to a chat', async () => {
  await here(workerOf('render.1'));
  const seen = await table(ask('chat', 'show', 'workers'));
  expect(seen).toMatchObject([{ worker: 'worker 1', machine: null, runs: null }]);
  expect(JSON.stringify(seen)).not.toMatch(/render|ada/);
});

test('SHOW WORKERS tells who drains, who is out of room and who was lost', async () => {
  await here(workerOf('a.1'), { ...well, draining: true });
  await here(workerOf('b.1'), { draining: false, pressure: 'only 1 GB of disk are free' });
  await here(workerOf('c.1'));
  await parts.store.query(
    `update workers set seen_at = seen_at - $1 * interval '1 millisecond' where id = 'c.1'`,
    [silence + 1],
  );
  const states = async () => (await table(ask('local', 'show', 'workers'))).map(({ state }) => state);
  expect(await states()).toEqual(['draining', 'paused', 'lost']);
  await forgetLost(parts.store, silence);
  expect(await states()).toEqual(['draining', 'paused']);
  await signOff(parts.store, 'a.1');
  expect(await states()).toEqual(['paused']);
});

test('SHOW WORKERS says how one comes about where there is none', async () => {
  expect(await ask('local', 'show', 'workers')).toMatchObject({
    rows: [],
    hint: expect.stringMatching(/pql worker/),
  });
});

test.each<[string, Parameters<typeof planOf>[0][string], Worker[], RegExp | null]>([
  ['nobody serves its lane', { lane: 'gpu' }, [workerOf('a')], /nobody serves the lane gpu/],
  ['there is nobody at all', {}, [], /nobody serves the lane cpu/],
  ['its version is too new', { version: 2 }, [workerOf('a')], /knows PROBE as new as this; update/],
  ['a network cannot be run', { models: [model('rife')] }, [workerOf('a')], /no worker can run rife$/],
  [
    'nobody has both',
    { version: 2, models: [model('rife')] },
    [workerOf('a', {}, { models: ['rife'] }), workerOf('b', {}, { operations: { probe: 2 } })],
    /both knows PROBE as new as this and can run rife/,
  ],
  [
    'its network takes more memory than anybody has',
    { models: [{ ...model('rife'), memory: 3e8 }] },
    [
      workerOf('a', {}, { models: ['rife'], memory: 1e8 }),
      workerOf('b', {}, { models: ['rife'], memory: 2e8 }),
    ],
    /waits: rife takes 300 MB of memory, and the most that a worker has for one job is 200 MB/,
  ],
  [
    'nobody says how much memory there is',
    { models: [{ ...model('rife'), memory: 3e8 }] },
    [workerOf('a', {}, { models: ['rife'], memory: null })],
    null,
  ],
  [
    'somebody else can do it',
    { version: 2 },
    [workerOf('a'), workerOf('b', {}, { operations: { probe: 2 } })],
    null,
  ],
])('FIND GROUP says why a job waits when %s', async (_, step, workers, says) => {
  for (const worker of workers) await here(worker);
  await submit(parts, planOf({ a: step }), askerIn('local'));
  const [row] = await table(ask('local', 'find', 'group', 'g1'));
  const [job] = (await table(ask('local', 'find', '', 'j1'))).filter(({ what }) => what === 'waits');
  if (says === null) expect([row?.['what came of it'], job]).toEqual([null, undefined]);
  else expect([row?.['what came of it'], job?.value]).toEqual(Array(2).fill(expect.stringMatching(says)));
});

test('a claim leaves what needs more memory than the worker has for all networks of a job together', async () => {
  const models = [model('x'), model('y')].map((each) => ({ ...each, memory: 2e8 }));
  await submit(parts, planOf({ a: { models } }), askerIn('local'));
  const operations = { probe: 1 };
  const takes = (memory: number | null) =>
    claim(parts.store, {
      ...{ lane: 'cpu', operations: ['probe'], worker: 'w', lease: 60_000 },
      can: { operations, models: ['x', 'y'], provider: 'cpu', memory },
    });
  expect(await takes(399_999_999)).toBeNull();
  expect(await takes(400_000_000)).toMatchObject({ number: 1 });
});

test('FIND GROUP says what keeps those who could do a job from taking it', async () => {
  await here(workerOf('a'), { draining: false, pressure: 'only 1 GB of disk are free' });
  await submit(parts, planOf({ a: {} }), askerIn('local'));
  const why = async () => (await table(ask('local', 'find', 'group', 'g1')))[0]?.['what came of it'];
  expect(await why()).toBe('waits: whoever can do it takes no jobs now (only 1 GB of disk are free)');
  await here(workerOf('b'));
  expect(await why()).toBeNull();
});

test('a worker whose program is older than the database is told as that wherever one looks', async () => {
  await here(workerOf('old', {}, { schema: '0001-spine.sql' }));
  await submit(parts, planOf({ a: {} }), askerIn('local'));
  const why = async () => (await table(ask('local', 'find', 'group', 'g1')))[0]?.['what came of it'];
  expect(await why()).toBe(
    'waits: whoever can do it runs a program that is older than the database, which may give it no work; update the workers',
  );
  expect(await table(ask('local', 'show', 'workers'))).toMatchObject([{ state: 'outdated' }]);
  expect((await readOverview(parts.store)).workers).toMatchObject([{ id: 'old', state: 'outdated' }]);
  expect(await lookAtWorkers(parts.store)).toMatchObject([
    { state: 'warn', why: 'its program is older than the database, which may give it no work' },
  ]);
  await here(workerOf('new'));
  expect(await why()).toBeNull();
  expect(await lookAtWorkers(parts.store)).toHaveLength(1);
});

test('a program knows every operation that it plans itself in its newest version', () => {
  // Making the list uses none of the tools.
  const handlers = Object.keys(createHandlers({ cores: 1 } as Tools));
  const known = knownVersions(catalogue, handlers);
  expect(Object.keys(known)).toEqual(handlers);
  for (const operation of catalogue.values())
    if (operation.runs === 'job') expect(known[operation.verb.toLowerCase()]).toBe(operation.version);
});

function model(name: string) {
  return { name, digest: name };
}
