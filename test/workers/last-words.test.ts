import { expect, test } from 'vitest';
import { lastWords } from '../../workers/last-words.ts';

test('last words go on behind those of earlier tries, with the time since the job began', () => {
  let now = 0;
  const words = lastWords(['ada was lost while it worked on this'], () => now);
  now = 1.24;
  words.add('measured {"fps":3}');
  expect(words.news(false)).toEqual(['ada was lost while it worked on this', '1.2 s: measured {"fps":3}']);
});

test('only new lines are news; how far it is only when everything is asked for', () => {
  const words = lastWords([], () => 2);
  expect(words.news(true)).toBeNull();
  words.progress({ fraction: 0.4, note: 'frame 40' });
  expect(words.news(false)).toBeNull();
  expect(words.news(true)).toEqual(['2.0 s: 40 %, frame 40']);
  expect(words.news(true)).toBeNull();
  words.add('half');
  expect(words.news(false)).toEqual(['2.0 s: half', '2.0 s: 40 %, frame 40']);
});

test('a job that talks much keeps its newest lines, none long, and no secret', () => {
  const words = lastWords([], () => 0);
  for (let n = 0; n < 100; n++) words.add(`line ${n} ${'x'.repeat(500)}`);
  words.add('sent to https://ada:hunter2@example.com/a?sig=5');
  const lines = words.news(false) ?? [];
  expect(lines).toHaveLength(20);
  expect(Math.max(...lines.map((line) => line.length))).toBe(200);
  expect(lines.at(-1)).toBe('0.0 s: sent to https://[secret]@example.com/a?[secret]');
});
