import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtQueue } from '../../../bots/repl/doctor/queue.ts';
import { type QueueServer, startQueueServer } from '../../fakes/queue-server.ts';

let server: QueueServer;
beforeAll(async () => {
  server = await startQueueServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

test('doctor says that no server rings where none is asked for', async () => {
  expect(await lookAtQueue(null)).toMatchObject([{ state: 'ok', found: 'in this process' }]);
});

test('doctor says which queue server rings, and what to do about one that throws keys away or is not there', async () => {
  expect(await lookAtQueue(server.url)).toMatchObject([
    { state: 'ok', found: expect.stringMatching(/^server 127\.0\.0\.1:\d+, (?:valkey|redis) \d+\.\d+/) },
  ]);
  const client = new Redis(server.url);
  await client.config('SET', 'maxmemory-policy', 'volatile-ttl');
  client.disconnect();
  expect(await lookAtQueue(server.url)).toMatchObject([
    {
      state: 'problem',
      why: 'it throws keys away when its memory is full (maxmemory-policy volatile-ttl), and rings with them',
      todo: expect.stringContaining('noeviction'),
    },
  ]);
  await server.kill();
  expect(await lookAtQueue(server.url)).toMatchObject([
    { state: 'problem', todo: 'start the server or mend REDIS_URL; until then work is found late' },
  ]);
});
