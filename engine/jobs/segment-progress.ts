import type { ProgressEvent } from '../news.ts';
import type { JobRow } from './view.ts';

/** Adds up what the segments of divided jobs tell, so that whoever watches sees one job. */
export interface SegmentProgress {
  /** What to tell after these rows and this news: of divided jobs sums, of others what they told. */
  add(rows: readonly JobRow[], told: readonly ProgressEvent[]): ProgressEvent[];
}

interface Divided {
  all: number;
  done: number;
  /** By the id of a segment that runs: the latest of it. */
  running: Map<string, ProgressEvent>;
}

/** Starts adding up, for the jobs of one group. */
export function segmentProgress(group: string): SegmentProgress {
  const divided = new Map<string, Divided>();
  /** By the id of a segment that runs: that of its job. */
  const wholes = new Map<string, string>();
  return {
    add(rows, told) {
      const news = new Set<string>();
      for (const { view, segments } of rows) {
        if (segments === null) continue;
        const before = divided.get(view.id)?.running ?? new Map<string, ProgressEvent>();
        for (const id of before.keys()) if (!segments.running.includes(id)) wholes.delete(id);
        for (const id of segments.running) wholes.set(id, view.id);
        const running = new Map([...before].filter(([id]) => segments.running.includes(id)));
        divided.set(view.id, { ...segments, running });
        news.add(view.id);
      }
      const others = told.filter((event) => {
        const whole = wholes.get(event.job);
        if (whole === undefined) return !divided.has(event.job);
        divided.get(whole)!.running.set(event.job, event);
        news.add(whole);
        return false;
      });
      return [...others, ...[...news].map((job) => sumOf(group, job, divided.get(job)!))];
    },
  };
}

/** Each segment is about as much work as any other. */
function sumOf(group: string, job: string, { all, done, running }: Divided): ProgressEvent {
  const events = [...running.values()];
  const made = done + events.reduce((sum, { fraction }) => sum + fraction, 0);
  const speed = events.reduce(
    (sum, { fraction, secondsLeft }) => sum + (secondsLeft ? (1 - fraction) / secondsLeft : 0),
    0,
  );
  const fps = events.reduce((sum, event) => sum + (event.fps ?? 0), 0);
  return {
    ...{ type: 'progress', group, job },
    // Joined they are not yet.
    fraction: Math.min(0.99, made / all),
    fps: fps > 0 ? fps : null,
    secondsLeft: speed > 0 ? (all - made) / speed : null,
    note: `${done} of ${all} segments`,
  };
}
