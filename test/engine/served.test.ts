import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../dsl/catalogue.ts';
import { holdBytes, sweepFreed } from '../../engine/artifacts/freed.ts';
import { createCommands } from '../../engine/commands/commands.ts';
import type { LocalParts } from '../../engine/embedded.ts';
import { Failure } from '../../engine/failure.ts';
import { claim } from '../../engine/jobs/claim.ts';
import { complete } from '../../engine/jobs/complete.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { watch } from '../../engine/jobs/watch.ts';
import { openLog } from '../../engine/log.ts';
import { openServed } from '../../engine/served.ts';
import type { Handler } from '../../workers/handler.ts';
import { startLanes } from '../../workers/lanes.ts';
import { askerIn, planOf, textFacts } from '../fakes/plan.ts';
import { startPostgres, type TestServer } from '../fakes/postgres.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'pql-served-'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test('lets two processes open one new database at once and each run jobs, every job once', async () => {
  const url = await server.url();
  const home = join(folder, 'shared');
  const both = await Promise.all([openServed(url, home), openServed(url, home)]);
  const ran: string[] = [];
  const lanes = await Promise.all(both.map((parts, at) => lanesOf(parts, `w${at}`, ran)));
  const asked = await Promise.all(
    both.map(async (parts, at) => {
      const steps = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`step-${at}-${n}`, {}]));
      const { run } = await submit(parts, planOf(steps), askerIn('films'));
      return ended(parts, run);
    }),
  );
  expect(asked).toEqual(['done', 'done']);
  expect(ran.toSorted()).toEqual([...new Set(ran)].toSorted());
  expect(ran).toHaveLength(16);
  expect(await readdir(join(home, 'servers'))).toHaveLength(1);
  for (const each of [...lanes, ...both]) await each[Symbol.asyncDispose]();
});

test('leaves what another process works on alone, and takes it over when its lease has lapsed', async () => {
  const url = await server.url();
  const one = await openServed(url, join(folder, 'leases'));
  await submit(one, planOf({ long: {} }), askerIn('films'));
  const work = { lane: 'cpu', operations: ['probe'], worker: 'one', lease: 60_000 } as const;
  expect(await claim(one.store, work)).toMatchObject({ epoch: 1 });

  const two = await openServed(url, join(folder, 'leases'));
  expect(await stateOf(two)).toEqual([{ state: 'running', worker: 'one', epoch: 1 }]);
  await two[Symbol.asyncDispose]();

  await one.store.query(`update jobs set lease_until = now() - interval '1 second'`);
  const three = await openServed(url, join(folder, 'leases'));
  expect(await stateOf(three)).toEqual([{ state: 'ready', worker: null, epoch: 2 }]);
  await three[Symbol.asyncDispose]();
  await one[Symbol.asyncDispose]();
});

test('keeps the artifacts of different databases apart', async () => {
  const home = join(folder, 'apart');
  for (const url of [await server.url(), await server.url()])
    await (await openServed(url, home))[Symbol.asyncDispose]();
  expect(await readdir(join(home, 'servers'))).toHaveLength(2);
});

test('reaches for a store that machines share when it is needed, and refuses one that has nothing of this database', async () => {
  const url = await server.url();
  const store = await mkdtemp(join(folder, 'store-'));
  const sharing = { place: { type: 'folder', folder: store }, cacheBytes: 1e9 } as const;
  const one = await openServed(url, join(folder, 'one'), null, sharing);
  const lanes = await lanesOf(one, 'one', []);
  expect(await readdir(store)).toEqual([]);
  const { run } = await submit(one, planOf({ a: {} }), askerIn('films'));
  expect(await ended(one, run)).toBe('done');
  for (const each of [lanes, one]) await each[Symbol.asyncDispose]();

  const two = await openServed(url, join(folder, 'two'), null, sharing);
  const [row] = await two.store.query<{ hash: string }>('select hash from artifacts');
  expect(await readFile(await two.artifacts.path(row?.hash ?? ''), 'utf8')).toBe('a');
  await two[Symbol.asyncDispose]();

  const elsewhere = { ...sharing, place: { type: 'folder', folder: join(folder, 'not-mounted') } } as const;
  const three = await openServed(url, join(folder, 'three'), null, elsewhere);
  await expect(three.artifacts.path(row?.hash ?? '')).rejects.toMatchObject({
    code: 'PQL615',
    hint: expect.stringContaining('mount it'),
  });
  expect(await readdir(folder)).not.toContain('not-mounted');
  await three[Symbol.asyncDispose]();
});

