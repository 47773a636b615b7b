import type { RunEvent } from './event.ts';

export type ProgressEvent = Extract<RunEvent, { type: 'progress' }>;

/** What listeners of a run hear: its rows changed (look at them), or a running job tells how far it is. */
export type Heard = { type: 'changed' } | ProgressEvent;

/** News within this process, lossy on purpose: the truth is in the rows. Runs and jobs by their row id. */
export interface News {
  changed(run: number): void;
  progress(run: number, event: ProgressEvent): void;
  /** Tells whoever runs a job to stop now. */
  stop(job: number): void;
  onRun(run: number, hear: (heard: Heard) => void): Disposable;
  onStop(hear: (job: number) => void): Disposable;
}

/** News with nobody listening yet. */
export function openNews(): News {
  const ofRuns = new Map<number, Set<(heard: Heard) => void>>();
  const ofStops = new Set<(job: number) => void>();
  const tell = (run: number, heard: Heard) => {
    for (const hear of ofRuns.get(run) ?? []) hear(heard);
  };
  return {
    changed: (run) => tell(run, { type: 'changed' }),
    progress: (run, event) => tell(run, event),
    stop(job) {
      for (const hear of ofStops) hear(job);
    },
    onRun(run, hear) {
      const own = (heard: Heard) => hear(heard);
      const listeners = ofRuns.get(run) ?? new Set();
      ofRuns.set(run, listeners.add(own));
      return {
        [Symbol.dispose]() {
          listeners.delete(own);
          if (listeners.size === 0 && ofRuns.get(run) === listeners) ofRuns.delete(run);
        },
      };
    },
    onStop(hear) {
      const own = (job: number) => hear(job);
      ofStops.add(own);
      return { [Symbol.dispose]: () => void ofStops.delete(own) };
    },
  };
}
