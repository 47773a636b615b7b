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

test('says the same in every line of a part of it, which details of one line add to', () => {
  const { log, last } = logging();
  log.with({ worker: 'w1' }).with({ job: 'j40', group: 'g7', workspace: 'local' }).write('info', 'begun');
  expect(last()).toMatchObject({
    worker: 'w1',
    job: 'j40',
    group: 'g7',
    workspace: 'local',
    message: 'begun',
  });
  log.write('info', 'and without');
  expect(last()).not.toHaveProperty('worker');
});

test('keeps details apart from its own words, whatever they are called', () => {
  const { log, lines, last } = logging();
  log.write('info', 'said', { message: 'theirs', level: 'loud', time: 1, cause: 'why' }, new Error('ours'));
  expect(last()).toMatchObject({
    message: 'said',
    level: 'info',
    message_: 'theirs',
    level_: 'loud',
    time_: 1,
  });
  expect(last().cause).toContain('ours');
  expect(lines[0]?.match(/"message":/g)).toHaveLength(1);
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

test('keeps every error that came together, and ends where causes go round', () => {
  const { log, last } = logging();
  const round: Error & { cause?: unknown } = new Error('round');
  round.cause = new AggregateError([new Error('first'), round], 'both');
  log.write('error', 'x', {}, round);
  const causes = last().cause as string[];
  expect(causes.slice(0, 3).map((each) => each.split('\n')[0])).toEqual([
    'Error: round',
    'AggregateError: both',
    'Error: first',
  ]);
  expect(causes.at(-1)).toBe('…');
});

test('cuts what has no end', () => {
  const { log, lines, last } = logging();
  log.write('info', 'x'.repeat(1_000_000));
  expect(lines[0]?.length).toBeLessThan(11_000);
  expect(last().message).toMatch(/x… 990000 characters more$/);
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

test('never grows far beyond its limit, however long the process lives', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pql-log-'));
  const file = join(folder, 'pql.log');
  const write = fileSink(file, 1000);
  for (let line = 0; line < 1000; line++) write('0123456789\n');
  for (const each of [file, `${file}.1`]) expect((await stat(each)).size).toBeLessThan(1300);
  expect(await readFile(file, 'utf8')).toMatch(/^(?:0123456789\n)+$/);
  await rm(folder, { recursive: true });
});
