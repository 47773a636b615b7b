import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileSink, openLog } from '../../engine/log.ts';

const logging = (level: Parameters<typeof openLog>[0]['level'] = 'debug') => {
  const lines: string[] = [];
  const log = openLog({ level, sink: (line) => lines.push(line), now: () => 0 });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') };
};

test('writes one JSON object a line', () => {
  const { log, lines, last } = logging();
  log.write('warn', 'slow\ndisk', { job: 'j1', seconds: 3 });
  expect(lines[0]?.split('\n')).toHaveLength(2);
  expect(last()).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'warn',
    message: 'slow\ndisk',
    job: 'j1',
    seconds: 3,
  });
});

test('keeps what is as grave as its level and nothing less', () => {
  const { log, lines } = logging('warn');
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log.write(level, level);
  expect(lines.map((line) => JSON.parse(line).level)).toEqual(['warn', 'error']);
  const silent = logging('silent');
  silent.log.write('error', 'nobody hears');
  expect(silent.lines).toEqual([]);
});

test.each([
  [{ token: 'abc' }, { token: '[secret]' }],
  [
    { headers: { Authorization: 'x', 'x-api-key': 'y' } },
    { headers: { Authorization: '[secret]', 'x-api-key': '[secret]' } },
  ],
  [{ url: 'https://ada:pw@host.example/a?sig=1#x' }, { url: 'https://[secret]@host.example/a?[secret]#x' }],
  [{ list: ['postgres://u:p@db/x'] }, { list: ['postgres://[secret]@db/x'] }],
  [{ said: 'Bearer abcdefgh.ijk' }, { said: 'Bearer [secret]' }],
  [{ said: 'whsec_QUJD+/=' }, { said: '[secret]' }],
])('blots out secrets: %j', (detail, kept) => {
  const { log, last } = logging();
  log.write('info', 'x', detail);
  expect(last()).toMatchObject(kept);
});

test('keeps the stacks of a chain of causes, secrets blotted out there as well', () => {
  const { log, last } = logging();
  const cause = new Error('inner', { cause: new Error('GET https://u:p@h.example/ failed') });
  log.write('error', 'outer', {}, cause);
  expect(last().cause[0]).toMatch(/^Error: inner\n\s+at /);
  expect(last().cause[1]).toContain('https://[secret]@h.example/');
});

test('a log that cannot be written stops nobody', () => {
  const log = openLog({
    level: 'debug',
    now: () => 0,
    sink: () => {
      throw new Error('disk full');
    },
  });
  expect(() => log.write('error', 'x')).not.toThrow();
});

test('puts a log aside that has grown too large', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pql-log-'));
  const file = join(folder, 'pql.log');
  await writeFile(file, 'old '.repeat(10));
  fileSink(file, 10)('new\n');
  expect(await readFile(file, 'utf8')).toBe('new\n');
  expect((await stat(`${file}.1`)).size).toBe(40);
  await rm(folder, { recursive: true });
});
