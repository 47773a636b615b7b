import type { Facts } from '../../dsl/facts.ts';
import type { Prober } from '../../engine/prober.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';

/** What fitting works with. */
export interface FitTools {
  media: MediaTools;
  prober: Prober;
}

/** What was made small enough, in the job's scratch folder. */
export interface Fitted {
  file: string;
  facts: Facts;
  /** `a preview: the first 40s at 640×360`. */
  says: string;
}
