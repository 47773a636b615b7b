import { showSeconds } from '../dsl/amounts.ts';
import type { Card, CardJob } from './card.ts';
import { type Palette, plainPalette } from './palette.ts';
import { clip, columnsOf, fillTo, oneLine } from './width.ts';

/** The jobs of a running card as lines of at most `width` columns and at most `height` lines: name, lane, bar, frames a second, time left.
 * When there are more jobs than lines, those that run or failed are shown and the rest is counted. */
export function drawProgress(
  card: Card,
  width: number,
  height: number,
  palette: Palette = plainPalette,
): string[] {
  const room = Math.max(1, height);
  if (card.jobs.length <= room) return card.jobs.map((job) => drawJob(job, width, palette));
  const busy = card.jobs.filter((job) => job.state === 'running' || job.state === 'failed');
  const shown = busy.slice(0, room - 1);
  const done = card.jobs.filter((job) => job.state === 'done').length;
  const waiting = card.jobs.filter((job) => job.state === 'blocked' || job.state === 'ready').length;
  const summary = `${done} of ${card.jobs.length} jobs done, ${waiting} waiting`;
  return [
    ...shown.map((job) => drawJob(job, width, palette)),
    ...(room > 1 || shown.length === 0 ? [palette.dim(clip(summary, width))] : []),
  ].slice(0, room);
}

/** One job as one line. */
function drawJob(job: CardJob, width: number, palette: Palette = plainPalette): string {
  const mark = marks[job.state];
  const tail = describe(job);
  if (width < 24) return clip(`${mark} ${job.id} ${tail}`, width);
  // Narrow terminals drop the lane, then the bar, and keep the name and how far it is.
  const laneWidth = width >= 50 ? 4 : 0;
  const barWidth = width >= 99 ? 24 : width >= 72 ? 14 : width >= 40 ? 8 : 0;
  const tailWidth = Math.min(tailRoom(width), Math.max(4, width - 12));
  const fixed = 2 + (laneWidth ? laneWidth + 1 : 0) + (barWidth ? barWidth + 1 : 0) + tailWidth + 1;
  const title = fillTo(oneLine(`${job.id} ${job.title}`), Math.max(4, width - fixed));
  const paint = paints(job, palette);
  return [
    paint(mark),
    title,
    ...(laneWidth ? [palette.dim(fillTo(job.lane, laneWidth))] : []),
    ...(barWidth ? [drawBar(job, barWidth, palette)] : []),
    job.state === 'failed' ? palette.bad(clip(tail, tailWidth)) : clip(tail, tailWidth),
  ]
    .join(' ')
    .trimEnd();
}

/** One job in plain words, for logs and pipes: `j2 STITCH a + b: 35%, 2.3 fps, 14s left`. */
export function tellJob(job: CardJob, width: number): string {
  const tail = `: ${inWords(job)}`;
  return clip(`${job.id} ${oneLine(job.title)}`, Math.max(16, width - columnsOf(tail))) + tail;
}

function inWords(job: CardJob): string {
  if (job.state === 'failed' && job.problem) return `failed, ${job.problem.code}`;
  if (job.state === 'running' && job.fraction === 0 && job.note === null) return 'started';
  return describe(job, ', ');
}

const marks: Record<CardJob['state'], string> = {
  blocked: '.',
  ready: '.',
  running: '>',
  done: '+',
  failed: 'x',
  cancelled: '-',
};

function tailRoom(width: number): number {
  return width >= 99 ? 30 : width >= 56 ? 24 : 12;
}

/** What stands behind the bar: `42% 31.2 fps 8s left`, `recalled v12`, `waiting`. */
function describe(job: CardJob, between = ' '): string {
  if (job.state === 'blocked') return 'waiting';
  if (job.state === 'ready') return job.problem?.willRetry ? 'trying again' : 'ready';
  if (job.state === 'cancelled') return 'cancelled';
  if (job.state === 'failed') return job.problem ? job.problem.code : 'failed';
  if (job.state === 'done') {
    const what = job.recalled ? 'recalled' : 'done';
    return job.result ? `${what} ${job.result}` : what;
  }
  const parts = [`${Math.floor(job.fraction * 100)}%`];
  if (job.fps !== null && job.fps > 0) parts.push(`${job.fps.toFixed(job.fps < 10 ? 1 : 0)} fps`);
  if (job.secondsLeft !== null && Number.isFinite(job.secondsLeft))
    parts.push(`${showSeconds(Math.ceil(job.secondsLeft))} left`);
  else if (job.note) parts.push(oneLine(job.note));
  return parts.join(between);
}

function drawBar(job: CardJob, width: number, palette: Palette): string {
  const filled = Math.min(width, Math.floor(job.fraction * width));
  return paints(job, palette)('━'.repeat(filled)) + palette.dim('─'.repeat(width - filled));
}

function paints(job: CardJob, palette: Palette): (text: string) => string {
  if (job.state === 'done') return palette.good;
  if (job.state === 'failed') return palette.bad;
  if (job.state === 'running') return palette.accent;
  return palette.dim;
}
