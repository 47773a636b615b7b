import type { Lane } from '../../dsl/plan.ts';
import type { FailureKind } from '../failure.ts';

/** What a job that is counted says of itself. */
export interface Counted {
  /** `enhance`, `export`: one of those that this program knows. */
  operation: string;
  lane: Lane;
}

/** How a job came to its end in a worker: `stopped` by whoever cancelled it or closes, `lost` to another worker. */
export type Ended = 'done' | 'recalled' | 'failed' | 'stopped' | 'lost';

/** Is told what happens, where it happens. Nothing of workspaces, people or prompts, so that the series stay few. */
export interface Metrics {
  /** `waited`: seconds since it was ready. */
  claimed(job: Counted & { waited: number }): void;
  /** `seconds` it was in hand; `kind` of a failure, null for none. */
  ended(job: Counted, how: Ended, kind: FailureKind | null, seconds: number): void;
  /** A job was done when it was released, since the same work had been done before. */
  recalled(operation: string): void;
  /** A sign of life was given; `lost` leases of others were found lapsed. */
  alive(lost: number): void;
  /** A request went out: the class of its status (`2xx`), or what kept it from being answered. */
  sent(method: string, result: '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'refused' | 'failed'): void;
}
