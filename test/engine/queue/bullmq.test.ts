import { afterAll, beforeAll, describe, test } from 'vitest';
import { openBullmqQueue } from '../../../engine/queue/bullmq.ts';
import { describeQueue } from '../../contracts/queue.ts';
import { type QueueServer, startQueueServer } from '../../fakes/queue-server.ts';

const opened = (url: () => string) => () =>
  openBullmqQueue(url(), {
    prefix: `pql-test-${crypto.randomUUID()}`,
    trouble(message, cause) {
      throw new Error(message, { cause });
    },
  });

describe('a queue server of our own', () => {
  let server: QueueServer;
  beforeAll(async () => {
    server = await startQueueServer();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  describeQueue(
    'BullMQ',
    opened(() => server.url),
  );
});

const given = process.env.REDIS_URL;
if (given === undefined) test.skip('the queue server at REDIS_URL (skipped: REDIS_URL is not set)', () => {});
else
  describeQueue(
    'BullMQ at REDIS_URL',
    opened(() => given),
  );
