import { expect, test } from 'vitest';
import { evictionProblem, readServerInfo } from '../../../engine/queue/server-info.ts';

const redis =
  '# Server\r\nredis_version:7.0.15\r\n# Memory\r\nused_memory:903898\r\nmaxmemory_policy:allkeys-lru\r\n';
const valkey =
  'redis_version:7.2.4\r\nvalkey_version:9.1.1\r\nused_memory:12\r\nmaxmemory_policy:noeviction\r\n';

test.each([
  [redis, { version: 'redis 7.0.15', used: 903898, policy: 'allkeys-lru' }],
  [valkey, { version: 'valkey 9.1.1', used: 12, policy: 'noeviction' }],
  ['redis_version:6.2.0\r\n', { version: 'redis 6.2.0', used: 0, policy: null }],
])('reads what a server says of itself', (said, info) => {
  expect(readServerInfo(said)).toEqual(info);
});

test('refuses every policy that throws keys away, and says how to mend it', () => {
  expect(evictionProblem(readServerInfo(redis))).toMatchInlineSnapshot(`
    {
      "hint": "set it to noeviction: redis-cli config set maxmemory-policy noeviction, and the same in redis.conf; or give WatchAI a server of its own",
      "message": "throws keys away when its memory is full (maxmemory-policy allkeys-lru), and rings with them",
    }
  `);
  expect(evictionProblem(readServerInfo(valkey))).toBeNull();
  expect(evictionProblem({ version: 'redis 6.2.0', used: 0, policy: null })).toBeNull();
});
