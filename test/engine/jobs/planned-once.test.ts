import { expect, test } from 'vitest';
import { claim, giveBack } from '../../../engine/jobs/claim.ts';
import { submit } from '../../../engine/jobs/submit.ts';
import { migrate, readMigrations } from '../../../engine/migrate.ts';
import { openNews } from '../../../engine/news.ts';
import { inProcessQueue } from '../../../engine/queue/in-process.ts';
import { openPostgres } from '../../../engine/store/postgres.ts';
import { memoryArtifacts } from '../../fakes/memory-artifacts.ts';
import { askerIn, planOf } from '../../fakes/plan.ts';
import { startPostgres } from '../../fakes/postgres.ts';

test('a server plans a claim once a connection and not again for each, however many jobs wait', async () => {
  await using server = await startPostgres();
  await using store = await openPostgres(await server.url(), { connections: 1 });
  await migrate(store, await readMigrations());
  const parts = { store, artifacts: memoryArtifacts(), queue: inProcessQueue(), news: openNews() };
  const act = { operation: 'notify', effect: true, gives: null } as const;
  for (const workspace of ['a', 'b']) await submit(parts, planOf({ s: act }), askerIn(workspace));
  await store.query(
    `insert into jobs (workspace, number, run_id, step, position, statement, operation, version, arguments, models,
                       lane, gives, effect, title, recipe, asker, state)
     select workspace, 100000 * run_id + n, run_id, 'more-' || n, n, 0, operation, version, arguments, models, lane, gives,
            effect, title, recipe, asker, 'ready'
     from jobs, generate_series(1, 10000) as n`,
  );
  const want = { lane: 'cpu', operations: ['notify'], worker: 'test', lease: 60_000 } as const;
  for (let n = 0; n < 20; n++) {
    const job = await claim(store, want);
    await giveBack(store, job!);
  }
  const plans = await store.query<{ once: number; anew: number }>(
    `select generic_plans as once, custom_plans as anew from pg_prepared_statements
     where statement like '%for update skip locked%' and statement not like '%pg_prepared%'`,
  );
  expect(plans.length).toBe(2);
  // PostgreSQL plans the first five executions apart before it decides.
  for (const { once, anew } of plans) expect({ once, anew }).toEqual({ once: 14, anew: 5 });
});
