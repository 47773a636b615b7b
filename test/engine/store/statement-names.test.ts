import { expect, test } from 'vitest';
import { statementNames } from '../../../engine/store/statement-names.ts';

test('names what comes again, always the same, and not what comes once', () => {
  const nameOf = statementNames();
  expect(nameOf('select 1')).toBeUndefined();
  const name = nameOf('select 1');
  expect(name).toMatch(/^pql_\d+$/);
  expect(nameOf('select 1')).toBe(name);
  expect(nameOf('select 2')).toBeUndefined();
  expect(nameOf('select 2')).not.toBe(name);
});

test('names no more than a connection should keep, however many come', () => {
  const nameOf = statementNames();
  const names = new Set<string | undefined>();
  for (let n = 0; n < 5000; n++) for (let time = 0; time < 3; time++) names.add(nameOf(`select ${n}`));
  names.delete(undefined);
  expect(names.size).toBe(300);
});

test('remembers only so many of those that came once', () => {
  const nameOf = statementNames();
  for (let n = 0; n < 1001; n++) nameOf(`select ${n}`);
  expect(nameOf('select 0')).toBeUndefined();
  expect(nameOf('select 0')).toBe('pql_0');
});
