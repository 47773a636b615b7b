import { afterAll, beforeAll, describe, test } from 'vitest';
import { migrate, readMigrations } from '../../../engine/migrate.ts';
import { openPostgres } from '../../../engine/store/postgres.ts';
import { describeCache } from '../../contracts/cache.ts';
import { describeCards } from '../../contracts/cards.ts';
import { describeConsent } from '../../contracts/consent.ts';
import { describeDelivery } from '../../contracts/delivery.ts';
import { describeGrowth } from '../../contracts/growth.ts';
import { describeJobs } from '../../contracts/jobs.ts';
import { describeLimits } from '../../contracts/limits.ts';
import { describeOverview } from '../../contracts/overview.ts';
import { describeQueries } from '../../contracts/query.ts';
import { describeRequestCards } from '../../contracts/request-cards.ts';
import { describeSegments } from '../../contracts/segments.ts';
import { describeStore } from '../../contracts/store.ts';
import { describeTurns } from '../../contracts/turns.ts';
import { dropSchema, newSchema, startPostgres, type TestServer } from '../../fakes/postgres.ts';

const opened = (url: () => Promise<string>) => async () => {
  const store = await openPostgres(await url());
  await migrate(store, await readMigrations());
  return store;
};

describe('a PostgreSQL server of our own', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  describeStore(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeJobs(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeDelivery(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeQueries(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeGrowth(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeCache(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeConsent(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeTurns(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeLimits(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeSegments(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeOverview(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeCards(
    'PostgreSQL',
    opened(() => server.url()),
  );
  describeRequestCards(
    'PostgreSQL',
    opened(() => server.url()),
  );
});

const given = process.env.DATABASE_URL;
if (given === undefined)
  test.skip('the PostgreSQL server at DATABASE_URL (skipped: DATABASE_URL is not set)', () => {});
else
  describe('the PostgreSQL server at DATABASE_URL', () => {
    const made: string[] = [];
    const url = async () => {
      const schema = await newSchema(given);
      made.push(schema);
      return schema;
    };
    afterAll(async () => {
      for (const schema of made) await dropSchema(schema);
    });

    describeStore('DATABASE_URL', opened(url));
    describeJobs('DATABASE_URL', opened(url));
    describeQueries('DATABASE_URL', opened(url));
    describeGrowth('DATABASE_URL', opened(url));
    describeCache('DATABASE_URL', opened(url));
    describeConsent('DATABASE_URL', opened(url));
    describeTurns('DATABASE_URL', opened(url));
    describeSegments('DATABASE_URL', opened(url));
    describeOverview('DATABASE_URL', opened(url));
    describeCards('DATABASE_URL', opened(url));
    describeRequestCards('DATABASE_URL', opened(url));
  });
