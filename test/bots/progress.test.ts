import { expect, test } from 'vitest';

import { type Card, emptyCard, follow } from '../../bots/card.ts';
import { drawProgress, tellJob } from '../../bots/progress.ts';
import { columnsOf } from '../../bots/width.ts';
import { jobOf } from '../fakes/engine.ts';

const card: Card = [
  {
    type: 'accepted' as const,
    group: 'g1',
    jobs: [
      jobOf('j1', 'done', { recalled: true, result: 'v1' }),
      jobOf('j2', 'running', { title: 'ENHANCE 港の夜 UPSCALE 2x DENOISE 20', operation: 'enhance' }),
      jobOf('j3', 'blocked', { title: 'STITCH a + b' }),
      jobOf('j4', 'running', { title: 'GENERATE "fog"' }),
    ],
  },
  {
    type: 'progress' as const,
    group: 'g1',
    job: 'j2',
    fraction: 0.42,
    fps: 31.24,
    secondsLeft: 7.6,
    note: null,
  },
  {
    type: 'failed' as const,
    group: 'g1',
    job: 'j4',
    code: 'PQL612',
    kind: 'user' as const,
    message: 'no',
    hint: null,
    attempt: 1,
    willRetry: false,
  },
  { type: 'job' as const, group: 'g1', job: jobOf('j4', 'failed', { title: 'GENERATE "fog"' }) },
].reduce(follow, emptyCard);

test('draws a line a job: name, lane, bar, frames a second, time left', () => {
  expect(drawProgress(card, 100, 10).join('\n')).toMatchInlineSnapshot(`
    "+ j1 GENERATE "fog"                     cpu  ━━━━━━━━━━━━━━━━━━━━━━━━ recalled v1
    > j2 ENHANCE 港の夜 UPSCALE 2x DENOISE… cpu  ━━━━━━━━━━────────────── 42% 31 fps 8s left
    . j3 STITCH a + b                       cpu  ──────────────────────── waiting
    x j4 GENERATE "fog"                     cpu  ──────────────────────── PQL612"
  `);
});

test('drops the bar before the name on a narrow terminal', () => {
  expect(drawProgress(card, 38, 10).join('\n')).toMatchInlineSnapshot(`
    "+ j1 GENERATE "fog"       recalled v1
    > j2 ENHANCE 港の夜 UPSC… 42% 31 fps …
    . j3 STITCH a + b         waiting
    x j4 GENERATE "fog"       PQL612"
  `);
});

test('has room for the time left on sixty columns', () => {
  expect(drawProgress(card, 59, 10)[1]).toBe('> j2 ENHANCE 港の夜… cpu  ━━━───── 42% 31 fps 8s left');
});

test('is never wider or higher than the terminal', () => {
  for (let width = 1; width < 150; width += 1)
    for (let height = 1; height < 6; height += 1) {
      const lines = drawProgress(card, width, height);
      expect(lines.length).toBeLessThanOrEqual(height);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    }
});

test('counts the jobs that do not fit', () => {
  const lines = drawProgress(card, 80, 3);
  expect(lines.at(-1)).toContain('1 of 4 jobs done, 1 waiting');
});

test('tells a job in words where nothing can be drawn', () => {
  expect(card.jobs.map((job) => tellJob(job, 44))).toEqual([
    'j1 GENERATE "fog": recalled v1',
    'j2 ENHANCE 港の夜 UPS…: 42%, 31 fps, 8s left',
    'j3 STITCH a + b: waiting',
    'j4 GENERATE "fog": failed, PQL612',
  ]);
  for (let width = 1; width < 99; width += 1)
    for (const job of card.jobs)
      expect(columnsOf(tellJob(job, width))).toBeLessThanOrEqual(Math.max(50, width));
});