test('whatever two machines make, remove and purge at the same time in one store, a row has its bytes', async () => {
  const url = await server.url();
  const store = await mkdtemp(join(folder, 'raced-'));
  const sharing = { place: { type: 'folder', folder: store }, cacheBytes: 1e6 } as const;
  const opened = await Promise.all(
    ['left', 'right'].map((name) => openServed(url, join(folder, name), null, sharing)),
  );
  // Far away: others publish while a file is being unlinked.
  const machines = opened.map((parts) => {
    const remove = async (hash: string) => {
      await sleep(20);
      await parts.artifacts.remove(hash);
    };
    return { ...parts, artifacts: { ...parts.artifacts, remove } };
  });
  const make = async (parts: LocalParts, workspace: string, round: number) => {
    await submit(parts, planOf({ a: { operation: workspace, arguments: { round } } }), askerIn(workspace));
    const work = { lane: 'cpu', operations: [workspace], worker: workspace, lease: 60_000 } as const;
    const job = await claim(parts.store, work);
    if (job === null) throw new Error('nothing to claim');
    for (;;) {
      const file = join(parts.scratch, crypto.randomUUID());
      await writeFile(file, 'the same on both');
      const put = await parts.artifacts.put(file);
      const made = { ...put, type: 'made', kind: 'text', facts: textFacts, notes: [], details: {} } as const;
      try {
        return await complete(parts, job, made);
      } catch (error) {
        // What a worker does: it is made anew.
        if (!(error instanceof Failure) || error.code !== 'PQL612') throw error;
      }
    }
  };
  const everyRowHasBytes = async (parts: LocalParts) =>
    parts.store.transaction(async (queries) => {
      await holdBytes(queries);
      for (const { hash } of await queries.query<{ hash: string }>('select hash from artifacts'))
        expect(await parts.artifacts.has(hash)).toBe(true);
    });
  await Promise.all(
    machines.map(async (parts, at) => {
      const workspace = `w${at}`;
      const command = createCommands({
        parts,
        catalogue,
        abilities: { models: [], defaultModels: {}, generators: [] },
        settings: [],
      });
      const ask = (operation: string, subject: string, args: Record<string, string | null>) =>
        command({ operation, subject, arguments: args, destructive: true, text: '' }, askerIn(workspace), {
          confirmed: true,
        });
      for (let round = 0; round < 8; round++) {
        await make(parts, workspace, round);
        await everyRowHasBytes(parts);
        await ask('purge', 'group', { target: `g${round + 1}` });
        await ask('purge', 'cache', { older: null });
      }
    }),
  );
  for (const parts of machines) await sweepFreed(parts);
  expect(await machines[0]?.store.query('select hash from artifacts union select hash from freed')).toEqual(
    [],
  );
  expect(await Array.fromAsync(machines[0]?.artifacts.list() ?? [])).toEqual([]);
  for (const each of machines) await each[Symbol.asyncDispose]();
});

test('says in words that a server cannot be reached, without its password', async () => {
  const opening = openServed('postgres://me:hunter2@127.0.0.1:1/films', join(folder, 'none'));
  await expect(opening).rejects.toMatchObject({
    code: 'PQL604',
    message: expect.stringMatching(
      /^the database server 127\.0\.0\.1:1\/films does not let us in: .*ECONNREFUSED/,
    ),
    hint: expect.stringContaining('DATABASE_URL'),
  });
  await opening.catch((error: Error) => expect(error.message).not.toContain('hunter2'));
});

function lanesOf(parts: LocalParts, worker: string, ran: string[]): Promise<AsyncDisposable> {
  const probe: Handler = async (args, desk) => {
    ran.push(desk.job);
    const file = join(desk.scratch, 'made.txt');
    await writeFile(file, String(args.of));
    return { file, kind: 'text', facts: textFacts, notes: [], details: {} };
  };
  const log = openLog({ level: 'silent', sink: () => {}, now: Date.now });
  return startLanes(parts, { handlers: { probe }, slots: { cpu: 2 }, scratch: parts.scratch, worker, log });
}

async function ended(parts: LocalParts, run: number): Promise<string> {
  for await (const event of watch(parts, run)) if (event.type === 'done') return event.state;
  return 'gone';
}

function stateOf(parts: LocalParts): Promise<object[]> {
  return parts.store.query('select state, worker, epoch from jobs');
}
