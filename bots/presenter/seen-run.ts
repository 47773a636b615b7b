import { segmentProgress } from '../../engine/jobs/segment-progress.ts';
import { countWork, type JobRow, type RunView, readJobs, readRun } from '../../engine/jobs/view.ts';
import type { ProgressEvent } from '../../engine/news.ts';
import type { Queries } from '../../engine/store/port.ts';
import type { Card, CardJob } from '../card.ts';

/** A run as far as it was seen: looked at again, only what changed since is read. */
export interface SeenRun {
  /** Reads what changed and takes in what running jobs told meanwhile; null when the run is no more. */
  look(queries: Queries, told?: readonly ProgressEvent[]): Promise<Seen | null>;
}

export interface Seen {
  card: Card;
  /** In the order of the plan. */
  rows: readonly JobRow[];
}

/** Begins to see a run, by its row id. */
export function seenRun(run: number): SeenRun {
  const rows = new Map<string, JobRow>();
  const progress = new Map<string, ProgressEvent>();
  let sums: ReturnType<typeof segmentProgress> | null = null;
  let seen = 0;
  return {
    async look(queries, told = []) {
      // The run before its jobs: when it says `done`, the jobs read after it say so too.
      const view = await readRun(queries, run);
      if (view === null) return null;
      const changed = await readJobs(queries, run, seen);
      for (const row of changed) {
        seen = Math.max(seen, row.changed);
        if (rows.get(row.view.id)?.view.state !== row.view.state) progress.delete(row.view.id);
        rows.set(row.view.id, row);
      }
      sums ??= segmentProgress(`g${view.number}`);
      for (const event of sums.add(changed, told)) progress.set(event.job, event);
      const all = [...rows.values()];
      const work = view.state === 'running' ? { recalled: 0, ran: 0 } : await countWork(queries, run);
      return { rows: all, card: cardOf(view, all, progress, work) };
    },
  };
}

function cardOf(
  { number, state, seconds }: RunView,
  rows: readonly JobRow[],
  progress: ReadonlyMap<string, ProgressEvent>,
  work: { recalled: number; ran: number },
): Card {
  return {
    group: `g${number}`,
    jobs: rows.map((row) => jobOf(row, progress.get(row.view.id))),
    state,
    seconds: state === 'running' ? null : seconds,
    ...work,
  };
}

function jobOf(row: JobRow, told: ProgressEvent | undefined): CardJob {
  const { view, failure, facts, path, url, notes, words } = row;
  const running = view.state === 'running' ? told : undefined;
  const failed = failure !== null && (view.state === 'failed' || view.state === 'ready');
  return {
    ...view,
    fraction: view.state === 'done' ? 1 : Math.min(1, Math.max(0, running?.fraction ?? 0)),
    fps: running?.fps ?? null,
    secondsLeft: running?.secondsLeft ?? null,
    note: running?.note ?? null,
    facts,
    path,
    url,
    notes,
    words,
    problem: failed
      ? {
          code: failure.code,
          message: failure.message,
          hint: failure.hint,
          willRetry: view.state === 'ready',
          attempt: view.attempt,
        }
      : null,
  };
}
