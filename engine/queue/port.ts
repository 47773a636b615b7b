import type { Lane } from '../../dsl/plan.ts';

/** The doorbell: tells those who listen on a lane that a job may be ready. A ring promises nothing and may be lost (a sweep rings
 * again); who hears it claims the row. */
export interface Queue extends AsyncDisposable {
  ring(lane: Lane, job: number): Promise<void>;
  /** Calls `hear` for rings of the lane from now on, until the listener is disposed of. One of all listeners of a lane hears a ring. */
  listen(lane: Lane, hear: (job: number) => void): Promise<AsyncDisposable>;
}
