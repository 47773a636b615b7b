import type { JobState, RunEvent } from '../event.ts';
import type { ProgressEvent } from '../news.ts';
import type { Parts } from '../parts.ts';
import { type SegmentProgress, segmentProgress } from './segment-progress.ts';
import { countWork, type JobRow, readJobs, readRun } from './view.ts';

/** How often the rows are looked at when there is no news, milliseconds: what workers elsewhere did is seen so. */
const lookAgain = 1000;

/** How long news may gather before the rows are looked at, milliseconds: many short jobs must not each cost a look. */
const settling = 40;

/** Everything that happens to a run from now on. It begins with `accepted` and what came of the jobs that have ended, and ends after
 * `done`. What it says is read from the rows: news only says when to look, so no event is ever invented and the last is never lost. */
export async function* watch(parts: Parts, run: number, signal?: AbortSignal): AsyncGenerator<RunEvent> {
  let progress: ProgressEvent[] = [];
  let fresh = Promise.withResolvers<void>();
  const listening = parts.news.onRun(run, (heard) => {
    if (heard.type === 'progress') progress = [...progress.filter((other) => other.job !== heard.job), heard];
    fresh.resolve();
  });
  try {
    const states = new Map<string, JobState>();
    let sums: SegmentProgress | null = null;
    let seen = 0;
    for (let first = true; ; first = false) {
      signal?.throwIfAborted();
      fresh = Promise.withResolvers();
      // The run before its jobs: when it says `done`, the jobs read after it say so too.
      const view = await readRun(parts.store, run);
      if (view === null) return;
      const group = `g${view.number}`;
      const rows = await readJobs(parts.store, run, seen);
      seen = Math.max(seen, ...rows.map((row) => row.changed));
      if (first) yield { type: 'accepted', group, jobs: rows.map((row) => row.view) };
      for (const row of byTime(rows)) {
        const isNews = !first && states.get(row.view.id) !== row.view.state;
        states.set(row.view.id, row.view.state);
        if (isNews) yield { type: 'job', group, job: row.view };
        yield* outcome(group, row);
      }
      sums ??= segmentProgress(group);
      const told = sums.add(rows, progress);
      progress = [];
      for (const event of told) if (states.get(event.job) === 'running') yield event;
      if (view.state !== 'running') {
        const { state, seconds } = view;
        yield { type: 'done', group, state, seconds, ...(await countWork(parts.store, run)) };
        return;
      }
      await pause(fresh.promise, lookAgain, signal);
      await pause(null, settling, signal);
    }
  } finally {
    listening[Symbol.dispose]();
  }
}

/** In the order the changes happened. */
function byTime(rows: readonly JobRow[]): JobRow[] {
  return rows.toSorted((a, b) => a.changed - b.changed);
}

/** What came of a job, if anything came of it yet. */
function* outcome(group: string, row: JobRow): Generator<RunEvent> {
  const { view, failure } = row;
  if (view.state === 'done')
    yield {
      type: 'result',
      group,
      job: view.id,
      operation: view.operation,
      result: view.result,
      hash: row.hash,
      facts: row.facts,
      recalled: view.recalled,
      path: row.path,
      url: row.url,
      notes: row.notes,
      words: row.words,
    };
  else if (failure !== null && (view.state === 'failed' || view.state === 'ready'))
    yield {
      type: 'failed',
      group,
      job: view.id,
      ...failure,
      attempt: view.attempt,
      willRetry: view.state === 'ready',
    };
}

/** Until there is news, or the time has passed. */
async function pause(
  news: Promise<void> | null,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const wake = () => resolve();
  signal?.addEventListener('abort', wake, { once: true });
  await Promise.race(news === null ? [promise] : [news, promise]);
  signal?.removeEventListener('abort', wake);
  clearTimeout(timer);
}
