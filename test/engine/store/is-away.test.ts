import { expect, test } from 'vitest';
import { isAway } from '../../../engine/store/port.ts';

const failed = (message: string, more: object = {}) => Object.assign(new Error(message), more);

test.each<[string, unknown]>([
  ['refuses connections', failed('connect', { code: 'ECONNREFUSED', syscall: 'connect' })],
  ['has no socket yet', failed('connect', { code: 'ENOENT', syscall: 'connect' })],
  ['refuses at every address of its name', new AggregateError([failed('a', { syscall: 'connect' })])],
  ['broke the connection', failed('read', { code: 'ECONNRESET', syscall: 'read' })],
  ['is gone without a word', failed('Connection terminated unexpectedly')],
  ['shuts down', failed('terminating connection', { code: '57P01' })],
  ['is starting up', failed('the database system is starting up', { code: '57P03' })],
  ['has no connection left', failed('too many clients', { code: '53300' })],
])('a server that %s is away', (_, error) => {
  expect(isAway(error)).toBe(true);
});

test.each<[string, unknown]>([
  ['a broken constraint', failed('duplicate key', { code: '23505' })],
  ['a file that is missing', failed('open', { code: 'ENOENT', syscall: 'open' })],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['no error', 'gone'],
])('%s says nothing of the server', (_, error) => {
  expect(isAway(error)).toBe(false);
});
