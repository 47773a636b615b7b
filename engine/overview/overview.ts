import type { Lane } from '../../dsl/plan.ts';
import type { FailureKind } from '../failure.ts';

/** How everything stands at one moment, for whoever runs the installation. Seconds are by the database's clock. */
export interface Overview {
  lanes: LaneView[];
  workers: WorkerView[];
  /** What runs before what waits, then the oldest first; `more` when there are others. */
  runs: ActiveRun[];
  more: boolean;
  /** The latest first. */
  failures: FailedJob[];
}

export interface LaneView {
  lane: Lane;
  running: number;
  /** How many jobs all workers together run at the same time; null where workers do not say. */
  slots: number | null;
  ready: number;
  blocked: number;
  /** For how many seconds the first ready job has been waiting. */
  oldest: number | null;
}

export interface WorkerView {
  id: string;
  lanes: Lane[];
  /** `silent`: the lease of a job in its hands has lapsed, or it gave no sign of life for that long. `outdated`: idle, and its program is older than the database,
   * which may give it no work. */
  state: 'works' | 'idle' | 'draining' | 'paused' | 'silent' | 'outdated';
  /** How many jobs are in its hands, and the one that has been there for longest. */
  jobs: number;
  title: string | null;
  seconds: number | null;
}

export interface ActiveRun {
  workspace: string;
  /** `g7` */
  group: string;
  statement: string;
  jobs: number;
  done: number;
  seconds: number;
  /** The job that has been running for longest; null when none does. `said` is the last it told, where that is kept. */
  running: {
    job: string;
    title: string;
    lane: Lane;
    worker: string | null;
    seconds: number;
    said: string | null;
  } | null;
  /** Why nothing of it runs, in words; null when something does. */
  waits: string | null;
}

export interface FailedJob {
  workspace: string;
  group: string;
  job: string;
  title: string;
  kind: FailureKind;
  code: string;
  message: string;
  /** How long ago. */
  seconds: number;
}
