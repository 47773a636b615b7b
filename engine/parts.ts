import type { ArtifactStore } from './artifacts/port.ts';
import type { Consent } from './consent/port.ts';
import type { Metrics } from './metrics/port.ts';
import type { News } from './news.ts';
import type { Queue } from './queue/port.ts';
import type { Store } from './store/port.ts';
import type { Traces } from './traces/port.ts';

/** What the life of jobs is made of: the truth, the bytes, the doorbell, the news. Embedded or distributed is a matter of these. */
export interface Parts {
  store: Store;
  artifacts: ArtifactStore;
  queue: Queue;
  news: News;
  /** Who may be shown. Whoever needs it asks `consentOf`, which opens one where this is left out. */
  consent?: Consent | undefined;
  /** Counts what happens; absent where nobody asks. */
  metrics?: Metrics | undefined;
  /** Is told where the time goes; absent where nobody asks. */
  traces?: Traces | undefined;
}
