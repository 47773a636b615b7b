import type { Claimed } from '../jobs/claim.ts';

/** How a job came to its end in a worker, and the code of its failure. */
export interface Outcome {
  how: 'done' | 'recalled' | 'failed' | 'stopped' | 'lost';
  code: string | null;
}

/** Is told where the time of a statement goes, across processes. Nothing of prompts or people. */
export interface Traces {
  /** A statement is being written down; what is answered is told its run once it stands there. */
  submitting(): (run: { run: number; group: number; workspace: string; jobs: number }) => void;
  /** A job was claimed here. */
  working(job: Claimed): JobTrace;
}

/** A job in hand. */
export interface JobTrace {
  /** Does a part of the job that is seen by itself. */
  during<T>(part: 'inputs' | 'work' | 'store' | 'publish', work: () => Promise<T>): Promise<T>;
  ended(outcome: Outcome): void;
}

/** What is traced where nobody asks. */
export const untraced: JobTrace = Object.freeze({
  during: <T>(_part: string, work: () => Promise<T>) => work(),
  ended() {},
});
