import { afterAll, beforeAll, expect, test } from 'vitest';

import { optOut } from '../../../engine/consent/registry/opt-out.ts';
import { lockWorkspace } from '../../../engine/media.ts';
import { migrate, readMigrations } from '../../../engine/migrate.ts';
import type { Parameter, Store } from '../../../engine/store/port.ts';
import { openPostgres } from '../../../engine/store/postgres.ts';
import { type Gated, openGated } from '../../fakes/gated.ts';
import { askerIn } from '../../fakes/plan.ts';
import { startPostgres, type TestServer } from '../../fakes/postgres.ts';

let server: TestServer;
let store: Store;
let gated: Gated;
beforeAll(async () => {
  server = await startPostgres();
  store = await openPostgres(await server.url());
  await migrate(store, await readMigrations());
  gated = await openGated(store);
});
afterAll(async () => {
  await gated?.[Symbol.asyncDispose]();
  await store?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

const fresh = () => `Ida ${crypto.randomUUID().replace(/[^a-z]/g, '')}`;
const waiting = async (most: number) => {
  const rows = await store.query<{ n: number }>(
    `select count(*)::integer as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]!.n >= most;
};
/** Somebody says no while `work` has begun and cannot end; says whether they had to wait for it. */
const saidMeanwhile = async (name: string, work: () => Promise<unknown>): Promise<boolean> => {
  let said = false;
  const all: Promise<unknown>[] = [];
  let waited = false;
  await store.transaction(async (queries) => {
    await lockWorkspace(queries, gated.asker.workspace);
    all.push(work());
    await expect.poll(() => waiting(1)).toBe(true);
    all.push(
      optOut(store, { name, reason: null, by: askerIn('elsewhere') }).then(() => {
        said = true;
      }),
    );
    await expect.poll(async () => said || (await waiting(2))).toBe(true);
    waited = !said;
  });
  await Promise.all(all);
  return waited;
};
const videosOf = (name: string) => store.query('select from media where prompt like $1', [`${name}%`]);

test('whoever says no while a result is being published waits until it is there to be found', async () => {
  const name = fresh();
  await gated.start(`GENERATE "${name} leaves"`);
  const job = await gated.take();
  const admitted = await gated.consent.admit(job);
  expect(await saidMeanwhile(name, () => gated.make(job, undefined, admitted))).toBe(true);
  expect(await videosOf(name)).toHaveLength(1);
  await gated.consent.revoke(gated.parts);
  expect(await videosOf(name)).toEqual([]);
});

test('whoever says no while a run is being taken in waits until it is there to be stopped', async () => {
  const name = fresh();
  expect(await saidMeanwhile(name, () => gated.start(`GENERATE "${name} comes"`))).toBe(true);
  const [stopped] = await gated.consent.revoke(gated.parts);
  expect(stopped?.stopped).toHaveLength(1);
});

test('whoever says no while results are looked for is looked for by the next walk', async () => {
  const [first, second] = [fresh(), fresh()];
  for (const name of [first, second]) {
    await gated.start(`GENERATE "${name} returns"`);
    await gated.make(await gated.take());
  }
  await optOut(store, { name: first, reason: null, by: askerIn('elsewhere') });
  let late = true;
  const slow: Store = {
    ...store,
    async query<Row>(text: string, parameters?: readonly Parameter[]) {
      const rows = await store.query<Row>(text, parameters);
      if (late && text.includes('from consent_scans')) {
        late = false;
        await optOut(store, { name: second, reason: null, by: askerIn('elsewhere') });
      }
      return rows;
    },
    transaction: (work, options) => store.transaction(work, options),
  };
  await gated.consent.revoke({ ...gated.parts, store: slow });
  expect([(await videosOf(first)).length, (await videosOf(second)).length]).toEqual([0, 1]);
  await gated.consent.revoke(gated.parts);
  expect(await videosOf(second)).toEqual([]);
});
