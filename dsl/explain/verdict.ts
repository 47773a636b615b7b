import type { Lane } from '../plan.ts';
import type { Expected } from './expect.ts';

/** What the engine knows of a step: whether it would run, and why. */
export interface StepVerdict {
  step: string;
  verdict: 'recalled' | 'runs';
  /** Of what runs: `never made`, `UPSCALE 2x→4x changed`, `its input runs`. */
  reason: string;
  /** The id that it would be recalled as. */
  result: string | null;
  /** What it will take, from what the same took before; null when nothing is known, absent when nobody asked. */
  expected?: Expected | null;
  /** Into how many segments it is divided, where it is, and how many of them were made before. */
  segments?: number;
  madeSegments?: number;
}

/** What is left to do, all steps together. */
export interface Totals {
  /** Seconds until the last step has ended, each lane doing one step after the other in each of its places; what has no history counts as nothing. */
  seconds: number;
  /** Seconds of work by lane, only those that have any. */
  lanes: Partial<Record<Lane, number>>;
  /** Steps that run and have no history. */
  unknown: number;
  /** Bytes of all results that will be made, as far as they are known. */
  bytes: number;
  /** Bytes left on the disk that will hold them; null where that is not known. */
  free: number | null;
}
