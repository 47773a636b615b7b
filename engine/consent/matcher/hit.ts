import type { How, Verdict } from './port.ts';

/** A name at pieces of a reading. */
export interface Hit {
  start: number;
  end: number;
  name: number;
  verdict: Verdict;
  how: How;
}

/** What is told when names are looked for. */
export type Emit = (hit: Hit) => void;
