import type { Diagnostic } from '../dsl/diagnostic.ts';
import type { Facts } from '../dsl/facts.ts';
import type { Lane } from '../dsl/plan.ts';
import type { FailureKind } from './failure.ts';

/** The life of a job:
 *
 *   blocked → its inputs are done → ready, or done at once where the same work was done before
 *   ready → claimed, when its time has come → running
 *   running → done
 *           → ready again: a transient failure (later), a lost worker, a worker that closes
 *           → failed: any other failure, or one too many; then what of its run has not started is cancelled
 *   blocked, ready, running → cancelled
 *   failed, cancelled → blocked, by RETRY */
export type JobState = 'blocked' | 'ready' | 'running' | 'done' | 'failed' | 'cancelled';
export type RunState = 'running' | 'done' | 'failed' | 'cancelled';

/** A job as people see it. */
export interface JobView {
  /** `j40`. */
  id: string;
  operation: string;
  title: string;
  lane: Lane;
  state: JobState;
  /** Done without work, because the same work was done before. */
  recalled: boolean;
  attempt: number;
  /** `v12`, once done. */
  result: string | null;
}

/** What happened to a run, in the order it happened; also what `--json` prints, one object a line. */
export type RunEvent =
  | { type: 'diagnostic'; diagnostic: Diagnostic }
  | { type: 'accepted'; group: string; jobs: JobView[] }
  | { type: 'job'; group: string; job: JobView }
  /** Lossy. `fraction` 0 to 1; `fps` and `secondsLeft` where the handler knows. */
  | {
      type: 'progress';
      group: string;
      job: string;
      fraction: number;
      fps: number | null;
      secondsLeft: number | null;
      note: string | null;
    }
  /** `path` is set by an export: where the file now stands. `url` is where a `deliver` put the file, or whom a `notify` told. */
  | {
      type: 'result';
      group: string;
      job: string;
      operation: string;
      result: string | null;
      hash: string | null;
      facts: Facts | null;
      recalled: boolean;
      path: string | null;
      url: string | null;
      /** What the asker should know: nouns that could not be drawn, clips that were encoded. */
      notes: string[];
      /** What a text holds, in lines for people; none where it only lies between this job and others. */
      words: string[];
    }
  | {
      type: 'failed';
      group: string;
      job: string;
      code: string;
      kind: FailureKind;
      message: string;
      hint: string | null;
      attempt: number;
      willRetry: boolean;
    }
  | { type: 'done'; group: string; state: RunState; seconds: number; recalled: number; ran: number };
