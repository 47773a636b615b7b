import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Query } from '../../dsl/query/query.ts';
import { migrate, readMigrations } from '../../engine/migrate.ts';
import { queryRows } from '../../engine/query/query-rows.ts';
import { openPglite } from '../../engine/store/pglite.ts';
import type { Store } from '../../engine/store/port.ts';
import { openPostgres } from '../../engine/store/postgres.ts';
import { freshDatabase } from '../fakes/database.ts';
import { startPostgres } from '../fakes/postgres.ts';
import type { Measured } from './measured.ts';

/** What FROM costs in a workspace of a million media, on both databases, against the same SQL written by hand. */
export async function bench(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pql-bench-'));
  const server = await startPostgres();
  try {
    return [
      ...(await measure(
        'PGlite',
        await openPglite({ folder: join(folder, 'db'), template: await freshDatabase() }),
      )),
      ...(await measure('PostgreSQL', await openPostgres(await server.url(), { connections: 1 }))),
    ];
  } finally {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

const many = 1_000_000;
const workspace = 'bench';

interface Case {
  name: string;
  query: Partial<Query>;
  /** The same rows by hand, all columns that an answer shows. */
  byHand: string;
}

const cases: readonly Case[] = [
  {
    name: 'FROM VIDEOS ORDER BY duration DESC, a page of 50',
    query: { order: [{ field: 'duration', descending: true }] },
    byHand: `select * from media where workspace = 'bench' and letter = 'v' order by duration desc, number desc limit 50`,
  },
  {
    name: 'FROM VIDEOS WHERE bytes > … AND codec = …, a page of 50',
    query: {
      where: {
        type: 'and',
        of: [
          { type: 'compare', field: 'bytes', op: '>', value: 999_900_000 },
          { type: 'compare', field: 'codec', op: '=', value: 'h264' },
        ],
      },
    },
    byHand: `select * from media where workspace = 'bench' and letter = 'v' and bytes > 999900000 and codec = 'h264'
             order by number desc limit 50`,
  },
  {
    name: 'FROM VIDEOS, the newest 50',
    query: {},
    byHand: `select * from media where workspace = 'bench' and letter = 'v' order by number desc limit 50`,
  },
];

async function measure(engine: string, store: Store): Promise<Measured[]> {
  try {
    await migrate(store, await readMigrations());
    const start = performance.now();
    await generate(store);
    process.stderr.write(
      `bench: ${many} rows on ${engine} made in ${Math.round((performance.now() - start) / 1000)} s\n`,
    );
    const measured: Measured[] = [];
    for (const { name, query, byHand } of cases) {
      const asked: Query = {
        collection: 'videos',
        group: null,
        where: null,
        order: [],
        limit: null,
        ...query,
      };
      const rows = (size: number) => queryRows(store, workspace, asked, { size, offset: 0 });
      const hand = async () => store.query(byHand);
      const [ours, theirs] = [await median(() => rows(50)), await median(hand)];
      measured.push(
        { name: `${name} (${engine})`, value: ours, unit: 'ms', goal: '<= 50' },
        {
          name: `${name} (${engine})`,
          value: ours / theirs,
          unit: '×',
          goal: 'none',
          against: 'SQL by hand, not counted',
        },
        {
          name: `${name}: first row (${engine})`,
          value: await median(() => rows(1)),
          unit: 'ms',
          goal: '<= 50',
        },
      );
    }
    return measured;
  } finally {
    await store[Symbol.asyncDispose]();
  }
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 25; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[12] as number;
}

/** Catalogue data without bytes: indexes are made afterwards, and foreign keys are not looked at, since a million artifacts would say nothing
 * of the query. */
async function generate(store: Store): Promise<void> {
  const indexes = await store.query<{ name: string; made: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
     where indrelid = 'media'::regclass and not exists (select from pg_constraint where conindid = indexrelid)`,
  );
  await store.query('insert into workspaces (name) values ($1)', [workspace]);
  await store.script(
    [
      'set session_replication_role = replica',
      ...indexes.map(({ name }) => `drop index ${name}`),
      `insert into media (workspace, letter, number, hash, created_at, name, prompt, duration, width, height, frames, fps,
                          codec, container, sound, bytes, verb, engine, seed)
       select '${workspace}', 'v', n, md5(n::text) || md5((-n)::text), '2026-01-01'::timestamptz + n * interval '1 second',
              case when n % 100 = 0 then 'clip-' || n end, 'a harbour at dawn, take ' || n % 1000,
              (n::bigint * 7919 % 120000) / 1000.0, 1280, 720, 24 * (n % 120), 24, case n % 3 when 0 then 'vp9' else 'h264' end,
              'mp4', n % 2 = 0, n::bigint * 104729 % 1000000000, 'generate', 'storyboard', n
       from generate_series(1, ${many}) as n`,
      ...indexes.map(({ made }) => made),
      'set session_replication_role = origin',
    ].join(';\n'),
  );
  await store.script('vacuum (analyze) media');
}
