import type { Rational } from '../../dsl/facts.ts';

/** How pictures are scaled: the same result on every machine. */
export const scaling = 'flags=bicubic+accurate_rnd+full_chroma_int+bitexact';

/** A filter that makes the rate constant from time 0 on, repeating or dropping frames of a clip whose rate varies; a clip with a
 * constant rate passes unchanged. */
export function constantRate(rate: Rational): string {
  return `fps=fps=${rate.num}/${rate.den}:start_time=0:round=near`;
}

/** Filters that let only frames numbered [from, to) pass, counted from 0 in time again; `to` null is to the end. */
export function framesOnly({ from, to }: { from: number; to: number | null }): string {
  return `trim=start_frame=${from}${to === null ? '' : `:end_frame=${to}`},setpts=PTS-STARTPTS`;
}

/** A filter that goes on with the last frame where a clip ends early or cannot be read any more. Right behind `constantRate`: of frames whose
 * rate is not known it repeats times as well, and whoever writes them drops them. What is behind it has to end it. */
export const lastRepeated = 'tpad=stop=-1:stop_mode=clone';

/** Filters that let exactly so many frames pass, the last one repeated where the clip ends early. */
export function exactly(frames: number): string {
  return `${lastRepeated},trim=end_frame=${frames}`;
}
