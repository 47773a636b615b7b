import type { Facts } from '../dsl/facts.ts';

/** Looks at media files; the workers bring the one that uses ffprobe. */
export interface Prober {
  /** Measures a file; throws Failure `user` PQL4xx in words for what is no readable media. */
  probe(path: string, signal?: AbortSignal): Promise<Facts>;
  /** The canonical PQL that a file carries in its container; null when it carries none. */
  recipe(path: string, signal?: AbortSignal): Promise<string | null>;
}
