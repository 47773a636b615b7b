import type { Lane } from '../../dsl/plan.ts';

/** What a listener does when it hears a ring: looks for work. Until what it returns settles it is busy, and rings go to others. */
export type Hear = (job: number | null) => unknown;

/** The doorbell: tells those who listen on a lane that a job may be ready. A ring promises nothing and may be lost (a sweep rings
 * again); who hears it claims the row. */
export interface Queue extends AsyncDisposable {
  /** Never waits for a server and never fails: work is accepted whether or not anybody can be told of it. */
  ring(lane: Lane, job: number): Promise<void>;
  /** Calls `hear` for rings of the lane from now on, until the listener is disposed of; with null when rings may have been lost. One of
   * all listeners of a lane hears a ring. */
  listen(lane: Lane, hear: Hear): Promise<AsyncDisposable>;
}
